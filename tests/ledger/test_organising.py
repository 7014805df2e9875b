"""Changes to units, people, posts and portfolios: what cannot be, what wants a reason, what follows from what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from lianze.domain.errors import Invalid, Refused, Stale
from lianze.ledger.actions import Desk
from lianze.ledger.models import Revision
from lianze.ledger.org_plans import Plan, Planner
from lianze.ledger.org_states import AppointmentState, PersonState, PortfolioState, UnitState
from lianze.ledger.organising import Outlook, carry_out, look
from lianze.org.directory import Directory, read_directory
from lianze.org.models import Appointment, Person, Unit
from lianze.rules import HeldGrant
from tests.ledger.office import Office

pytestmark = pytest.mark.django_db
JOINED = date(2020, 1, 1)
Make = Callable[[Planner], Plan]


def planner(office: Office) -> Planner:
    return Planner(read_directory(office.id, office.desk().pack))


def do(office: Office, plan: Plan, why: str = "") -> Outlook:
    return carry_out(office.desk(), plan, why)


def post(office: Office, name: str, start: date, end: date | None = None, **more: object) -> AppointmentState:
    """A post of the section."""
    unit, capacity = office.units["BGS"], "section_head"
    state = AppointmentState(office.people[name], "主任", unit, capacity, "section_and_below", start, end)
    return replace(state, **more)  # type: ignore[arg-type]


def charge(office: Office, name: str, area: str, start: date, end: date | None = None) -> PortfolioState:
    return PortfolioState(office.people[name], area, None, start, end)


def held(office: Office, name: str, day: date) -> list[str]:
    """The posts that somebody holds on a day."""
    directory = read_directory(office.id, office.desk().pack)
    return [one.post for one in directory.holdings.get(office.people[name], ()) if one.covers(day)]


def row_of(office: Office, name: str) -> Appointment:
    """Somebody's latest appointment."""
    rows = Appointment.objects.filter(organisation_id=office.id, person_id=office.people[name])
    return rows.select_related("post").order_by("-start_on", "-id")[0]


@pytest.fixture
def zhao_leads(office: Office) -> Office:
    """赵 is head of the section from 2021 on and left at the end of 2023; the section was set up in 2020."""
    do(office, planner(office).appoint(post(office, "赵", date(2021, 1, 1), date(2023, 12, 31))))
    do(office, planner(office).leave(office.people["赵"], date(2023, 12, 31)))
    return office


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (date(2020, 1, 1), date(2020, 12, 31), None),
        (date(2020, 1, 1), date(2021, 1, 1), "重叠"),
        (date(2023, 12, 31), date(2023, 12, 31), "重叠"),
        (date(2019, 12, 31), date(2020, 6, 30), "才入职"),
        (date(2020, 1, 1), None, "已离职"),
        (date(2024, 1, 1), date(2024, 6, 30), "已离职"),
    ],
)
def test_a_post_is_held_while_its_holder_is_there_and_once_at_a_time(
    zhao_leads: Office, start: date, end: date | None, told: str | None
) -> None:
    plan = planner(zhao_leads).appoint(post(zhao_leads, "赵", start, end))
    if told is None:
        assert look(zhao_leads.desk(), plan).changes
        return
    with pytest.raises(Invalid) as fault:
        look(zhao_leads.desk(), plan)
    assert any(told in problem.sentence for problem in fault.value.problems), fault.value.problems


@pytest.mark.parametrize(
    ("name", "area", "start", "asks"),
    [
        ("王", "finance", date(2023, 1, 1), True),
        ("王", "personnel", date(2023, 1, 1), True),
        ("王", "party", date(2023, 1, 1), False),
        ("李", "finance", date(2023, 1, 1), False),
        ("王", "finance", date(2024, 7, 1), False),
    ],
)
def test_the_principal_in_charge_of_what_the_pack_keeps_apart_wants_a_reason(
    office: Office, name: str, area: str, start: date, asks: bool
) -> None:
    """王 is principal up to the middle of 2024."""
    do(office, planner(office).end(row_of(office, "王"), date(2024, 6, 30)))
    plan = planner(office).portfolio(None, charge(office, name, area, start))
    questions = look(office.desk(), plan).questions
    assert bool(questions) == asks
    if asks:
        assert office.desk().pack.area_source in questions[0]
        with pytest.raises(Invalid, match="理由"):
            do(office, plan)
    assert do(office, plan, "临时代管，党组会议定").changes


def test_becoming_principal_is_held_against_what_one_is_in_charge_of(office: Office) -> None:
    do(office, planner(office).portfolio(None, charge(office, "李", "finance", JOINED)))
    principal = post(office, "李", date(2023, 6, 1), capacity="principal", rank="division_chief")
    questions = look(office.desk(), planner(office).appoint(principal)).questions
    assert len(questions) == 1 and "“李”直接分管“财务”" in questions[0]


def test_a_transfer_ends_the_old_post_the_day_before_and_takes_the_person_along(office: Office) -> None:
    do(office, planner(office).unit(None, UnitState("", "业务科", "section"), None))
    new = Unit.objects.get(organisation_id=office.id, name="业务科")
    assert new.code == "U01"
    do(office, planner(office).appoint(post(office, "赵", date(2021, 1, 1))))
    state = post(office, "赵", date(2023, 7, 1), unit_id=new.id, post="科长")
    outlook = do(office, planner(office).transfer(row_of(office, "赵"), state))
    assert outlook.since == date(2023, 7, 1)
    assert held(office, "赵", date(2023, 6, 30)) == ["主任"] and held(office, "赵", date(2023, 7, 1)) == ["科长"]
    assert Person.objects.get(organisation_id=office.id, name="赵").unit_id == new.id


def test_leaving_ends_posts_and_charges_and_says_whom_it_changes(office: Office) -> None:
    do(office, planner(office).appoint(post(office, "赵", date(2021, 1, 1))))
    do(office, planner(office).portfolio(None, charge(office, "赵", "audit", date(2021, 1, 1))))
    outlook = look(office.desk(), planner(office).leave(office.people["赵"], date(2023, 6, 30)))
    assert outlook.since == date(2023, 7, 1)
    assert {(e.population, e.before - e.after) for e in outlook.effects} >= {(None, 1)}
    assert held(office, "赵", date(2023, 7, 1)) == ["主任"], "a look writes nothing"
    do(office, planner(office).leave(office.people["赵"], date(2023, 6, 30)))
    assert held(office, "赵", date(2023, 6, 30)) == ["主任"] and not held(office, "赵", date(2023, 7, 1))
    assert [c.subject for c in outlook.changes] == ["person", "appointment", "portfolio"]


def test_a_unit_with_people_is_closed_only_when_they_go_somewhere(office: Office) -> None:
    do(office, planner(office).appoint(post(office, "赵", date(2021, 1, 1))))
    section, body = office.units["BGS"], office.units["DZ"]
    with pytest.raises(Invalid, match="去向"):
        do(office, planner(office).close_unit(section, date(2023, 6, 30), None))
    do(office, planner(office).close_unit(section, date(2023, 6, 30), body))
    assert not Person.objects.filter(organisation_id=office.id, unit_id=section).exists()
    assert not held(office, "赵", date(2023, 7, 1))
    with pytest.raises(Invalid, match="已撤销"):
        do(office, planner(office).appoint(post(office, "李", date(2023, 7, 1))))


def test_a_unit_is_not_closed_over_one_below_it_nor_put_under_itself(office: Office) -> None:
    section, body = office.units["BGS"], office.units["DZ"]
    with pytest.raises(Invalid, match="“办公室”还在"):
        do(office, planner(office).close_unit(body, date(2023, 6, 30), section))
    with pytest.raises(Invalid, match="它自己或它的下级"):
        do(office, planner(office).unit(body, UnitState("DZ", "党组", "body"), section))


def test_a_wrong_appointment_is_withdrawn_and_stays_in_the_log(office: Office) -> None:
    do(office, planner(office).appoint(post(office, "赵", date(2021, 1, 1))))
    row = row_of(office, "赵")
    do(office, planner(office).withdraw(row), "录错人")
    directory: Directory = read_directory(office.id, office.desk().pack)
    assert office.people["赵"] not in directory.holdings
    revisions = Revision.objects.filter(organisation_id=office.id, subject_id=row.id).order_by("number")
    assert list(revisions.values_list("action", "why")) == [("create", ""), ("withdraw", "录错人")]
    assert office.verify().misfit is None
    do(office, planner(office).appoint(post(office, "赵", date(2021, 2, 1))))


def test_a_correction_made_elsewhere_meanwhile_is_not_written_over(office: Office) -> None:
    do(office, planner(office).appoint(post(office, "赵", date(2021, 1, 1))))
    row, first = row_of(office, "赵"), planner(office)
    plan = first.amend_appointment(row, post(office, "赵", date(2021, 3, 1)))
    carry_out(office.desk(), first.end(row, date(2023, 1, 1)), "", row.id, 1)
    with pytest.raises(Stale):
        carry_out(office.desk(), plan, "更正", row.id, 1)


@pytest.mark.parametrize(
    ("role", "may"),
    [("clerk", True), ("section_head", False), ("principal", False), ("discipline", False), ("sysadmin", False)],
)
def test_who_may_change_the_organisation_is_the_packs_to_say(office: Office, role: str, may: bool) -> None:
    known = office.desk()
    grants = (HeldGrant(role, office.organisation.path, date.min),)
    desk: Desk = replace(known, actor=replace(known.actor, grants=grants))
    plan = planner(office).leave(office.people["孙"], date(2023, 6, 30))
    if may:
        assert carry_out(desk, plan, "").changes
        return
    with pytest.raises(Refused, match="维护机构和人员"):
        carry_out(desk, plan, "")


def test_nothing_changed_is_said_and_a_new_person_gets_the_next_code(office: Office) -> None:
    state = PersonState("", "周行", office.units["BGS"], date(2023, 3, 1), relatives=(str(office.people["王"]),))
    new: UUID = do(office, planner(office).person(None, state)).changes[0].id
    row = Person.objects.get(organisation_id=office.id, id=new)
    assert (row.code, row.initials, row.relatives) == ("P05", "zx", [str(office.people["王"])])
    with pytest.raises(Invalid, match="没有改动"):
        do(office, planner(office).person(new, replace(state, code="P05")))
