"""Units, people, posts held and areas in charge of, as frozen shapes: what a workbook or a form says about them."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class UnitState:
    """A unit, recognised by `code`. `parent` is the code of the unit above it."""

    code: str
    name: str
    kind: str
    parent: str = ""
    order: int = 0
    created_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True)
class PersonState:
    """A person, recognised by `code`."""

    code: str
    name: str
    unit_id: UUID
    joined_on: date
    left_on: date | None = None
    party_member_since: date | None = None
    note: str = ""
    relatives: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class AppointmentState:
    """A post held, recognised by person, post (unit, name, capacity, rank) and first day."""

    person_id: UUID
    post: str
    unit_id: UUID
    capacity: str
    rank: str
    start_on: date
    end_on: date | None = None


@dataclass(frozen=True)
class PortfolioState:
    """An area or unit in charge of, recognised by person, area, unit and first day."""

    person_id: UUID
    area: str
    unit_id: UUID | None
    start_on: date
    end_on: date | None = None
    document: str = ""


@dataclass(frozen=True)
class Newcomer:
    """Somebody who joins with a first post, as a list of names says it. `unit` is a name; `place`: where it says so."""

    name: str
    unit: str
    post: str
    capacity: str
    rank: str
    joined_on: date
    party_member_since: date | None = None
    code: str = ""
    place: str = ""
