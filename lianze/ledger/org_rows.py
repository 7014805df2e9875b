"""Writes single rows about the organisation, found by id, each with its revision: what pages do one change at a time.

`write_org` writes whole sheets, whose rows are recognised by what they say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from lianze.domain.errors import Refused
from lianze.ledger.log import Change, append_revisions
from lianze.ledger.upsert import Pen, json_of_column, read_numbers, row_json
from lianze.org.models import Appointment, Person, Portfolio, Post, Record, Unit
from lianze.tlog import JsonValue

MODELS: Mapping[str, type[Record]] = {
    "unit": Unit,
    "person": Person,
    "post": Post,
    "appointment": Appointment,
    "portfolio": Portfolio,
}


@dataclass(frozen=True)
class RowChange:
    """A row's columns before (None: the row is new) and after, as the table keeps them."""

    subject: str
    id: UUID
    before: Mapping[str, object] | None
    after: Mapping[str, object]
    action: str = "amend"

    @property
    def differs(self) -> bool:
        """Whether there is anything to write."""
        return self.before is None or any(self.before[name] != value for name, value in self.after.items())


def columns_of(row: Record) -> dict[str, object]:
    """Every column of a row but its own and its organisation's id."""
    names = (field.attname for field in row._meta.concrete_fields)
    return {name: getattr(row, name) for name in names if name not in ("id", "organisation_id")}


def json_of_columns(columns: Mapping[str, object]) -> dict[str, JsonValue]:
    """Columns as a revision keeps them."""
    return {name: json_of_column(value) for name, value in columns.items()}


@transaction.atomic
def write_rows(pen: Pen, changes: Sequence[RowChange]) -> None:
    """The rows in this order, then their revisions. Refused where two rows would be the same one."""
    numbers = read_numbers(pen.organisation_id, [change.id for change in changes])
    written = []
    for change in changes:
        row = write_row(pen.organisation_id, change)
        number = numbers.get(change.id, 0) + 1
        action = "create" if change.before is None else change.action
        written.append(Change(change.subject, change.id, number, action, row_json(row)))
    append_revisions(pen.organisation_id, written, pen.author, pen.why, pen.now)


def write_row(organisation_id: UUID, change: RowChange) -> Record:
    """One row, as it stands afterwards."""
    model = MODELS[change.subject]
    try:
        with transaction.atomic():
            if change.before is None:
                model(id=change.id, organisation_id=organisation_id, **change.after).save(force_insert=True)
            else:
                rows = model._default_manager.filter(organisation_id=organisation_id, id=change.id)
                rows.update(**change.after)
    except IntegrityError as error:
        raise Refused("已有相同的一条：名称、编号或起始日期与现有的重复 / the same one is there already") from error
    return model._default_manager.get(organisation_id=organisation_id, id=change.id)
