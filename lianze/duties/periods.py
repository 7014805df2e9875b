"""The periods of a year that a duty is owed in. They neither overlap nor leave a gap, so that an entry counts once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from lianze.domain.periods import MONTHS_IN, Period, year_period
from lianze.duties.holidays import feasts_in
from lianze.pack.definitions import Duty, Pack


@dataclass(frozen=True)
class Span:
    """A period and the last day to act in it: its own last, or the last before a holiday's days off.

    `holidays` are ids of the holidays it leads up to; several where one reminder serves them all.
    """

    period: Period
    due_on: date
    holidays: tuple[str, ...] = ()
    holiday_on: date | None = None


def spans_of(duty: Duty, year: int, pack: Pack) -> tuple[Span, ...]:
    """The periods of a year, in order; an occasion's is the whole year."""
    whole = year_period(year)
    if duty.every == "holiday":
        return holiday_spans(pack, whole)
    parts = whole.split(duty.every) if duty.every in MONTHS_IN else (whole,)
    return tuple(Span(part, part.last_day) for part in parts)


def holiday_spans(pack: Pack, whole: Period) -> tuple[Span, ...]:
    """From each holiday's day up to the day before the next; New Year's is the last one, before the year ends."""
    year = whole.start.year
    feasts = feasts_in(pack, (year - 1, year, year + 1))
    found = []
    for before, feast in pairwise(feasts):
        if whole.start < feast.day <= whole.end:
            start = max(before.day, whole.start)
            due_on = max(start, feast.first_off - timedelta(days=1))
            found.append(Span(Period(start, feast.day), due_on, feast.holidays, feast.day))
    return tuple(found)


def cuts_of(spans: Iterable[Span], whole: Period) -> tuple[date, ...]:
    """Every first day of a period, with those of the year itself: between two of them nothing changes."""
    days = {day for span in spans for day in (span.period.start, span.period.end)}
    return tuple(sorted({whole.start, whole.end, *days}))
