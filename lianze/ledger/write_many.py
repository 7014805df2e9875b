"""Writes entries by the ten thousand: the same rows, revisions and leaves as `write`, in pieces that fit in memory.

Call inside one transaction; all of it commits together or not at all.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction

from lianze.domain.errors import Refused
from lianze.ledger.log import Change, append_revisions
from lianze.ledger.models import Attachment, Entry, Link, Participation
from lianze.ledger.rows import COLUMNS, read_evidence_ids
from lianze.ledger.rows_sql import insert_details, insert_entries
from lianze.ledger.states import Author, EntryState, json_of

PIECE = 500
New = tuple[UUID, EntryState]
Piece = TypeVar("Piece")


@dataclass(frozen=True)
class Amendment:
    """A new state for an entry that is at `version`; `before` is the state it has."""

    id: UUID
    before: EntryState
    after: EntryState
    version: int
    action: str = "amend"


def write_all_new(
    organisation_id: UUID, states: Sequence[New], author: Author, why: str, now: datetime, step: Callable[[int], None]
) -> None:
    """Adds entries under the ids given, in whatever order they link to each other; `step` is told how many are done."""
    require_transaction()
    for piece in pieces(states):
        insert_entries(organisation_id, piece, author.account_id, now)
    for piece in pieces(states):
        stored = read_evidence_ids(organisation_id, {sha256 for _, state in piece for _, sha256 in state.attachments})
        insert_details(organisation_id, piece, stored)
        changes = (Change("entry", entry_id, 1, "create", json_of(state)) for entry_id, state in piece)
        append_revisions(organisation_id, changes, author, why, now)
        step(len(piece))


def write_amendments(
    organisation_id: UUID,
    amendments: Sequence[Amendment],
    author: Author,
    why: str,
    now: datetime,
    step: Callable[[int], None],
) -> None:
    """Replaces the states of entries; Refused if somebody else changed one meanwhile."""
    require_transaction()
    for piece in pieces(amendments):
        amend_columns(organisation_id, piece, now)
        changed = [a for a in piece if details_of(a.before) != details_of(a.after)]
        ids = [amendment.id for amendment in changed]
        for table in (Participation, Link, Attachment):
            table._default_manager.filter(organisation_id=organisation_id, entry_id__in=ids).delete()
        stored = read_evidence_ids(organisation_id, {sha256 for a in changed for _, sha256 in a.after.attachments})
        insert_details(organisation_id, [(a.id, a.after) for a in changed], stored)
        changes = (Change("entry", a.id, a.version + 1, a.action, json_of(a.after)) for a in piece)
        append_revisions(organisation_id, changes, author, why, now)
        step(len(piece))


def amend_columns(organisation_id: UUID, piece: Sequence[Amendment], now: datetime) -> None:
    """Updates the entries' own columns."""
    wanted = {amendment.id: amendment for amendment in piece}
    rows = list(Entry.objects.filter(organisation_id=organisation_id, id__in=list(wanted)))
    if any(row.version != wanted[row.id].version for row in rows) or len(rows) != len(wanted):
        raise Refused("记录刚刚被他人修改，请重新导入 / somebody changed an entry meanwhile; import again")
    for row in rows:
        amendment = wanted[row.id]
        for name in COLUMNS:
            setattr(row, name, getattr(amendment.after, name))
        row.data, row.changed_at, row.version = dict(amendment.after.data), now, amendment.version + 1
    names = [name.removesuffix("_id") for name in COLUMNS]
    own = Entry.objects.filter(organisation_id=organisation_id)
    own.bulk_update(rows, [*names, "data", "changed_at", "version"], batch_size=100)


def details_of(state: EntryState) -> tuple[object, ...]:
    """What is kept in other tables than the entry's own."""
    return state.parts, state.links, state.attachments


def pieces(states: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    """The sequence in pieces."""
    return (states[start : start + PIECE] for start in range(0, len(states), PIECE))


def require_transaction() -> None:
    """Rows without their leaves, should the process die, are what must never be."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("entries are written in one transaction or not at all")
