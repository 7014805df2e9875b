"""The days that holidays fall on, and the days off around them: computed for any year, announced ones from the pack."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from lunar_python import Lunar, Solar

from lianze.pack.definitions import DaysOff, Holiday, Pack

# In the lunar year of any solar year the calendar's solar terms are those around its summer.
SUMMER = (6, 1)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Feast:
    """Holidays whose days off meet, the earliest first: `day` is its day; `first_off` to `last_off` are off work."""

    holidays: tuple[str, ...]
    day: date
    first_off: date
    last_off: date


@cache
def day_of(holiday: Holiday, year: int) -> date:
    """The day of a holiday in a solar year; a lunar month is the one that begins in it, leap months left out."""
    if holiday.calendar == "solar":
        return date(year, holiday.month, holiday.day)
    if holiday.calendar == "lunar":
        found = Lunar.fromYmd(year, holiday.month, holiday.day).getSolar()
    else:
        found = Solar.fromYmd(year, *SUMMER).getLunar().getJieQiTable()[holiday.term]
    return date(found.getYear(), found.getMonth(), found.getDay())


def feast_of(holiday: Holiday, year: int, announced: Iterable[DaysOff]) -> Feast:
    """A holiday by itself, with the days off announced for it, else those the law gives."""
    day = day_of(holiday, year)
    for span in announced:
        first, last = date.fromisoformat(span.first), date.fromisoformat(span.last)
        if holiday.id in span.holidays and first <= day <= last:
            return Feast((holiday.id,), day, first, last)
    return Feast((holiday.id,), day, day - holiday.days_before * A_DAY, day + (holiday.days - 1) * A_DAY)


def feasts_in(pack: Pack, years: Iterable[int]) -> list[Feast]:
    """The holidays of some years by date; those whose days off meet are one."""
    announced = tuple(pack.days_off.values())
    each = (feast_of(holiday, year, announced) for year in years for holiday in pack.holidays.values())
    found: list[Feast] = []
    for feast in sorted(each, key=lambda feast: feast.day):
        if found and feast.first_off <= found[-1].last_off + A_DAY:
            before = found.pop()
            names, off = (*before.holidays, *feast.holidays), max(before.last_off, feast.last_off)
            feast = Feast(names, before.day, min(before.first_off, feast.first_off), off)
        found.append(feast)
    return found
