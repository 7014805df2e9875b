"""The entries behind a figure: exactly those it counts, by the same SQL."""

import json
from datetime import date
from uuid import UUID

from django.db import connection

from lianze.domain.errors import NotFound
from lianze.domain.periods import Period
from lianze.figures.compile import compiled_for, is_over_entries
from lianze.figures.directories import read_directories
from lianze.figures.execute import parameters_of
from lianze.figures.measures import Plan
from lianze.figures.results import ORGANISATION, TraceRow
from lianze.figures.roster import rows_behind
from lianze.figures.roster_conditions import meets_all
from lianze.ledger.dialect import literal
from lianze.ledger.exact import from_stored
from lianze.ledger.raw import as_uuid, fetch
from lianze.org.directory import Directory
from lianze.org.models import Unit
from lianze.pack.definitions import Figure, Pack

TRACE = """\
SELECT e.id, e.register, e.happened_on, e.title, u.name, {counted}, e.number, {adds}, {apart}
FROM entry e LEFT JOIN unit u ON u.organisation_id = e.organisation_id AND u.id = e.unit_id
WHERE e.organisation_id = %(organisation)s AND e.register = {register} AND NOT e.withdrawn
  AND ({period}) AND {behind}{unit}
ORDER BY e.happened_on, e.id"""

WHOLE = slice(None)


def trace(
    figure_id: str,
    scope: str,
    organisation_id: UUID,
    pack: Pack,
    period: Period,
    directory: Directory | None = None,
    *,
    part: slice = WHOLE,
) -> list[TraceRow]:
    """The rows behind a figure in a scope, by date; as many as its `hits`, or a part of them, which has both ends.
    NotFound for an unknown figure or unit."""
    figure = pack.figures.get(figure_id)
    if figure is None:
        raise NotFound(f"没有数据项“{figure_id}” / no such figure")
    known = directory or read_directories([organisation_id], pack)[organisation_id]
    unit = unit_of(scope, figure, known)
    one = slice(0, 1)
    if figure.measure == "items" and not trace(
        figure.looked, ORGANISATION, organisation_id, pack, period, known, part=one
    ):
        return []  # a list that the office has not used is nothing of its own
    if not is_over_entries(figure):
        return trace_roster(figure, unit, known, pack, period)[part]
    compiled = compiled_for(pack, connection.vendor)
    parameters = parameters_of(compiled, pack, period, [organisation_id], {organisation_id: known})
    if unit is not None:
        parameters["unit"] = compiled.dialect.id(unit.id)
    sql = trace_sql(compiled.plans[figure_id], unit is not None)
    if part != WHOLE:
        sql += f"\nLIMIT {part.stop - part.start:d} OFFSET {part.start:d}"
    type_of_value = compiled.plans[figure_id].type_of_value
    return [row_of(row, type_of_value) for row in fetch(sql, parameters)]


def unit_of(scope: str, figure: Figure, directory: Directory) -> Unit | None:
    """The unit a scope names, None for the organisation; NotFound, saying which there are, where the figure has no such scope."""
    if figure.by != "unit":
        if scope == ORGANISATION:
            return None
        raise NotFound(
            f"“{figure.title}”只有全单位的数，请去掉范围“{scope}” / “{figure.title_en}” is for the whole organisation; leave out the scope “{scope}”"
        )
    unit = next((u for u in directory.units.values() if scope in (f"unit:{u.code}", u.code, u.name)), None)
    if unit is None:
        known = sorted(directory.units.values(), key=lambda u: (u.order, u.code))
        names = "、".join(f"{u.name}（{u.code}）" for u in known)
        raise NotFound(
            f"“{figure.title}”按机构分别数，请指明范围：{names} / “{figure.title_en}” is counted by unit; name one as scope: {names}"
        )
    return unit


def trace_sql(plan: Plan, by_unit: bool) -> str:
    """The statement that lists what the plan's hits count."""
    return TRACE.format(
        counted=f"CASE WHEN {plan.counted} THEN 1 ELSE 0 END",
        register=literal(plan.figure.register),
        period=plan.period,
        behind=plan.behind,
        unit=" AND e.unit_id = %(unit)s" if by_unit else "",
        adds=plan.adds,
        apart=plan.apart,
    )


def row_of(row: tuple[object, ...], type_of_value: str = "") -> TraceRow:
    """One entry. `type_of_value` says how to read the value that is told apart."""
    entry_id, register, day, title, unit, counted, number, adds, apart = row
    return TraceRow(
        id=str(as_uuid(entry_id)),
        register=str(register),
        happened_on=day if isinstance(day, date) else date.fromisoformat(str(day)),
        title=str(title),
        unit=str(unit or ""),
        quantity=None if adds is None else from_stored(int(str(adds))),
        counted=counted == 1,
        number=str(number),
        values=() if apart is None else values_of(str(apart), type_of_value),
    )


def values_of(text: str, type_of_value: str) -> tuple[str, ...]:
    """The values in one cell: several choices are kept as a list, ids differ in how databases write them."""
    if type_of_value == "choices":
        found = json.loads(text)
        return tuple(str(value) for value in found) if isinstance(found, list) else ()
    if type_of_value in ("person", "unit"):
        return (str(as_uuid(text)),)
    return (text,)


def trace_roster(figure: Figure, unit: Unit | None, directory: Directory, pack: Pack, period: Period) -> list[TraceRow]:
    """The people, units, appointments or checklist items behind a figure."""
    found = []
    for row in rows_behind(figure, directory, pack, period):
        if unit is not None and row.unit_id != unit.id:
            continue
        own = directory.units.get(row.unit_id) if row.unit_id else None
        counted = figure.measure != "share" or meets_all(row, figure.where)
        name = own.name if own else ""
        values = (row.attributes[figure.of],) if figure.measure == "distinct" else ()
        found.append(
            TraceRow(row.id, row.source, row.day, row.title, name, row.amount, counted, row.number, values),
        )
    return found
