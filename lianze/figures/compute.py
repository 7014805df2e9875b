"""Computes figures: one pass over the ledger for one organisation or for many."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import connection

from lianze.domain.periods import Period
from lianze.figures.compile import Compiled, compiled_for, is_over_entries
from lianze.figures.directories import read_directories
from lianze.figures.execute import Rows, parameters_of, read_counts
from lianze.figures.periods import sub_periods
from lianze.figures.results import ORGANISATION, FigureResult, Reading, result_of
from lianze.figures.roster import read_rows, rows_behind
from lianze.ledger.exact import from_stored
from lianze.org.directory import Directory
from lianze.org.models import Unit
from lianze.pack.definitions import Figure, Pack

# Organisations read by one pass of queries.
BATCH = 1000


def compute_figures(
    organisation_id: UUID, pack: Pack, period: Period, directory: Directory | None = None
) -> list[FigureResult]:
    """Every figure of the pack for one organisation, in the pack's order; a figure by unit has one result a unit."""
    known = None if directory is None else {organisation_id: directory}
    return compute_tree([organisation_id], pack, period, known)[organisation_id]


def compute_tree(
    organisation_ids: Sequence[UUID],
    pack: Pack,
    period: Period,
    directories: Mapping[UUID, Directory] | None = None,
) -> dict[UUID, list[FigureResult]]:
    """Every figure of each organisation, each organisation for itself; `lianze.figures.rollup` adds them up."""
    compiled = compiled_for(pack, connection.vendor)
    results: dict[UUID, list[FigureResult]] = {}
    for first in range(0, len(organisation_ids), BATCH):
        ids = organisation_ids[first : first + BATCH]
        known = read_directories(ids, pack) if directories is None else {i: directories[i] for i in ids}
        rows = read_counts(compiled, parameters_of(compiled, pack, period, ids, known))
        for organisation_id in ids:
            results[organisation_id] = compute_from(rows, compiled, period, known[organisation_id])
    return results


def compute_from(rows: list[Rows], compiled: Compiled, period: Period, directory: Directory) -> list[FigureResult]:
    """Every figure of one organisation, from what the compiled queries counted."""
    return list(Desk(compiled.pack, period, directory, compiled, rows).results())


@dataclass(frozen=True)
class Desk:
    """Everything needed to answer one organisation's figures: what was counted, and the directory."""

    pack: Pack
    period: Period
    directory: Directory
    compiled: Compiled
    rows: list[Rows]

    def results(self) -> Iterator[FigureResult]:
        """All figures, each in all its scopes."""
        units = self.directory.units_on(self.period.last_day)
        for figure in self.pack.figures.values():
            register = self.pack.registers.get(figure.register)
            restricted = register is not None and register.restricted
            for unit in units if figure.by == "unit" else [None]:
                scope = f"unit:{unit.code}" if unit else ORGANISATION
                reading = self.read(figure, unit)
                if unit and figure.unit_kind not in ("", unit.kind) and not reading.hits:
                    continue
                looked = not reading.hits and self.has_looked(figure, unit)
                yield result_of(figure, scope, reading, looked, restricted)

    def has_looked(self, figure: Figure, unit: Unit | None) -> bool:
        """Whether entries stand behind the figure that shows that somebody looked (all of them, behind a share): in the
        unit, if it goes by unit."""
        looked = self.pack.figures.get(figure.looked)
        if looked is None:
            return False
        reading = self.read(looked, unit if looked.by == "unit" else None)
        return reading.hits > 0 and (looked.measure != "share" or reading.numerator == reading.denominator)

    def read(self, figure: Figure, unit: Unit | None) -> Reading:
        """What was counted for a figure in one scope."""
        population = self.size_of(figure, unit)
        # A list of the pack is nothing of the office's before the office has used it.
        if figure.measure == "items" and not self.has_looked(figure, unit):
            return Reading(0, Decimal(0), population)
        if not is_over_entries(figure):
            behind = rows_behind(figure, self.directory, self.pack, self.period)
            rows = [row for row in behind if unit is None or row.unit_id == unit.id]
            return read_rows(figure, rows, population)
        hits, *parts = self.cells(figure, unit)
        return reading_of(figure, hits, parts, population, self.period)

    def cells(self, figure: Figure, unit: Unit | None) -> list[int]:
        """The figure's hits and parts; zeros where a query had no row."""
        key = (self.directory.organisation_id, unit.id if unit else None)
        found = []
        for place in self.compiled.places[figure.id]:
            row = self.rows[place.query].get(key)
            found.append(row[place.column] if row else 0)
        return found

    def size_of(self, figure: Figure, unit: Unit | None) -> int | None:
        """How many people the figure's population has, in the unit if there is one."""
        population = self.pack.populations.get(figure.population)
        if population is None:
            return None
        people = self.directory.population(population, self.period.last_day)
        return sum(unit is None or person.unit_id == unit.id for person in people)


def reading_of(figure: Figure, hits: int, parts: list[int], population: int | None, period: Period) -> Reading:
    """The value that a figure's cells make."""
    if figure.measure == "share":
        return quotient(hits, parts[0], hits, population)
    if figure.measure == "coverage":
        return quotient(hits, parts[0], population or 0, population)
    if figure.measure == "sum":
        return Reading(hits, from_stored(parts[0]), population)
    if figure.measure == "least_per":
        within = sub_periods(period, figure.every)
        if not within:
            return Reading(hits, None, population)
        empty = tuple(part for part, found in zip(within, parts, strict=False) if not found)
        return Reading(hits, Decimal(min(parts[: len(within)])), population, empty=empty)
    return Reading(hits, Decimal(parts[0] if parts else hits), population)


def quotient(hits: int, numerator: int, denominator: int, population: int | None) -> Reading:
    """A share, with both its numbers kept, so that it can be recomputed for a whole tree."""
    above, below = Decimal(numerator), Decimal(denominator)
    return Reading(hits, above / below if below else Decimal(0), population, above, below)
