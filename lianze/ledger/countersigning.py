"""What a superior's instance does with the heads of other logs: it puts its name to those that go on from what it has
seen of them, and remembers them."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from lianze.domain.errors import NotFound, Refused
from lianze.ledger import anchors
from lianze.ledger.leaves import read_head, roots_at
from lianze.ledger.log_keys import origin_of, signer_of
from lianze.org.models import Organisation
from lianze.tlog import (
    Checkpoint,
    Note,
    PublicKey,
    checkpoint_of,
    countersign,
    load_note,
    verify_checkpoint,
)
from lianze.tlog.container import Container
from lianze.tlog.package import CHECKPOINT
from lianze.tlog.verify import Trust, verify_package

ZIP = b"PK\x03\x04"


def countersign_head(superior: Organisation, file: Path, keys: tuple[PublicKey, ...], now: datetime) -> Note:
    """The checkpoint of `file`, a note or a whole package, with the superior's signature added.

    `keys` are what the superior knows of the other log; given once, they are remembered. Refused, or the reason of the
    first failing check, unless the head is signed by one of them and goes on from every head seen before.
    """
    with file.open("rb") as opened:
        packed = opened.read(len(ZIP)) == ZIP
    note = note_in(file) if packed else load_note(file.read_bytes())
    head = checkpoint_of(note)
    if head.origin == origin_of(superior.id):
        raise Refused("不能给自己的日志作见证 / nobody witnesses their own log")
    folder = anchors.heads_of_others(superior.id, head.origin)
    known = known_keys(folder, head.origin, keys)
    seen = [anchor.checkpoint for anchor in anchors.read_anchors(folder)]
    if packed:
        verify_package(file, now, Trust(known, tuple(seen)))
    verify_checkpoint(note, head.origin, known)
    if not packed:
        require_follows(head, seen)
    signed = countersign(note, [signer_of(superior.id)])
    anchors.write_anchor(folder, signed)
    anchors.remember_keys(folder / anchors.KNOWN_KEYS, known)
    return signed


def note_in(package: Path) -> Note:
    """The checkpoint that a package carries, unverified."""
    with package.open("rb") as file:
        return load_note(Container(file).read(CHECKPOINT))


def known_keys(folder: Path, origin: str, given: Sequence[PublicKey]) -> tuple[PublicKey, ...]:
    """The keys of that log, given or remembered; Refused where there are none."""
    remembered = anchors.read_keys(folder / anchors.KNOWN_KEYS)
    known = {(key.name, key.key_id): key for key in (*remembered, *given) if key.name == origin}
    if not known:
        raise NotFound(
            f"还不认识 {origin} 的公钥，第一次须用 --key 提供 / no key of {origin} is known yet: give it with --key"
        )
    return tuple(known.values())


def require_follows(head: Checkpoint, seen: Sequence[Checkpoint]) -> None:
    """Refused unless the head goes on from all that was seen: by the log itself where it is in this database, else
    only a repetition can be told."""
    local = local_roots(head, [one.size for one in (*seen, head)])
    if local is not None:
        wrong = next((one for one in (*seen, head) if local.get(one.size) != one.root), None)
    else:
        wrong = next((one for one in seen if (one.size, one.root) != (head.size, head.root)), None)
        if wrong is not None and wrong.size < head.size:
            raise Refused(
                "检查点不带衔接证明，请送报送包（.lianze） / a checkpoint alone does not prove that it goes on from the "
                "last one: hand in the package"
            )
    if wrong is not None:
        raise Refused(
            f"与已见证的 {wrong.size} 条的检查点不衔接，不予见证 / it does not go on from the head of {wrong.size} leaves"
        )


def local_roots(head: Checkpoint, sizes: Sequence[int]) -> dict[int, bytes] | None:
    """The roots of that log at those sizes; None where it is not in this database."""
    try:
        organisation_id = UUID(head.origin.removeprefix("lianze/"))
    except ValueError:
        return None
    stored = read_head(organisation_id)
    return None if stored is None else roots_at(organisation_id, sizes, stored[0])[0]
