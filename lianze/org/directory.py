"""Who is who on which day: one read of an organisation's people and units, then answers from memory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import F, Q

from lianze.org.models import Appointment, Person, Portfolio, Unit
from lianze.pack.definitions import Pack, Population

# An appointment or portfolio recorded by mistake is kept with a last day before its first: it holds on no day.
NOT_WITHDRAWN = Q(end_on__isnull=True) | Q(end_on__gte=F("start_on"))


@dataclass(frozen=True)
class Holding:
    """A post held from `start_on` up to and including `end_on` (None: still). `id` is the appointment's."""

    person_id: UUID
    post: str
    unit_id: UUID
    capacity: str
    rank: str
    start_on: date
    end_on: date | None
    id: UUID | None = None

    def covers(self, day: date) -> bool:
        return self.start_on <= day and (self.end_on is None or day <= self.end_on)


@dataclass(frozen=True)
class Directory:
    """Units, people, posts held and areas in charge of, of one organisation."""

    organisation_id: UUID
    units: dict[UUID, Unit]
    people: dict[UUID, Person]
    holdings: dict[UUID, tuple[Holding, ...]]
    portfolios: tuple[Portfolio, ...]
    capacity_order: tuple[str, ...]
    names: dict[str, list[UUID]] = field(default_factory=dict)

    def capacity_on(self, person_id: UUID, day: date) -> str:
        """The highest capacity held that day, by the order of the pack's vocabulary; "" for none."""
        held = {h.capacity for h in self.holdings.get(person_id, ()) if h.covers(day)}
        return next((capacity for capacity in self.capacity_order if capacity in held), "")

    def has_principal(self, day: date) -> bool:
        """Whether anybody holds the highest capacity that day."""
        highest = self.capacity_order[:1]
        return any((h.capacity,) == highest and h.covers(day) for held in self.holdings.values() for h in held)

    def rank_on(self, person_id: UUID, day: date) -> str:
        """The rank of the post that gives the highest capacity that day; "" for none."""
        capacity = self.capacity_on(person_id, day)
        held = (h for h in self.holdings.get(person_id, ()) if h.covers(day) and h.capacity == capacity)
        return next((h.rank for h in held if h.rank), "")

    def present_on(self, day: date) -> list[Person]:
        """Everybody who belongs to the organisation that day, by code."""
        here = (p for p in self.people.values() if p.joined_on <= day and (p.left_on is None or day <= p.left_on))
        return sorted(here, key=lambda person: person.code)

    def population(self, population: Population, day: date) -> list[Person]:
        """The people of `population` that day."""
        return [person for person in self.present_on(day) if self._belongs(person, population, day)]

    def _belongs(self, person: Person, population: Population, day: date) -> bool:
        if population.capacity and self.capacity_on(person.id, day) not in population.capacity:
            return False
        if population.party_member is not None:
            since = person.party_member_since
            if (since is not None and since <= day) != population.party_member:
                return False
        unit = self.units.get(person.unit_id)
        return not population.unit_kind or (unit is not None and unit.kind == population.unit_kind)

    def units_on(self, day: date, kinds: Sequence[str] = ()) -> list[Unit]:
        """Units that exist that day, in the office's order."""
        here = (
            u
            for u in self.units.values()
            if (u.created_on is None or u.created_on <= day) and (u.closed_on is None or day <= u.closed_on)
        )
        return sorted((u for u in here if not kinds or u.kind in kinds), key=lambda unit: (unit.order, unit.code))

    def people_named(self, name: str) -> list[UUID]:
        """Everybody of that name or code."""
        return self.names.get(name, [])

    @cached_property
    def _namesakes(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = {}
        for person in self.people.values():
            found.setdefault(person.name, []).append(person)
        return found

    def called(self, person_id: UUID | None) -> str:
        """The name as people read it: with the unit where two share it, and the code too where even that does not tell them
        apart. "" for nobody."""
        person = self.people.get(person_id) if person_id else None
        if person is None:
            return ""
        others = [one for one in self._namesakes[person.name] if one.id != person.id]
        if not others:
            return person.name
        unit = self.units.get(person.unit_id)
        is_told = unit is not None and all(one.unit_id != person.unit_id for one in others)
        about = [unit.name] if unit else []
        return f"{person.name}（{' '.join(about if is_told else [*about, person.code])}）"

    def unit_named(self, name: str) -> UUID | None:
        """The unit of that name or code."""
        return next((u.id for u in self.units.values() if name in (u.name, u.code)), None)


def read_directory(organisation_id: UUID, pack: Pack) -> Directory:
    """The organisation's whole directory, in four queries."""
    units = {unit.id: unit for unit in Unit.objects.filter(organisation_id=organisation_id)}
    people = {person.id: person for person in Person.objects.filter(organisation_id=organisation_id)}
    names: dict[str, list[UUID]] = {}
    for person in people.values():
        for name in {person.name, person.code}:
            names.setdefault(name, []).append(person.id)
    capacities = pack.vocabularies.get("capacity")
    return Directory(
        organisation_id=organisation_id,
        units=units,
        people=people,
        holdings=read_holdings(organisation_id),
        portfolios=tuple(
            Portfolio.objects.filter(NOT_WITHDRAWN, organisation_id=organisation_id).order_by("start_on", "id")
        ),
        capacity_order=tuple(choice.id for choice in capacities.choice) if capacities else (),
        names=names,
    )


def read_holdings(organisation_id: UUID) -> dict[UUID, tuple[Holding, ...]]:
    """Posts held, by person."""
    rows: Iterable[Appointment] = (
        Appointment.objects.filter(NOT_WITHDRAWN, organisation_id=organisation_id)
        .select_related("post")
        .order_by("start_on", "id")
    )
    held: dict[UUID, list[Holding]] = {}
    for row in rows:
        held.setdefault(row.person_id, []).append(holding_of(row))
    return {person_id: tuple(holdings) for person_id, holdings in held.items()}


def holding_of(row: Appointment) -> Holding:
    """An appointment with its post."""
    post = row.post
    return Holding(row.person_id, post.name, post.unit_id, post.capacity, post.rank, row.start_on, row.end_on, row.id)
