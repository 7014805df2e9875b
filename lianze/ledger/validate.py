"""Whether an entry fits its register, whatever its origin: a workbook, a form, JSON.

A problem's `place` is the register's title; its `rule` names the field, `kind`, `state`, `@role` or `>relation` at fault.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from lianze.domain.columns import ENTRY_COLUMNS
from lianze.domain.errors import Problem
from lianze.ledger.requirements import problems_of_requirements
from lianze.ledger.states import EntryState, Part, value_of
from lianze.ledger.validate_parts import problems_of_groups, problems_of_links, problems_of_parts
from lianze.ledger.validate_values import fault_of
from lianze.org.directory import Directory
from lianze.pack.choosing import Options, options_of
from lianze.pack.definitions import Field, Pack, Register
from lianze.pack.group_words import group_pattern
from lianze.pack.kinds import covers

# A date that may not lie before `happened_on`.
LATER = ("ended_on", "done_on")
# Registers of entries that are linked to, by entry id.
Targets = Mapping[UUID, str]


def problems_in(
    state: EntryState,
    register: Register,
    pack: Pack,
    directory: Directory,
    targets: Targets | None = None,
    *,
    day: date,
) -> list[Problem]:
    """Everything wrong with one entry on `day`. Without `targets`, what its links lead to is not looked at."""
    return Validator(register, pack, directory, day).problems(state, targets)


def with_capacities(state: EntryState, directory: Directory) -> EntryState:
    """The state with what each participant was on the entry's day, as every writer keeps it."""
    parts = parts_with_capacities(state.parts, state.happened_on, directory.capacity_on)
    return state if parts == state.parts else replace(state, parts=parts)


def parts_with_capacities(
    parts: tuple[Part, ...], day: date, capacity_on: Callable[[UUID, date], str]
) -> tuple[Part, ...]:
    """The parts with what each person was that day; an outside name has no capacity here."""
    return tuple(
        part
        if part.person_id is None or part.capacity == (held := capacity_on(part.person_id, day))
        else Part(part.role, part.person_id, part.outside_name, part.position, held)
        for part in parts
    )


@dataclass(frozen=True)
class Validator:
    """The rules of one register on the day of recording, made once for many entries."""

    register: Register
    pack: Pack
    directory: Directory
    day: date

    @cached_property
    def fields(self) -> tuple[tuple[Field, Options], ...]:
        return tuple((field, options_of(field, self.pack)) for field in self.register.field)

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(field.name for field in self.register.field)

    @cached_property
    def titles(self) -> dict[str, str]:
        return {field.name: field.title for field in self.register.field}

    @cached_property
    def kinds(self) -> Options:
        return Options(self.register.kind)

    @cached_property
    def states(self) -> Options:
        return Options(self.register.state)

    @cached_property
    def groups(self) -> re.Pattern[str] | None:
        return group_pattern(self.pack)

    def problems(self, state: EntryState, targets: Targets | None = None) -> list[Problem]:
        """Everything wrong with one entry, in the order of the definition."""
        found = [
            *self.of_kind_and_state(state),
            *self.of_fields(state),
            *self.of_names(state),
            *self.of_order(state),
            *self.of_future(state),
            *problems_of_parts(state, self.register, self.directory),
            *problems_of_groups(state, self.groups),
            *problems_of_links(state, self.register, self.pack, targets),
            *problems_of_requirements(state, self.register, self.pack, self.directory),
        ]
        return [Problem(self.register.title, rule, sentence) for rule, sentence in found]

    def problems_of_stepping(self, state: EntryState) -> list[Problem]:
        """What a step may put wrong in an entry that was right: the order of days, what the new state requires."""
        found = [
            *self.of_order(state),
            *problems_of_requirements(state, self.register, self.pack, self.directory),
        ]
        return [Problem(self.register.title, rule, sentence) for rule, sentence in found]

    def of_kind_and_state(self, state: EntryState) -> Iterator[tuple[str, str]]:
        """An unknown register, kind or state."""
        if state.register != self.register.id:
            yield "register", f"属于另一本台账“{state.register}” / belongs to another register"
        if not state.kind:
            if self.register.kind and self.register.kind_required:
                yield "kind", f"未填类型；{self.kinds.expected()}"
        elif state.kind not in self.kinds.ids:
            yield "kind", f"没有“{state.kind}”这一类型；{self.kinds.expected(state.kind)}"
        if state.state and state.state not in self.states.ids:
            yield "state", f"没有“{state.state}”这一状态；{self.states.expected(state.state)}"

    def of_fields(self, state: EntryState) -> Iterator[tuple[str, str]]:
        """Missing, misplaced and wrong values."""
        for field, options in self.fields:
            value = value_of(state, field.name)
            applies = not field.kinds or covers(field.kinds, state.kind)
            if value is None or value == "" or value == []:
                if field.required and applies:
                    yield field.name, f"未填“{field.title}” / {field.title_en} must be given"
            elif not applies and state.kind in self.kinds.ids:
                kinds = "、".join(self.kinds.titles.get(kind, kind) for kind in field.kinds)
                yield field.name, f"“{field.title}”只用于{kinds} / does not apply to this kind"
            elif (sentence := fault_of(field, value, options, self.directory)) is not None:
                yield field.name, sentence

    def of_names(self, state: EntryState) -> Iterator[tuple[str, str]]:
        """Values under names that the register does not have."""
        for name in state.data:
            if name not in self.names:
                yield name, f"“{self.register.title}”没有“{name}”这一项 / no such field"
            elif name in ENTRY_COLUMNS:
                yield name, f"“{self.titles[name]}”不应放在 data 中 / belongs in a column"
        for name in ENTRY_COLUMNS:
            own = name in ("number", "kind", "state") or name in self.names
            if not own and value_of(state, name) not in (None, ""):
                yield name, f"“{self.register.title}”没有“{name}”这一项 / no such field"

    def of_order(self, state: EntryState) -> Iterator[tuple[str, str]]:
        """Dates in an impossible order."""
        for name in LATER:
            day = value_of(state, name)
            if isinstance(day, date) and day < state.happened_on:
                begin = self.titles.get("happened_on", "happened_on")
                yield (
                    name,
                    f"“{self.titles.get(name, name)}”{day}早于“{begin}”{state.happened_on} / lies before it began",
                )

    def of_future(self, state: EntryState) -> Iterator[tuple[str, str]]:
        """Days that have not come yet. A plan's date belongs in “due_on”; what is done was done by today."""
        for name, ahead in (("happened_on", self.register.ahead_days), ("done_on", 0)):
            day = value_of(state, name)
            if isinstance(day, date) and (sentence := future_fault(day, self.day, ahead)) is not None:
                yield name, f"“{self.titles.get(name, name)}”{sentence}"


def future_fault(day: date, today: date, ahead_days: int = 0) -> str | None:
    """Why a day is too far ahead of `today`; None when it is not."""
    if day <= today + timedelta(days=ahead_days):
        return None
    if ahead_days:
        return f"{day}过远，最多可早记{ahead_days}天，请核对年份 / more than {ahead_days} days ahead: check the year"
    return f"{day}还没有到；只记已办的事，请核对年份，计划请记时限 / lies in the future: record what was done, check the year"
