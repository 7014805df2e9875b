"""Whatever the ledger and whatever the figure: SQL and plain Python say the same, and the trace is what was counted."""

import dataclasses
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianze.figures.compute import compute_figures, compute_tree
from lianze.figures.trace import trace
from lianze.ledger.states import EntryState
from lianze.ledger.write import write_new
from lianze.org.directory import read_directory
from lianze.org.keys import new_id
from lianze.pack import Pack
from lianze.pack.definitions import Figure
from tests.figures.cast import AUTHOR, NOW, YEAR, Office, make_office
from tests.figures.naive import World
from tests.figures.strategies import figures, states

DAY = YEAR.start


def pack_with(pack: Pack, found: list[Figure]) -> Pack:
    """The pack with these figures, numbered, under a hash of its own."""
    named = {f"f{i}": dataclasses.replace(figure, id=f"f{i}") for i, figure in enumerate(found)}
    return dataclasses.replace(pack, figures=named, hash=uuid4().hex)


@pytest.mark.django_db
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_figure_over_any_ledger_is_what_plain_python_says(
    office: Office, registers: Pack, data: st.DataObject
) -> None:
    """A random ledger of at most ten meetings and two findings, and six random figures."""
    known = pack_with(registers, data.draw(st.lists(figures(), min_size=6, max_size=6)))
    with transaction.atomic():
        world = world_of(office, known, data)
        results = compute_figures(office.id, known, YEAR)
        units = {f"unit:{unit.code}": unit.id for unit in world.directory.units.values()}
        for result in results:
            figure = known.figures[result.figure]
            expected = world.evaluate(figure, units.get(result.scope))
            rows = trace(result.figure, result.scope, office.id, known, YEAR)
            assert {row.id for row in rows} == {str(i) for i in expected.behind}, figure
            assert result.hits == len(rows) == len(expected.behind), figure
            assert result.value == (expected.value if expected.behind else None), figure
            assert (result.numerator, result.denominator) == (expected.numerator, expected.denominator), figure
            if figure.measure == "share":
                assert sum(row.counted for row in rows) == result.numerator
            elif figure.measure in ("sum", "participations"):
                assert sum(row.quantity or 0 for row in rows) == expected.value, figure
            elif figure.measure == "distinct" and not figure.of.startswith("@"):
                assert len({value for row in rows for value in row.values}) == expected.value, figure
        transaction.set_rollback(True)


def world_of(office: Office, pack: Pack, data: st.DataObject) -> World:
    """Writes a random ledger and keeps it beside."""
    entries = {}
    for kind, state, withdrawn in (("own", "open", False), ("other", "closed", False), ("own", "closed", True)):
        entries[new_id()] = EntryState("finding", "问题", DAY, kind=kind, state=state, withdrawn=withdrawn)
    findings = list(entries)
    entries.update((new_id(), entry) for entry in data.draw(st.lists(states(office, findings), max_size=10)))
    write_new(office.id, list(entries.items()), AUTHOR, "test", NOW)
    return World(entries, read_directory(office.id, pack), pack, YEAR)


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_many_organisations_at_once_are_each_what_they_are_alone(
    office: Office, registers: Pack, data: st.DataObject
) -> None:
    """Two offices with different ledgers: no entry is counted for the other."""
    known = pack_with(registers, data.draw(st.lists(figures(), min_size=4, max_size=4)))
    with transaction.atomic():
        other = make_office("0002")
        for each in (office, other):
            world_of(each, known, data)
        together = compute_tree([office.id, other.id], known, YEAR)
        for each in (office, other):
            assert together[each.id] == compute_figures(each.id, known, YEAR)
        transaction.set_rollback(True)
