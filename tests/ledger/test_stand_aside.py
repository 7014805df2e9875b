"""Who keeps integrity archives keeps neither their own nor a relative's, whichever way the entry comes in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from lianze.domain.errors import Invalid, Refused
from lianze.ledger.actions import Desk, amend, record, step
from lianze.ledger.models import Entry
from lianze.ledger.states import EntryState
from lianze.ledger.subjects import Hands, subject_of
from lianze.org.actors import LOCAL
from lianze.org.keys import new_id
from lianze.rules import HeldGrant
from tests.ledger.office import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk_of(office: Office) -> Callable[..., Desk]:
    """王, who may open the archives, with 李 for a relative."""

    def desk(role: str = "discipline") -> Desk:
        known = office.desk()
        grant = HeldGrant(role, office.organisation.path, date.min)
        wang, li = office.people["王"], office.people["李"]
        actor = replace(known.actor, person_id=wang, grants=(grant,), relatives=frozenset({li}))
        return replace(known, actor=actor)

    return desk


def archive(office: Office, name: str) -> EntryState:
    """The archive of somebody."""
    return EntryState("archive", "个人廉政档案", date(2023, 5, 1), kind="personal", owner_id=office.people[name])


@pytest.mark.parametrize(("name", "may"), [("王", False), ("李", False), ("赵", True)])
def test_an_archive_is_recorded_for_others_only(
    office: Office, desk_of: Callable[..., Desk], name: str, may: bool
) -> None:
    if may:
        assert record(desk_of(), [archive(office, name)])
        return
    with pytest.raises(Refused, match="回避"):
        record(desk_of(), [archive(office, "赵"), archive(office, name)])
    assert not Entry.objects.filter(organisation_id=office.id, register="archive").exists()


@pytest.mark.parametrize("name", ["王", "李"])
def test_an_archive_is_not_turned_into_the_own_one_by_amending_it(
    office: Office, desk_of: Callable[..., Desk], name: str
) -> None:
    desk = desk_of()
    entry_id = record(desk, [archive(office, "赵")])[0]
    with pytest.raises(Refused, match="回避"):
        amend(desk, entry_id, archive(office, name), 1, "改")
    assert amend(desk, entry_id, archive(office, "陈"), 1, "改") == 2


def test_a_step_is_not_dated_ahead(office: Office, desk_of: Callable[..., Desk]) -> None:
    desk = desk_of()
    entry_id = record(desk, [archive(office, "赵")])[0]
    with pytest.raises(Invalid) as told:
        step(desk, entry_id, "transfer", 1, "调动", desk.actor.day + timedelta(days=1))
    assert [problem.rule for problem in told.value.problems] == ["day"]
    assert step(desk, entry_id, "transfer", 1, "调动", desk.actor.day) == 2


def test_what_no_account_did_is_the_hand_of_the_machine(office: Office) -> None:
    """Recorded and taken a step with at the machine, amended by an account since: the machine is no second person."""
    entry = Entry(id=new_id(), organisation_id=office.id, register="finding")
    account = new_id()
    subject = subject_of(
        office.organisation, entry, Hands({entry.id: account}, {entry.id: None}, {account: None}), frozenset()
    )
    assert (subject.author_id, subject.last_actor_id, subject.step_actor_id) == (LOCAL, account, LOCAL)
    untouched = subject_of(office.organisation, entry, Hands({}, {}, {}), frozenset())
    assert (untouched.last_actor_id, untouched.step_actor_id) == (None, None)
