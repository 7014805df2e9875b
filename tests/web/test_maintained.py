"""What pages count after a write, from what was counted before it, is what counting everything gives."""

import dataclasses
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianze.duties.compute import compute_duties
from lianze.figures.compute import compute_figures
from lianze.figures.timeliness import compute_timeliness
from lianze.ledger import touched
from lianze.ledger.actions import Desk
from lianze.ledger.erase import erase
from lianze.ledger.leaves import require_head
from lianze.ledger.models import Entry
from lianze.ledger.org_states import UnitState
from lianze.ledger.states import EntryState
from lianze.ledger.upsert import Pen
from lianze.ledger.write import write_change
from lianze.ledger.write_org import write_units
from lianze.org.actors import local_actor
from lianze.org.directory import read_directory
from lianze.org.models import Organisation, Unit
from lianze.pack import Pack, load_builtin
from lianze.pack.definitions import Duty, Figure
from lianze.web.remembered import results_of, standings_of, times_of
from lianze.web.requests import DeskRequest
from tests.duties.conftest import HOLIDAYS
from tests.duties.test_agrees_with_figures import EVERYBODY, duties
from tests.figures.ask import figure
from tests.figures.cast import AUTHOR, NOW, YEAR, Office, make_office, meeting, pack_of
from tests.figures.strategies import DAYS, figures, states

pytestmark = pytest.mark.django_db
DAY = date(2024, 1, 1)


@pytest.fixture
def office(db: None) -> Office:
    """The figures' office, without entries."""
    return make_office()


@pytest.fixture
def registers(tmp_path: Path) -> Pack:
    """The small pack with holidays, without a figure."""
    return pack_of(tmp_path, HOLIDAYS)


@pytest.fixture
def counting(tmp_path: Path) -> Pack:
    """The small pack with one figure: how many meetings there were."""
    return pack_of(tmp_path, HOLIDAYS, figure("count"))


def asked(office: Office, pack: Pack) -> DeskRequest:
    """A request of somebody who works there now."""
    organisation = Organisation.objects.get(id=office.id)
    actor = local_actor(organisation, DAY)
    desk = Desk(organisation, pack, actor, AUTHOR, NOW)
    return cast("DeskRequest", SimpleNamespace(desk=desk, frontier=require_head(office.id)[1]))


def hits(office: Office, pack: Pack) -> tuple[int, int]:
    """What pages show of the one figure, and what counting everything gives."""
    return results_of(asked(office, pack), YEAR)[0].hits, compute_figures(office.id, pack, YEAR)[0].hits


def require_same(office: Office, pack: Pack) -> None:
    """Figures, timeliness and duties as pages have them are those counted anew."""
    request, directory = asked(office, pack), read_directory(office.id, pack)
    assert results_of(request, YEAR) == compute_figures(office.id, pack, YEAR)
    assert times_of(request, YEAR) == compute_timeliness(office.id, pack, YEAR)
    assert standings_of(request, 2023) == compute_duties(office.id, pack, 2023, DAY, directory)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.data(),
    known=st.lists(figures(), min_size=5, max_size=5),
    duty=duties(),
    looks=st.lists(st.booleans(), min_size=6, max_size=6),
)
def test_whatever_is_written_pages_count_what_counting_everything_gives(
    office: Office,
    registers: Pack,
    data: st.DataObject,
    known: list[Figure],
    duty: tuple[Duty, Figure],
    looks: list[bool],
) -> None:
    """A random ledger, then writes of every kind; pages look after some of them only."""
    named = {f"f{i}": dataclasses.replace(found, id=f"f{i}") for i, found in enumerate(known)}
    people = {**registers.populations, "everybody": EVERYBODY}
    pack = dataclasses.replace(registers, figures=named, duties={"d": duty[0]}, populations=people, hash=uuid4().hex)
    with transaction.atomic():
        entries = begin(office, data)
        require_same(office, pack)
        for looks_now in looks:
            write_something(office, entries, data)
            if looks_now:
                require_same(office, pack)
        require_same(office, pack)
        transaction.set_rollback(True)


def begin(office: Office, data: st.DataObject) -> dict[UUID, tuple[EntryState, int]]:
    """Two findings and a few meetings, by id with their versions."""
    write_unit(office, "section")
    findings = [EntryState("finding", "问题", YEAR.start, kind=kind, state="open") for kind in ("own", "other")]
    ids = office.write(*findings)
    meetings = data.draw(st.lists(states(office, ids), max_size=5))
    found = dict(zip([*ids, *office.write(*meetings)], [*findings, *meetings], strict=True))
    return {entry_id: (state, 1) for entry_id, state in found.items()}


def write_something(office: Office, entries: dict[UUID, tuple[EntryState, int]], data: st.DataObject) -> None:
    """A new meeting on any day, another state of one, one or a finding withdrawn or closed, or a unit changed."""
    findings = [entry_id for entry_id, (state, _) in entries.items() if state.register == "finding"]
    what = data.draw(st.sampled_from(["new", "amend", "withdraw", "finding", "unit"]))
    if what == "new":
        state = data.draw(states(office, findings))
        entries[office.write(state)[0]] = state, 1
        return
    if what == "unit":
        write_unit(office, data.draw(st.sampled_from(["section", "branch"])))
        return
    entry_id = data.draw(st.sampled_from(findings if what == "finding" else list(entries)))
    before, version = entries[entry_id]
    after = dataclasses.replace(before, withdrawn=not before.withdrawn)
    if what == "amend" and before.register == "meeting":
        after = data.draw(states(office, findings))
    elif what == "finding":
        kind, day = data.draw(st.sampled_from(["own", "other"])), data.draw(st.sampled_from(DAYS))
        after = dataclasses.replace(before, kind=kind, state="closed", happened_on=day)
    change(office, entry_id, after, version)
    entries[entry_id] = after, version + 1


def write_unit(office: Office, kind: str) -> None:
    """The fourth unit, of that kind from now on."""
    write_units(Pen(office.id, AUTHOR, "", NOW), [UnitState("extra", "新科", kind, order=3)])
    office.units["extra"] = Unit.objects.get(organisation_id=office.id, code="extra").id


def change(office: Office, entry_id: UUID, after: EntryState, version: int) -> None:
    """The entry's next state, through the real writer."""
    write_change(
        office.id, entry_id, after, action="amend", expected_version=version, author=AUTHOR, why="test", now=NOW
    )


def tamper(entry_id: UUID) -> None:
    """A change past the program, which only counting anew can see."""
    Entry.objects.filter(id=entry_id).update(withdrawn=True)


def test_only_the_months_written_to_are_counted_again(office: Office, counting: Pack) -> None:
    """may: tampered with · march: written to, then tampered with, then written to"""
    may, march = office.write(meeting("05-01"), meeting("03-01"))
    assert hits(office, counting) == (2, 2)
    tamper(may)
    office.write(meeting("03-31"))
    assert hits(office, counting) == (3, 2)
    tamper(march)
    office.write(meeting("03-15"))
    assert hits(office, counting) == (3, 2)


def test_an_entry_that_moves_leaves_one_month_and_enters_another(office: Office, counting: Pack) -> None:
    """may → march → the year before"""
    [entry] = office.write(meeting("05-01"))
    for version, day in enumerate(("03-01", "2022-03-01"), 1):
        hits(office, counting)
        change(office, entry, meeting(day), version)
        assert hits(office, counting) == ((1, 1) if version == 1 else (0, 0))


def test_what_links_to_an_entry_is_counted_again_with_it(office: Office, tmp_path: Path) -> None:
    """may: about a finding of january, which is closed"""
    where = '[{ link = "about", state = ["open"] }]'
    pack = pack_of(tmp_path, HOLIDAYS, figure("count", where=where))
    found = EntryState("finding", "问题", YEAR.start, kind="own", state="open")
    [finding] = office.write(found)
    office.write(meeting("05-01", links=(("about", finding),)))
    assert hits(office, pack) == (1, 1)
    change(office, finding, dataclasses.replace(found, state="closed"), 1)
    assert hits(office, pack) == (0, 0)


def test_more_than_entries_written_is_counted_anew(office: Office, counting: Pack) -> None:
    [may] = office.write(meeting("05-01"))
    assert hits(office, counting) == (1, 1)
    tamper(may)
    write_unit(office, "section")
    assert hits(office, counting) == (0, 0)


def test_erased_content_is_counted_anew(office: Office, counting: Pack) -> None:
    """What an entry said before can't be told any more."""
    may, march = office.write(meeting("05-01"), meeting("03-01", data={"place": "某处"}))
    assert hits(office, counting) == (2, 2)
    tamper(may)
    organisation = Organisation.objects.get(id=office.id)
    pack = dataclasses.replace(counting, roles=load_builtin().roles)
    desk = Desk(organisation, pack, local_actor(organisation, DAY), AUTHOR, NOW)
    erase(desk, march, ["place"], "依申请")
    assert hits(office, counting) == (1, 1)


def test_a_log_that_went_another_way_is_counted_anew(office: Office, counting: Pack) -> None:
    """may: seen by a page and lost, as when a copy of the database is put back; march: written instead."""
    with transaction.atomic():
        office.write(meeting("05-01"))
        assert hits(office, counting) == (1, 1)
        transaction.set_rollback(True)
    office.write(meeting("03-01"))
    assert hits(office, counting) == (1, 1)
    with transaction.atomic():
        office.write(meeting("05-01"), meeting("05-02"))
        assert hits(office, counting) == (3, 3)
        transaction.set_rollback(True)
    assert hits(office, counting) == (1, 1)


def test_very_many_writes_are_counted_anew(office: Office, counting: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(touched, "MOST", 3)
    [may] = office.write(meeting("05-01"))
    hits(office, counting)
    tamper(may)
    office.write(*(meeting(f"03-0{day}") for day in range(1, 4)))
    assert hits(office, counting) == (4, 3)
    office.write(*(meeting(f"04-0{day}") for day in range(1, 5)))
    assert hits(office, counting) == (7, 7)
