"""Rows by the ten thousand, sent as they are: made into objects and statements by the ORM they take most of an import.

Private to `lianze.ledger.write_many`.
"""

# ruff: noqa: S608 (the only things put into these texts are names of tables and columns)

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

from django.db import connection

from lianze.ledger.exact import to_stored
from lianze.ledger.rows import COLUMNS
from lianze.ledger.states import EntryState, text_of
from lianze.org.keys import new_id

Value: TypeAlias = str | int | bytes | date | UUID | None
IdWriter: TypeAlias = Callable[[UUID | None], Value]
New = tuple[UUID, EntryState]
ENTRY = ("id", "organisation_id", *COLUMNS, "data", "recorded_at", "changed_at", "author_id", "version")
PARTICIPATION = ("id", "organisation_id", "entry_id", "person_id", "outside_name", "role", "capacity", "position")
LINK = ("id", "organisation_id", "entry_id", "relation", "target_id")
ATTACHMENT = ("id", "organisation_id", "entry_id", "evidence_id", "name")


def id_writer() -> IdWriter:
    """How the database keeps an id: asked once for many rows."""
    if connection.features.has_native_uuid_field:
        return lambda value: value
    return lambda value: None if value is None else value.hex


def insert(table: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """Adds the rows; on PostgreSQL by COPY."""
    names = ", ".join(f'"{column}"' for column in columns)
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(columns))})", list(rows))
        return
    from psycopg import Cursor

    connection.ensure_connection()
    with (
        connection.wrap_database_errors,
        Cursor(connection.connection) as bound,
        bound.copy(f"COPY {table} ({names}) FROM STDIN".encode()) as copy,
    ):
        for row in rows:
            copy.write_row(row)


def insert_entries(organisation_id: UUID, piece: Sequence[New], author_id: UUID | None, now: datetime) -> None:
    """The entries themselves, at version 1."""
    stored_id = id_writer()
    organisation, author = stored_id(organisation_id), stored_id(author_id)
    moment: str | None = connection.ops.adapt_datetimefield_value(now)
    insert(
        "entry",
        ENTRY,
        (
            (
                stored_id(entry_id),
                organisation,
                state.register,
                state.number,
                state.kind,
                state.title,
                stored_id(state.unit_id),
                stored_id(state.owner_id),
                text_of(state.happened_on),
                text_of(state.ended_on),
                text_of(state.due_on),
                text_of(state.done_on),
                state.state,
                state.level,
                None if state.quantity is None else to_stored(state.quantity),
                None if state.amount is None else to_stored(state.amount),
                state.withdrawn,
                json.dumps(state.data),
                moment,
                moment,
                author,
                1,
            )
            for entry_id, state in piece
        ),
    )


def insert_details(organisation_id: UUID, piece: Sequence[New], evidence: dict[str, UUID]) -> None:
    """Participations, links and attachments of entries that have none yet; `evidence` is row by SHA-256 in hex."""
    stored_id = id_writer()
    organisation = stored_id(organisation_id)
    insert("participation", (*PARTICIPATION, "order"), participations(organisation, piece, stored_id))
    links = [
        (stored_id(new_id()), organisation, stored_id(entry_id), relation, stored_id(target))
        for entry_id, state in piece
        for relation, target in state.links
    ]
    files = [
        (stored_id(new_id()), organisation, stored_id(entry_id), stored_id(evidence[sha256]), name)
        for entry_id, state in piece
        for name, sha256 in state.attachments
    ]
    if links:
        insert("link", LINK, links)
    if files:
        insert("attachment", ATTACHMENT, files)


def participations(organisation: Value, piece: Sequence[New], stored_id: IdWriter) -> Iterator[tuple[Value, ...]]:
    """Everybody's part, numbered in order from 1."""
    for entry_id, state in piece:
        entry = stored_id(entry_id)
        for order, part in enumerate(state.parts, 1):
            person = stored_id(part.person_id)
            named = (part.outside_name, part.role, part.capacity, part.position)
            yield stored_id(new_id()), organisation, entry, person, *named, order
