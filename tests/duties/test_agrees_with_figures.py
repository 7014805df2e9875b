"""A duty's periods add up to what the figure with the same condition counts, whatever the ledger."""

import dataclasses
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianze.duties.compute import compute_duties
from lianze.duties.entries import counted_entries
from lianze.figures.compute import compute_figures
from lianze.ledger.states import EntryState
from lianze.ledger.write import write_new
from lianze.org.directory import read_directory
from lianze.org.keys import new_id
from lianze.pack import Pack
from lianze.pack.definitions import Condition, Duty, Figure, Population
from tests.duties.conftest import HOLIDAYS
from tests.figures.cast import AUTHOR, NOW, YEAR, Office, pack_of
from tests.figures.strategies import conditions, states

EVERY = ("month", "quarter", "half_year", "year", "holiday", "occasion")
EVERYBODY = Population("everybody", "全体", "Everybody")


@pytest.fixture
def registers(tmp_path: Path) -> Pack:
    """The small pack with holidays."""
    return pack_of(tmp_path, HOLIDAYS)


@st.composite
def duties(draw: st.DrawFn) -> tuple[Duty, Figure]:
    """A duty, and the figure with the same condition: of the organisation, by unit, or people-times."""
    where: tuple[Condition, ...] = tuple(draw(st.lists(conditions(), max_size=2)))
    who, of = draw(
        st.sampled_from([("organisation", ""), ("unit", ""), ("everybody", "@guest"), ("everybody", "owner")])
    )
    every = draw(st.sampled_from(EVERY))
    duty = Duty("d", "责", "Duty", "测试", "S", who, every, 1, "meeting", of, where)
    figure = Figure("f", "数", "Number", "count", "次", "meeting", where=where, by="unit" if who == "unit" else "")
    if of:
        figure = dataclasses.replace(figure, measure="participations", of=of, population="everybody")
    return duty, figure


def once(entry: EntryState) -> EntryState:
    """The entry with everybody once in a role: a duty counts entries, participations count people-times."""
    return dataclasses.replace(
        entry, parts=tuple({(p.role, p.person_id, p.outside_name): p for p in entry.parts}.values())
    )


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), known=duties())
def test_the_periods_of_a_year_add_up_to_the_figure(
    office: Office, registers: Pack, data: st.DataObject, known: tuple[Duty, Figure]
) -> None:
    """A random ledger of at most ten meetings; everybody of it is there at the year's end but sun, who left in June."""
    duty, figure = known
    pack = dataclasses.replace(
        registers,
        duties={"d": duty},
        figures={"f": figure},
        populations={"everybody": EVERYBODY},
        hash=uuid4().hex,
    )
    with transaction.atomic():
        entries = [once(entry) for entry in data.draw(st.lists(states(office, []), max_size=10))]
        write_new(office.id, [(new_id(), entry) for entry in entries], AUTHOR, "test", NOW)
        directory = read_directory(office.id, pack)
        [standing] = compute_duties(office.id, pack, 2023, date(2024, 1, 1), directory)
        staying = [row for row in standing.rows if row.bearer.code != "sun"]
        counted = sum(cell.hits for row in staying for cell in row.cells)
        results = compute_figures(office.id, pack, YEAR)
        assert counted == sum(result.value or 0 for result in results), duty
        behind = [
            one for row in staying for one in counted_entries(office.id, duty, pack, YEAR, row.bearer.id) if one.met
        ]
        assert len(behind) == counted
        transaction.set_rollback(True)
