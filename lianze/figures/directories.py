"""The directories of many organisations in as many queries as one takes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from lianze.org.directory import NOT_WITHDRAWN, Directory, Holding, holding_of
from lianze.org.models import Appointment, Person, Portfolio, Unit
from lianze.pack.definitions import Pack


def read_directories(organisation_ids: Sequence[UUID], pack: Pack) -> dict[UUID, Directory]:
    """Units, people and posts held and portfolios, by organisation. Names, which figures do not ask for, are left out."""
    units: defaultdict[UUID, dict[UUID, Unit]] = defaultdict(dict)
    for unit in Unit.objects.filter(organisation_id__in=organisation_ids):
        units[unit.organisation_id][unit.id] = unit
    people: defaultdict[UUID, dict[UUID, Person]] = defaultdict(dict)
    for person in Person.objects.filter(organisation_id__in=organisation_ids):
        people[person.organisation_id][person.id] = person
    holdings = read_holdings_of_many(organisation_ids)
    portfolios: defaultdict[UUID, list[Portfolio]] = defaultdict(list)
    charges = Portfolio.objects.filter(NOT_WITHDRAWN, organisation_id__in=organisation_ids)
    for portfolio in charges.order_by("start_on", "id"):
        portfolios[portfolio.organisation_id].append(portfolio)
    capacities = pack.vocabularies.get("capacity")
    order = tuple(choice.id for choice in capacities.choice) if capacities else ()
    return {
        organisation_id: Directory(
            organisation_id=organisation_id,
            units=units[organisation_id],
            people=people[organisation_id],
            holdings=holdings.get(organisation_id, {}),
            portfolios=tuple(portfolios[organisation_id]),
            capacity_order=order,
        )
        for organisation_id in organisation_ids
    }


def read_holdings_of_many(organisation_ids: Sequence[UUID]) -> Mapping[UUID, dict[UUID, tuple[Holding, ...]]]:
    """Posts held, by organisation and person."""
    found: defaultdict[UUID, dict[UUID, tuple[Holding, ...]]] = defaultdict(dict)
    rows = Appointment.objects.filter(NOT_WITHDRAWN, organisation_id__in=organisation_ids).select_related("post")
    for row in rows.order_by("start_on", "id"):
        known = found[row.organisation_id]
        known[row.person_id] = (*known.get(row.person_id, ()), holding_of(row))
    return found
