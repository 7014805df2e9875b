"""What a register requires of its entries, asked of an entry's state: by every writer, and before a step is offered."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

from lianze.domain.columns import ENTRY_COLUMNS
from lianze.ledger.states import EntryState, Part, value_of
from lianze.org.directory import Directory
from lianze.pack.definitions import Pack, Register, Requirement, Transition
from lianze.rules.requirements import Filed, TakingPart, applies, broken, faults_of


def problems_of_requirements(
    state: EntryState, register: Register, pack: Pack, directory: Directory
) -> Iterator[tuple[str, str]]:
    """What is at fault and the sentence, of what is held against the entry as it stands."""
    if register.requirement:
        for _, place, sentence in broken(register, filed_of(state, pack, directory, register)):
            yield place, sentence


def after_step(state: EntryState, step: Transition, day: date | None) -> EntryState:
    """The entry once the step is taken; `day`, or what the step takes from, fills the date that it sets."""
    filled = day_of(value_of(state, step.takes)) if step.takes else day
    state = replace(state, state=step.to)
    if filled is not None and step.sets:
        state = with_day(state, step.sets, filled)
    for name in step.clears:
        state = with_day(state, name, None)
    if step.counts:
        before = state.data.get(step.counts)
        state = replace(state, data={**state.data, step.counts: (before if isinstance(before, int) else 0) + 1})
    return state


def with_day(state: EntryState, name: str, day: date | None) -> EntryState:
    """The entry with that date field filled, or emptied."""
    if name in ENTRY_COLUMNS:
        return replace(state, **{name: day})  # type: ignore[arg-type]
    others = {key: value for key, value in state.data.items() if key != name}
    return replace(state, data=others if day is None else {**others, name: day.isoformat()})


def kept_of(
    state: EntryState, register: Register, pack: Pack, directory: Directory
) -> list[tuple[Requirement, list[tuple[str, str]]]]:
    """What is required of such entries, each with its faults (Chinese, English); none: it is kept. What every entry keeps
    to anyhow is left out, unless one from before the requirement does not."""
    entry = filed_of(state, pack, directory, register)
    asked = [requirement for requirement in register.requirement if applies(requirement, entry)]
    found = [(one, [(zh, en) for _, zh, en in faults_of(one, register, entry)]) for one in asked]
    return [(one, faults) for one, faults in found if faults or one.states or one.advice]


def filed_of(state: EntryState, pack: Pack, directory: Directory, register: Register) -> Filed:
    """The entry as far as requirements depend on it."""
    values = {field.name: value_of(state, field.name) for field in register.field}
    days = {field.name: day_of(values[field.name]) for field in register.field if field.type == "date"}
    return Filed(
        kind=state.kind,
        state=state.state,
        values=values,
        days={name: day for name, day in days.items() if day is not None},
        parts=tuple(taking_part(part, state.happened_on, directory) for part in state.parts),
        population=lambda name: people_of(pack, directory, name, state.happened_on),
    )


def day_of(value: object) -> date | None:
    """A date, also as JSON keeps it; None for none and for what is no date (which is another fault)."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, date) else None


def taking_part(part: Part, day: date, directory: Directory) -> TakingPart:
    """Somebody in a role, with what they were that day."""
    if part.person_id is None:
        return TakingPart(part.role, part.outside_name, part.outside_name, part.position)
    person = directory.people.get(part.person_id)
    capacity = directory.capacity_on(part.person_id, day)
    return TakingPart(part.role, part.person_id, person.name if person else "", part.position, capacity)


def people_of(pack: Pack, directory: Directory, population: str, day: date) -> dict[UUID, str]:
    """The people of a population that day."""
    return {person.id: person.name for person in directory.population(pack.populations[population], day)}
