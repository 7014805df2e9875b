"""The workbench's lists: what is due and late, what waits for a second person, what was recorded lately."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q

from lianze.ledger.actions import Desk
from lianze.ledger.briefs import Brief, read_briefs
from lianze.ledger.models import Entry
from lianze.ledger.places import open_registers, record_refusal
from lianze.ledger.read import visible_entries
from lianze.ledger.subjects import SUBJECT, read_subjects
from lianze.pack.definitions import Kind, Register, Transition
from lianze.rules import refusal

SHOWN = 8
LOOKED_AT = 200
SOON_DAYS = 30
LATEST = 1_000
QUICK = 6


@dataclass(frozen=True)
class Due:
    """An entry with a due date that is not done."""

    entry: Brief
    register: Register
    late: bool
    mine: bool


@dataclass(frozen=True)
class Waiting:
    """An entry that waits for a second person, and the step it waits for."""

    entry: Entry
    register: Register
    step: Transition


@dataclass(frozen=True)
class Lately:
    """What was recorded lately: by me, and the kinds recorded most."""

    mine: list[tuple[Brief, Register]]
    quick: list[tuple[Register, Kind]]
    is_empty: bool


def read_due(desk: Desk, days: int = SOON_DAYS, only_mine: bool = False) -> list[Due]:
    """Open entries due within so many days from now, one's own first or alone, then by day."""
    day = desk.actor.day
    registers = {r.id: r for r in open_registers(desk) if any(field.name == "due_on" for field in r.field)}
    final = [Q(register=r.id, state__in=[s.id for s in r.state if s.final]) for r in registers.values()]
    rows = visible_entries(desk.organisation, desk.actor, desk.pack).filter(
        register__in=list(registers), withdrawn=False, done_on__isnull=True, due_on__lte=day + timedelta(days)
    )
    for condition in final:
        rows = rows.exclude(condition)
    if only_mine:
        rows = rows.filter(mine_condition(desk))
    found = [
        Due(entry, registers[entry.register], is_before(entry.due_on, day), is_mine(desk, entry))
        for entry in read_briefs(rows.order_by("due_on", "id"), LOOKED_AT)
    ]
    return sorted(found, key=lambda due: not due.mine)


def is_before(due_on: date | None, day: date) -> bool:
    """Whether the due day has passed."""
    return due_on is not None and due_on < day


def is_mine(desk: Desk, entry: Brief) -> bool:
    """Whether the entry is the actor's or the actor's section's."""
    return (
        entry.owner_id is not None and entry.owner_id == desk.actor.person_id
    ) or entry.unit_id in desk.actor.unit_ids


def mine_condition(desk: Desk) -> Q:
    """The same as a condition."""
    own = Q(unit_id__in=sorted(desk.actor.unit_ids))
    return own | Q(owner_id=desk.actor.person_id) if desk.actor.person_id else own


def second_steps(register: Register) -> list[tuple[Transition, tuple[str, ...]]]:
    """Steps kept for a second person, with the states an entry waits in: not the one it starts in, unless it is all."""
    found = []
    for step in register.transition:
        if step.second_person:
            later = tuple(state for state in step.start if state != register.state[0].id)
            found.append((step, later or step.start))
    return found


def read_waiting(desk: Desk) -> list[Waiting]:
    """What waits for exactly this person's second look: only steps that the rules would let them take."""
    registers = {r.id: r for r in open_registers(desk)}
    wanted = [(r, step, states) for r in registers.values() for step, states in second_steps(r)]
    if not wanted:
        return []
    condition = Q(pk__in=[])
    for register, _, states in wanted:
        condition |= Q(register=register.id, state__in=states)
    rows = visible_entries(desk.organisation, desk.actor, desk.pack).filter(condition, withdrawn=False)
    entries = list(rows.only(*SUBJECT, "title", "happened_on", "state").order_by("-happened_on", "-id")[:LOOKED_AT])
    subjects = read_subjects(desk.organisation, entries, desk.pack)
    return [
        Waiting(entry, register, step)
        for entry in entries
        for register, step, states in wanted
        if entry.register == register.id
        and entry.state in states
        and refusal("transition", desk.actor, replace(subjects[entry.id], transition=step.id), desk.pack) is None
    ]


def read_lately(desk: Desk) -> Lately:
    """From the latest entries (ids are made in the order of time): mine, and the most frequent kinds."""
    registers = {r.id: r for r in open_registers(desk)}
    able = {r.id for r in registers.values() if record_refusal(desk, r) is None}
    rows = visible_entries(desk.organisation, desk.actor, desk.pack).filter(withdrawn=False).order_by("-id")
    latest = list(rows.values_list("register", "kind", "happened_on", "author_id", "id")[:LATEST])
    own = [entry_id for *_, author_id, entry_id in latest if author_id == desk.author.account_id][:SHOWN]
    mine = [(entry, registers[entry.register]) for entry in read_briefs(rows.filter(id__in=own))] if own else []
    # Counted by days, not entries: a list of fifty risks made on one day is no habit.
    days = {(register, kind, day) for register, kind, day, *_ in latest if register in able}
    quick = []
    for (register_id, kind_id), _ in Counter((register, kind) for register, kind, _ in days).most_common():
        register = registers[register_id]
        kind = next((kind for kind in register.kind if kind.id == kind_id), None)
        if kind and not register.restricted:
            quick.append((register, kind))
    return Lately(mine, quick[:QUICK], not latest)
