"""Figures and traces as JSON, for the command line, the API and packages."""

from collections.abc import Iterable
from decimal import Decimal

from lianze.domain.periods import Period
from lianze.figures.results import FigureResult, TraceRow
from lianze.ledger.exact import plain

JsonCell = str | int | float | bool | None | list[str]


def number(value: Decimal | None) -> int | float | None:
    """A JSON number: whole where the value is."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def shown(result: FigureResult) -> Decimal | None:
    """The value in the unit it is counted in: shares, which are 0–1 inside, in per cent; rounded as the figure asks."""
    if result.value is None:
        return None
    value = result.value * 100 if result.is_share else result.value
    return plain(round(value, result.places)) if result.is_share or result.places else value


def numeral(result: FigureResult) -> str:
    """The value as people write it, without trailing zeros; "" where there is none."""
    value = shown(result)
    return "" if value is None else format(plain(value), "f")


def figures_as_json(results: Iterable[FigureResult], period: Period) -> list[dict[str, JsonCell]]:
    """One object per figure and scope. `until` is the last day counted, of a year that is not over an earlier one than its
    own; `empty_sub_periods` are first days."""
    return [
        {
            "figure": result.figure,
            "scope": result.scope,
            "value": number(shown(result)),
            "counted_in": result.counted_in,
            "title": result.title,
            "until": period.last_day.isoformat(),
            "hits": result.hits,
            "population": result.population,
            "status": result.status,
            "numerator": number(result.numerator),
            "denominator": number(result.denominator),
            "empty_sub_periods": [period.start.isoformat() for period in result.empty_sub_periods],
        }
        for result in results
    ]


def trace_as_json(rows: Iterable[TraceRow]) -> list[dict[str, JsonCell]]:
    """One object per entry, with what it adds."""
    return [
        {
            "id": row.id,
            "number": row.number,
            "register": row.register,
            "happened_on": row.happened_on.isoformat() if row.happened_on else None,
            "title": row.title,
            "unit": row.unit,
            "quantity": number(row.quantity),
            "values": list(row.values),
            "counted": row.counted,
        }
        for row in rows
    ]
