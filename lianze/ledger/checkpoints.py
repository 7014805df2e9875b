"""Signed heads of an organisation's log: made, kept in the database and in a file outside it, handed to witnesses.

No head is signed, and none taken back from a witness, that does not go on from every head known before: those of the
table and those of the files, witnessed ones among them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from lianze.domain.errors import Refused
from lianze.ledger import anchors
from lianze.ledger.leaves import roots_at
from lianze.ledger.log_keys import ensure_keys, key_folder, origin_of, signer_of
from lianze.ledger.log_sql import lock_head
from lianze.ledger.models import Checkpoint as Row
from lianze.ledger.models import Revision
from lianze.ledger.states import Author
from lianze.org.keys import new_id
from lianze.org.models import Organisation
from lianze.tlog import (
    Checkpoint,
    Frontier,
    Note,
    PublicKey,
    checkpoint_of,
    load_note,
    load_public_keys,
    render_note,
    render_qr_text,
    require_hasher,
    sign_checkpoint,
    verify_checkpoint,
    verify_note,
)

AUTHOR = Author("lianze")


@dataclass(frozen=True)
class Head:
    """A checkpoint with its signatures."""

    checkpoint: Checkpoint
    note: Note

    @property
    def lines(self) -> tuple[str, ...]:
        """What is printed beside the fingerprint."""
        moment = self.checkpoint.at.strftime("%Y-%m-%d %H:%M:%S UTC")
        return (f"日志共 {self.checkpoint.size} 条修订", f"签署于 {moment}")

    @property
    def fingerprint(self) -> str:
        """Letters and digits without a gap, as the typesetter groups them."""
        return self.checkpoint.fingerprint().replace(" ", "")

    @property
    def qr_text(self) -> str:
        """What the printed code says: enough to convict a forked log."""
        return render_qr_text(self.note)


def make_checkpoint(organisation: Organisation, now: datetime) -> Head:
    """Signs the log as it stands, unless that was done already. Refused when it does not go on from a known head."""
    # An office that was set up without keys gets them with its first checkpoint.
    ensure_keys(organisation, AUTHOR, now)
    signer = signer_of(organisation.id)
    began = load_public_keys(key_folder(organisation.id))[-1].from_at
    at = max(now.astimezone(UTC).replace(microsecond=0), began or now)
    with transaction.atomic():
        name, stored = lock_head(organisation.id)
        known = list(known_heads(organisation.id))
        frontier = require_continued(organisation.id, known, stored, name)
        head = same_size(known, frontier.size)
        if head is None:
            require_time(organisation.id, known, at)
            checkpoint = Checkpoint(
                origin_of(organisation.id), frontier.size, frontier.root(), at, require_hasher(name)
            )
            head = Head(checkpoint, sign_checkpoint(checkpoint, [signer]))
            insert(organisation.id, head, witnessed=False)
    keep_outside(organisation.id)
    return head


def known_heads(organisation_id: UUID) -> Iterable[Head]:
    """Every head of the table and of the files, oldest first, each signed by a key of this log."""
    keys = load_public_keys(key_folder(organisation_id))
    notes = [load_note(note.encode()) for note in rows_of(organisation_id).values_list("note", flat=True)]
    notes += [anchor.note for anchor in anchors.read_anchors(anchors.folder_of(organisation_id))]
    for note in sorted(notes, key=lambda one: checkpoint_of(one).size):
        verify_checkpoint(note, origin_of(organisation_id), keys)
        yield Head(checkpoint_of(note), note)


def rows_of(organisation_id: UUID) -> QuerySet[Row]:
    """The organisation's checkpoints, oldest first."""
    return Row.objects.filter(organisation_id=organisation_id).order_by("size", "made_at", "id")


def require_continued(organisation_id: UUID, known: Iterable[Head], stored: bytes, hasher: str) -> Frontier:
    """The log's right edge, computed from its leaves; Refused unless it fits the stored one and every known head."""
    heads = list(known)
    sizes = {head.checkpoint.size for head in heads}
    roots, frontier = roots_at(organisation_id, sizes, require_hasher(hasher))
    if frontier.to_bytes() != stored:
        raise Refused("日志与其末端不符，先运行 lianze log verify / the log does not fit its own head: run log verify")
    for head in heads:
        if roots.get(head.checkpoint.size) != head.checkpoint.root:
            raise Refused(
                f"日志与 {head.checkpoint.at:%Y-%m-%d} 的检查点（{head.checkpoint.size} 条）不衔接，不再签署 / the log does "
                f"not go on from the checkpoint of {head.checkpoint.at:%Y-%m-%d} ({head.checkpoint.size} leaves)"
            )
    return frontier


def same_size(known: Iterable[Head], size: int) -> Head | None:
    """A head of that size, the one that most have signed."""
    found = [head for head in known if head.checkpoint.size == size]
    return max(found, key=lambda head: len(head.note.signatures), default=None)


def require_time(organisation_id: UUID, known: Iterable[Head], at: datetime) -> None:
    """Refused when the clock stands before a known head or the last record."""
    latest = Revision.objects.filter(organisation_id=organisation_id).order_by("-leaf_index")
    recorded = latest.values_list("recorded_at", flat=True).first()
    times = [head.checkpoint.at for head in known] + ([recorded.replace(microsecond=0)] if recorded else [])
    if any(at < moment for moment in times):
        raise Refused("时钟早于已有记录，请校准后再签署 / the clock stands before what is recorded: set it right first")


def insert(organisation_id: UUID, head: Head, *, witnessed: bool) -> None:
    """Keeps a head in the table."""
    Row.objects.create(
        id=new_id(),
        organisation_id=organisation_id,
        size=head.checkpoint.size,
        root=head.checkpoint.root,
        made_at=head.checkpoint.at,
        note=render_note(head.note).decode(),
        witnessed=witnessed,
    )


def keep_outside(organisation_id: UUID) -> None:
    """Writes the file of every checkpoint of the table that has none, also those that a crash left without."""
    for note in rows_of(organisation_id).values_list("note", flat=True):
        anchors.write_anchor(anchors.folder_of(organisation_id), load_note(note.encode()))


def take_witnessed(
    organisation: Organisation, data: bytes, witness_keys: tuple[PublicKey, ...] = ()
) -> tuple[str, ...]:
    """Keeps a checkpoint that others have countersigned; returns their names. From then on nothing is signed that does
    not go on from it.

    `witness_keys` are remembered; NoteError for a strange or bad signature, Refused if it is not this log's head.
    """
    note = load_note(data)
    origin = origin_of(organisation.id)
    verify_checkpoint(note, origin, load_public_keys(key_folder(organisation.id)))
    others = tuple(key for key in witness_keys if key.name != origin)
    known = anchors.remember_keys(key_folder(organisation.id) / anchors.WITNESS_KEYS, others)
    # They sign after the head was made, perhaps with a newer key.
    signed = verify_note(note, [replace(key, from_at=None) for key in known], checkpoint_of(note).at)
    head = Head(checkpoint_of(note), note)
    with transaction.atomic():
        name, stored = lock_head(organisation.id)
        require_continued(organisation.id, [*known_heads(organisation.id), head], stored, name)
        if not rows_of(organisation.id).filter(note=render_note(note).decode()).exists():
            insert(organisation.id, head, witnessed=True)
    keep_outside(organisation.id)
    return tuple(key.name for key in signed)
