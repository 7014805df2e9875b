"""The SQL itself: one query a register, and the organisation named in every SELECT of it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianze.figures.compile import compile_pack, compiled_for
from lianze.figures.compute import compute_figures
from lianze.figures.timeliness import compute_timeliness
from lianze.figures.trace import trace, trace_sql
from lianze.ledger.dialect import DIALECTS
from lianze.pack import Pack
from lianze.pack.load import load_builtin
from tests.figures.ask import figure
from tests.figures.cast import YEAR, Office, meeting

# Table functions over a value of a row that is already of one organisation, or over a parameter.
WITHOUT_TABLE = re.compile(r"FROM json_each\(")


def selects(sql: str) -> Iterator[str]:
    """Each SELECT without the SELECTs inside it."""
    texts, brackets = [""], [False]
    for i, letter in enumerate(sql):
        if letter == "(":
            brackets.append(sql.startswith("SELECT", i + 1))
            if brackets[-1]:
                texts.append("")
        elif letter == ")" and brackets.pop():
            yield texts.pop()
            continue
        texts[-1] += letter
    yield texts.pop()


def unnamed(sql: str) -> list[str]:
    """The SELECTs over tables that do not name the organisation."""
    return [s for s in selects(sql) if "organisation_id" not in s and not WITHOUT_TABLE.search(s)]


def test_the_inspection_finds_a_select_without_the_organisation() -> None:
    """The inner one names nobody."""
    bad = "SELECT 1 FROM entry e WHERE e.organisation_id = 1 AND EXISTS (SELECT 1 FROM link l WHERE l.entry_id = e.id)"
    assert unnamed(bad) == ["(SELECT 1 FROM link l WHERE l.entry_id = e.id"]
    assert not unnamed(bad.replace("l.entry_id", "l.organisation_id = e.organisation_id AND l.entry_id"))


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_every_select_of_the_built_in_figures_names_the_organisation(vendor: str) -> None:
    compiled = compile_pack(load_builtin(), DIALECTS[vendor])
    statements = [text for query in compiled.queries for text in (query.one, query.many, query.monthly)]
    statements += [trace_sql(plan, plan.figure.by == "unit") for plan in compiled.plans.values()]
    assert len(statements) > 200
    assert [found for statement in statements for found in unnamed(statement)] == []


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_a_register_has_one_query_over_its_entries_for_each_period_rule(vendor: str) -> None:
    """At most four of one rule, with those by unit and over people."""
    queries = compile_pack(load_builtin(), DIALECTS[vendor]).queries
    plain = Counter((q.register, q.cells[0].period) for q in queries if not q.by_unit and q.cells[0].rows == "entry e")
    assert set(plain.values()) == {1}
    assert max(Counter((q.register, q.cells[0].period) for q in queries).values()) <= 4
    assert len(queries) < 40


def test_a_pack_is_compiled_once(pack: Callable[..., Pack]) -> None:
    known = pack(figure("count"))
    assert compiled_for(known, "sqlite") is compiled_for(known, "sqlite")
    assert compiled_for(known, "sqlite") is not compiled_for(known, "postgresql")


@pytest.mark.django_db
def test_every_statement_that_is_sent_names_the_organisation(office: Office, pack: Callable[..., Pack]) -> None:
    """Directory, figures, trace and honest time, as the database gets them."""
    office.write(meeting("03-01"))
    known = pack(figure("participations", "人次", of='"guest"', population='"all"', where='[{ field = "owner" }]'))
    with CaptureQueriesContext(
        connection,
    ) as sent:
        compute_figures(office.id, known, YEAR)
        trace("f", "organisation", office.id, known, YEAR)
        compute_timeliness(office.id, known, YEAR)
    statements = [query["sql"] for query in sent.captured_queries if query["sql"].startswith("SELECT")]
    assert len(statements) > 5
    assert [found for statement in statements for found in unnamed(statement)] == []


@pytest.mark.django_db
def test_text_that_looks_like_sql_is_only_text(office: Office, pack: Callable[..., Pack]) -> None:
    """place: ' OR TRUE -- · %(start)s"""
    tricks = ["' OR TRUE --", "%(start)s"]
    office.write(*(meeting("03-01", data={"place": trick}) for trick in tricks), meeting("03-02"))
    for trick in tricks:
        known = pack(figure("count", where=f'[{{ field = "place", values = ["{trick}"] }}]'))
        assert compute_figures(office.id, known, YEAR)[0].hits == 1
