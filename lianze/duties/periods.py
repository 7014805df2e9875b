"""The periods of a year that a duty is owed in. They neither overlap nor leave a gap, so that an entry counts once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from lianze.domain.periods import MONTHS_IN, Period, year_period
from lianze.duties.holidays import A_DAY, feasts_in
from lianze.pack.definitions import Duty, Pack


@dataclass(frozen=True)
class Span:
    """A period and the last day to act in it: its own last, the one that the duty names, or the last before a holiday's
    days off.

    `holidays` are ids of the holidays it leads up to; several where one reminder serves them all.
    """

    period: Period
    due_on: date
    holidays: tuple[str, ...] = ()
    holiday_on: date | None = None

    @property
    def in_time(self) -> Period:
        """The days on which acting is not late."""
        return Period(self.period.start, self.due_on + A_DAY)


def spans_of(duty: Duty, year: int, pack: Pack) -> tuple[Span, ...]:
    """The periods of a year, in order; an occasion's is the whole year."""
    whole = year_period(year)
    if duty.every == "holiday":
        return holiday_spans(pack, whole)
    parts = whole.split(duty.every) if duty.every in MONTHS_IN else (whole,)
    return tuple(Span(part, due_in(duty, part)) for part in parts)


def due_in(duty: Duty, period: Period) -> date:
    """The last day to act: the one that a yearly duty names, else the period's own."""
    return date.fromisoformat(f"{period.start.year}-{duty.due}") if duty.due else period.last_day


def holiday_spans(pack: Pack, whole: Period) -> tuple[Span, ...]:
    """From each holiday's day up to the day before the next; New Year's is the last one, before the year ends."""
    year = whole.start.year
    feasts = feasts_in(pack, (year - 1, year, year + 1))
    found = []
    for before, feast in pairwise(feasts):
        if whole.start < feast.day <= whole.end:
            start = max(before.day, whole.start)
            due_on = max(start, feast.first_off - A_DAY)
            found.append(Span(Period(start, feast.day), due_on, feast.holidays, feast.day))
    return tuple(found)


def cuts_of(spans: Iterable[Span], whole: Period) -> tuple[date, ...]:
    """Every first day of a period, and after its last day to act, with those of the year itself: between two of them
    nothing changes."""
    days = {day for span in spans for day in (span.period.start, span.in_time.end, span.period.end)}
    return tuple(sorted({whole.start, whole.end, *days}))
