"""Figures that the directory and the pack answer: about people, units, appointments, norms and checklists."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from lianze.domain.periods import Period
from lianze.figures.results import Reading
from lianze.figures.roster_conditions import meets_all
from lianze.figures.roster_rows import Row, checklist_rows, holding_row, is_in_period, person_row, portfolio_rows
from lianze.org.directory import Directory
from lianze.org.models import Person
from lianze.pack.definitions import Figure, Norm, Pack


def rows_behind(figure: Figure, directory: Directory, pack: Pack, period: Period) -> list[Row]:
    """Exactly the rows that stand behind a figure of the organisation, in the directory's order.

    Of a share these are its base.
    """
    if figure.measure == "items":
        return list(checklist_rows(figure, pack))
    if figure.measure == "norm":
        norm = pack.norms.get(figure.of)
        return list(norm_rows(norm, figure, directory, pack, period)) if norm else []
    conditions = figure.base if figure.measure == "share" else figure.where
    rows = [row for row in source_rows(figure, directory, pack, period) if meets_all(row, conditions)]
    return [row for row in rows if row.attributes.get(figure.of)] if figure.measure == "distinct" else rows


def read_rows(figure: Figure, rows: list[Row], population: int | None) -> Reading:
    """The value that some rows add up to."""
    hits = Decimal(len(rows))
    if figure.measure == "share":
        met = Decimal(sum(meets_all(row, figure.where) for row in rows))
        return Reading(len(rows), met / hits if rows else Decimal(0), population, met, hits)
    if figure.measure == "norm":
        return Reading(len(rows), sum((row.amount or Decimal(0) for row in rows), Decimal(0)), population)
    if figure.measure == "distinct":
        return Reading(len(rows), Decimal(len({row.attributes[figure.of] for row in rows})), population)
    return Reading(len(rows), hits, population)


def source_rows(figure: Figure, directory: Directory, pack: Pack, period: Period) -> Iterator[Row]:
    """Everything of the figure's source: people and units of the last day, appointments by the period rule."""
    day = period.last_day
    people = people_of(figure, directory, pack, day)
    if figure.source == "people":
        for person in people:
            yield person_row(person, directory, day)
    elif figure.source == "units":
        for unit in directory.units_on(day):
            attributes = {"kind": unit.kind, "code": unit.code, "name": unit.name}
            yield Row(str(unit.id), "units", unit.created_on, unit.name, unit.id, attributes, None, unit.code)
    elif figure.source == "portfolios":
        yield from portfolio_rows(directory, pack, day)
    elif figure.source == "appointments":
        held = (holding for person in people for holding in directory.holdings.get(person.id, ()))
        for i, holding in enumerate(held):
            if is_in_period(holding, figure, period):
                yield holding_row(holding, i, directory)


def people_of(figure: Figure, directory: Directory, pack: Pack, day: date) -> list[Person]:
    """The figure's population, everybody where it names none."""
    population = pack.populations.get(figure.population)
    if population is not None:
        return directory.population(population, day)
    if figure.source == "appointments":
        return sorted(directory.people.values(), key=lambda person: person.code)
    return directory.present_on(day)


def norm_rows(norm: Norm, figure: Figure, directory: Directory, pack: Pack, period: Period) -> Iterator[Row]:
    """The people of the population that the norm says something about: by rank, else by capacity."""
    day = period.last_day
    if not norm.enabled or not norm.valid_from <= day.isoformat() <= (norm.valid_until or "9999"):
        return
    limits = {value.key: value.value for value in norm.value}
    for person in people_of(figure, directory, pack, day):
        row = person_row(person, directory, day)
        amount = limits.get(row.attributes["rank"], limits.get(row.attributes["capacity"]))
        if amount is not None and meets_all(row, figure.where):
            yield replace(row, amount=amount)
