"""The workbench's lists: what is due and late, what waits for a second person, what was recorded lately."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianze.ledger.actions import Desk
from lianze.ledger.briefs import Brief, read_briefs
from lianze.ledger.models import Entry, Link
from lianze.ledger.places import open_registers, record_refusal
from lianze.ledger.read import visible_entries
from lianze.ledger.rows import Linked, read_states
from lianze.ledger.subjects import read_subjects
from lianze.org.directory import Directory
from lianze.pack.definitions import Kind, Register, Transition
from lianze.rules import Subject, refusal
from lianze.rules.transitions import is_final
from lianze.web.stepping import reasons_of_step

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


def read_undated(desk: Desk) -> list[Due]:
    """Open entries without a due day where the register advises one; without it they can never be late."""
    registers = {r.id: r for r in open_registers(desk) if is_limit_advised(r)}
    if not registers:
        return []
    rows = visible_entries(desk.organisation, desk.actor, desk.pack).filter(
        register__in=list(registers), withdrawn=False, done_on__isnull=True, due_on__isnull=True
    )
    for register in registers.values():
        rows = rows.exclude(register=register.id, state__in=[state.id for state in register.state if state.final])
    found = [
        Due(entry, registers[entry.register], False, is_mine(desk, entry))
        for entry in read_briefs(rows.order_by("-happened_on", "-id"), LOOKED_AT)
    ]
    return sorted(found, key=lambda due: not due.mine)


def is_limit_advised(register: Register) -> bool:
    """Whether the register advises that entries of every kind have a due day."""
    return any(one.advice and not one.kinds and not one.field and "due_on" in one.needs for one in register.requirement)


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


def read_waiting(desk: Desk, directory: Directory) -> list[Waiting]:
    """What this person can confirm now: only steps that the rules would let them take, of entries that lack nothing for
    it and that no unfinished entry points to where the step closes them."""
    registers = {r.id: r for r in open_registers(desk)}
    wanted = [(r, step, states) for r in registers.values() for step, states in second_steps(r)]
    if not wanted:
        return []
    pointing = unfinished_links(desk).filter(target_id=OuterRef("pk"))
    condition = Q(pk__in=[])
    for register, step, states in wanted:
        of_step = Q(register=register.id, state__in=states)
        condition |= of_step & Q(is_pointed_to=False) if is_final(register, step.to) else of_step
    visible = visible_entries(desk.organisation, desk.actor, desk.pack).annotate(is_pointed_to=Exists(pointing))
    rows = visible.filter(condition, withdrawn=False)
    entries = list(rows.order_by("-happened_on", "-id")[:LOOKED_AT])
    subjects = read_subjects(desk.organisation, entries, desk.pack)
    able = [
        Waiting(entry, register, step)
        for entry in entries
        for register, step, states in wanted
        if entry.register == register.id
        and entry.state in states
        and not (is_final(register, step.to) and vars(entry)["is_pointed_to"])
        and refusal("transition", desk.actor, replace(subjects[entry.id], transition=step.id), desk.pack) is None
    ]
    return complete(desk, able, subjects, directory)


def unfinished_links(desk: Desk) -> QuerySet[Link]:
    """Links from entries that can be closed and are not."""
    closable = Q(pk__in=[])
    for register in desk.pack.registers.values():
        if final := [state.id for state in register.state if state.final]:
            closable |= Q(entry__register=register.id) & ~Q(entry__state__in=final)
    return Link.objects.filter(closable, organisation_id=desk.organisation.id, entry__withdrawn=False)


def complete(
    desk: Desk, found: Sequence[Waiting], subjects: Mapping[UUID, Subject], directory: Directory
) -> list[Waiting]:
    """Those whose step the entry's page would offer: nothing that it needs is missing."""
    entries = list({one.entry.id: one.entry for one in found}.values())
    # Links and files are asked for only where a step needs some.
    needs = {need[:1] for one in found for need in one.step.needs if need == "evidence" or need.startswith(">")}
    links: Linked | None = None if ">" in needs else {}
    states = read_states(desk.organisation.id, entries, links, with_files="e" in needs)
    return [
        one
        for one in found
        if not reasons_of_step(desk, one.register, states[one.entry.id], subjects[one.entry.id], one.step, directory)
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
