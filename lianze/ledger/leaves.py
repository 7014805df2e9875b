"""Reading a log in its order, in batches: a million leaves pass through without ever being in memory together."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from lianze.domain.errors import Refused
from lianze.ledger.models import LogHead, Revision
from lianze.tlog import Frontier, Hasher, require_hasher

BATCH = 2000


class Kept(NamedTuple):
    """One revision as the table has it, without the cost of a model's instance."""

    leaf_index: int
    subject: str
    subject_id: UUID
    number: int
    action: str
    author: str
    author_id: UUID | None
    recorded_at: datetime
    why: str
    canonical: str | None
    salt: bytes | None
    commitment: bytes
    leaf: bytes


def read_batches(organisation_id: UUID, batch: int = BATCH) -> Iterator[list[Kept]]:
    """The organisation's revisions by leaf index, whatever indexes they have."""
    rows = Revision.objects.filter(organisation_id=organisation_id).order_by("leaf_index", "id")
    after: int | None = None
    while found := read_kept((rows if after is None else rows.filter(leaf_index__gt=after))[:batch]):
        yield found
        after = found[-1].leaf_index


def read_kept(rows: QuerySet[Revision]) -> list[Kept]:
    """These rows."""
    return [Kept._make(row) for row in rows.values_list(*Kept._fields)]


def read_head(organisation_id: UUID) -> tuple[Hasher, bytes] | None:
    """The stored right edge of the log, with its hasher; None where there is no log."""
    row = LogHead.objects.filter(organisation_id=organisation_id).values_list("hasher", "frontier").first()
    return None if row is None else (require_hasher(row[0]), bytes(row[1]))


def require_head(organisation_id: UUID) -> tuple[Hasher, bytes]:
    """The same of an organisation that is known to have a log."""
    head = read_head(organisation_id)
    if head is None:
        raise Refused("这个单位没有日志 / this organisation has no log")
    return head


def read_leaves(organisation_id: UUID) -> Iterator[bytes]:
    """The stored leaf hashes in order."""
    rows = Revision.objects.filter(organisation_id=organisation_id).order_by("leaf_index")
    for (leaf,) in rows.values_list("leaf").iterator(chunk_size=BATCH):
        yield bytes(leaf)


def roots_at(organisation_id: UUID, sizes: Collection[int], hasher: Hasher) -> tuple[dict[int, bytes], Frontier]:
    """The root that the log had at each of these sizes, as far as it reaches, and its right edge now."""
    frontier = Frontier(hasher)
    roots = {0: frontier.root()} if 0 in sizes else {}
    for leaf in read_leaves(organisation_id):
        frontier.append(leaf)
        if frontier.size in sizes:
            roots[frontier.size] = frontier.root()
    return roots, frontier


@contextmanager
def snapshot() -> Iterator[None]:
    """All reads inside see one moment of the database, without keeping anybody from writing.

    Inside a transaction that has begun already, whoever began it has decided that.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
