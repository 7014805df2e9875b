"""The one place where leaves are appended. Private to the ledger's writers, so that no write can leave its leaf out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection, transaction

from lianze.ledger.log_sql import Leaf, Stamp, insert_leaves, lock_head
from lianze.ledger.models import LogHead
from lianze.ledger.states import Author, envelope
from lianze.tlog import Frontier, Hasher, JsonValue, leaf_hash, make_salt, render_canonical, require_hasher


@dataclass(frozen=True)
class Change:
    """One row's new state, to become a revision. `erased` says what earlier leaves held, without their content."""

    subject: str
    subject_id: UUID
    number: int
    action: str
    state: dict[str, JsonValue]
    erased: Sequence[dict[str, JsonValue]] = ()


def open_log(organisation_id: UUID, hasher: str = "sha-256") -> None:
    """The empty log of a new organisation."""
    frontier = Frontier(require_hasher(hasher)).to_bytes()
    LogHead.objects.create(organisation_id=organisation_id, hasher=hasher, frontier=frontier)


def append_revisions(organisation_id: UUID, changes: Iterable[Change], author: Author, why: str, now: datetime) -> None:
    """Appends a revision and leaf for each change. Must run in the transaction that writes the rows."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a leaf is appended in its row's transaction or not at all")
    name, stored = lock_head(organisation_id)
    hasher = require_hasher(name)
    frontier = Frontier.from_bytes(stored, hasher)
    stamp = Stamp(organisation_id, author.account_id, author.name, now.astimezone(UTC), why)
    leaves = [leaf_of(change, author, stamp, frontier, hasher) for change in changes]
    if leaves:
        insert_leaves(stamp, leaves, frontier.to_bytes())


def leaf_of(change: Change, author: Author, stamp: Stamp, frontier: Frontier, hasher: Hasher) -> Leaf:
    """The change as a revision's row, appended to the frontier."""
    document = envelope(
        subject=change.subject,
        subject_id=change.subject_id,
        number=change.number,
        action=change.action,
        author=author,
        recorded_at=stamp.recorded_at,
        why=stamp.why,
        state=change.state,
    )
    if change.erased:
        document["erased"] = list(change.erased)
    canonical, salt = render_canonical(document), make_salt()
    commitment, leaf = leaf_hash(canonical, salt, hasher)
    return Leaf(
        subject=change.subject,
        subject_id=change.subject_id,
        number=change.number,
        action=change.action,
        canonical=canonical.decode(),
        salt=salt,
        commitment=commitment,
        index=frontier.append(leaf),
        leaf=leaf,
    )
