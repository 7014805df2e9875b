"""What entries must keep to, as truth tables: who speaks last, how many are there, whose hands are apart, what comes first."""

from datetime import date
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianze.pack import Pack, load_builtin
from lianze.pack.definitions import Last, Requirement, Turnout
from lianze.rules.requirements import Filed, TakingPart, broken, faults_of, least_of, needed_in

CHIEF, SECOND, THIRD = (UUID(int=n) for n in (1, 2, 3))
NAMES = {CHIEF: "沈", SECOND: "陆", THIRD: "贺"}
CAPACITIES = {CHIEF: "principal", SECOND: "member", THIRD: "member"}
DAYS = {"consulted_on": date(2023, 2, 10), "happened_on": date(2023, 2, 14), "sent_on": date(2023, 7, 14)}


@pytest.fixture(scope="module")
def builtin() -> Pack:
    return load_builtin()


def saying(who: UUID, position: str = "for", role: str = "decider") -> TakingPart:
    return TakingPart(role, who, NAMES[who], position, CAPACITIES[who])


def decision(
    *parts: TakingPart, kind: str = "major", state: str = "recorded", result: str = "approved", **days: date
) -> Filed:
    return Filed(kind, state, {"result": result}, {**DAYS, **days}, parts, lambda _: NAMES)


ALL = (saying(SECOND), saying(THIRD), saying(CHIEF))
# What is decided how, and which requirements it does not keep to.
DECISIONS = {
    "as it should be": (decision(*ALL), []),
    "the principal first": (decision(saying(CHIEF), saying(SECOND), saying(THIRD)), ["principal_last"]),
    "the principal in the middle": (decision(saying(SECOND), saying(CHIEF), saying(THIRD)), ["principal_last"]),
    "the principal first, not yet approved": (decision(saying(CHIEF), saying(SECOND), state="decided"), []),
    "without the principal": (decision(saying(SECOND), saying(THIRD)), []),
    "one there": (decision(saying(CHIEF)), ["half_there", "majority_for"]),
    "two there for an appointment": (decision(saying(SECOND), saying(CHIEF), kind="personnel"), []),
    "one there for an appointment": (
        decision(saying(CHIEF), kind="personnel"),
        ["two_thirds_there", "majority_for"],
    ),
    "there and standing aside": (decision(saying(SECOND), saying(CHIEF), saying(THIRD, "", "recused")), []),
    "deciding and standing aside": (decision(*ALL, saying(SECOND, "", "recused")), ["hands_apart"]),
    "passed by one of three": (
        decision(saying(SECOND, "against"), saying(THIRD, "abstained"), saying(CHIEF)),
        ["majority_for"],
    ),
    "not passed by one of three": (
        decision(saying(SECOND, "against"), saying(THIRD, "abstained"), saying(CHIEF), result="rejected"),
        [],
    ),
    "consulted afterwards": (decision(*ALL, consulted_on=date(2023, 2, 15)), ["consulted_first"]),
    "sent up before": (decision(*ALL, sent_on=date(2023, 2, 13)), ["sent_after"]),
    "everything wrong, not yet approved": (
        decision(saying(CHIEF), saying(CHIEF, "", "recused"), state="decided", sent_on=date(2023, 2, 13)),
        [],
    ),
}


@pytest.mark.parametrize(("entry", "missed"), DECISIONS.values(), ids=DECISIONS.keys())
def test_a_decision_is_held_against_the_rules_of_deciding(builtin: Pack, entry: Filed, missed: list[str]) -> None:
    found = [requirement.id for requirement, _, _ in broken(builtin.registers["decision"], entry)]
    assert sorted(found) == sorted(missed)


def activity(kind: str, **roles: tuple[UUID, ...]) -> Filed:
    parts = tuple(saying(who, "", role) for role, people in roles.items() for who in people)
    return Filed(kind, "", {}, {}, parts, lambda _: NAMES)


ACTIVITIES = {
    "a meeting as it should be": (
        activity("study.branch", host=(CHIEF,), attendee=(CHIEF, SECOND), absent=(THIRD,)),
        [],
    ),
    "there and absent": (activity("study.branch", attendee=(SECOND,), absent=(SECOND,)), ["present_or_absent"]),
    "led by somebody absent": (activity("meeting.section", host=(CHIEF,), absent=(CHIEF,)), ["host_is_there"]),
    "a talk as it should be": (activity("talk.heart", talker=(CHIEF,), talked_to=(SECOND,)), []),
    "a talk with oneself": (activity("talk.heart", talker=(CHIEF,), talked_to=(SECOND, CHIEF)), ["talk_of_two"]),
    "a talk with nobody": (activity("talk.reminder", talker=(CHIEF,)), ["talk_named"]),
    "a talk by nobody": (activity("talk.reminder", talked_to=(CHIEF,)), ["talk_named"]),
    "a visit to nobody": (activity("visit.home", talker=(CHIEF,)), ["visit_named"]),
    "a visit by the section": (activity("visit.home", talked_to=(CHIEF,)), []),
}


@pytest.mark.parametrize(("entry", "missed"), ACTIVITIES.values(), ids=ACTIVITIES.keys())
def test_what_cannot_be_is_no_activity(builtin: Pack, entry: Filed, missed: list[str]) -> None:
    assert [requirement.id for requirement, _, _ in broken(builtin.registers["activity"], entry)] == missed


def test_a_form_marks_what_every_entry_of_its_kind_needs(builtin: Pack) -> None:
    register = builtin.registers["activity"]
    assert needed_in(register, "talk.heart") == {"@talker", "@talked_to"}
    assert needed_in(register, "visit.home") == {"@talked_to"}
    assert not needed_in(register, "study.branch") and not needed_in(builtin.registers["decision"], "major")


def test_a_fault_says_who_and_how_many_and_on_which_ground(builtin: Pack) -> None:
    register = builtin.registers["decision"]
    sentences = {r.id: (place, said) for r, place, said in broken(register, decision(saying(CHIEF), saying(SECOND)))}
    place, said = sentences["principal_last"]
    assert place == "@decider" and "沈须排在陆之后" in said and "末位表态制度" in said
    lone = {r.id: said for r, _, said in broken(register, decision(saying(CHIEF)))}
    assert "应到3人，须有2人以上，现为1人" in lone["half_there"]


@pytest.mark.parametrize("order", list(permutations((CHIEF, SECOND, THIRD))))
def test_only_the_last_place_is_the_principals(builtin: Pack, order: tuple[UUID, ...]) -> None:
    found = [r.id for r, _, _ in broken(builtin.registers["decision"], decision(*map(saying, order)))]
    assert found == ([] if order[-1] == CHIEF else ["principal_last"])


@pytest.mark.parametrize(
    ("share", "more", "everybody", "least"),
    [
        ("1/2", False, 3, 2),
        ("1/2", False, 4, 2),
        ("1/2", True, 4, 3),
        ("1/2", True, 3, 2),
        ("2/3", False, 3, 2),
        ("2/3", False, 7, 5),
        ("2/3", True, 9, 7),
        ("1", False, 5, 5),
        ("1/2", False, 0, 0),
    ],
)
def test_how_many_are_enough(share: str, more: bool, everybody: int, least: int) -> None:
    assert least_of(Turnout(("decider",), "leaders", share, more), everybody) == least


@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 60), st.booleans())
def test_the_least_is_enough_and_one_fewer_is_not(over: int, under: int, everybody: int, more: bool) -> None:
    over, under = sorted((over, under))
    least = least_of(Turnout(("decider",), "leaders", f"{over}/{under}", more), everybody)
    enough = [
        n for n in range(everybody + 2) if (n * under > over * everybody if more else n * under >= over * everybody)
    ]
    assert least == enough[0]


def test_outsiders_are_of_no_population(builtin: Pack) -> None:
    guest = TakingPart("decider", "程", "程", "for")
    found = [r.id for r, _, _ in broken(builtin.registers["decision"], decision(guest, saying(SECOND)))]
    assert "half_there" in found and "majority_for" in found


def test_days_that_were_not_given_are_in_no_order(builtin: Pack) -> None:
    asked = Requirement("a", "规", "A", "规定", order=("consulted_on", "happened_on", "done_on"))
    entry = Filed("major", "decided", {}, {"done_on": date(2023, 1, 1)}, (), lambda _: NAMES)
    assert list(faults_of(asked, builtin.registers["decision"], entry)) == []


def test_nobody_with_the_capacity_leaves_the_last_word_to_anybody(builtin: Pack) -> None:
    asked = Requirement("a", "规", "A", "规定", last=Last("decider", ("section_head",)))
    assert list(faults_of(asked, builtin.registers["decision"], decision(*ALL))) == []


def test_advice_is_found_and_never_held_against_an_entry(builtin: Pack) -> None:
    register = builtin.registers["expense"]
    entry = Filed(
        "travel", "", {}, {}, (saying(SECOND, "", "handler"), saying(SECOND, "", "leader_signer")), lambda _: {}
    )
    (asked,) = register.requirement
    assert list(broken(register, entry)) == []
    assert [said for _, said, _ in faults_of(asked, register, entry)] == ["陆不能既是“经办人”又是“分管领导签字”"]
