"""The organisation: units, people, posts and areas on a day, as a chart, with what its own rules say about them."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from lianze.ledger.filters import parse_day
from lianze.org.consistency import conflicts_in
from lianze.org.directory import Directory
from lianze.org.models import Person, Portfolio, Unit
from lianze.pack import Pack
from lianze.pack.definitions import Choice
from lianze.web.language import both
from lianze.web.organisation_pages import organise_refusal, require_reader
from lianze.web.remembered import directory_of
from lianze.web.requests import DeskRequest
from lianze.web.shown import title_among


@dataclass
class Member:
    """A person of a unit with the posts held that day."""

    person: Person
    posts: list[str]


@dataclass
class Branch:
    """A unit of the chart with its people and the units under it."""

    unit: Unit
    kind: str
    members: list[Member]
    branches: list["Branch"] = field(default_factory=list)


@dataclass(frozen=True)
class Charge:
    """An area or unit somebody is in charge of."""

    person: Person
    subject: str
    portfolio: Portfolio
    against: bool


def page(request: DeskRequest) -> HttpResponse:
    """The organisation on a day."""
    desk = request.desk
    require_reader(desk)
    day = parse_day(request.GET.get("on", "")) or desk.actor.day
    directory = directory_of(request)
    charges = charges_on(directory, desk.pack, day)
    reason = organise_refusal(desk)
    judged, unjudged = judged_areas(directory, desk.pack, day)
    context = {
        "here": "organisation",
        "day": day,
        "chart": chart_on(directory, desk.pack, day),
        "charges": charges,
        "against": [charge for charge in charges if charge.against],
        "judged": both("、", ", ").join(judged),
        "unjudged": both("、", ", ").join(unjudged),
        "has_principal": directory.has_principal(day),
        "history": history_of(directory),
        "count": len(directory.present_on(day)),
        "unposted": unposted_on(directory, day),
        "refusal": reason,
    }
    return render(request, "web/organisation.html", context)


def choices(pack: Pack, vocabulary: str) -> tuple[Choice, ...]:
    """The choices of a vocabulary; none where the pack has no such list."""
    known = pack.vocabularies.get(vocabulary)
    return known.choice if known else ()


def chart_on(directory: Directory, pack: Pack, day: date) -> list[Branch]:
    """The units of that day as a tree, the office's order kept."""
    members: dict[UUID, list[Member]] = {}
    for person in directory.present_on(day):
        held = [holding for holding in directory.holdings.get(person.id, ()) if holding.covers(day)]
        by_unit: dict[UUID, list[str]] = {person.unit_id: []} if not held else {}
        for holding in held:
            by_unit.setdefault(holding.unit_id, []).append(holding.post)
        for unit_id, posts in by_unit.items():
            members.setdefault(unit_id, []).append(Member(person, posts))
    kinds = choices(pack, "unit_kind")
    branches = {
        unit.id: Branch(unit, title_among(kinds, unit.kind), members.get(unit.id, []))
        for unit in directory.units_on(day)
    }
    roots: list[Branch] = []
    for branch in branches.values():
        above = branches.get(branch.unit.parent_id) if branch.unit.parent_id else None
        (above.branches if above else roots).append(branch)
    return roots


def unposted_on(directory: Directory, day: date) -> list[Person]:
    """Who belongs here that day without any post: of no capacity, and so in no population that goes by it."""
    return [
        person
        for person in directory.present_on(day)
        if not any(holding.covers(day) for holding in directory.holdings.get(person.id, ()))
    ]


def charges_on(directory: Directory, pack: Pack, day: date) -> list[Charge]:
    """Who is in charge of what that day; `against` where the principal is directly in charge of a listed area."""
    found = []
    kept_apart = {c.portfolio.id for c in conflicts_in(directory, pack) if c.start <= day <= (c.end or date.max)}
    for portfolio in directory.portfolios:
        if not (portfolio.start_on <= day and (portfolio.end_on is None or day <= portfolio.end_on)):
            continue
        person = directory.people[portfolio.person_id]
        unit = directory.units.get(portfolio.unit_id) if portfolio.unit_id else None
        area = title_among(choices(pack, "area"), portfolio.area)
        subject = both("、", ", ").join(text for text in (area, unit.name if unit else "") if text)
        found.append(Charge(person, subject, portfolio, portfolio.id in kept_apart))
    return found


def judged_areas(directory: Directory, pack: Pack, day: date) -> tuple[list[str], list[str]]:
    """The titles of the listed areas of which it is known that day who is in charge of them, and of the others; without a
    principal nothing can be said of any."""
    held = {one.area for one in directory.portfolios if one.start_on <= day <= (one.end_on or date.max)}
    known = held if directory.has_principal(day) else set()
    titles = {area: title_among(choices(pack, "area"), area) for area in pack.listed_areas}
    judged = [title for area, title in titles.items() if area in known]
    return judged, [title for area, title in titles.items() if area not in known]


def history_of(directory: Directory) -> list[tuple[Person, str, str, date, date | None]]:
    """Every post ever held, the latest first."""
    rows = [
        (directory.people[holding.person_id], holding.post, directory.units[holding.unit_id].name, *span)
        for holdings in directory.holdings.values()
        for holding in holdings
        for span in [(holding.start_on, holding.end_on)]
    ]
    return sorted(rows, key=lambda row: (row[3], row[0].code), reverse=True)
