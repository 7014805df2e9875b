"""Period rules as SQL, and the parameters that carry a period into a compiled query."""

from datetime import date
from itertools import pairwise

from lianze.domain.periods import MONTHS_IN, Period
from lianze.ledger.dialect import literal
from lianze.pack.definitions import Figure

MOST_SUB_PERIODS = {every: 12 // months for every, months in MONTHS_IN.items()}
IN_PERIOD = "{0} >= %(start)s AND {0} < %(end)s"


def period_sql(figure: Figure) -> str:
    """Whether an entry falls under the figure's period rule."""
    if figure.period == "done":
        return IN_PERIOD.format("e.done_on")
    if figure.period == "as_of":
        return "e.happened_on < %(end)s AND (e.ended_on IS NULL OR e.ended_on >= %(last_day)s)"
    if figure.period == "since":
        return f"e.happened_on >= {literal(figure.since)} AND e.happened_on < %(end)s"
    if figure.period == "any":
        return "e.happened_on < %(end)s"
    return IN_PERIOD.format("e.happened_on")


def sub_period_sql(figure: Figure) -> list[str]:
    """Whether an entry falls into each of the sub-periods there may be at most."""
    day = "e.done_on" if figure.period == "done" else "e.happened_on"
    marks = [f"{figure.every}_{i}" for i in range(MOST_SUB_PERIODS[figure.every] + 1)]
    return [f"{day} >= %({a})s AND {day} < %({b})s" for a, b in pairwise(marks)]


def sub_periods(period: Period, every: str) -> list[Period]:
    """The sub-periods that lie wholly within `period`; none when not one of them is over by its end."""
    return [part for part in period.split(every) if period.start <= part.start < part.end <= period.end]


def period_parameters(period: Period) -> dict[str, date]:
    """Every date that compiled queries name. Sub-periods that the period does not have are empty ones at its end."""
    values = {"start": period.start, "end": period.end, "last_day": period.last_day}
    for every, most in MOST_SUB_PERIODS.items():
        parts = sub_periods(period, every)
        bounds = [parts[0].start if parts else period.end, *(part.end for part in parts)]
        bounds += [bounds[-1]] * (most + 1 - len(bounds))
        values.update({f"{every}_{i}": bound for i, bound in enumerate(bounds)})
    return values
