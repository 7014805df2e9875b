"""What an actor may know of at a desk: registers one by one, never by exclusion."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from lianze.domain.errors import NotFound
from lianze.ledger.actions import Desk
from lianze.org.directory import Directory
from lianze.org.models import Unit
from lianze.pack.definitions import Register
from lianze.rules import Subject, refusal


@dataclass(frozen=True)
class Names:
    """Names of units and people, by id."""

    units: Mapping[UUID, str]
    people: Mapping[UUID, str]


def open_registers(desk: Desk) -> list[Register]:
    """The registers the actor may read here, in the pack's order."""
    return list(desk.open_registers)


def find_register(desk: Desk, register_id: str) -> Register:
    """The register, or NotFound, in the same words whether it is hidden or there is none."""
    for register in open_registers(desk):
        if register.id == register_id:
            return register
    raise NotFound("没有这本台账 / no such register")


def record_refusal(desk: Desk, register: Register) -> str | None:
    """Why the actor may not record in the register at all, not even for the own section; None when it may."""
    actor = desk.actor
    places = [None, *sorted(actor.unit_ids), *sorted({u for grant in actor.grants for u in grant.unit_ids})]
    reason: str | None = None
    for unit_id in places:
        subject = Subject(desk.organisation.path, register.id, unit_id, actor.person_id, desk.author.account_id)
        reason = refusal("record", actor, subject, desk.pack)
        if reason is None:
            return None
    return reason


def read_units(desk: Desk) -> list[Unit]:
    """The organisation's units in its own order."""
    return list(Unit.objects.filter(organisation_id=desk.organisation.id).order_by("order", "code"))


def units_in(directory: Directory) -> list[Unit]:
    """The organisation's units in its own order."""
    return sorted(directory.units.values(), key=lambda unit: (unit.order, unit.code))


def names_in(directory: Directory) -> Names:
    """Names of everybody, namesakes told apart, and of every unit of the organisation."""
    units = {unit.id: unit.name for unit in directory.units.values()}
    return Names(units, {person_id: directory.called(person_id) for person_id in directory.people})
