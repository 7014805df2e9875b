"""Holidays fall where the almanac says; those whose days off meet share one reminder."""

from datetime import date

import pytest
from lunar_python.util import HolidayUtil

from lianze.domain.periods import year_period
from lianze.duties.holidays import day_of, feasts_in
from lianze.duties.periods import holiday_spans
from lianze.pack.load import load_builtin

PACK = load_builtin()
# 元旦, 春节, 清明, 五一, 端午, 中秋, 国庆, from printed almanacs.
DAYS = {
    2023: "01-01 01-22 04-05 05-01 06-22 09-29 10-01",
    2024: "01-01 02-10 04-04 05-01 06-10 09-17 10-01",
    2025: "01-01 01-29 04-04 05-01 05-31 10-06 10-01",
    2026: "01-01 02-17 04-05 05-01 06-19 09-25 10-01",
    2027: "01-01 02-06 04-05 05-01 06-09 09-15 10-01",
    2028: "01-01 01-26 04-04 05-01 05-28 10-03 10-01",
    2029: "01-01 02-13 04-04 05-01 06-16 09-22 10-01",
    2030: "01-01 02-03 04-05 05-01 06-05 09-12 10-01",
}


@pytest.mark.parametrize("year", DAYS)
def test_every_holiday_falls_on_its_day(year: int) -> None:
    found = [day_of(PACK.holidays[choice.id], year) for choice in PACK.vocabularies["holiday"].choice]
    assert found == [date.fromisoformat(f"{year}-{day}") for day in DAYS[year].split()]


@pytest.mark.parametrize("year", (2022, 2023, 2024, 2025, 2026))
def test_the_days_off_of_the_pack_are_those_announced(year: int) -> None:
    """Held against an almanac's own list: each day off of it is one of ours or a weekend, our first and last are its."""
    ours = [(date.fromisoformat(span.first), date.fromisoformat(span.last)) for span in PACK.days_off.values()]
    listed = {date.fromisoformat(day.getDay()) for day in HolidayUtil.getHolidays(year) if not day.isWork()}
    assert len(listed) > 20
    assert not [day for day in listed if day.weekday() < 5 and not any(first <= day <= last for first, last in ours)]
    assert not [day for span in ours for day in span if day.year == year and day not in listed]


@pytest.mark.parametrize(
    ("year", "together", "due_on"),
    [
        (2020, ("mid_autumn", "national"), "09-30"),  # the same day
        (2023, ("mid_autumn", "national"), "09-28"),  # announced as one, two days apart
        (2025, ("national", "mid_autumn"), "09-30"),  # announced as one, the later first
        (2028, ("national", "mid_autumn"), "09-30"),  # not announced yet, but within the law's days off
        (2024, ("mid_autumn",), "09-14"),
        (2026, ("mid_autumn",), "09-24"),
    ],
)
def test_mid_autumn_and_national_day_share_a_reminder_where_their_days_off_meet(
    year: int, together: tuple[str, ...], due_on: str
) -> None:
    spans = holiday_spans(PACK, year_period(year))
    found = next(span for span in spans if "mid_autumn" in span.holidays)
    assert (found.holidays, found.due_on) == (together, date.fromisoformat(f"{year}-{due_on}"))


def test_a_year_without_an_announcement_takes_the_days_off_of_the_law() -> None:
    spring = next(feast for feast in feasts_in(PACK, (2027,)) if feast.holidays == ("spring",))
    assert (spring.first_off, spring.day, spring.last_off) == (date(2027, 2, 5), date(2027, 2, 6), date(2027, 2, 8))


def test_new_years_reminder_belongs_to_the_year_that_ends() -> None:
    last = holiday_spans(PACK, year_period(2022))[-1]
    assert (last.holidays, last.holiday_on, last.due_on) == (("new_year",), date(2023, 1, 1), date(2022, 12, 30))
