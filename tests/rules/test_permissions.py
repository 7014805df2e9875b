"""Who may do what: each line of the table is one decision."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from lianze.pack import Pack
from lianze.rules import Actor, HeldGrant, Subject, refusal
from tests.rules.conftest import CAST, CHILD, CITY, DAY, OFFICE, SIBLING, actor, finding

# role, action → where it may act on an entry of the section: O office, C child, P parent, S sibling organisation.
TABLE = [
    ("clerk", "read", "O"),
    ("clerk", "amend", "O"),
    ("clerk", "export", ""),
    ("clerk", "secure", ""),
    ("section_head", "read", "O"),
    ("section_head", "amend", "O"),
    ("principal", "withdraw", "O"),
    ("superior", "read", "OC"),
    ("superior", "export", "OC"),
    ("superior", "amend", ""),
    ("staff", "amend", ""),
    ("auditor", "read", ""),
    ("secadmin", "read", ""),
]
PLACES = {"O": OFFICE, "C": CHILD, "P": CITY, "S": SIBLING}


@pytest.mark.parametrize(("role", "action", "places"), TABLE)
@pytest.mark.parametrize("place", "OCPS")
def test_a_role_acts_exactly_where_the_table_says(pack: Pack, role: str, action: str, places: str, place: str) -> None:
    asker = actor(CAST.li, role, units=(CAST.section,))
    subject = finding(organisation_path=PLACES[place])
    assert (refusal(action, asker, subject, pack) is None) == (place in places)


def test_section_head_reads_the_office_but_amends_only_the_own_section(pack: Pack) -> None:
    head = actor(CAST.li, "section_head", units=(CAST.section,))
    other = finding(unit_id=CAST.other_section)
    assert refusal("read", head, other, pack) is None
    assert "不能在此处" in str(refusal("amend", head, other, pack))


def test_section_head_without_a_section_amends_nothing(pack: Pack) -> None:
    assert refusal("amend", actor(CAST.li, "section_head"), finding(unit_id=None), pack) is not None


def test_a_grant_on_a_unit_narrows_acting_to_it(pack: Pack) -> None:
    grant = HeldGrant("clerk", OFFICE, date(2023, 1, 1), unit_ids=frozenset({CAST.section}))
    clerk = Actor(CAST.wang, OFFICE, DAY, CAST.wang, grants=(grant,))
    assert refusal("amend", clerk, finding(), pack) is None
    assert refusal("amend", clerk, finding(unit_id=CAST.other_section), pack) is not None
    assert refusal("amend", clerk, finding(unit_id=None), pack) is not None


def test_staff_amend_what_they_recorded_or_are_responsible_for(pack: Pack) -> None:
    staff = actor(CAST.sun, "staff")
    assert refusal("amend", staff, finding(), pack) == "没有这条记录 / no such entry"
    assert refusal("amend", staff, finding(author_id=CAST.sun), pack) is None
    assert refusal("amend", staff, finding(owner_id=CAST.sun), pack) is None


@pytest.mark.parametrize(("start", "end", "may"), [(1, 31, True), (1, 10, False), (10, 31, True), (11, 31, False)])
def test_a_grant_counts_from_its_first_day_up_to_but_not_including_its_end(
    pack: Pack, start: int, end: int, may: bool
) -> None:
    grant = HeldGrant("clerk", OFFICE, date(2023, 5, start), date(2023, 5, end))
    asker = replace(actor(CAST.wang), grants=(grant,), day=date(2023, 5, 10))
    assert (refusal("read", asker, finding(), pack) is None) == may


def test_author_may_not_close_own_finding_but_another_may(pack: Pack) -> None:
    closing = finding(transition="close")
    assert "另一人" in str(refusal("transition", actor(CAST.wang, "clerk"), closing, pack))
    assert refusal("transition", actor(CAST.zhao, "principal"), closing, pack) is None


def test_who_took_the_last_step_may_not_close(pack: Pack) -> None:
    closing = finding(transition="close", last_actor_id=CAST.zhao)
    assert "另一人" in str(refusal("transition", actor(CAST.zhao, "principal"), closing, pack))


@pytest.mark.parametrize(
    ("hand", "word"),
    [
        ({"owner_id": CAST.zhao}, "责任人"),
        ({"author_id": CAST.zhao}, "记录人"),
        ({"author_person_id": CAST.zhao}, "记录人"),
        ({"last_actor_id": CAST.zhao}, "最后修改人"),
        ({"last_person_id": CAST.zhao}, "最后修改人"),
        ({"step_actor_id": CAST.zhao}, "上一步经办人"),
        ({"step_person_id": CAST.zhao}, "上一步经办人"),
        ({}, None),
    ],
)
def test_who_had_a_hand_in_it_or_answers_for_it_is_no_second_person(
    pack: Pack, hand: dict[str, UUID], word: str | None
) -> None:
    """The finding was imported by the command line: no account recorded it."""
    imported = replace(finding(transition="close", author_id=None, author_person_id=None), **hand)  # type: ignore[arg-type]
    reason = refusal("transition", actor(CAST.zhao, "principal"), imported, pack)
    assert reason is None if word is None else "另一人" in str(reason) and word in str(reason)


def test_an_account_without_a_person_is_not_the_person_in_charge_of_what_has_none(pack: Pack) -> None:
    nobody = replace(actor(CAST.zhao, "principal"), person_id=None)
    assert refusal("transition", nobody, finding(transition="close", owner_id=None), pack) is None


def test_a_second_account_does_not_make_a_second_person(pack: Pack) -> None:
    second = replace(actor(CAST.wang, "clerk"), account_id=CAST.sun)
    assert "另一人" in str(refusal("transition", second, finding(transition="close"), pack))


def test_a_step_kept_for_roles_is_refused_to_others_by_name(pack: Pack) -> None:
    head = actor(CAST.li, "section_head", units=(CAST.section,))
    assert "由主要负责人、经办人办理" in str(refusal("transition", head, finding(transition="close"), pack))
    assert refusal("transition", head, finding(transition="solve"), pack) is None


def test_the_role_that_keeps_a_step_must_itself_reach_the_entry(pack: Pack) -> None:
    """Principal elsewhere and section head here: the step of the principal stays closed here."""
    head = actor(CAST.li, "section_head", units=(CAST.section,))
    elsewhere = HeldGrant("principal", SIBLING, date(2023, 1, 1))
    both = replace(head, grants=(*head.grants, elsewhere))
    assert refusal("transition", both, finding(transition="close"), pack) is not None


def test_unknown_steps_and_actions_are_refused(pack: Pack) -> None:
    clerk = actor(CAST.wang, "clerk")
    assert "没有“vanish”这一步" in str(refusal("transition", clerk, finding(transition="vanish"), pack))
    assert "没有“erase”" in str(refusal("erase", clerk, finding(), pack))


def test_freezing_a_report_needs_somebody_else_than_its_writer(pack: Pack) -> None:
    report = Subject(OFFICE, author_id=CAST.wang, last_actor_id=CAST.wang)
    assert refusal("report", actor(CAST.wang, "clerk"), report, pack) is None
    assert "另一人" in str(refusal("freeze", actor(CAST.wang, "clerk"), report, pack))
    assert refusal("freeze", actor(CAST.zhao, "principal"), report, pack) is None


@pytest.mark.parametrize("action", ["read", "amend", "withdraw", "transition"])
def test_a_restricted_entry_is_answered_like_one_that_is_not_there(pack: Pack, action: str) -> None:
    archive, nowhere = finding(register="archive"), finding(register="nothing")
    clerk = actor(CAST.wang, "clerk")
    answer = refusal(action, clerk, archive, pack)
    assert answer == refusal(action, clerk, nowhere, pack) == "没有这条记录 / no such entry"


def test_a_restricted_register_takes_no_entry_from_who_may_not_know_of_it(pack: Pack) -> None:
    clerk = actor(CAST.wang, "clerk")
    answer = refusal("record", clerk, finding(register="archive"), pack)
    assert answer == refusal("record", clerk, finding(register="nothing"), pack)
    assert refusal("record", actor(CAST.zhao, "principal"), finding(register="archive"), pack) is None


@pytest.mark.parametrize("action", ["amend", "withdraw", "transition"])
def test_nobody_handles_the_own_archive_or_a_relative_s(pack: Pack, action: str) -> None:
    principal = replace(actor(CAST.zhao, "principal"), relatives=frozenset({CAST.li}))
    for person, may in ((CAST.zhao, False), (CAST.li, False), (CAST.sun, True)):
        archive = finding(register="archive", person_ids=frozenset({person}), transition="solve")
        answer = refusal(action, principal, archive, pack)
        assert (answer is None) == may
        assert may or "回避" in str(answer)


@pytest.mark.parametrize("action", ["record", "import"])
@pytest.mark.parametrize(
    ("register", "about", "may"),
    [
        ("archive", (CAST.zhao,), False),
        ("archive", (CAST.li,), False),
        ("archive", (CAST.sun, CAST.zhao), False),
        ("archive", (CAST.sun,), True),
        ("archive", (), True),
        ("finding", (CAST.zhao,), True),
    ],
)
def test_nobody_records_a_restricted_entry_about_themselves_or_a_relative(
    pack: Pack, action: str, register: str, about: tuple[UUID, ...], may: bool
) -> None:
    principal = replace(actor(CAST.zhao, "principal"), relatives=frozenset({CAST.li}))
    answer = refusal(action, principal, Subject(OFFICE, register, person_ids=frozenset(about)), pack)
    assert (answer is None) == may
    assert may or "回避" in str(answer)


def test_taking_part_in_an_open_entry_is_no_reason_to_stand_aside(pack: Pack) -> None:
    assert refusal("amend", actor(CAST.wang, "clerk"), finding(person_ids=frozenset({CAST.wang})), pack) is None
