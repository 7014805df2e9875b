"""A draft laid over what the ledger already has of that entry: the whole state that the row asks for."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from lianze.domain.columns import ENTRY_COLUMNS
from lianze.exchange.drafts import Draft, DraftSheet
from lianze.exchange.faults import CellProblem
from lianze.exchange.resolving import Excused, Resolver, Unknown
from lianze.ledger.states import KEYS, NO_DAY, EntryState, Part
from lianze.pack.definitions import Field, Participant, Register
from lianze.pack.shown import Fault
from lianze.pack.values import Value, json_value
from lianze.tlog import JsonValue

# How a field that names a person is looked up: somebody of the organisation, whenever they came or went.
ONE_PERSON = Participant("", "", "", many=False)
# Columns of the entry table that hold an empty text, not nothing, where there is none.
TEXTS = ("number", "kind", "title", "state", "level")


class StateMaker:
    """Makes states from the drafts of one sheet; what can't be resolved is noted in `problems`."""

    def __init__(self, sheet: DraftSheet, register: Register, resolver: Resolver, problems: list[CellProblem]) -> None:
        self.sheet = sheet
        self.register = register
        self.resolver = resolver
        self.problems = problems
        self.fields = [field for field in register.field if field.name in sheet.positions]
        self.roles = [rule for rule in register.participant if f"@{rule.role}" in sheet.positions]

    def state(self, draft: Draft) -> EntryState:
        """The entry as the row alone says it, without links and evidence. A day not given is NO_DAY."""
        values = draft.values
        happened_on = values.get("happened_on")
        day = happened_on if isinstance(happened_on, date) else NO_DAY
        columns: dict[str, object] = {"happened_on": day, "title": "", "register": self.register.id}
        data: dict[str, JsonValue] = {}
        for name in ("number", "kind", "state"):
            columns[name] = values.get(name) or ""
        for field in self.fields:
            value = self.resolved(draft, field, values.get(field.name), day)
            if field.name in ENTRY_COLUMNS:
                self.put(columns, field.name, value)
            elif value is not None:
                data[field.name] = in_json(value)
        parts = tuple(part for rule in self.roles for part in self.parts(draft, rule.role, day))
        return EntryState(**columns, data=data, parts=parts)  # type: ignore[arg-type]

    def put(self, columns: dict[str, object], name: str, value: Value | UUID) -> None:
        """Sets a column; the day that is missing stays NO_DAY."""
        if name == "happened_on" and value is None:
            return
        if name in ("quantity", "amount") and isinstance(value, int):
            value = Decimal(value)
        columns[KEYS.get(name, name)] = (value or "") if name in TEXTS else value

    def resolved(self, draft: Draft, field: Field, value: Value, day: date) -> Value | UUID:
        """The value, or for a unit or person the id."""
        if field.type not in ("unit", "person") or not isinstance(value, str):
            return value
        if field.type == "unit":
            return self.noted(draft, field.name, self.resolver.unit(value))
        people = list(self.resolver.parts(ONE_PERSON, value, day))
        if len(people) != 1:
            return self.noted(draft, field.name, Fault(f"“{field.title}”只能填一人 / one person only"))
        person = people[0]
        return self.noted(draft, field.name, person if isinstance(person, Fault) else person.person_id)

    def parts(self, draft: Draft, role: str, day: date) -> Iterable[Part]:
        """Everybody in one role."""
        text = draft.values.get(f"@{role}")
        if not isinstance(text, str):
            return
        rule = next(rule for rule in self.roles if rule.role == role)
        for part in self.resolver.parts(rule, text, day):
            if isinstance(part, Fault):
                self.noted(draft, f"@{role}", part)
            else:
                yield part

    def noted(self, draft: Draft, key: str, found: UUID | Fault | None) -> UUID | None:
        """The id; a fault is noted, unless it is told elsewhere."""
        if not isinstance(found, Fault):
            return found
        if isinstance(found, Excused):
            draft.faulty.add(key)
        else:
            problem = self.sheet.problem(draft, key, found.sentence)
            self.problems.append(replace(problem, is_unknown=isinstance(found, Unknown)))
        return None

    def over(self, base: EntryState, own: EntryState) -> EntryState:
        """`own` laid over `base`: columns that the sheet doesn't have stay, and so do number and state left empty."""
        given = {field.name for field in self.fields}
        columns: dict[str, object] = {
            KEYS.get(name, name): getattr(own, KEYS.get(name, name)) for name in given if name in ENTRY_COLUMNS
        }
        for name in ("number", "kind", "state"):
            columns[name] = getattr(own, name) or getattr(base, name)
        kept = {name: value for name, value in base.data.items() if name not in given}
        roles = {rule.role for rule in self.roles}
        parts = [part for part in base.parts if part.role not in roles] + list(own.parts)
        order = {rule.role: place for place, rule in enumerate(self.register.participant)}
        parts.sort(key=lambda part: order.get(part.role, len(order)))
        return replace(base, **columns, data=kept | dict(own.data), parts=tuple(parts))  # type: ignore[arg-type]


def in_json(value: str | date | Decimal | int | bool | tuple[str, ...] | UUID) -> JsonValue:
    """The value as `data` keeps it."""
    found = str(value) if isinstance(value, UUID) else json_value(value)
    return [*found] if isinstance(found, list) else found
