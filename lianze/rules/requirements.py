"""Whether an entry keeps to what its register requires: spoken order, turnout, hands apart, order of days, what is named."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from uuid import UUID

from lianze.pack.definitions import Last, Register, Requirement, Turnout
from lianze.pack.kinds import covers

People = Mapping[UUID, str]


@dataclass(frozen=True)
class TakingPart:
    """Somebody in a role: `who` is a person's id or an outside name; `capacity` what they were that day."""

    role: str
    who: UUID | str
    name: str
    position: str = ""
    capacity: str = ""


@dataclass(frozen=True)
class Filed:
    """An entry as far as requirements depend on it. `parts` in the order of speaking; `days` by field name.

    `population` answers who belonged to one that day, with their names.
    """

    kind: str
    state: str
    values: Mapping[str, object]
    days: Mapping[str, date]
    parts: tuple[TakingPart, ...]
    population: Callable[[str], People]


def applies(requirement: Requirement, entry: Filed) -> bool:
    """Whether the requirement is about entries of this kind and content, whatever their state."""
    if requirement.kinds and not covers(requirement.kinds, entry.kind):
        return False
    # With one day alone there is no order yet.
    if requirement.order and len(entry.days.keys() & {*requirement.order}) < 2:
        return False
    return not requirement.field or entry.values.get(requirement.field) in requirement.values


def holds(requirement: Requirement, state: str) -> bool:
    """Whether the requirement is held against entries in that state."""
    return not requirement.advice and (not requirement.states or state in requirement.states)


def broken(register: Register, entry: Filed) -> Iterator[tuple[Requirement, str, str]]:
    """(requirement, what is at fault: a field or `@role`, sentence) of what is held against the entry as it stands."""
    for requirement in register.requirement:
        if holds(requirement, entry.state) and applies(requirement, entry):
            for place, chinese, english in faults_of(requirement, register, entry):
                asked = f"不符合“{requirement.title}”：{chinese}（依据：{requirement.source}）"
                yield requirement, place, f"{asked} / {requirement.title_en}: {english}"


def faults_of(requirement: Requirement, register: Register, entry: Filed) -> Iterator[tuple[str, str, str]]:
    """What is at fault, in Chinese, in English."""
    titles = {known.role: (known.title, known.title_en) for known in register.participant}
    titles |= {known.name: (known.title, known.title_en) for known in register.field}
    if requirement.last is not None:
        yield from faults_of_last(requirement.last, titles, entry)
    if requirement.turnout is not None:
        yield from faults_of_turnout(requirement.turnout, entry)
    yield from faults_of_apart(requirement.apart, titles, entry)
    yield from faults_of_order(requirement.order, titles, entry)
    yield from faults_of_needs(requirement.needs, titles, entry)


Titles = Mapping[str, tuple[str, str]]


def faults_of_last(asked: Last, titles: Titles, entry: Filed) -> Iterator[tuple[str, str, str]]:
    """Somebody who should come last and does not."""
    speaking = [part for part in entry.parts if part.role == asked.role]
    after = next((i for i, part in enumerate(speaking) if part.capacity in asked.capacity), len(speaking))
    others = [part for part in speaking[after:] if part.capacity not in asked.capacity]
    if others:
        title, title_en = titles[asked.role]
        name = speaking[after].name
        yield (
            f"@{asked.role}",
            f"“{title}”按先后排列，{name}须排在{others[-1].name}之后",
            f"in “{title_en}”, in order of speaking, {name} must come after {others[-1].name}",
        )


def faults_of_turnout(asked: Turnout, entry: Filed) -> Iterator[tuple[str, str, str]]:
    """Too few of the population."""
    everybody = entry.population(asked.population)
    there = {part.who for part in entry.parts if part.role in asked.roles and is_said(part, asked.positions)}
    counted = len(there & everybody.keys())
    least = least_of(asked, len(everybody))
    if counted < least:
        yield (
            f"@{asked.roles[0]}",
            f"应到{len(everybody)}人，须有{least}人以上，现为{counted}人",
            f"of {len(everybody)} entitled, {least} are needed; there are {counted}",
        )


def is_said(part: TakingPart, positions: tuple[str, ...]) -> bool:
    """Whether the part counts by what was said."""
    return not positions or part.position in positions


def least_of(asked: Turnout, everybody: int) -> int:
    """The smallest number of people that is enough."""
    bound = Fraction(asked.share) * everybody
    whole = -(-bound.numerator // bound.denominator)
    return whole + 1 if asked.more and whole == bound else whole


def faults_of_apart(roles: tuple[str, ...], titles: Titles, entry: Filed) -> Iterator[tuple[str, str, str]]:
    """Somebody in two roles that are kept apart."""
    seen: dict[UUID | str, TakingPart] = {}
    for part in (part for role in roles for part in entry.parts if part.role == role):
        other = seen.setdefault(part.who, part)
        if other.role != part.role:
            (title, title_en), (first, first_en) = titles[part.role], titles[other.role]
            yield (
                f"@{part.role}",
                f"{part.name}不能既是“{first}”又是“{title}”",
                f"{part.name} cannot be both “{first_en}” and “{title_en}”",
            )


def faults_of_order(names: tuple[str, ...], titles: Titles, entry: Filed) -> Iterator[tuple[str, str, str]]:
    """A day before the one that should come first."""
    given = [name for name in names if name in entry.days]
    for first, then in pairwise(given):
        if entry.days[then] < entry.days[first]:
            (title, title_en), (before, before_en) = titles[then], titles[first]
            yield (
                then,
                f"“{title}”{entry.days[then]}早于“{before}”{entry.days[first]}",
                f"“{title_en}” {entry.days[then]} lies before “{before_en}” {entry.days[first]}",
            )


def faults_of_needs(names: tuple[str, ...], titles: Titles, entry: Filed) -> Iterator[tuple[str, str, str]]:
    """What must be filled and is not."""
    roles = {f"@{part.role}" for part in entry.parts}
    for name in names:
        if name not in roles and entry.values.get(name) in (None, "", []):
            title, title_en = titles[name.removeprefix("@")]
            yield name, f"未填“{title}”", f"“{title_en}” must be given"


def needed_in(register: Register, kind: str) -> frozenset[str]:
    """Fields and `@role`s that every entry of the kind must have filled, whatever its state and content."""
    always = (one for one in register.requirement if not (one.states or one.advice or one.field))
    return frozenset(name for one in always if not one.kinds or covers(one.kinds, kind) for name in one.needs)


def advised_in(register: Register, kind: str) -> frozenset[str]:
    """The same for what is advised and never held against an entry."""
    told = (one for one in register.requirement if one.advice and not one.field)
    return frozenset(name for one in told if not one.kinds or covers(one.kinds, kind) for name in one.needs)
