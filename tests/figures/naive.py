"""Figures worked out entry by entry in plain Python, slowly and obviously: what the SQL must agree with."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from uuid import UUID

from lianze.domain.periods import Period
from lianze.ledger.states import EntryState, Part
from lianze.org.directory import Directory
from lianze.pack.definitions import Condition, Figure, Pack

NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]+)?")
EVENTS = ("happened", "done")
Value = object


@dataclass(frozen=True)
class Naive:
    """What a figure must say: the entries behind it, its value (of no meaning without entries), a share's parts."""

    behind: frozenset[UUID]
    value: Decimal
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True)
class World:
    """A whole ledger and who is who."""

    entries: dict[UUID, EntryState]
    directory: Directory
    pack: Pack
    period: Period

    def evaluate(self, figure: Figure, unit: UUID | None) -> Naive:
        """One figure in the organisation or one of its units."""
        here = {
            i: e
            for i, e in self.entries.items()
            if e.register == figure.register and not e.withdrawn and self.in_period(e, figure)
            if unit is None or e.unit_id == unit
        }
        where = {i: e for i, e in here.items() if self.meets_all(e, figure.where)}
        if figure.measure == "share":
            base = {i for i, e in here.items() if self.meets_all(e, figure.base)}
            return quotient(frozenset(base), len(base & set(where)), len(base))
        if figure.measure in ("participations", "coverage") or figure.of.startswith("@"):
            return self.people(figure, where, unit)
        if figure.measure == "sum":
            numbers = {i: number_of(field_value(e, figure.of)) for i, e in where.items()}
            found = {i: n for i, n in numbers.items() if n is not None}
            return Naive(frozenset(found), sum(found.values(), Decimal(0)))
        if figure.measure == "distinct":
            filled = {i: field_value(e, figure.of) for i, e in where.items()}
            filled = {i: v for i, v in filled.items() if is_filled(v)}
            flat = {str(x) for v in filled.values() for x in (v if isinstance(v, list) else [v])}
            return Naive(frozenset(filled), Decimal(len(flat)))
        if figure.measure == "least_per":
            counts = [
                sum((day := day_of(e, figure)) is not None and day in part for e in where.values())
                for part in self.period.split(figure.every)
            ]
            return Naive(frozenset(where), Decimal(min(counts)))
        return Naive(frozenset(where), Decimal(len(where)))

    def people(self, figure: Figure, where: dict[UUID, EntryState], unit: UUID | None) -> Naive:
        """Participations, different people, coverage."""
        population = self.pack.populations.get(figure.population)
        among = {p.id for p in self.directory.population(population, self.period.last_day)} if population else None

        def counts(part: Part) -> bool:
            if part.role != figure.of.removeprefix("@") or (among is not None and part.person_id not in among):
                return False
            own = self.directory.people[part.person_id].unit_id if part.person_id else None
            return figure.measure != "coverage" or unit is None or own == unit

        taking = {i: [p for p in e.parts if counts(p)] for i, e in where.items()}
        behind = frozenset(i for i, parts in taking.items() if parts)
        everybody = [part for parts in taking.values() for part in parts]
        if figure.measure == "participations":
            return Naive(behind, Decimal(len(everybody)))
        different = len({part.person_id or part.outside_name for part in everybody})
        if figure.measure == "distinct":
            return Naive(behind, Decimal(different))
        size = [p for p in among or () if unit is None or self.directory.people[p].unit_id == unit]
        return quotient(behind, different, len(size))

    def in_period(self, entry: EntryState, figure: Figure) -> bool:
        """The period rule."""
        last = self.period.last_day
        if figure.period in EVENTS:
            day = day_of(entry, figure)
            return day is not None and day in self.period
        first = date.fromisoformat(figure.since) if figure.period == "since" else date.min
        there = figure.period != "as_of" or entry.ended_on is None or entry.ended_on >= last
        return first <= entry.happened_on <= last and there

    def meets_all(self, entry: EntryState, conditions: Sequence[Condition]) -> bool:
        """Whether every condition holds."""
        return all(self.meets(entry, condition) for condition in conditions)

    def meets(self, entry: EntryState, c: Condition) -> bool:
        """One condition."""
        if c.field:
            return self.meets_field(entry, c) != c.negate
        if c.participant:
            parts = (p for p in entry.parts if p.role == c.participant)
            found = any(
                (not c.capacity or p.capacity in c.capacity) and (not c.values or p.position in c.values) for p in parts
            )
        else:
            targets = (self.entries[target] for relation, target in entry.links if relation == c.link)
            found = any(
                not t.withdrawn
                and (not c.register or t.register == c.register)
                and (not c.kind or is_of_any(t.kind, c.kind))
                and (not c.state or t.state in c.state)
                for t in targets
            )
        return (found == (c.set is not False)) != c.negate

    def meets_field(self, entry: EntryState, c: Condition) -> bool:
        """What a condition asks of a field, all of it."""
        value = field_value(entry, c.field)
        asked: list[Callable[[], bool]] = []
        if c.values:
            asked.append(lambda: self.has_value(value, c))
        if c.capacity:
            asked.append(lambda: self.has_capacity(value, entry.happened_on, c.capacity))
        number = number_of(value)
        if c.at_least is not None:
            asked.append(lambda: number is not None and number >= (c.at_least or 0))
        if c.at_most is not None:
            asked.append(lambda: number is not None and number <= (c.at_most or 0))
        if c.set is not None or not asked:
            asked.append(lambda: is_filled(value) == (c.set is not False))
        return all(ask() for ask in asked)

    def has_value(self, value: Value, c: Condition) -> bool:
        """Whether a field has one of the values."""
        if not is_filled(value):
            return False
        if c.field == "unit":
            unit = self.directory.units[UUID(str(value))]
            return unit.code in c.values or unit.kind in c.values
        if c.field == "owner":
            return self.directory.people[UUID(str(value))].code in c.values
        if isinstance(value, list):
            return bool(set(value) & set(c.values))
        if isinstance(value, bool):
            return str(value).lower() in c.values
        if isinstance(value, Decimal):
            return value in {Decimal(wanted) for wanted in c.values}
        return is_of_any(str(value), c.values) if c.field == "kind" else str(value) in c.values

    def has_capacity(self, value: Value, day: date, capacities: Sequence[str]) -> bool:
        """Whether the person's highest capacity that day is one of these."""
        return value is not None and self.directory.capacity_on(UUID(str(value)), day) in capacities


def quotient(behind: frozenset[UUID], numerator: int, denominator: int) -> Naive:
    """A share."""
    above, below = Decimal(numerator), Decimal(denominator)
    return Naive(behind, above / below if below else Decimal(0), above, below)


def day_of(entry: EntryState, figure: Figure) -> date | None:
    """The date that the period rule and sub-periods look at."""
    return entry.done_on if figure.period == "done" else entry.happened_on


def field_value(entry: EntryState, name: str) -> Value:
    """A field of an entry, wherever it is kept."""
    if name in ("unit", "owner"):
        name += "_id"
    return getattr(entry, name) if hasattr(entry, name) else entry.data.get(name)


def is_filled(value: Value) -> bool:
    """Neither missing nor empty."""
    return value is not None and value != "" and value != []


def number_of(value: Value) -> Decimal | None:
    """A number, to six places; None for what is none."""
    if isinstance(value, Decimal):
        return value
    if not NUMBER.fullmatch(str(value)):
        return None
    return Decimal(str(value)).quantize(Decimal("0.000001"), ROUND_DOWN)


def is_of_any(kind: str, values: Iterable[str]) -> bool:
    """Whether a kind is one of these, or of a family among them."""
    return any(kind.startswith(value) if value.endswith(".") else kind == value for value in values)
