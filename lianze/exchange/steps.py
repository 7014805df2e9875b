"""A workbook that says an entry has moved on: the steps between, each asked of the one guard."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from uuid import UUID

from lianze.ledger.actions import Desk
from lianze.ledger.models import Entry
from lianze.ledger.states import EntryState
from lianze.ledger.subjects import people_in_state, read_subject
from lianze.ledger.write_many import Amendment
from lianze.pack.definitions import Register
from lianze.rules import Subject, refusal
from lianze.rules.transitions import steps_confirming, steps_from


def path_between(register: Register, start: str, end: str) -> list[str] | None:
    """The fewest steps from one state to another; None where none lead there."""
    paths: dict[str, list[str]] = {start: []}
    queue = [start]
    for state in queue:
        for step in steps_from(register, state):
            if step.to not in paths:
                paths[step.to] = [*paths[state], step.id]
                queue.append(step.to)
    return paths.get(end)


def faults_of_row(
    desk: Desk, register: Register, entry_id: UUID, before: EntryState | None, after: EntryState, version: int
) -> Iterator[tuple[str, str]]:
    """(rule, sentence) for what keeps the importer from writing what a row asks for; `before` is None for a new entry."""
    if before is None:
        yield from faults_of_new(desk, register, after)
    elif not before.withdrawn and before != after:
        yield from faults_of_change(desk, register, Amendment(entry_id, before, after, version))


def unconfirmed(register: Register, states: Iterable[EntryState]) -> Iterator[str]:
    """What is said of new entries that come in a state which a second person should have led them to."""
    counts = Counter(state.state for state in states if steps_confirming(register, state.state))
    for state in register.state:
        if count := counts[state.id]:
            yield (
                f"“{register.title}”有{count}条新记录直接写为“{state.title}”，系统里没有第二人办理的记录，将在记录页上标明"
                f" / {count} new entries of {register.title_en} come as “{state.title_en}” with no second person on record; "
                "their pages will say so"
            )


def faults_of_new(desk: Desk, register: Register, state: EntryState) -> Iterator[tuple[str, str]]:
    """(rule, sentence) for a new entry of a restricted register that concerns the importer, who stands aside."""
    if register.restricted:
        people = people_in_state(state, desk.pack)
        subject = Subject(desk.organisation.path, register.id, state.unit_id, state.owner_id, person_ids=people)
        if (reason := refusal("import", desk.actor, subject, desk.pack)) is not None:
            yield "number", reason


def faults_of_change(desk: Desk, register: Register, amendment: Amendment) -> Iterator[tuple[str, str]]:
    """(rule, sentence) for what keeps the importer from making this change to an entry that is there.

    An import right covers the register's contents. Beyond it, a restricted register asks for every entry, because
    somebody may have to stand aside, and a new state asks for every step that leads to it.
    """
    moved = amendment.before.state != amendment.after.state
    if not moved and not register.restricted:
        return
    entry = Entry.objects.get(organisation_id=desk.organisation.id, id=amendment.id)
    subject = read_subject(desk.organisation, entry, desk.pack)
    subject = replace(subject, person_ids=subject.person_ids | people_in_state(amendment.after, desk.pack))
    if register.restricted and (reason := refusal("amend", desk.actor, subject, desk.pack)) is not None:
        yield "number", reason
    if not moved:
        return
    titles = {state.id: state.title for state in register.state}
    before, after = titles.get(amendment.before.state, "无"), titles[amendment.after.state]
    steps = path_between(register, amendment.before.state, amendment.after.state)
    if steps is None:
        yield "state", f"不能由“{before}”变为“{after}”：台账没有这样的办理步骤 / no step leads to this state"
    for step in steps or ():
        reason = refusal("transition", desk.actor, replace(subject, transition=step), desk.pack)
        if reason is not None:
            yield "state", f"由“{before}”变为“{after}”：{reason}"
            return
        # One file cannot be both the first person and the second.
        subject = replace(subject, step_actor_id=desk.actor.account_id, step_person_id=desk.actor.person_id)
