"""Where an organisation stands with everything it owes in a year: duty by duty, bearer by bearer, period by period."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal
from uuid import UUID

from lianze.domain.periods import Period, year_period
from lianze.duties.bearers import Bearer, bearers_on
from lianze.duties.counting import Counts, Tally, count_entries, tallies_of
from lianze.duties.periods import Span, cuts_of, spans_of
from lianze.org.directory import Directory
from lianze.pack.definitions import Duty, Pack

State = Literal["done", "due", "missed", "ahead", "none"]


@dataclass(frozen=True)
class Cell:
    """What one bearer owes in one period and how many entries satisfy it.

    done: as many as required · due: the last day to act is not over and they are short · missed: it is over and they are
    short · ahead: the period has not begun · none: nothing is required. An entry recorded late counts in the period it
    happened in; one that happened after the last day to act does too, and `is_late` when the period is done only by it.
    """

    span: Span
    hits: int
    required: int
    state: State
    is_late: bool = False


@dataclass(frozen=True)
class Row:
    """One bearer, with a cell for each period."""

    bearer: Bearer
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Standing:
    """One duty in one year."""

    duty: Duty
    spans: tuple[Span, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Year:
    """The periods of every duty that is switched on, in the pack's order, and the days on which some period begins."""

    duties: tuple[tuple[Duty, tuple[Span, ...]], ...]
    cuts: tuple[date, ...]


@lru_cache
def year_of(pack: Pack, year: int) -> Year:
    """A year's periods, which follow from the pack alone."""
    duties = tuple((duty, spans_of(duty, year, pack)) for duty in pack.duties.values() if duty.enabled)
    return Year(duties, cuts_of((span for _, spans in duties for span in spans), year_period(year)))


def compute_duties(organisation_id: UUID, pack: Pack, year: int, day: date, directory: Directory) -> list[Standing]:
    """Every duty that is switched on, in the pack's order, as it stands on `day`."""
    counts = count_entries(organisation_id, pack, year_of(pack, year).cuts)
    return standings_from(counts, pack, year, day, directory)


def standings_from(counts: Counts, pack: Pack, year: int, day: date, directory: Directory) -> list[Standing]:
    """The same from what was counted."""
    of_year = year_of(pack, year)
    tallies = tallies_of(counts, pack, of_year.cuts)
    return [
        standing_of(duty, spans, tallies[duty.id], of_year.cuts, pack, day, directory) for duty, spans in of_year.duties
    ]


def standing_of(
    duty: Duty, spans: tuple[Span, ...], tally: Tally, cuts: Sequence[date], pack: Pack, day: date, directory: Directory
) -> Standing:
    """One duty. A bearer owes the periods on whose last day to act (while that is to come: on `day`) it is one."""
    owing = [bearers_on(duty, directory, pack, owed_on(span, day)) for span in spans]
    everybody = dict.fromkeys(bearer for found in owing for bearer in found)
    rows = []
    for bearer in everybody:
        cells = tuple(
            cell_of(duty, bearer, span, tally, cuts, day, bearer in found)
            for span, found in zip(spans, owing, strict=True)
        )
        rows.append(Row(bearer, cells))
    return Standing(duty, spans, tuple(rows))


def owed_on(span: Span, day: date) -> date:
    """The day that decides who owes the period: the last one to act, or `day` as long as that is to come."""
    return min(span.due_on, max(day, span.period.start))


def cell_of(
    duty: Duty, bearer: Bearer, span: Span, tally: Tally, cuts: Sequence[date], day: date, is_owed: bool
) -> Cell:
    """One bearer's period."""
    hits = total(tally.hits, bearer, span.period, cuts)
    if duty.every == "occasion":
        required = total(tally.occasions, bearer, span.period, cuts) if is_owed else 0
        return Cell(span, hits, required, "none" if not required else "done" if hits >= required else "missed")
    required = duty.at_least if is_owed else 0
    in_time = total(tally.hits, bearer, span.in_time, cuts)
    return Cell(span, hits, required, state_of(hits, required, span, day), in_time < required <= hits)


def total(counts: Mapping[UUID | None, Sequence[int]], bearer: Bearer, period: Period, cuts: Sequence[date]) -> int:
    """Entries of a period that count for the bearer."""
    return sum(counts.get(bearer.id, ())[bisect_left(cuts, period.start) : bisect_left(cuts, period.end)])


def state_of(hits: int, required: int, span: Span, day: date) -> State:
    """Where a bearer stands with a period on `day`."""
    if required == 0:
        return "none"
    if hits >= required:
        return "done"
    if day < span.period.start:
        return "ahead"
    return "due" if day <= span.due_on else "missed"
