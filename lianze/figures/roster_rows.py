"""One person, unit, post held, area in charge of or checklist item as a row that figures count."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from lianze.domain.periods import Period
from lianze.org.directory import Directory, Holding
from lianze.org.models import Person
from lianze.pack.definitions import Figure, Pack


@dataclass(frozen=True)
class Row:
    """Somebody or something that a figure counts. `attributes` are what conditions may ask about.

    `amount` is what the row adds to a norm, `number` the code of the person or unit.
    """

    id: str
    source: str
    day: date | None
    title: str
    unit_id: UUID | None
    attributes: dict[str, str]
    amount: Decimal | None = None
    number: str = ""


def portfolio_rows(directory: Directory, pack: Pack, day: date) -> Iterator[Row]:
    """Areas in somebody's charge that day; `listed` says whether the principal may not hold them directly, `principal`
    whether there is a principal that day."""
    has_principal = "true" if directory.has_principal(day) else "false"
    for held in directory.portfolios:
        if not held.area or held.start_on > day or (held.end_on is not None and held.end_on < day):
            continue
        unit, person = directory.units.get(held.unit_id) if held.unit_id else None, directory.people[held.person_id]
        attributes = {
            "area": held.area,
            "listed": "true" if held.area in pack.listed_areas else "false",
            "capacity": directory.capacity_on(person.id, day),
            "principal": has_principal,
            "unit": unit.code if unit else "",
        }
        areas = pack.vocabularies.get("area")
        titles = {choice.id: choice.title for choice in areas.choice} if areas else {}
        title = f"{directory.called(person.id)} {titles.get(held.area, held.area)}"
        yield Row(str(held.id), "portfolios", held.start_on, title, held.unit_id, attributes, None, person.code)


def person_row(person: Person, directory: Directory, day: date) -> Row:
    """A person as of a day."""
    unit = directory.units.get(person.unit_id)
    since = person.party_member_since
    attributes = {
        "capacity": directory.capacity_on(person.id, day),
        "rank": directory.rank_on(person.id, day),
        "party_member": "true" if since is not None and since <= day else "false",
        "unit": unit.code if unit else "",
        "unit_kind": unit.kind if unit else "",
    }
    return Row(
        str(person.id),
        "people",
        person.joined_on,
        directory.called(person.id),
        person.unit_id,
        attributes,
        None,
        person.code,
    )


def holding_row(holding: Holding, number: int, directory: Directory) -> Row:
    """A post held; its id is the person's with a number, since the directory keeps none."""
    unit, person = directory.units.get(holding.unit_id), directory.people.get(holding.person_id)
    attributes = {
        "capacity": holding.capacity,
        "rank": holding.rank,
        "post": holding.post,
        "unit": unit.code if unit else "",
        "unit_kind": unit.kind if unit else "",
    }
    title = f"{directory.called(holding.person_id)} {holding.post}".strip()
    identity = f"{holding.person_id}#{number}"
    code = person.code if person else ""
    return Row(identity, "appointments", holding.start_on, title, holding.unit_id, attributes, None, code)


def is_in_period(holding: Holding, figure: Figure, period: Period) -> bool:
    """The period rule: began in it (happened), ended in it (done), held on its last day (as_of), begun by then."""
    if figure.period == "happened":
        return holding.start_on in period
    if figure.period == "done":
        return holding.end_on is not None and holding.end_on in period
    if figure.period == "as_of":
        return holding.covers(period.last_day)
    first = date.fromisoformat(figure.since) if figure.period == "since" else date.min
    return first <= holding.start_on < period.end


def checklist_rows(figure: Figure, pack: Pack) -> Iterator[Row]:
    """The items of a checklist, or its aspects (`id#aspects`)."""
    name, _, part = figure.of.partition("#")
    checklist = pack.checklists.get(name)
    aspects = checklist.aspect if checklist else ()
    titles = [aspect.title for aspect in aspects] if part == "aspects" else [i for a in aspects for i in a.items]
    for i, title in enumerate(titles, 1):
        yield Row(f"{figure.of}/{i}", "checklists", None, title, None, {})
