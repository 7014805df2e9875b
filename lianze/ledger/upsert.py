"""Adds or changes rows about the organisation, each with its revision. Private to `write_org`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Max

from lianze.ledger.log import Change, append_revisions
from lianze.ledger.models import Revision
from lianze.ledger.states import Author
from lianze.org.keys import new_id
from lianze.org.models import Record
from lianze.tlog import JsonValue

ADDED_LATER = ("closed_at",)
Row = TypeVar("Row", bound=Record)
# The columns that a row must have; of two rows with the same natural key the later one counts.
Wanted = Mapping[str, object]


@dataclass(frozen=True)
class Tally:
    """How many rows were added, changed, and left as they were."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.added + other.added, self.changed + other.changed, self.unchanged + other.unchanged)


@dataclass(frozen=True)
class Pen:
    """In which organisation, by whom, why and when rows are written."""

    organisation_id: UUID
    author: Author
    why: str
    now: datetime


def upsert(
    pen: Pen, subject: str, model: type[Row], key: Sequence[str], wanted: Sequence[Wanted]
) -> tuple[Tally, dict[tuple[object, ...], Row]]:
    """Makes the organisation's rows of `model` what `wanted` says, recognised by the columns of `key`.

    Returns the tally and every row of the organisation by key. Must run in a transaction.
    """
    rows = {key_of(row, key): row for row in model._default_manager.filter(organisation_id=pen.organisation_id)}
    added: dict[tuple[object, ...], Row] = {}
    changed: dict[tuple[object, ...], Row] = {}
    latest = {tuple(columns[name] for name in key): columns for columns in wanted}
    for place, columns in latest.items():
        row = rows.get(place)
        if row is None:
            rows[place] = added[place] = model(id=new_id(), organisation_id=pen.organisation_id, **columns)
        elif any(getattr(row, name) != value for name, value in columns.items()):
            for name, value in columns.items():
                setattr(row, name, value)
            changed[place] = row
    model._default_manager.bulk_create(added.values(), batch_size=500)
    if changed:
        names = sorted({name.removesuffix("_id") for columns in wanted for name in columns} - set(key))
        own = model._default_manager.filter(organisation_id=pen.organisation_id)
        own.bulk_update(changed.values(), names, batch_size=500)
    write_revisions(pen, subject, list(added.values()), list(changed.values()))
    return Tally(len(added), len(changed), len(latest) - len(added) - len(changed)), rows


def key_of(row: models.Model, key: Sequence[str]) -> tuple[object, ...]:
    """The row's natural key."""
    return tuple(getattr(row, name) for name in key)


def write_revisions(pen: Pen, subject: str, added: Sequence[Record], changed: Sequence[Record]) -> None:
    """A revision for each row."""
    if not added and not changed:
        return
    numbers = read_numbers(pen.organisation_id, [row.id for row in changed])
    changes = [Change(subject, row.id, 1, "create", row_json(row)) for row in added]
    changes += [Change(subject, row.id, numbers[row.id] + 1, "amend", row_json(row)) for row in changed]
    append_revisions(pen.organisation_id, changes, pen.author, pen.why, pen.now)


def read_numbers(organisation_id: UUID, ids: Sequence[UUID]) -> dict[UUID, int]:
    """The latest revision number of each row."""
    rows = Revision.objects.filter(organisation_id=organisation_id, subject_id__in=ids)
    return dict(rows.values_list("subject_id").annotate(latest=Max("number")).order_by())


def row_json(row: models.Model) -> dict[str, JsonValue]:
    """Every column of a row but its own and its organisation's id, as JSON; columns added later only once they say
    something, so that the leaves from before them stay true."""
    names = (field.attname for field in row._meta.concrete_fields)
    found = {name: json_of_column(getattr(row, name)) for name in names if name not in ("id", "organisation_id")}
    return {name: value for name, value in found.items() if value is not None or name not in ADDED_LATER}


def json_of_column(value: object) -> JsonValue:
    """One column's value as JSON: days and times as ISO text, ids as text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list):
        return [json_of_column(one) for one in value]
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
