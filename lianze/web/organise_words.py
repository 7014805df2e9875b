"""Rows about the organisation in words: what changes from what to what, and the history of it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianze.ledger.actions import Desk
from lianze.ledger.filters import parse_id
from lianze.ledger.models import Revision
from lianze.ledger.org_rows import RowChange, columns_of, json_of_columns
from lianze.org.directory import Directory
from lianze.org.models import Post
from lianze.tlog import JsonValue
from lianze.web.history import Difference, differences
from lianze.web.language import both
from lianze.web.shown import title_among

Columns = Mapping[str, JsonValue]
SUBJECTS = {
    "unit": ("机构", "Unit"),
    "person": ("人员", "Person"),
    "post": ("职务", "Post"),
    "appointment": ("任职", "Appointment"),
    "portfolio": ("分工", "Charge"),
}
# Column → what it is called, and the vocabulary its value is of.
COLUMNS: dict[str, tuple[str, str, str]] = {
    "name": ("名称", "Name", ""),
    "code": ("编号", "Code", ""),
    "kind": ("类别", "Kind", "unit_kind"),
    "parent_id": ("上级机构", "Under", ""),
    "person_id": ("姓名", "Person", ""),
    "post_id": ("职务", "Post", ""),
    "unit_id": ("机构", "Unit", ""),
    "capacity": ("身份", "Capacity", "capacity"),
    "rank": ("职级", "Rank", "rank"),
    "area": ("事项", "Area", "area"),
    "created_on": ("成立日期", "Set up on", ""),
    "closed_on": ("撤销日期", "Closed on", ""),
    "joined_on": ("入职日期", "Joined on", ""),
    "left_on": ("离职日期", "Left on", ""),
    "party_member_since": ("入党日期", "Party member since", ""),
    "start_on": ("起", "From", ""),
    "end_on": ("止", "To", ""),
    "document": ("文件", "Paper", ""),
    "relatives": ("应当回避的亲属", "Relatives to stand aside for", ""),
    "note": ("备注", "Note", ""),
}
# For those who keep the organisation's records, and nobody else.
KEPT_BACK = ("relatives", "note")


@dataclass(frozen=True)
class Told:
    """A row's change: of what, in which way, and the differences."""

    subject: str
    name: str
    differences: list[Difference]
    is_new: bool = False


@dataclass(frozen=True)
class Passed:
    """One revision of a row."""

    told: Told
    action: str
    author: str
    at: datetime
    why: str


class Words:
    """Names of units, people and posts as `directory` has them; `changes` are rows that may not be there yet."""

    def __init__(self, desk: Desk, directory: Directory, changes: Iterable[RowChange] = (), keeps_back: bool = False):
        self.pack = desk.pack
        self.directory = directory
        self.hidden = KEPT_BACK if keeps_back else ()
        posts = Post.objects.filter(organisation_id=directory.organisation_id)
        self.posts: dict[str, Columns] = {str(post.id): json_of_columns(columns_of(post)) for post in posts}
        new = {str(c.id): json_of_columns(c.after) for c in changes if c.subject == "post" and c.before is None}
        self.posts |= new

    def told(self, change: RowChange) -> Told:
        """A planned change."""
        before = json_of_columns(change.before) if change.before is not None else {}
        after = {**before, **json_of_columns(change.after)}
        return self.difference(change.subject, before, after)

    def difference(self, subject: str, before: Columns, after: Columns) -> Told:
        """From one state of a row to the next."""
        titles = both(*SUBJECTS[subject])
        found = differences(self.texts(subject, before), self.texts(subject, after))
        return Told(titles, self.name(subject, after), found, not before)

    def name(self, subject: str, columns: Columns) -> str:
        """What the row is called."""
        if subject == "appointment":
            return f"{self.text('person_id', columns)} {self.post(columns).get('name', '')}"
        if subject == "portfolio":
            return f"{self.text('person_id', columns)} {self.charge(columns)}"
        return str(columns.get("name", ""))

    def charge(self, columns: Columns) -> str:
        """What somebody is in charge of."""
        parts = [self.text(name, columns) for name in ("area", "unit_id")]
        return both("、", ", ").join(part for part in parts if part)

    def texts(self, subject: str, columns: Columns) -> dict[str, str]:
        """Title → text of everything the row says."""
        # The name stands first, whatever the table's own order is.
        names = sorted((name for name in columns if name in COLUMNS), key=lambda name: name != "name")
        known = {name: self.text(name, columns) for name in names if name not in self.hidden}
        if subject == "appointment" and columns:
            known |= {name: self.text(name, self.post(columns)) for name in ("unit_id", "capacity", "rank")}
        end, start = columns.get("end_on"), columns.get("start_on")
        if end and start and str(end) < str(start):
            known["end_on"] = both("已撤回", "withdrawn")
        return {both(*COLUMNS[name][:2]): text for name, text in known.items() if text}

    def post(self, columns: Columns) -> Columns:
        """The post of an appointment."""
        return self.posts.get(str(columns.get("post_id")), {})

    def text(self, name: str, columns: Columns) -> str:
        """One column's value."""
        value = columns.get(name)
        if value in (None, "", []):
            return ""
        vocabulary = self.pack.vocabularies.get(COLUMNS[name][2])
        if vocabulary is not None:
            return title_among(vocabulary.choice, value)
        if name == "post_id":
            return str(self.post(columns).get("name", ""))
        if isinstance(value, list):
            return both("、", ", ").join(self.person(str(one)) for one in value)
        if name == "person_id":
            return self.person(str(value))
        if name in ("unit_id", "parent_id"):
            unit = self.directory.units.get(parse_id(str(value)) or UUID(int=0))
            return unit.name if unit else ""
        return str(value)

    def person(self, value: str) -> str:
        """Somebody's name."""
        person = self.directory.people.get(parse_id(value) or UUID(int=0))
        return person.name if person else ""

    def history(self, ids: Iterable[UUID]) -> list[Passed]:
        """Every revision of these rows, the latest first."""
        rows = Revision.objects.filter(organisation_id=self.directory.organisation_id, subject_id__in=list(ids))
        before: dict[UUID, Columns] = {}
        found = []
        for row in rows.order_by("leaf_index"):
            state: Columns = json.loads(row.canonical)["state"] if row.canonical else {}
            told = self.difference(row.subject, before.get(row.subject_id, {}), state)
            found.append(Passed(told, action_text(row.action), row.author, row.recorded_at, row.why))
            before[row.subject_id] = state
        return found[::-1]


def action_text(action: str) -> str:
    """What a revision did."""
    known = {
        "create": both("登记", "Recorded"),
        "amend": both("修改", "Changed"),
        "withdraw": both("撤回", "Withdrawn"),
    }
    return known.get(action, action)


def in_one_line(told: Iterable[Told]) -> str:
    """All of it for the audit list: 人员 张三：离职日期 — → 2023-06-30；…"""
    lines = []
    for one in told:
        parts = [f"{d.title} {d.before or '—'} → {d.after or '—'}" for d in one.differences]
        lines.append(f"{one.subject} {one.name}：" + "，".join(parts))
    return "；".join(lines)
