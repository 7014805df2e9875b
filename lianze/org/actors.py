"""Accounts as the rules see them."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Field, JSONField, Subquery, UUIDField

from lianze.org.models import Account, Grant, Organisation, Person, Unit
from lianze.rules import Actor, HeldGrant

# Stands for whoever works at the machine itself, without an account.
LOCAL = UUID(int=0)

# What is read of a person; a key's own type is lost in a subquery.
PERSON: dict[str, "Field[Any, Any]"] = {"id": UUIDField(), "unit_id": UUIDField(), "relatives": JSONField()}


def read_actor(account: Account, organisation: Organisation, day: date) -> Actor:
    """The account with all its grants, as it stands that day in `organisation` (its own: `account.organisation_id`).

    Asked for every page: who uses the account is read along with its grants, in one query. One more where a role is
    limited to a unit.
    """
    own = Person.objects.none()
    if account.organisation_id is not None and account.person_id is not None:
        own = Person.objects.filter(organisation_id=account.organisation_id, id=account.person_id)
    names = ("role", "organisation_id", "organisation__path", "unit_id", "start_on", "end_on")
    person = (Subquery(own.values(name), output_field=kind) for name, kind in PERSON.items())
    rows = list(Grant.objects.filter(account_id=account.id).values_list(*names, *person))  # every organisation's
    children = read_children({found for _, found, _, unit, *_ in rows if unit})
    grants = [
        HeldGrant(role, path, start, day_after(end), units_among(children, unit))
        for role, _, path, unit, start, end, *_ in rows
    ]
    person_id, unit_id, relatives = rows[0][-3:] if rows else own.values_list(*PERSON).first() or (None, None, None)
    here = account.organisation_id == organisation.id
    return Actor(
        account_id=account.id,
        organisation_path=organisation.path,
        day=day,
        person_id=person_id,
        unit_ids=frozenset([unit_id]) if unit_id and here else frozenset(),
        grants=tuple(grants),
        relatives=frozenset(UUID(str(found)) for found in relatives or ()),
    )


def held(grants: Iterable[Grant]) -> list[HeldGrant]:
    """Grant rows as the rules see them."""
    rows = list(grants)
    children = read_children({grant.organisation_id for grant in rows if grant.unit_id})
    return [
        HeldGrant(g.role, g.organisation.path, g.start_on, day_after(g.end_on), units_among(children, g.unit_id))
        for g in rows
    ]


def day_after(last: date | None) -> date | None:
    """The last day is included, so the half-open span of the rules ends the day after."""
    return last + timedelta(days=1) if last is not None else None


def read_children(organisation_ids: Iterable[UUID]) -> dict[UUID | None, list[UUID]]:
    """The units under each unit of those organisations."""
    children: dict[UUID | None, list[UUID]] = {}
    if wanted := list(organisation_ids):
        for found, parent in Unit.objects.filter(organisation_id__in=wanted).values_list("id", "parent_id"):
            children.setdefault(parent, []).append(found)
    return children


def units_among(children: dict[UUID | None, list[UUID]], unit_id: UUID | None) -> frozenset[UUID]:
    """The unit and all units below it; none for no unit."""
    found: set[UUID] = set()
    queue = [unit_id] if unit_id else []
    while queue:
        current = queue.pop()
        found.add(current)
        queue.extend(child for child in children.get(current, []) if child not in found)
    return frozenset(found)


def units_under(organisation_id: UUID, unit_id: UUID) -> frozenset[UUID]:
    """The unit and all units below it."""
    return units_among(read_children([organisation_id]), unit_id)


def local_actor(organisation: Organisation, day: date, role: str = "operator") -> Actor:
    """The person at the machine itself, who holds the database file and so can hold no less than `role` there."""
    return Actor(
        account_id=LOCAL,
        organisation_path=organisation.path,
        day=day,
        grants=(HeldGrant(role, organisation.path, date.min),),
    )
