"""Every figure of the built-in pack can be computed and traced, and comes out as JSON."""

import json
from datetime import date
from decimal import Decimal

import pytest

from lianze.figures.compute import compute_figures
from lianze.figures.output import figures_as_json, trace_as_json
from lianze.figures.trace import trace
from lianze.ledger.states import EntryState
from lianze.pack.load import load_builtin
from tests.figures.cast import YEAR, Office

pytestmark = pytest.mark.django_db
KEYS = {"figure", "scope", "value", "counted_in", "title", "hits", "population"}


def one_of_each_kind(office: Office) -> list[EntryState]:
    """An entry of every kind of every register, with one person in every role and a value in every number."""
    found = []
    for register in load_builtin().registers.values():
        for kind in register.kind or [None]:
            found.append(
                EntryState(
                    register.id,
                    "事",
                    date(2023, 5, 4),
                    kind=kind.id if kind else "",
                    unit_id=office.units["office"],
                    owner_id=office.people["wang"],
                    done_on=date(2023, 6, 1),
                    state=register.state[-1].id if register.state else "",
                    quantity=Decimal("1.5"),
                    amount=Decimal("2.25"),
                    parts=tuple(office.part(p.role, "li", "member") for p in register.participant),
                    data={field.name: "1" for field in register.field if field.type in ("decimal", "integer")},
                )
            )
    return found


def test_every_built_in_figure_is_computed_and_traced(office: Office) -> None:
    pack = load_builtin()
    office.write(*one_of_each_kind(office))
    results = compute_figures(office.id, pack, YEAR)
    assert {result.figure for result in results} == set(pack.figures)
    for result in results:
        rows = trace(result.figure, result.scope, office.id, pack, YEAR)
        assert len(rows) == result.hits, result.figure
        json.dumps(trace_as_json(rows))
    objects = figures_as_json(results, YEAR)
    assert all(set(found) >= KEYS for found in objects)
    assert sum(result.hits > 0 for result in results) > 80
    assert json.loads(json.dumps(objects)) == objects
