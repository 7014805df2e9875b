"""Honest time: how long after something happened it was recorded, for each register and figure. Information about a
ledger, never a score, and never about a person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.db import connection

from lianze.domain.periods import Period
from lianze.figures.compile import KEPT, Compiled, Gathering, Place, Query, compiled_for
from lianze.figures.directories import read_directories
from lianze.figures.execute import Rows, parameters_of, read_query
from lianze.figures.measures import ENTRIES, Cell
from lianze.figures.periods import IN_PERIOD
from lianze.ledger.conditions import all_of
from lianze.ledger.dialect import Dialect
from lianze.org.directory import Directory
from lianze.pack.definitions import Pack, Register
from lianze.tlog.honest_time import BOUNDS_DAYS


@dataclass(frozen=True)
class Timeliness:
    """How many of `entries` were recorded within 7 and within 30 days after they happened (the second includes the
    first). `figure` is "" for the whole register."""

    register: str
    figure: str
    title: str
    title_en: str
    entries: int
    within_7: int
    within_30: int

    @property
    def shares(self) -> tuple[Decimal, Decimal, Decimal] | None:
        """Shares recorded within 7 days, after 8 to 30, and later; None without entries."""
        if not self.entries:
            return None
        counts = (self.within_7, self.within_30 - self.within_7, self.entries - self.within_30)
        return counts[0] / Decimal(self.entries), counts[1] / Decimal(self.entries), counts[2] / Decimal(self.entries)


@dataclass(frozen=True)
class Line:
    """What a timeliness is about, and where its three numbers are found: all its entries, those within the first bound,
    those within the second. `figure` is "" for a whole register."""

    register: str
    figure: str
    title: str
    title_en: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Lines:
    """Each register followed by its figures, and the queries that count for them."""

    lines: tuple[Line, ...]
    queries: tuple[Query, ...]


def compute_timeliness(
    organisation_id: UUID, pack: Pack, period: Period, directory: Directory | None = None
) -> list[Timeliness]:
    """Each register, by what happened in the period, followed by its figures; days are those of the office's clock."""
    compiled = compiled_for(pack, connection.vendor)
    known = directory or read_directories([organisation_id], pack)[organisation_id]
    parameters = parameters_of(compiled, pack, period, [organisation_id], {organisation_id: known})
    lines = lines_for(compiled)
    return timeliness_from([read_query(query, parameters) for query in lines.queries], lines, organisation_id)


def timeliness_from(rows: Sequence[Rows], lines: Lines, organisation_id: UUID) -> list[Timeliness]:
    """The answers, from what the queries counted."""
    none: tuple[int, ...] = ()
    found = []
    for line in lines.lines:
        cells = [(rows[place.query].get((organisation_id, None), none), place.column) for place in line.places]
        entries, within_7, within_30 = (row[column] if row else 0 for row, column in cells)
        named = (line.register, line.figure, line.title, line.title_en)
        found.append(Timeliness(*named, entries, within_7, within_30))
    return found


@lru_cache(KEPT)
def lines_for(compiled: Compiled) -> Lines:
    """The lines of a pack, made once."""
    gathering = Gathering()
    lines = [
        Line(
            register.id, figure, title, title_en, places_of(gathering, register.id, condition, period, compiled.dialect)
        )
        for register in compiled.pack.registers.values()
        for figure, title, title_en, condition, period in subjects_of(register, compiled)
    ]
    return Lines(tuple(lines), gathering.queries(compiled.dialect))


def subjects_of(register: Register, compiled: Compiled) -> Iterator[tuple[str, str, str, str, str]]:
    """The register itself, then each figure over it: id, both titles, and what selects its entries."""
    yield "", register.title, register.title_en, "TRUE", IN_PERIOD.format("e.happened_on")
    for plan in compiled.plans.values():
        if plan.figure.register == register.id:
            yield plan.figure.id, plan.figure.title, plan.figure.title_en, plan.behind, plan.period


def places_of(gathering: Gathering, register: str, condition: str, period: str, dialect: Dialect) -> tuple[Place, ...]:
    """Where the three numbers about some entries are found."""
    late = dialect.days_late("e", settings.TIME_ZONE)
    limits = ("", *(f"{late} <= {days}" for days in BOUNDS_DAYS))
    cells = [
        Cell(ENTRIES, "COUNT(*)", all_of([condition if condition != "TRUE" else "", limit]), period) for limit in limits
    ]
    return tuple(gathering.add(register, False, cell) for cell in cells)
