"""The cast of the figures' tests: one office of five people in two sections and a branch, and a small pack.

Entries go through the real writer; people and units are created directly.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from lianze.domain.periods import year_period
from lianze.ledger.log import open_log
from lianze.ledger.states import Author, EntryState, Part
from lianze.ledger.write import write_new
from lianze.org.keys import new_id
from lianze.org.models import Appointment, Organisation, Person, Post, Unit
from lianze.pack import Pack
from lianze.pack.load import load_pack

NOW = datetime(2023, 12, 31, 16, 30, tzinfo=UTC)
YEAR = year_period(2023)
AUTHOR = Author("test")

PACK = """
id = "small"
version = "1"
title = "测试"
title_en = "Test"
"""

REGISTER = """
id = "meeting"
title = "会议"
title_en = "Meetings"
source = "测试"
counted_in = "次"
kind = [
  { id = "study.full", title = "集中学习", title_en = "Study" },
  { id = "study.small", title = "小组学习", title_en = "Group study" },
  { id = "studying", title = "自学", title_en = "Own study" },
  { id = "talk", title = "谈话", title_en = "Talk" },
]
participant = [
  { role = "host", title = "主持人", title_en = "Host", positions = [
    { id = "yes", title = "同意", title_en = "Yes" },
    { id = "no", title = "不同意", title_en = "No" },
  ] },
  { role = "guest", title = "参加人", title_en = "Guests", outside = true },
]
link = [{ relation = "about", to = "finding", title = "涉及", title_en = "About" }]
state = [{ id = "open", title = "开", title_en = "Open" }, { id = "closed", title = "结", title_en = "Closed" }]
transition = [{ id = "close", start = ["open"], to = "closed", title = "办结", title_en = "Close" }]
field = [
  { name = "title", title = "主题", title_en = "Topic", type = "text", required = true },
  { name = "happened_on", title = "日期", title_en = "Date", type = "date", required = true },
  { name = "ended_on", title = "止", title_en = "Until", type = "date" },
  { name = "done_on", title = "办结", title_en = "Done", type = "date" },
  { name = "unit", title = "科室", title_en = "Unit", type = "unit" },
  { name = "owner", title = "负责人", title_en = "Owner", type = "person" },
  { name = "level", title = "级别", title_en = "Level", type = "text" },
  { name = "quantity", title = "天数", title_en = "Days", type = "decimal", counted_in = "天" },
  { name = "area", title = "面积", title_en = "Area", type = "decimal", counted_in = "㎡" },
  { name = "paid", title = "交费", title_en = "Paid", type = "boolean" },
  { name = "place", title = "地点", title_en = "Place", type = "text" },
  { name = "themes", title = "主题词", title_en = "Themes", type = "choices", choices = [
    { id = "a", title = "甲", title_en = "A" },
    { id = "b", title = "乙", title_en = "B" },
    { id = "c", title = "丙", title_en = "C" },
  ] },
]
"""

FINDING = """
id = "finding"
title = "问题"
title_en = "Findings"
source = "测试"
counted_in = "个"
restricted = true
kind = [{ id = "own", title = "自查", title_en = "Own" }, { id = "other", title = "他查", title_en = "Other" }]
state = [{ id = "open", title = "开", title_en = "Open" }, { id = "closed", title = "结", title_en = "Closed" }]
transition = [{ id = "close", start = ["open"], to = "closed", title = "办结", title_en = "Close" }]
field = [
  { name = "title", title = "问题", title_en = "Finding", type = "text", required = true },
  { name = "happened_on", title = "日期", title_en = "Date", type = "date", required = true },
]
"""

VOCABULARIES = """
[[vocabulary]]
id = "capacity"
title = "身份"
title_en = "Capacity"
choice = [
  { id = "principal", title = "主要负责人", title_en = "Principal" },
  { id = "member", title = "班子成员", title_en = "Member" },
  { id = "staff", title = "工作人员", title_en = "Staff" },
]
[[vocabulary]]
id = "rank"
title = "职级"
title_en = "Rank"
choice = [{ id = "chief", title = "处", title_en = "Chief" }, { id = "other", title = "科", title_en = "Other" }]
[[vocabulary]]
id = "unit_kind"
title = "机构类别"
title_en = "Kind of unit"
choice = [{ id = "section", title = "科室", title_en = "Section" }, { id = "branch", title = "支部", title_en = "Branch" }]
[[vocabulary]]
id = "measure_word"
title = "量词"
title_en = "Measure words"
choice = [
  { id = "次", title = "次", title_en = "times" },
  { id = "个", title = "个", title_en = "items" },
  { id = "人", title = "人", title_en = "people" },
  { id = "人次", title = "人次", title_en = "people-times" },
  { id = "天", title = "天", title_en = "days" },
  { id = "㎡", title = "㎡", title_en = "m²" },
  { id = "%", title = "%", title_en = "%" },
]
[[population]]
id = "all"
title = "全体"
title_en = "Everybody"
[[population]]
id = "leaders"
title = "班子"
title_en = "Leaders"
capacity = ["principal", "member"]
"""


def pack_of(folder: Path, *figures: str) -> Pack:
    """A pack of the registers above and these figures, each as TOML without its header and titles."""
    (folder / "registers").mkdir(parents=True, exist_ok=True)
    (folder / "pack.toml").write_text(PACK, encoding="utf-8")
    (folder / "registers" / "meeting.toml").write_text(REGISTER, encoding="utf-8")
    (folder / "registers" / "finding.toml").write_text(FINDING, encoding="utf-8")
    (folder / "vocabularies.toml").write_text(VOCABULARIES, encoding="utf-8")
    texts = (
        text if text.lstrip().startswith("[[") else f'[[figure]]\ntitle = "数"\ntitle_en = "Number"\n{text}'
        for text in figures
    )
    (folder / "figures.toml").write_text("\n".join(["# figures", *texts]), encoding="utf-8")
    return load_pack([folder])


@dataclass
class Office:
    """An office and its people by code: wang (principal), li (member), zhao, chen (staff), sun (left in June)."""

    id: UUID = field(default_factory=new_id)
    units: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)

    def write(self, *states: EntryState, now: datetime = NOW) -> list[UUID]:
        """Adds entries; returns their ids in order."""
        ids = [new_id() for _ in states]
        write_new(self.id, list(zip(ids, states, strict=True)), AUTHOR, "test", now)
        return ids

    def part(self, role: str, who: str, capacity: str = "", position: str = "") -> Part:
        """Somebody of the office by code, or anybody else by name."""
        person = self.people.get(who)
        return Part(role, person, "" if person else who, position, capacity)


CAPACITIES = {"wang": "principal", "li": "member", "zhao": "staff", "chen": "staff", "sun": "staff"}
SECTIONS = {"wang": "office", "li": "office", "zhao": "office", "chen": "finance", "sun": "finance"}


def make_office(path: str = "0001") -> Office:
    """An office with its log."""
    office = Office()
    Organisation.objects.create(id=office.id, path=path, code=path, name=path, short_name=path, created_at=NOW)
    open_log(office.id)
    for order, (code, kind) in enumerate({"office": "section", "finance": "section", "branch": "branch"}.items()):
        unit = Unit.objects.create(organisation_id=office.id, code=code, name=f"{code}科", kind=kind, order=order)
        office.units[code] = unit.id
    for code, capacity in CAPACITIES.items():
        employ(office, code, SECTIONS[code], capacity)
    return office


def employ(office: Office, code: str, unit: str, capacity: str) -> None:
    """A person with a post since 2020; sun leaves at the end of June 2023; the first three are Party members."""
    end = date(2023, 6, 30) if code == "sun" else None
    person = Person.objects.create(
        organisation_id=office.id,
        code=code,
        name=f"{code}同志",
        unit_id=office.units[unit],
        joined_on=date(2020, 1, 1),
        left_on=end,
        party_member_since=date(2010, 7, 1) if code in ("wang", "li", "zhao") else None,
    )
    office.people[code] = person.id
    rank = "chief" if capacity == "principal" else "other"
    post, _ = Post.objects.get_or_create(
        organisation_id=office.id, unit_id=office.units[unit], name=f"{capacity}岗", capacity=capacity, rank=rank
    )
    Appointment.objects.create(
        organisation_id=office.id, person_id=person.id, post_id=post.id, start_on=date(2020, 1, 1), end_on=end
    )


def meeting(day: str, **more: object) -> EntryState:
    """A meeting on a day of 2023 (“03-15”) or any day (“2022-03-15”)."""
    on = date.fromisoformat(day if len(day) == 10 else f"2023-{day}")
    values: dict[str, object] = {"register": "meeting", "title": "会", "happened_on": on, "kind": "study.full", **more}
    return EntryState(**values)  # type: ignore[arg-type]


def meetings(days: Sequence[str]) -> list[EntryState]:
    """One meeting a day."""
    return [meeting(day) for day in days]
