"""Who owes a duty on a day: the organisation, units, or people."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from lianze.org.directory import Directory
from lianze.org.models import Person, Unit
from lianze.pack.definitions import Duty, Pack

BearerKind = Literal["organisation", "unit", "person"]


@dataclass(frozen=True)
class Bearer:
    """Whoever owes something. `id` is None and `code` and `name` are empty for the organisation itself.

    `unit_id` is the unit itself, or the one a person belongs to.
    """

    kind: BearerKind
    id: UUID | None = None
    code: str = ""
    name: str = ""
    unit_id: UUID | None = None


ORGANISATION = Bearer("organisation")


def bearer_kind(duty: Duty, pack: Pack) -> BearerKind:
    """What kind of bearer owes the duty."""
    if duty.who in pack.populations:
        return "person"
    return "organisation" if duty.who == "organisation" else "unit"


def bearers_on(duty: Duty, directory: Directory, pack: Pack, day: date) -> list[Bearer]:
    """Everybody who owes the duty that day, in the directory's order."""
    kind = bearer_kind(duty, pack)
    if kind == "organisation":
        return [ORGANISATION]
    if kind == "person":
        return [of_person(person, directory) for person in directory.population(pack.populations[duty.who], day)]
    return [of_unit(unit) for unit in directory.units_on(day, () if duty.who == "unit" else (duty.who,))]


def of_person(person: Person, directory: Directory) -> Bearer:
    """A person as bearer."""
    return Bearer("person", person.id, person.code, directory.called(person.id), person.unit_id)


def of_unit(unit: Unit) -> Bearer:
    """A unit as bearer."""
    return Bearer("unit", unit.id, unit.code, unit.name, unit.id)
