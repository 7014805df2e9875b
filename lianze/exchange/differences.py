"""What an import changes in a row that is there, field by field, in the words that the workbook uses."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from lianze.ledger.exact import plain
from lianze.ledger.states import EntryState, value_of
from lianze.org.directory import Directory
from lianze.pack.choosing import Options, options_of
from lianze.pack.definitions import Field, Pack, Participant, Register
from lianze.pack.shown import shown
from lianze.tlog import JsonValue

# Changed rows that are told, of each sheet.
MOST_CHANGES = 50
NUMBER, KIND = ("number", "编号", "Number"), ("kind", "类型", "Kind")
STATE, EVIDENCE = ("state", "状态", "State"), ("evidence", "佐证", "Evidence")


@dataclass(frozen=True)
class FieldChange:
    """One field: what the ledger has, and what it is to have."""

    title: str
    title_en: str
    before: str
    after: str


@dataclass(frozen=True)
class RowChange:
    """One row of a sheet (from 1, as Excel counts) that changes what is there; `name` is what the ledger has called it."""

    row: int
    name: str
    fields: tuple[FieldChange, ...]

    def as_json(self) -> dict[str, JsonValue]:
        """The change for programs."""
        fields: list[JsonValue] = [{"title": f.title, "before": f.before, "after": f.after} for f in self.fields]
        return {"row": self.row, "name": self.name, "fields": fields}


# (key, title, English title) of each thing that a row says → its text.
Texts = Mapping[tuple[str, str, str], str]


def changed_fields(before: Texts, after: Texts) -> tuple[FieldChange, ...]:
    """What differs, in the order of `after`."""
    names = [*after, *(name for name in before if name not in after)]
    pairs = ((name, before.get(name, ""), after.get(name, "")) for name in names)
    return tuple(FieldChange(n[1], n[2], shown(old), shown(new)) for n, old, new in pairs if old != new)


@dataclass(frozen=True)
class EntryTexts:
    """The entries of one register as its sheet would say them. `numbers` answers the office's numbers of a register's
    entries, and is asked only where links change."""

    register: Register
    pack: Pack
    directory: Directory
    numbers: Callable[[str], Mapping[UUID, str]]

    def changes(self, before: EntryState, after: EntryState) -> tuple[FieldChange, ...]:
        """What differs between two states of an entry."""
        old, new = (self.of(state) | self.links(state, before.links != after.links) for state in (before, after))
        return changed_fields(old, new)

    def links(self, state: EntryState, is_asked: bool) -> dict[tuple[str, str, str], str]:
        """The numbers that each link column holds."""
        return {
            (f">{link.relation}", link.title, link.title_en): "、".join(
                self.numbers(link.to).get(target) or "—"
                for relation, target in state.links
                if relation == link.relation
            )
            for link in (self.register.link if is_asked else ())
        }

    def of(self, state: EntryState) -> dict[tuple[str, str, str], str]:
        """The text of every column but links."""
        found = {NUMBER: state.number, KIND: titled(Options(self.register.kind), state.kind)}
        for field in self.register.field:
            found[field.name, field.title, field.title_en] = self.value(field, value_of(state, field.name))
        for rule in self.register.participant:
            found[f"@{rule.role}", rule.title, rule.title_en] = "、".join(self.people(rule, state))
        found[STATE] = titled(Options(self.register.state), state.state)
        found[EVIDENCE] = "、".join(name for name, _ in state.attachments)
        return found

    def value(self, field: Field, value: object) -> str:
        """One field's text; "" for none."""
        if value is None or value == "" or value == []:
            return ""
        if field.type in ("unit", "person"):
            known = self.directory.units if field.type == "unit" else self.directory.people
            row = known.get(UUID(str(value)))
            return row.name if row else ""
        if isinstance(value, bool):
            return "是" if value else "否"
        if field.type in ("integer", "decimal"):
            return format(plain(Decimal(str(value))), "f")
        if isinstance(value, list | tuple):
            return "、".join(titled(options_of(field, self.pack), str(one)) for one in value)
        return value.isoformat() if isinstance(value, date) else titled(options_of(field, self.pack), str(value))

    def people(self, rule: Participant, state: EntryState) -> Iterator[str]:
        """Everybody in one role, with the position taken."""
        for part in (part for part in state.parts if part.role == rule.role):
            person = self.directory.people.get(part.person_id) if part.person_id else None
            name = person.name if person else part.outside_name
            yield f"{name}（{titled(Options(rule.positions), part.position)}）" if part.position else name


def titled(options: Options, value: str) -> str:
    """The title of a choice; any other text as it is."""
    return options.titles.get(value, value)
