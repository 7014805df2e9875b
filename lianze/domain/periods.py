"""Periods as half-open intervals [start, end) of days, so that adjoining ones neither overlap nor leave a gap."""

from dataclasses import dataclass
from datetime import date

MONTHS_IN = {"year": 12, "half_year": 6, "quarter": 3, "month": 1}
# It has no leap day: every month and day of it is there every year.
COMMON_YEAR = 2023


@dataclass(frozen=True)
class Period:
    """Days from `start` up to but not including `end`."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def last_day(self) -> date:
        return date.fromordinal(self.end.toordinal() - 1)

    @property
    def is_cut(self) -> bool:
        """Whether it ends before the calendar year does that it begins in."""
        return self.end < date(self.start.year + 1, 1, 1)

    def split(self, every: str) -> tuple["Period", ...]:
        """The whole sub-periods of its calendar year: `every` is year, half_year, quarter or month."""
        months = MONTHS_IN[every]
        starts = [date(self.start.year, month, 1) for month in range(1, 13, months)]
        return tuple(Period(a, b) for a, b in zip(starts, [*starts[1:], date(self.start.year + 1, 1, 1)], strict=True))


def year_period(year: int) -> Period:
    """The calendar year."""
    return Period(date(year, 1, 1), date(year + 1, 1, 1))


def year_until(year: int, day: date) -> Period:
    """What of a year there is on `day`, that day included: all of a year that is over, or that has not begun."""
    whole = year_period(year)
    return Period(whole.start, date.fromordinal(day.toordinal() + 1)) if day in whole else whole
