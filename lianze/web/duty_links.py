"""Where a duty's cells lead: to the entries that count, or to a new entry's form with what is known filled in."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from lianze.duties.bearers import Bearer
from lianze.duties.periods import Span
from lianze.ledger.actions import Desk
from lianze.ledger.places import record_refusal
from lianze.org.directory import Directory
from lianze.pack.definitions import Condition, Duty, Register
from lianze.pack.kinds import covers
from lianze.web.owed import owed_pairs

Pairs = list[tuple[str, str]]


def duty_address(duty: Duty, year: int, at: int | None = None, bearer: Bearer | None = None) -> str:
    """The duty's page, at one period and bearer."""
    asked: dict[str, object] = {"year": year}
    if at is not None:
        asked["at"] = at
    if bearer is not None and bearer.code:
        asked["bearer"] = bearer.code
    return f"{reverse('duty', args=[duty.id])}?{urlencode(asked)}{'#entries' if at is not None else ''}"


def record_address(desk: Desk, duty: Duty, span: Span, bearers: Sequence[Bearer], directory: Directory) -> str:
    """The form for an entry that would satisfy the duty; "" for whoever may not record there.

    Of several bearers none is filled in. What was to be done by a day that is over has no day yet: it happened then, or
    happens late.
    """
    register = desk.pack.registers[duty.register]
    if record_refusal(desk, register) is not None:
        return ""
    pairs = [pair for c in (*duty.base, *duty.where) for pair in known_of(c, register, directory, desk.actor.day)]
    if len(bearers) == 1 and bearers[0].kind == "unit":
        pairs.append(("unit", bearers[0].name))
    elif len(bearers) == 1 and bearers[0].id is not None:
        pairs.append((duty.of, name_of(bearers[0].id, directory)))
    holidays = [field.name for field in register.field if field.vocabulary == "holiday"]
    pairs += [(name, holiday) for name in holidays for holiday in span.holidays[:1]]
    if span.due_on < desk.actor.day:
        pairs += [("happened_on", ""), *owed_pairs(duty, span)]
    return f"{reverse('entry-new', args=[register.id])}?{urlencode(pairs)}"


def known_of(condition: Condition, register: Register, directory: Directory, day: date) -> Pairs:
    """What a condition lets the form begin with: the kind, a field's only value, who alone holds a capacity."""
    if condition.negate:
        return []
    if condition.field == "kind":
        kinds = [kind.id for value in condition.values for kind in register.kind if covers((value,), kind.id)]
        return [("kind", kinds[0])] if kinds else []
    if condition.field and condition.field != "state" and len(condition.values) == 1:
        return [(condition.field, condition.values[0])]
    if condition.participant and condition.capacity:
        people = [p.id for p in directory.present_on(day) if directory.capacity_on(p.id, day) in condition.capacity]
        return [(f"@{condition.participant}", name_of(people[0], directory))] if len(people) == 1 else []
    return []


def name_of(person_id: UUID, directory: Directory) -> str:
    """A person as one types them: by name, by code where two share it."""
    person = directory.people[person_id]
    return person.name if len(directory.people_named(person.name)) == 1 else person.code
