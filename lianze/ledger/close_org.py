"""Organisations made by mistake are closed: out of sight, their log and code kept, and opened again when that was one."""

from datetime import datetime

from django.db import transaction

from lianze.domain.errors import Refused
from lianze.ledger.log import Change, append_revisions
from lianze.ledger.models import Entry
from lianze.ledger.states import Author
from lianze.ledger.upsert import read_numbers, row_json
from lianze.ledger.write_org import lock_organisation
from lianze.org.models import Organisation


@transaction.atomic
def close_organisation(organisation: Organisation, author: Author, why: str, now: datetime) -> None:
    """Takes the organisation out of sight. Refused where there is anything to see: entries, or organisations below."""
    lock_organisation(organisation.id)
    if organisation.closed_at is not None:
        raise Refused("这个单位已经停用 / already closed")
    if not why.strip():
        raise Refused("请写明停用理由 / say why it is closed")
    if Entry.objects.filter(organisation_id=organisation.id).exists():
        raise Refused("这个单位已有记录，不能停用；台账只增不删 / it has entries and stays: nothing is ever deleted")
    below = Organisation.objects.filter(path__gt=organisation.path, path__lt=f"{organisation.path}[")
    if open_below := list(below.filter(closed_at__isnull=True).values_list("code", flat=True)[:5]):
        raise Refused(f"请先停用下级单位：{'、'.join(open_below)} / close the organisations below it first")
    write(organisation, now, "close", author, why, now)


@transaction.atomic
def open_organisation(organisation: Organisation, author: Author, why: str, now: datetime) -> None:
    """Brings a closed organisation back as it was."""
    lock_organisation(organisation.id)
    if organisation.closed_at is None:
        raise Refused("这个单位没有停用 / it is not closed")
    write(organisation, None, "open", author, why, now)


def write(
    organisation: Organisation, closed_at: datetime | None, action: str, author: Author, why: str, now: datetime
) -> None:
    """The column, with its revision and leaf."""
    organisation.closed_at = closed_at
    organisation.save(update_fields=["closed_at"])
    number = read_numbers(organisation.id, [organisation.id])[organisation.id] + 1
    change = Change("organisation", organisation.id, number, action, row_json(organisation))
    append_revisions(organisation.id, [change], author, why, now)
