"""A list's columns and cells, from the register's definition: the page and the export show exactly the same."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from lianze.ledger.actions import Desk
from lianze.ledger.models import Entry, Participation
from lianze.ledger.paging import SORTS
from lianze.ledger.places import Names
from lianze.ledger.states import Part
from lianze.ledger.subjects import read_subjects
from lianze.pack.definitions import Field, Participant, Register
from lianze.rules import may_see_notes
from lianze.web.language import both, named
from lianze.web.shown import field_text, kind_text, part_text, state_text, value_of

NUMBERS = ("integer", "decimal")
SHORT = ("unit", "person", "date")  # what never goes over two lines
FREE_TEXT = ("text", "longtext")
RECORDED = "recorded_at"


@dataclass(frozen=True)
class Column:
    """One column. `name` is a field, `kind`, `state`, `number`, `recorded_at` or `@role`; `look` the class of its cells."""

    name: str
    title: str
    is_number: bool = False
    is_sortable: bool = False
    look: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell."""

    column: Column
    text: str


@dataclass(frozen=True)
class Line:
    """One entry's line."""

    entry: Entry
    cells: tuple[Cell, ...]
    late: bool


def is_late(entry: Entry, day: date) -> bool:
    """Whether it was due before `day` and is not done."""
    return entry.due_on is not None and entry.done_on is None and entry.due_on < day


def names_of(register: Register, every: bool = False) -> list[str]:
    """The columns of the register's list; or everything that it records."""
    if not every:
        return list(register.columns)
    kind, state = ["kind"] if register.kind else [], ["state"] if register.state else []
    fields, roles = [field.name for field in register.field], [f"@{part.role}" for part in register.participant]
    return ["number", *kind, *fields, *roles, *state, RECORDED]


def columns_of(register: Register, every: bool = False) -> list[Column]:
    """The columns of the register's list, or of everything that it records, as people read them."""
    titles = {field.name: field for field in register.field}
    roles = {part.role: part for part in register.participant}
    fixed = {
        "kind": both("类型", "Kind"),
        "state": both("状态", "State"),
        "number": both("编号", "Number"),
        RECORDED: both("登记时间", "Recorded at"),
    }
    found = []
    for name in names_of(register, every):
        field = titles.get(name)
        if field is not None:
            found.append(Column(name, named(field), field.type in NUMBERS, name in SORTS, look_of(field)))
        elif name.startswith("@") and name[1:] in roles:
            found.append(Column(name, named(roles[name[1:]]), look="names"))
        else:
            look = "of-kind" if name == "kind" else "nowrap"
            found.append(Column(name, fixed.get(name, fixed["state"]), False, True, look))
    return found


def look_of(field: Field) -> str:
    """The class of a field's cells."""
    if field.type in NUMBERS:
        return "number"
    if field.name == "title":
        return "of-title"
    return "nowrap" if field.type in SHORT else ""


def read_lines(desk: Desk, register: Register, entries: list[Entry], names: Names, every: bool = False) -> list[Line]:
    """The lines of a list, in one query more however many they are; with `every` thing that the register records, in a
    few more, which tell whose free text is kept back as on the entry's own page."""
    fields = {field.name: field for field in register.field}
    columns = columns_of(register, every)
    parts = read_parts(desk, [c.name[1:] for c in columns if c.name.startswith("@")], entries)
    closed = read_closed(desk, register, entries) if every else frozenset()
    free = {field.name for field in register.field if field.type in FREE_TEXT and field.name != "title"}

    def text_of(entry: Entry, name: str) -> str:
        if name in free and entry.id in closed:
            return both("（回避）", "(kept back)")
        return cell_text(desk, register, name, entry, fields, parts, names)

    return [
        Line(entry, tuple(Cell(c, text_of(entry, c.name)) for c in columns), is_late(entry, desk.actor.day))
        for entry in entries
    ]


def read_closed(desk: Desk, register: Register, entries: list[Entry]) -> frozenset[UUID]:
    """The entries of a restricted register that concern the actor or a relative, who stands aside."""
    if not register.restricted:
        return frozenset()
    subjects = read_subjects(desk.organisation, entries, desk.pack)
    return frozenset(found for found, subject in subjects.items() if not may_see_notes(desk.actor, subject, desk.pack))


def read_parts(desk: Desk, roles: list[str], entries: list[Entry]) -> dict[UUID, list[Part]]:
    """The participants in these roles, by entry."""
    found: dict[UUID, list[Part]] = {}
    if roles and entries:
        ids = [entry.id for entry in entries]
        rows = Participation.objects.filter(organisation_id=desk.organisation.id, entry_id__in=ids, role__in=roles)
        for row in rows.order_by("order"):
            part = Part(row.role, row.person_id, row.outside_name, row.position, row.capacity)
            found.setdefault(row.entry_id, []).append(part)
    return found


def cell_text(
    desk: Desk,
    register: Register,
    name: str,
    entry: Entry,
    fields: dict[str, Field],
    parts: dict[UUID, list[Part]],
    names: Names,
) -> str:
    """What a cell says."""
    if name in fields:
        return field_text(fields[name], value_of(entry, name), desk.pack, names)
    if name == "kind":
        return kind_text(register, entry.kind)
    if name == "state":
        return state_text(register, entry.state)
    if name == "number":
        return entry.number
    if name == RECORDED:
        return f"{timezone.localtime(entry.recorded_at):%Y-%m-%d %H:%M}"
    rule = next((p for p in register.participant if f"@{p.role}" == name), Participant(name[1:], "", ""))
    shown = [part_text(part, rule, names) for part in parts.get(entry.id, []) if part.role == rule.role]
    return both("、", ", ").join(shown)
