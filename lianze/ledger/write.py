"""The only writer of entries. Each function is one transaction: rows, revisions and leaves together or not at all.

These functions do not ask who may; `lianze.ledger.actions` does, and is what every layer above calls.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lianze.domain.errors import Stale
from lianze.ledger.log import Change, append_revisions
from lianze.ledger.models import Attachment, Entry, Link, Participation
from lianze.ledger.rows import (
    COLUMNS,
    attachment_rows,
    entry_row,
    link_rows,
    part_rows,
    read_evidence_ids,
    read_states,
)
from lianze.ledger.states import Author, EntryState, json_of
from lianze.org.keys import new_id
from lianze.tlog import JsonValue

BATCH = 500

CHANGED_MEANWHILE = "这条记录刚刚被他人修改，请刷新后再试 / somebody changed this entry; reload and try again"


def write_new(
    organisation_id: UUID,
    states: Sequence[tuple[UUID, EntryState]],
    author: Author,
    why: str,
    now: datetime,
) -> None:
    """Adds entries under the ids given (`new_id()`), so that rows of one batch can link to each other."""
    hashes = {sha256 for _, state in states for _, sha256 in state.attachments}
    with transaction.atomic():
        stored = read_evidence_ids(organisation_id, hashes)
        Entry.objects.bulk_create(
            (entry_row(organisation_id, entry_id, state, author.account_id, now) for entry_id, state in states),
            batch_size=BATCH,
        )
        write_details(organisation_id, states, stored)
        changes = (Change("entry", entry_id, 1, "create", json_of(state)) for entry_id, state in states)
        append_revisions(organisation_id, changes, author, why, now)


def write_details(organisation_id: UUID, states: Sequence[tuple[UUID, EntryState]], stored: dict[str, UUID]) -> None:
    """Participations, links and attachments of entries that have none yet."""
    parts = [row for entry_id, state in states for row in part_rows(organisation_id, entry_id, state.parts)]
    links = [row for entry_id, state in states for row in link_rows(organisation_id, entry_id, state.links)]
    files = [
        row
        for entry_id, state in states
        for row in attachment_rows(organisation_id, entry_id, state.attachments, stored)
    ]
    if parts:
        Participation.objects.bulk_create(parts, batch_size=BATCH)
    if links:
        Link.objects.bulk_create(links, batch_size=BATCH)
    if files:
        Attachment.objects.bulk_create(files, batch_size=BATCH)


def write_change(
    organisation_id: UUID,
    entry_id: UUID,
    state: EntryState,
    *,
    action: str,
    expected_version: int,
    author: Author,
    why: str,
    now: datetime,
    erased: Sequence[dict[str, JsonValue]] = (),
) -> int:
    """Replaces an entry's state and returns its new version; Stale if somebody else changed it meanwhile.

    `erased` is for `lianze.ledger.erase` alone.
    """
    with transaction.atomic():
        rows = Entry.objects.filter(organisation_id=organisation_id, id=entry_id, version=expected_version)
        columns = {name: getattr(state, name) for name in COLUMNS}
        version = expected_version + 1
        changed = rows.update(data=dict(state.data), changed_at=now, version=version, **columns)
        if not changed:
            raise Stale(CHANGED_MEANWHILE)
        for table in (Participation, Link, Attachment):
            table.objects.filter(organisation_id=organisation_id, entry_id=entry_id).delete()
        stored = read_evidence_ids(organisation_id, [sha256 for _, sha256 in state.attachments])
        write_details(organisation_id, [(entry_id, state)], stored)
        change = Change("entry", entry_id, version, action, json_of(state), erased)
        append_revisions(organisation_id, [change], author, why, now)
    return version


def read_entry_state(organisation_id: UUID, entry_id: UUID) -> tuple[Entry, EntryState] | None:
    """An entry and its state, without asking who may see it."""
    entry = Entry.objects.filter(organisation_id=organisation_id, id=entry_id).first()
    return None if entry is None else (entry, read_states(organisation_id, [entry])[entry.id])


__all__ = ["new_id", "read_entry_state", "write_change", "write_new"]
