"""What cannot be so about an organisation: its directory looked at as a whole, after a change as before it.

Each finding is a sentence in both languages, so that what a change brings in is what was not found before it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from lianze.org.directory import Directory, Holding
from lianze.org.models import Person, Portfolio, Unit
from lianze.pack.definitions import Pack


@dataclass(frozen=True)
class Conflict:
    """The principal directly in charge, from `start` up to and including `end`, of an area that the pack keeps apart."""

    person: Person
    portfolio: Portfolio
    start: date
    end: date | None


def faults_in(directory: Directory) -> list[str]:
    """Everything that cannot be so."""
    found = [*faults_of_units(directory)]
    for person in directory.people.values():
        found += faults_of_person(person, directory)
    for portfolio in directory.portfolios:
        found += faults_of_portfolio(portfolio, directory)
    for one, other in combinations(directory.portfolios, 2):
        if (one.person_id, one.area, one.unit_id) == (other.person_id, other.area, other.unit_id) and overlap(
            one, other
        ):
            name = directory.people[one.person_id].name
            spans = f"{span(one)}、{span(other)}"
            found.append(f"“{name}”的同一项分工时间重叠：{spans} / the same portfolio twice at a time")
    return found


def faults_of_units(directory: Directory) -> Iterator[str]:
    """Units that end before they begin, stand under themselves, or outlive the unit above them."""
    for unit in directory.units.values():
        if unit.created_on and unit.closed_on and unit.closed_on < unit.created_on:
            yield f"“{unit.name}”的撤销日期早于成立日期 / {unit.name} is closed before it is set up"
        if is_under_itself(unit, directory):
            yield f"“{unit.name}”的上级机构是它自己或它的下级 / {unit.name} stands under itself"
        above = directory.units.get(unit.parent_id) if unit.parent_id else None
        if above is not None and above.closed_on and (unit.closed_on is None or unit.closed_on > above.closed_on):
            yield (
                f"“{above.name}”{above.closed_on}撤销，它下面的“{unit.name}”还在，请先撤销或改换上级 /"
                f" {unit.name} is still there under {above.name}, which is closed"
            )


def is_under_itself(unit: Unit, directory: Directory) -> bool:
    """Whether the way up comes back to the unit."""
    seen, above = {unit.id}, unit.parent_id
    while above is not None and above in directory.units:
        if above in seen:
            return above == unit.id
        seen.add(above)
        above = directory.units[above].parent_id
    return False


def faults_of_person(person: Person, directory: Directory) -> Iterator[str]:
    """Somebody who left before coming, sits in a closed unit, or holds posts outside of their own or the unit's time."""
    if person.left_on is not None and person.left_on < person.joined_on:
        yield f"“{person.name}”的离职日期早于入职日期 / {person.name} left before joining"
    unit = directory.units.get(person.unit_id)
    if unit is not None and unit.closed_on and (person.left_on is None or person.left_on > unit.closed_on):
        yield (
            f"“{unit.name}”{unit.closed_on}撤销，“{person.name}”还在其中，请写明去向 /"
            f" {person.name} is still in {unit.name}, which is closed: say where they go"
        )
    holdings = directory.holdings.get(person.id, ())
    for holding in holdings:
        yield from faults_of_holding(holding, person, directory.units.get(holding.unit_id))
    for one, other in combinations(holdings, 2):
        if (one.post, one.unit_id) == (other.post, other.unit_id) and overlap(one, other):
            spans = f"{span(one)}、{span(other)}"
            yield f"“{person.name}”任“{one.post}”的时间重叠：{spans} / the same post twice at a time"


def faults_of_holding(holding: Holding, person: Person, unit: Unit | None) -> Iterator[str]:
    """A post held before its holder came, after they left, or in a unit that was not there."""
    for chinese, english in (*outside_presence(holding, person), *outside_life(holding, unit)):
        yield f"“{person.name}”任“{holding.post}”（{span(holding)}）：{chinese} / {person.name}, {holding.post}: {english}"


def faults_of_portfolio(portfolio: Portfolio, directory: Directory) -> Iterator[str]:
    """An area in the charge of somebody who is not there, or a unit that is not there."""
    person = directory.people[portfolio.person_id]
    unit = directory.units.get(portfolio.unit_id) if portfolio.unit_id else None
    for chinese, english in (*outside_presence(portfolio, person), *outside_life(portfolio, unit)):
        yield f"“{person.name}”的分工（{span(portfolio)}）：{chinese} / {person.name}, in charge: {english}"


def outside_presence(held: Holding | Portfolio, person: Person) -> Iterator[tuple[str, str]]:
    """Why the person was not there all that time."""
    if held.start_on < person.joined_on:
        yield f"{person.joined_on}才入职", f"joined only on {person.joined_on}"
    if person.left_on is not None and (held.end_on is None or held.end_on > person.left_on):
        yield f"{person.left_on}已离职", f"left on {person.left_on}"


def outside_life(held: Holding | Portfolio, unit: Unit | None) -> Iterator[tuple[str, str]]:
    """Why the unit was not there all that time."""
    if unit is None:
        return
    if unit.created_on is not None and held.start_on < unit.created_on:
        yield f"“{unit.name}”{unit.created_on}才成立", f"{unit.name} was set up only on {unit.created_on}"
    if unit.closed_on is not None and (held.end_on is None or held.end_on > unit.closed_on):
        yield f"“{unit.name}”{unit.closed_on}已撤销", f"{unit.name} was closed on {unit.closed_on}"


def conflicts_in(directory: Directory, pack: Pack) -> list[Conflict]:
    """Where the principal is directly in charge of what `pack.listed_areas` keeps apart, and when.

    The vocabulary of capacities runs from the highest: its first is the principal.
    """
    found = []
    for portfolio in directory.portfolios:
        if portfolio.area not in pack.listed_areas:
            continue
        for holding in directory.holdings.get(portfolio.person_id, ()):
            if (holding.capacity,) == directory.capacity_order[:1] and overlap(portfolio, holding):
                ends = [end for end in (portfolio.end_on, holding.end_on) if end is not None]
                start = max(portfolio.start_on, holding.start_on)
                person = directory.people[portfolio.person_id]
                found.append(Conflict(person, portfolio, start, min(ends, default=None)))
    return found


def shared_areas(directory: Directory) -> list[tuple[Portfolio, Portfolio]]:
    """Two people in charge of one area at one time: seldom meant."""
    named = [portfolio for portfolio in directory.portfolios if portfolio.area]
    return [
        (one, other)
        for one, other in combinations(named, 2)
        if (one.area, one.unit_id) == (other.area, other.unit_id)
        and one.person_id != other.person_id
        and overlap(one, other)
    ]


def overlap(one: Holding | Portfolio, other: Holding | Portfolio) -> bool:
    """Whether two spans share a day, both ends counted in."""
    return one.start_on <= (other.end_on or date.max) and other.start_on <= (one.end_on or date.max)


def span(held: Holding | Portfolio) -> str:
    """From–to, as people read it."""
    return f"{held.start_on}—{held.end_on or '今'}"


def brought_in(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """The findings that were not there before."""
    known = set(before)
    return [sentence for sentence in dict.fromkeys(after) if sentence not in known]
