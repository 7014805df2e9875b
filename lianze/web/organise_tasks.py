"""What can be done to the organisation, each with the few things that are asked for it.

The fields are those of the workbook's sheets, so that a form and a sheet ask for the same thing in the same words.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from lianze.exchange.organisation_sheets import APPOINTMENT, PERSON, PORTFOLIO, UNIT
from lianze.ledger.org_plans import Planner
from lianze.org.models import Appointment, Person, Portfolio, Post, Record, Unit
from lianze.pack.definitions import Field
from lianze.web.language import both


@dataclass(frozen=True)
class Task:
    """One thing to do. `start`: fields that begin with today. `asks_why`: a reason must be given."""

    title: str
    title_en: str
    fields: tuple[Field, ...]
    start: tuple[str, ...] = ()
    asks_why: bool = False
    help: str = ""
    help_en: str = ""


def pick(sheet: Iterable[Field], *names: str, optional: tuple[str, ...] = ()) -> tuple[Field, ...]:
    """Fields of a sheet by name; those of `optional` need not be filled here."""
    known = {field.name: field for field in sheet}
    return tuple(replace(known[name], required=False) if name in optional else known[name] for name in names)


CODE_HELP = "不填则自动编号；同名的须填写以区别"
CODE_HELP_EN = "Given by itself when left empty; needed to tell namesakes apart"
# `kind` is what an entry form calls its own kind.
KIND = replace(next(field for field in UNIT if field.name == "kind"), name="unit_kind")
PARENT = Field("parent", "上级机构", "Under", "unit")
UNIT_CODE = replace(pick(UNIT, "code", optional=("code",))[0], help="不填则自动编号", help_en="Given when left empty")
PERSON_CODE = replace(pick(PERSON, "code")[0], help=CODE_HELP, help_en=CODE_HELP_EN)
RELATIVES = Field(
    "relatives",
    "应当回避的亲属",
    "Relatives to stand aside for",
    "person",
    help="本单位内的亲属；受限台账中有关他们的记录，本人不办理、不看说明",
    help_en="Relatives in this organisation: this person neither handles nor reads the notes of restricted entries about them",
)
UNIT_FIELDS = (*pick(UNIT, "name"), KIND, PARENT, UNIT_CODE, *pick(UNIT, "created_on"))
ABOUT_PERSON = (*pick(PERSON, "name", "unit", "joined_on", "party_member_since"), PERSON_CODE, RELATIVES)
POST = pick(APPOINTMENT, "post", "unit", "capacity", "rank", optional=("rank",))
FIRST_POST = pick(APPOINTMENT, "post", "capacity", "rank", optional=("post", "capacity", "rank"))
LAST_DAY = Field("end_on", "最后一天", "Last day", "date", required=True)
OFFICE_DAY = "从这一天起，按人数统计的数据随之改变；已登记的记录里各人当时的身份不变。"
OFFICE_DAY_EN = "Figures that count people change from that day; what people were in entries recorded before stays."

TASKS: dict[tuple[str, str], Task] = {
    ("unit", "new"): Task("新建机构", "New unit", UNIT_FIELDS),
    ("unit", "change"): Task("修改机构", "Change the unit", (*UNIT_FIELDS, *pick(UNIT, "closed_on"))),
    ("unit", "close"): Task(
        "撤销机构",
        "Close the unit",
        (replace(pick(UNIT, "closed_on")[0], required=True), Field("to", "人员去向", "Its people go to", "unit")),
        ("closed_on",),
        help="填最后一天。机构内的任职和对它的分管到这一天为止；机构里还有人的，必须写明去向。",
        help_en="The last day. Posts in it and charge of it end then; where people are still in it, say where they go.",
    ),
    ("person", "new"): Task(
        "新增人员", "New person", (*ABOUT_PERSON[:3], *FIRST_POST, *ABOUT_PERSON[3:]), ("joined_on",)
    ),
    ("person", "change"): Task("修改人员", "Change the person", (*ABOUT_PERSON, *pick(PERSON, "left_on", "note"))),
    ("person", "leave"): Task(
        "离职",
        "Leave",
        (replace(pick(PERSON, "left_on")[0], required=True),),
        ("left_on",),
        help="填在本单位的最后一天；还在任的职务和分工同时终止。",
        help_en="The last day here; posts and portfolios still held end with it.",
    ),
    ("post", "new"): Task("新设职务", "New post", POST),
    ("post", "change"): Task("修改职务", "Change the post", POST, asks_why=True),
    ("appointment", "new"): Task(
        "任职",
        "Appoint",
        (*pick(APPOINTMENT, "person"), *POST, *pick(APPOINTMENT, "start_on", "end_on")),
        ("start_on",),
    ),
    ("appointment", "transfer"): Task(
        "调任",
        "Transfer",
        (*POST, *pick(APPOINTMENT, "start_on")),
        ("start_on",),
        help="填新的职务和到任日期；原职务到前一天为止。",
        help_en="The new post and its first day; the old one ends the day before.",
    ),
    ("appointment", "end"): Task("免职", "End the appointment", (LAST_DAY,), ("end_on",)),
    ("appointment", "change"): Task(
        "更正任职",
        "Correct the appointment",
        (*pick(APPOINTMENT, "person"), *POST, *pick(APPOINTMENT, "start_on", "end_on")),
        asks_why=True,
        help="只用于当初记错的；职务变动请用“调任”“免职”。更正前后都留在历史里。",
        help_en="Only for what was recorded wrongly; for a change of post use Transfer or End. The history keeps both.",
    ),
    ("appointment", "withdraw"): Task("撤回任职", "Withdraw the appointment", (), asks_why=True),
    ("portfolio", "new"): Task(
        "分工",
        "Put in charge",
        pick(PORTFOLIO, "person", "area", "unit", "start_on", "end_on", "document"),
        ("start_on",),
    ),
    ("portfolio", "end"): Task("终止分工", "End the charge", (LAST_DAY,), ("end_on",)),
    ("portfolio", "change"): Task(
        "更正分工",
        "Correct the charge",
        pick(PORTFOLIO, "person", "area", "unit", "start_on", "end_on", "document"),
        asks_why=True,
        help="只用于当初记错的；分工调整请终止原来的，再新增。",
        help_en="Only for what was recorded wrongly; when the charge changes, end the old one and add a new one.",
    ),
    ("portfolio", "withdraw"): Task("撤回分工", "Withdraw the charge", (), asks_why=True),
}


def title_of(task: Task) -> str:
    """The task's name in the reader's language."""
    return both(task.title, task.title_en)


def rows_of(kind: str, planner: Planner) -> list[Record]:
    """The rows that a task may be about."""
    found: dict[str, Iterable[Any]] = {
        "unit": planner.directory.units.values(),
        "person": planner.directory.people.values(),
        "post": planner.posts,
        "appointment": planner.appointments,
        "portfolio": planner.directory.portfolios,
    }
    return list(found.get(kind, ()))


def values_of(row: Record, act: str) -> dict[str, object]:
    """What a row says, by the name of the field that asks for it."""
    match row:
        case Unit():
            names = {"unit_kind": row.kind, "parent": row.parent_id}
        case Person():
            names = {"unit": row.unit_id}
        case Post():
            names = {"post": row.name, "unit": row.unit_id}
        case Appointment():
            post = row.post
            names = {"person": row.person_id, "post": post.name, "unit": post.unit_id, "capacity": post.capacity}
            names |= {"rank": post.rank}
        case Portfolio():
            names = {"person": row.person_id, "unit": row.unit_id}
        case _:
            names = {}
    if act == "transfer":
        # Post and unit are new; capacity and rank are mostly kept, and a rank forgotten would change figures.
        return {name: names[name] for name in ("capacity", "rank")}
    own = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return own | names


def first_day(values: dict[str, object]) -> date | None:
    """The day something began."""
    day = values.get("start_on")
    return day if isinstance(day, date) else None
