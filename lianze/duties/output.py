"""Standings as JSON, for the command line and the API."""

from collections.abc import Iterable
from datetime import date

from lianze.duties.compute import Cell, Standing

JsonCell = str | int | bool | None | list[str]
JsonPeriod = dict[str, JsonCell]


def duties_as_json(standings: Iterable[Standing], day: date) -> list[dict[str, JsonCell | list[JsonPeriod]]]:
    """One object a duty and bearer, with its periods. `end` is the last day; `days_left` only while it is due."""
    return [
        {
            "duty": standing.duty.id,
            "title": standing.duty.title,
            "source": standing.duty.source,
            "mark": standing.duty.mark,
            "every": standing.duty.every,
            "at_least": standing.duty.at_least,
            "register": standing.duty.register,
            "bearer": row.bearer.kind,
            "code": row.bearer.code,
            "name": row.bearer.name,
            "periods": [period_as_json(cell, day) for cell in row.cells],
        }
        for standing in standings
        for row in standing.rows
    ]


def period_as_json(cell: Cell, day: date) -> JsonPeriod:
    """One period of one bearer."""
    return {
        "start": cell.span.period.start.isoformat(),
        "end": cell.span.period.last_day.isoformat(),
        "due_on": cell.span.due_on.isoformat(),
        "holidays": list(cell.span.holidays),
        "state": cell.state,
        "done": cell.hits,
        "required": cell.required,
        "is_late": cell.is_late,
        "days_left": max(0, (cell.span.due_on - day).days) if cell.state == "due" else None,
    }
