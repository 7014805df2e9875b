"""What an entry may not be, whatever its origin: each case is one good entry with one thing wrong."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from lianze.ledger.states import NO_DAY, EntryState, Part
from lianze.ledger.validate import problems_in, with_capacities
from lianze.org.directory import Directory, Holding
from lianze.org.models import Person, Unit
from lianze.pack.load import load_builtin

PACK = load_builtin()
ORGANISATION, OFFICE = UUID(int=1), UUID(int=2)
HOST, LEFT, STRANGER = UUID(int=11), UUID(int=12), UUID(int=99)
DAY = date(2023, 3, 15)
TODAY = date(2023, 12, 31)


def person(person_id: UUID, name: str, left_on: date | None = None) -> Person:
    """Somebody who joined in 2020."""
    row = Person(id=person_id, organisation_id=ORGANISATION, code=name, name=name, unit_id=OFFICE)
    row.joined_on, row.left_on = date(2020, 1, 1), left_on
    return row


DIRECTORY = Directory(
    organisation_id=ORGANISATION,
    units={OFFICE: Unit(id=OFFICE, organisation_id=ORGANISATION, code="BGS", name="办公室", kind="section")},
    people={HOST: person(HOST, "曾晓明"), LEFT: person(LEFT, "王芳", date(2022, 6, 30))},
    holdings={
        HOST: (
            Holding(HOST, "科长", OFFICE, "section_head", "section_and_below", date(2020, 1, 1), date(2023, 3, 15)),
            Holding(HOST, "书记", OFFICE, "principal", "division_chief", date(2023, 3, 15), None),
        )
    },
    portfolios=(),
    capacity_order=("principal", "member", "section_head", "staff"),
)
MEETING = EntryState(
    register="activity",
    title="学习财务制度",
    happened_on=DAY,
    kind="study.collective",
    unit_id=OFFICE,
    owner_id=HOST,
    data={"place": "三楼", "form": "discussion", "summary": "一\n二"},
    parts=(Part("host", HOST), Part("attendee", outside_name="张三")),
)
ROOM = EntryState(
    register="review", title="逐间核查", happened_on=DAY, kind="office.room", state="finished", quantity=Decimal("18.5")
)
DECISION = EntryState(
    register="decision",
    title="购置设备",
    happened_on=DAY,
    kind="funds",
    state="decided",
    amount=Decimal("3.5"),
    data={"result": "approved"},
    parts=(Part("host", HOST), Part("decider", HOST, position="for")),
)
DUTY = EntryState(register="duty", title="上半年责任分解", happened_on=DAY, kind="task.point", state="planned")
RISK_LINK = EntryState(
    register="control", title="联签", happened_on=DAY, kind="early", unit_id=OFFICE, links=(("controls", UUID(int=50)),)
)


def found(state: EntryState, targets: dict[UUID, str] | None = None) -> list[tuple[str, str]]:
    """(rule, sentence) of every problem."""
    register = PACK.registers[state.register]
    return [(p.rule, p.sentence) for p in problems_in(state, register, PACK, DIRECTORY, targets, day=TODAY)]


@pytest.mark.parametrize("state", [MEETING, ROOM, DECISION, RISK_LINK], ids=lambda state: state.register)
def test_a_good_entry_has_no_problem(state: EntryState) -> None:
    assert found(state, {UUID(int=50): "risk"}) == []


@pytest.mark.parametrize(
    ("state", "rule", "told"),
    [
        (replace(MEETING, title=""), "title", "未填“主题”"),
        (replace(MEETING, happened_on=NO_DAY), "happened_on", "未填“日期”"),
        (replace(MEETING, happened_on=date(1023, 3, 15), parts=()), "happened_on", "年份不对"),
        (replace(MEETING, kind=""), "kind", "未填类型"),
        (replace(MEETING, kind="study"), "kind", "没有“study”这一类型"),
        (replace(MEETING, state="done"), "state", "没有“done”这一状态"),
        (replace(MEETING, title="长" * 501), "title", "最多500字"),
        (replace(MEETING, ended_on=date(2023, 3, 14)), "ended_on", "早于"),
        (replace(MEETING, unit_id=STRANGER), "unit", "应为本单位的内设机构"),
        (replace(MEETING, owner_id=STRANGER), "owner", "应为本单位的人员"),
        (replace(MEETING, amount=Decimal(3)), "amount", "没有“amount”这一项"),
        (replace(MEETING, data={"colour": "red"}), "colour", "没有“colour”这一项"),
        (replace(MEETING, data={"title": "x"}), "title", "不应放在 data 中"),
        (replace(MEETING, data={"place": 3}), "place", "应为文字"),
        (replace(MEETING, data={"form": "研讨"}), "form", "应为研讨"),
        (replace(MEETING, data={"holiday": "spring"}), "holiday", "只用于"),
        (replace(MEETING, kind="research.village", data={"meals_paid": "是"}), "meals_paid", "应为是或否"),
        (replace(MEETING, parts=(Part("boss", HOST),)), "@boss", "没有“boss”这一角色"),
        (replace(MEETING, parts=(Part("host", HOST), Part("host", LEFT))), "@host", "只能填一人"),
        (replace(MEETING, parts=(Part("attendee", HOST), Part("attendee", HOST))), "@attendee", "出现两次"),
        (replace(MEETING, parts=(Part("host", STRANGER),)), "@host", "不是本单位人员"),
        (replace(MEETING, parts=(Part("host", LEFT),)), "@host", "2022-06-30已离职"),
        (replace(MEETING, parts=(Part("host", outside_name="张三"),)), "@host", "只能填本单位人员"),
        (replace(MEETING, parts=(Part("attendee"),)), "@attendee", "没有姓名"),
        (replace(MEETING, links=(("answers", UUID(int=50)),)), ">answers", "没有“answers”这一关联"),
        (replace(ROOM, quantity=Decimal(-1)), "quantity", "不小于0"),
        (replace(ROOM, kind="vehicle"), "quantity", "只用于办公用房逐间核查"),
        (replace(ROOM, data={"covers_from": "2023-02-30"}), "covers_from", "应为日期"),
        (replace(DECISION, data={}), "result", "未填“表决结果”"),
        (replace(DECISION, parts=(Part("host", HOST),)), "@decider", "未填“表态人员”"),
        (replace(DECISION, parts=(Part("host", HOST), Part("decider", HOST, position="yes"))), "@decider", "没有“yes”这一表态"),
        (replace(RISK_LINK, links=()), ">controls", "未填“对应风险”"),
        (replace(MEETING, register="review"), "kind", "没有“study.collective”"),
    ],
)  # fmt: skip
def test_one_thing_wrong_is_found_where_it_is(state: EntryState, rule: str, told: str) -> None:
    sentences = [sentence for at, sentence in found(state) if at == rule]
    assert any(told in sentence for sentence in sentences), found(state)


@pytest.mark.parametrize(
    ("state", "rule", "ahead", "fits"),
    [
        (MEETING, "happened_on", 0, True),
        (MEETING, "happened_on", 1, False),
        (MEETING, "happened_on", 27_760, False),
        (DUTY, "happened_on", 1, True),
        (DUTY, "happened_on", 400, True),
        (DUTY, "happened_on", 401, False),
        (DUTY, "done_on", 1, False),
        (DUTY, "due_on", 900, True),
    ],
)
def test_what_is_done_is_not_dated_ahead_of_the_day_it_is_recorded(
    state: EntryState, rule: str, ahead: int, fits: bool
) -> None:
    dated = replace(state, **{rule: TODAY + timedelta(days=ahead)}, parts=())  # type: ignore[arg-type]
    told = [sentence for at, sentence in found(dated) if at == rule]
    assert (not told) == fits, told
    assert fits or "核对年份" in told[0]


def test_every_problem_is_told_at_once_under_the_registers_title() -> None:
    broken = replace(MEETING, title="", kind="", parts=(Part("host", STRANGER),), data={"colour": "red"})
    problems = problems_in(broken, PACK.registers["activity"], PACK, DIRECTORY, day=TODAY)
    assert {problem.place for problem in problems} == {"活动台账"}
    assert [problem.rule for problem in problems] == ["kind", "title", "colour", "@host"]


def test_a_link_must_lead_to_the_right_register() -> None:
    assert found(RISK_LINK, {UUID(int=50): "finding"}) == [
        (">controls", "“对应风险”应关联“廉政风险清单”中的记录 / must lead to that register")
    ]
    assert found(RISK_LINK, {}) != []
    assert found(RISK_LINK) == []


def test_who_left_may_come_back_as_a_guest() -> None:
    assert found(replace(MEETING, parts=(Part("attendee", LEFT),))) == []


def test_capacity_is_the_highest_held_on_the_day() -> None:
    def capacity(day: date) -> list[str]:
        return [part.capacity for part in with_capacities(replace(MEETING, happened_on=day), DIRECTORY).parts]

    assert capacity(date(2023, 3, 14)) == ["section_head", ""]
    assert capacity(date(2023, 3, 15)) == ["principal", ""]
    assert capacity(date(2019, 3, 15)) == ["", ""]
