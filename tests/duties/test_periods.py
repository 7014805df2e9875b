"""The periods of a year: their ends, and that every day of it lies in exactly one."""

import dataclasses
from datetime import date, timedelta

import pytest

from lianze.domain.periods import year_period
from lianze.duties.periods import cuts_of, spans_of
from lianze.pack.load import load_builtin

PACK = load_builtin()
DUTY = PACK.duties["holiday.reminder"]
# year, every, the last days of its periods.
ENDS = [
    (2023, "month", "01-31 02-28 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31"),
    (2024, "month", "01-31 02-29 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31"),
    (2100, "month", "01-31 02-28 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31"),
    (2023, "quarter", "03-31 06-30 09-30 12-31"),
    (2024, "quarter", "03-31 06-30 09-30 12-31"),
    (2023, "half_year", "06-30 12-31"),
    (2024, "half_year", "06-30 12-31"),
    (2023, "year", "12-31"),
    (2023, "occasion", "12-31"),
]


@pytest.mark.parametrize(("year", "every", "ends"), ENDS)
def test_periods_end_on_the_last_day_of_their_month(year: int, every: str, ends: str) -> None:
    spans = spans_of(dataclasses.replace(DUTY, every=every), year, PACK)
    assert [span.due_on for span in spans] == [date.fromisoformat(f"{year}-{end}") for end in ends.split()]


@pytest.mark.parametrize("year", range(2019, 2032))
@pytest.mark.parametrize("every", ("year", "half_year", "quarter", "month", "holiday", "occasion"))
def test_every_day_of_a_year_lies_in_exactly_one_period(year: int, every: str) -> None:
    spans = spans_of(dataclasses.replace(DUTY, every=every), year, PACK)
    day, whole = date(year, 1, 1), year_period(year)
    while day in whole:
        assert sum(day in span.period for span in spans) == 1, day
        day += timedelta(days=1)
    assert all(span.period.start <= span.due_on < span.period.end for span in spans)


def test_the_year_is_cut_wherever_a_period_begins() -> None:
    spans = [
        span
        for every in ("quarter", "holiday")
        for span in spans_of(dataclasses.replace(DUTY, every=every), 2023, PACK)
    ]
    cuts = cuts_of(spans, year_period(2023))
    assert cuts == tuple(sorted(cuts)) and {date(2023, 4, 1), date(2023, 4, 5), date(2024, 1, 1)} <= set(cuts)
