"""Entries as lines of a list: the few columns that a line shows, not the objects that the ORM would make of whole rows."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from lianze.ledger.models import Entry


class Brief(NamedTuple):
    """An entry as far as a line of a list needs it."""

    id: UUID
    register: str
    kind: str
    title: str
    happened_on: date
    due_on: date | None
    unit_id: UUID | None
    owner_id: UUID | None


def read_briefs(rows: QuerySet[Entry], most: int | None = None) -> list[Brief]:
    """The rows in their order, at most so many."""
    return [Brief._make(row) for row in rows.values_list(*Brief._fields)[:most]]
