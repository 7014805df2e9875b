"""Entries that meet conditions of the pack, outside any figure: what a report's lists are made of."""

from uuid import UUID

from django.db import connection

from lianze.domain.periods import Period
from lianze.figures.compile import compiled_for
from lianze.figures.execute import parameters_of
from lianze.figures.measures import plan_of
from lianze.figures.trace import row_of, trace_sql
from lianze.ledger.conditions import Ground
from lianze.ledger.raw import fetch
from lianze.org.directory import Directory
from lianze.pack.definitions import Condition, Figure, Pack, PeriodRule


def matching_entries(
    register: str,
    where: tuple[Condition, ...],
    rule: PeriodRule,
    organisation_id: UUID,
    pack: Pack,
    period: Period,
    directory: Directory,
) -> list[UUID]:
    """Ids of the entries that stand and meet all of `where`, by date."""
    compiled = compiled_for(pack, connection.vendor)
    figure = Figure("", "", "", measure="count", counted_in="", register=register, where=where, period=rule)
    plan = plan_of(figure, Ground(pack, pack.registers[register], compiled.dialect), "")
    parameters = parameters_of(compiled, pack, period, [organisation_id], {organisation_id: directory})
    return [UUID(row_of(row).id) for row in fetch(trace_sql(plan, by_unit=False), parameters)]
