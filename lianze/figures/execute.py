"""Executes compiled queries: parameters in, rows out."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from lianze.domain.periods import Period
from lianze.figures.compile import Compiled, Query
from lianze.figures.periods import period_parameters
from lianze.ledger.dialect import Parameter
from lianze.ledger.raw import as_numbers, as_uuid, fetch
from lianze.org.directory import Directory
from lianze.pack.definitions import Pack

# By organisation and unit (None: the whole organisation), the cells of one query.
Rows = dict[tuple[UUID, UUID | None], tuple[int, ...]]


def parameters_of(
    compiled: Compiled,
    pack: Pack,
    period: Period,
    organisation_ids: Sequence[UUID],
    directories: Mapping[UUID, Directory],
) -> dict[str, Parameter]:
    """Everything that the queries name: organisations, dates, and who belongs to which population."""
    values: dict[str, Parameter] = dict(period_parameters(period))
    values["organisations"] = compiled.dialect.ids(organisation_ids)
    if len(organisation_ids) == 1:
        values["organisation"] = compiled.dialect.id(organisation_ids[0])
    for name, parameter in compiled.populations.items():
        population = pack.populations[name]
        people = (person for d in directories.values() for person in d.population(population, period.last_day))
        values[parameter] = compiled.dialect.ids(person.id for person in people)
    return values


def read_counts(compiled: Compiled, parameters: Mapping[str, Parameter]) -> list[Rows]:
    """The rows of each query, in the order of `compiled.queries`."""
    return [read_query(query, parameters) for query in compiled.queries]


def read_query(query: Query, parameters: Mapping[str, Parameter]) -> Rows:
    """One query's cells by organisation and unit."""
    rows = fetch(query.one if "organisation" in parameters else query.many, parameters)
    return {(as_uuid(row[0]), None if row[1] is None else as_uuid(row[1])): as_numbers(row[2:]) for row in rows}
