"""What figures count, kept month by month, so that after a write only the months written to are counted again.

The months of a query add up to exactly what the query counts at once: numbers are added, and where different values are
counted the values themselves are kept. A month is that of the day an entry happened on, whatever the period rule.
"""

import json
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from lianze.figures.compile import Query
from lianze.figures.execute import Rows
from lianze.ledger.dialect import Parameter
from lianze.ledger.raw import as_number, as_uuid, fetch
from lianze.ledger.touched import Touched

EVER = (date.min, date.max)
# What a cell has in one month: a number, or the different values themselves.
Amount = int | frozenset[object]
# One query's cells by unit and month (2023-05), and those of several queries.
Months = dict[tuple[UUID | None, str], tuple[Amount, ...]]
Monthly = tuple[Months, ...]


def count_months(
    queries: Sequence[Query],
    parameters: Mapping[str, Parameter],
    kept: Monthly | None = None,
    touched: Touched = frozenset(),
) -> Monthly:
    """What the queries count: everything, or of what was kept only the months in which a register was touched since."""
    if kept is None:
        return tuple(read_months(query, parameters, EVER) for query in queries)
    found = []
    for query, months in zip(queries, kept, strict=True):
        stale = {month_of(day) for register, day in touched if register == query.register}
        fresh = {key: cells for key, cells in months.items() if key[1] not in stale}
        for month in stale:
            fresh |= read_months(query, parameters, days_of(month))
        found.append(fresh)
    return tuple(found)


def month_of(day: date) -> str:
    """The month as the database spells it."""
    return day.isoformat()[:7]


def days_of(month: str) -> tuple[date, date]:
    """The month's first and last day."""
    first = date.fromisoformat(f"{month}-01")
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def read_months(query: Query, parameters: Mapping[str, Parameter], days: tuple[date, date]) -> Months:
    """The query's cells by unit and month, of entries that happened from the first to the last of the days."""
    rows = fetch(query.monthly, {**parameters, "first_day": days[0], "last_of_days": days[1]})
    return {
        (None if unit is None else as_uuid(unit), str(month)): tuple(
            values_of(value) if cell.different else as_number(value)
            for cell, value in zip(query.cells, cells, strict=True)
        )
        for unit, month, *cells in rows
    }


def values_of(stored: object) -> frozenset[object]:
    """Different values as the database gathered them; SQLite does so in JSON."""
    values = json.loads(stored) if isinstance(stored, str) else stored
    return frozenset(values if isinstance(values, list) else ()) - {None}


def rows_of(monthly: Monthly, organisation_id: UUID) -> list[Rows]:
    """What each query counts in all months together, as `lianze.figures.execute.read_counts` reads it at once."""
    return [rows_in(months, organisation_id) for months in monthly]


def rows_in(months: Months, organisation_id: UUID) -> Rows:
    """One query's months added up."""
    by_unit: dict[UUID | None, list[tuple[Amount, ...]]] = {}
    for (unit, _), cells in months.items():
        by_unit.setdefault(unit, []).append(cells)
    return {
        (organisation_id, unit): tuple(added(amounts) for amounts in zip(*lines, strict=True))
        for unit, lines in by_unit.items()
    }


def added(amounts: Iterable[Amount]) -> int:
    """One cell's months together."""
    numbers, different = 0, frozenset[object]()
    for amount in amounts:
        if isinstance(amount, int):
            numbers += amount
        else:
            different |= amount
    return numbers or len(different)
