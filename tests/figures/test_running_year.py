"""A year that is not over: only what is over counts against a least number, and everything ends on the day named."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from lianze.domain.periods import Period, year_period, year_until
from lianze.figures.compute import compute_figures
from lianze.figures.output import figures_as_json
from lianze.figures.periods import sub_periods
from lianze.pack import Pack
from tests.figures.ask import ask, figure
from tests.figures.cast import Office, meeting

Make = Callable[[str], Pack]

# Day of looking at 2024, last day counted.
UNTIL = [
    ("2023-12-31", "2024-12-31"),  # not begun
    ("2024-01-01", "2024-01-01"),
    ("2024-02-29", "2024-02-29"),
    ("2024-12-30", "2024-12-30"),
    ("2024-12-31", "2024-12-31"),
    ("2025-01-01", "2024-12-31"),
]
# How often, last day counted: how many sub-periods are over.
OVER = [
    ("quarter", "2023-03-30", 0),
    ("quarter", "2023-03-31", 1),
    ("quarter", "2023-06-29", 1),
    ("quarter", "2023-12-30", 3),
    ("quarter", "2023-12-31", 4),
    ("half_year", "2023-06-29", 0),
    ("half_year", "2023-06-30", 1),
    ("half_year", "2023-12-30", 1),
    ("month", "2023-01-30", 0),
    ("month", "2023-02-28", 2),
    ("month", "2023-12-30", 11),
    ("year", "2023-12-30", 0),
    ("year", "2023-12-31", 1),
]


@pytest.mark.parametrize(("day", "last"), UNTIL)
def test_a_year_is_counted_as_far_as_it_has_come(day: str, last: str) -> None:
    found = year_until(2024, date.fromisoformat(day))
    assert (found.start, found.last_day) == (date(2024, 1, 1), date.fromisoformat(last))
    assert found.is_cut == (last != "2024-12-31")


@pytest.mark.parametrize(("every", "day", "over"), OVER)
def test_a_sub_period_is_over_after_its_last_day(every: str, day: str, over: int) -> None:
    found = sub_periods(year_until(2023, date.fromisoformat(day)), every)
    assert found == list(year_period(2023).split(every))[:over]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("until", "value", "hits", "status"),
    [
        ("2023-02-10", None, 1, "not_yet"),  # one in the first quarter, which runs
        ("2023-03-31", 2, 2, "value"),
        ("2023-05-20", 2, 2, "value"),  # nothing yet in the second, which runs
        ("2023-06-30", 1, 3, "value"),
        ("2023-09-30", 0, 3, "value"),  # the third is over, and empty
        ("2023-12-31", 0, 4, "value"),
    ],
)
def test_the_open_quarter_is_not_held_against_the_year(
    office: Office, pack: Make, until: str, value: int | None, hits: int, status: str
) -> None:
    """Q1: 2 · Q2: 1, in June · Q3: none · Q4: 1, on the last day"""
    office.write(*(meeting(day) for day in ("01-05", "03-31", "06-01", "12-31")))
    known, period = pack(figure("least_per", every='"quarter"')), year_until(2023, date.fromisoformat(until))
    result = ask(office, known, period=period)
    assert (result.value, result.hits, result.status) == (None if value is None else Decimal(value), hits, status)
    assert all(part.end <= period.end for part in result.empty_sub_periods)
    [told] = figures_as_json(compute_figures(office.id, known, period), period)
    assert (told["until"], told["value"], told["status"]) == (until, value, status)


@pytest.mark.django_db
def test_nothing_recorded_before_the_first_quarter_is_over_is_no_shortfall(office: Office, pack: Make) -> None:
    result = ask(office, pack(figure("least_per", every='"quarter"')), period=year_until(2023, date(2023, 3, 30)))
    assert (result.value, result.status) == (None, "not_yet")


@pytest.mark.django_db
def test_what_happens_after_the_day_is_not_counted(office: Office, pack: Make) -> None:
    """30 June · 1 July"""
    office.write(meeting("06-30"), meeting("07-01"))
    half = Period(date(2023, 1, 1), date(2023, 7, 1))
    assert ask(office, pack(figure("count")), period=half).value == 1
