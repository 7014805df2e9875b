"""What people and programs do to entries: each asks the one guard, validates, then writes. Web, API, CLI and import
call these and nothing below them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from lianze.domain.errors import Invalid, Problem, Refused
from lianze.ledger.models import Entry
from lianze.ledger.read import read_entry
from lianze.ledger.requirements import after_step
from lianze.ledger.rows import read_states
from lianze.ledger.states import Author, EntryState
from lianze.ledger.subjects import people_in_state, read_subject
from lianze.ledger.validate import Validator, future_fault, problems_in, with_capacities
from lianze.ledger.write import write_change, write_new
from lianze.org.directory import Directory, read_directory
from lianze.org.keys import new_id
from lianze.org.models import Organisation
from lianze.pack.definitions import Pack, Register
from lianze.rules import Actor, Subject, refusal, visibility_of
from lianze.rules.transitions import Standing, find_step, first_state, is_plan, step_problems


@dataclass(frozen=True)
class Desk:
    """Where somebody works: an organisation under a pack, as whom, at what time (UTC)."""

    organisation: Organisation
    pack: Pack
    actor: Actor
    author: Author
    now: datetime

    @cached_property
    def open_registers(self) -> tuple[Register, ...]:
        """The registers the actor may read here, in the pack's order. A page asks hundreds of times."""
        path = self.organisation.path
        reaches = visibility_of(self.actor, self.pack).reaches
        known = {register for reach in reaches if reach.low <= path < reach.high for register in reach.registers}
        return tuple(register for register in self.pack.registers.values() if register.id in known)

    @cached_property
    def hidden_registers(self) -> frozenset[str]:
        """Ids of the restricted registers that the actor may not know of."""
        restricted = {register.id for register in self.pack.registers.values() if register.restricted}
        return frozenset(restricted - {register.id for register in self.open_registers})

    def require(self, action: str, subject: Subject) -> None:
        """Refused, with the reason in words, unless the actor may."""
        reason = refusal(action, self.actor, subject, self.pack)
        if reason is not None:
            raise Refused(reason)


def record(desk: Desk, states: Sequence[EntryState], why: str = "", directory: Directory | None = None) -> list[UUID]:
    """Records new entries, all or none. Invalid holds every problem of every entry."""
    directory = directory or read_directory(desk.organisation.id, desk.pack)
    require_recording(desk, states)
    ready = [(new_id(), prepared(desk, state, directory)) for state in states]
    write_new(desk.organisation.id, ready, desk.author, why, desk.now)
    return [entry_id for entry_id, _ in ready]


def require_recording(desk: Desk, states: Sequence[EntryState]) -> None:
    """Refused unless the actor may record each of them."""
    for register, unit_id, people in {(s.register, s.unit_id, people_in_state(s, desk.pack)) for s in states}:
        owner, author = desk.actor.person_id, desk.author.account_id
        desk.require("record", Subject(desk.organisation.path, register, unit_id, owner, author, person_ids=people))


def prepared(desk: Desk, state: EntryState, directory: Directory) -> EntryState:
    """The state with its first step and capacities filled in; Invalid unless it fits its register."""
    register = desk.pack.registers.get(state.register)
    if register is not None and not state.state:
        state = replace(state, state=first_state(register))
    problems = [] if register is None else problems_in(state, register, desk.pack, directory, day=desk.actor.day)
    if problems or register is None:
        raise Invalid(problems) if problems else Refused("没有这本台账 / no such register")
    return with_capacities(state, directory)


def amend(desk: Desk, entry_id: UUID, state: EntryState, expected_version: int, why: str) -> int:
    """Replaces an entry's content. The state (状态) itself changes by steps only."""
    entry = read_entry(desk.organisation, entry_id, desk.actor, desk.pack)
    desk.require("amend", read_subject(desk.organisation, entry, desk.pack))
    if entry.withdrawn:
        raise Refused("这条记录已撤回，不能修改 / the entry is withdrawn")
    directory = read_directory(desk.organisation.id, desk.pack)
    state = prepared(desk, replace(state, register=entry.register, state=entry.state), directory)
    people = people_in_state(state, desk.pack)
    place, author = desk.organisation.path, entry.author_id
    desk.require("record", Subject(place, entry.register, state.unit_id, state.owner_id, author, person_ids=people))
    return change(desk, entry_id, state, "amend", expected_version, why)


def withdraw(desk: Desk, entry_id: UUID, expected_version: int, why: str) -> int:
    """Takes an entry out of every list and figure; it stays on record with the reason."""
    entry = read_entry(desk.organisation, entry_id, desk.actor, desk.pack)
    desk.require("withdraw", read_subject(desk.organisation, entry, desk.pack))
    if entry.withdrawn:
        raise Refused("这条记录已经撤回 / already withdrawn")
    if not why.strip():
        raise Refused("撤回须写明理由 / say why it is withdrawn")
    state = replace(state_of(desk, entry), withdrawn=True)
    return change(desk, entry_id, state, "withdraw", expected_version, why)


def step(desk: Desk, entry_id: UUID, transition: str, expected_version: int, why: str, day: date | None) -> int:
    """Takes an entry to its next state. `day` fills the date that the step sets."""
    entry = read_entry(desk.organisation, entry_id, desk.actor, desk.pack)
    desk.require("transition", read_subject(desk.organisation, entry, desk.pack, transition))
    register = desk.pack.registers[entry.register]
    state = state_of(desk, entry)
    taken = find_step(register, transition)
    directory = read_directory(desk.organisation.id, desk.pack)
    problems = problems_of_step(desk, register, transition, state, day, why, directory)
    if entry.withdrawn or problems or taken is None:
        raise Invalid(problems) if problems else Refused("这条记录已撤回 / the entry is withdrawn")
    return change(desk, entry_id, after_step(state, taken, day), transition, expected_version, why)


def problems_of_step(
    desk: Desk, register: Register, transition: str, state: EntryState, day: date | None, why: str, directory: Directory
) -> list[Problem]:
    """Everything about the entry, the day and the reason that keeps the step from being taken."""
    taken = find_step(register, transition)
    problems = step_problems(register, transition, standing_of(state), day, why)
    if taken is None:
        return problems
    # Only a date to be done by may lie ahead.
    if day is not None and not is_plan(register, taken) and (sentence := future_fault(day, desk.actor.day)) is not None:
        problems.append(Problem(register.title, "day", f"办理日期{sentence}"))
    validator = Validator(register, desk.pack, directory, desk.actor.day)
    return problems + validator.problems_of_stepping(after_step(state, taken, day))


def standing_of(state: EntryState) -> Standing:
    """The entry as far as steps depend on it."""
    columns = {name: getattr(state, name) for name in ("title", "unit_id", "owner_id", "happened_on", "due_on")}
    columns |= {name: getattr(state, name) for name in ("ended_on", "done_on", "level", "quantity", "amount")}
    participants: dict[str, int] = {}
    for part in state.parts:
        participants[part.role] = participants.get(part.role, 0) + 1
    links: dict[str, int] = {}
    for relation, _ in state.links:
        links[relation] = links.get(relation, 0) + 1
    values = {**columns, "unit": state.unit_id, "owner": state.owner_id, **state.data}
    return Standing(state.state, values, participants, links, len(state.attachments))


def state_of(desk: Desk, entry: Entry) -> EntryState:
    """The entry's whole state."""
    return read_states(desk.organisation.id, [entry])[entry.id]


def change(desk: Desk, entry_id: UUID, state: EntryState, action: str, expected_version: int, why: str) -> int:
    """One changed entry, written; returns its new version."""
    return write_change(
        desk.organisation.id,
        entry_id,
        state,
        action=action,
        expected_version=expected_version,
        author=desk.author,
        why=why,
        now=desk.now,
    )
