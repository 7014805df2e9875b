"""The statements that append to the log, written out: built anew by the ORM for every write they cost more than
everything else that a write does. Private to `lianze.ledger.log`."""

# ruff: noqa: S608 (the only thing put into these texts is a number of places for parameters)

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeAlias
from uuid import UUID

from django.db import connection

from lianze.domain.errors import Refused
from lianze.org.keys import new_id

READ = "SELECT hasher, frontier FROM log_head WHERE organisation_id = %s"
UPDATE = "UPDATE log_head SET frontier = %s WHERE organisation_id = %s"
COLUMNS = (
    "id, organisation_id, subject, subject_id, number, action, author_id, author, recorded_at, why, canonical, salt, "
    "commitment, leaf_index, leaf"
)
ROW = f"({', '.join(['%s'] * 15)})"
Value: TypeAlias = str | int | bytes | date | UUID | None
# Rows of one INSERT: together below 999 parameters, which every SQLite takes.
BATCH = 60


@dataclass(frozen=True)
class Leaf:
    """One revision as its row; organisation, author, time and reason are those of the whole append."""

    subject: str
    subject_id: UUID
    number: int
    action: str
    canonical: str
    salt: bytes
    commitment: bytes
    index: int
    leaf: bytes


@dataclass(frozen=True)
class Stamp:
    """Whose log it is, and by whom, when and why the leaves are appended."""

    organisation_id: UUID
    author_id: UUID | None
    author: str
    recorded_at: datetime
    why: str


class Statements(Protocol):
    """A cursor, as far as it is used here."""

    def execute(self, sql: str, parameters: Sequence[Value], /) -> object: ...

    def fetchone(self) -> tuple[object, ...] | None: ...


@contextmanager
def open_cursor() -> Iterator[Statements]:
    """A cursor that sends parameters beside the statement: on PostgreSQL Django's own writes them into its text, which
    takes longer than the statement itself."""
    if connection.vendor != "postgresql":
        with connection.cursor() as plain:
            yield plain
        return
    from psycopg import Cursor

    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as bound:
        yield bound


def stored_id(value: UUID | None) -> Value:
    """An id as the database keeps it."""
    if value is None or connection.features.has_native_uuid_field:
        return value
    return value.hex


def lock_head(organisation_id: UUID) -> tuple[str, bytes]:
    """Hasher and frontier of the organisation's log, which from now on waits for this transaction's end."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with open_cursor() as cursor:
        cursor.execute(READ + lock, [stored_id(organisation_id)])
        row = cursor.fetchone()
    if row is None:
        raise Refused("这个单位没有日志 / this organisation has no log")
    name, frontier = row
    if not isinstance(name, str) or not isinstance(frontier, bytes | memoryview):
        raise TypeError(f"log_head: {row}")
    return name, bytes(frontier)


def insert_leaves(stamp: Stamp, leaves: Sequence[Leaf], frontier: bytes) -> None:
    """Adds the rows and moves the head; on PostgreSQL the last rows and the head go in one statement."""
    with open_cursor() as cursor:
        head: list[Value] = [frontier, stored_id(stamp.organisation_id)]
        for first in range(0, len(leaves), BATCH):
            batch = leaves[first : first + BATCH]
            insert = f"INSERT INTO revision ({COLUMNS}) VALUES {', '.join([ROW] * len(batch))}"
            values: list[Value] = [value for leaf in batch for value in row_of(stamp, leaf)]
            if connection.vendor == "postgresql" and first + BATCH >= len(leaves):
                cursor.execute(f"WITH head AS ({UPDATE}) {insert}", [*head, *values])
                return
            cursor.execute(insert, values)
        cursor.execute(UPDATE, head)


def row_of(stamp: Stamp, leaf: Leaf) -> tuple[Value, ...]:
    """The values of `COLUMNS`."""
    return (
        stored_id(new_id()),
        stored_id(stamp.organisation_id),
        leaf.subject,
        stored_id(leaf.subject_id),
        leaf.number,
        leaf.action,
        stored_id(stamp.author_id),
        stamp.author,
        connection.ops.adapt_datetimefield_value(stamp.recorded_at),
        stamp.why,
        leaf.canonical,
        leaf.salt,
        leaf.commitment,
        leaf.index,
        leaf.leaf,
    )
