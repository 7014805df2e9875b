"""Evidence files, kept once by content: `EVIDENCE/ab/cdef…` for the SHA-256 abcdef….

A file is first staged (copied and hashed under a name of its own), then put in place by renaming, so that a killed
process or a full disk never leaves half a file under a hash. Nothing in the store is ever overwritten.
"""

import fcntl
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction

from lianze.domain.errors import Refused
from lianze.ledger.clamd import require_clean
from lianze.ledger.media import HEAD_BYTES, is_program, media_type_of
from lianze.ledger.models import Evidence
from lianze.org.keys import new_id

CHUNK_BYTES = 1 << 20
INCOMING, LOCK = "incoming", "lock"
LEFT_BEHIND = timedelta(days=1)


@dataclass(frozen=True)
class Staged:
    """A file copied beside the store, not yet in it."""

    sha256: str
    size: int
    media_type: str
    path: Path


def path_of(sha256: str) -> Path:
    """Where the store keeps the file of that hash."""
    return Path(settings.EVIDENCE) / sha256[:2] / sha256[2:]


def preview_of(sha256: str) -> Path:
    """Where a picture made from the file of that hash is kept. It can be made again, so it lies outside the store."""
    return Path(settings.EVIDENCE).parent / "previews" / sha256[:2] / f"{sha256[2:]}.png"


def stage(source: Path | bytes, called: str = "") -> Staged:
    """Copies and hashes; Refused for what is empty, too large, a program, infected or no regular file, OSError for a
    full disk. `called`: the name that people know the file by, where that is not the source's own."""
    folder = Path(settings.EVIDENCE) / INCOMING
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / str(new_id())
    name = called or (source.name if isinstance(source, Path) else "上传的文件")
    try:
        with open_source(source) as incoming, target.open("xb") as kept:
            sha256, size, head = copy(incoming, kept, name)
            kept.flush()
            os.fsync(kept.fileno())
        media_type = media_type_of(head)
        if is_program(name, media_type):
            raise Refused(f"“{name}”是程序或脚本，不能作为佐证；请附文档、图片或压缩包 / a program is no evidence")
        require_clean(target, name)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return Staged(sha256, size, media_type, target)


def open_source(source: Path | bytes) -> BinaryIO:
    """The bytes to read; a symbolic link or device is refused, since it could be any file of the machine."""
    if isinstance(source, bytes):
        return BytesIO(source)
    if source.is_symlink():
        raise Refused(f"“{source.name}”是链接，不是文件 / a symbolic link")
    handle = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Refused(f"“{source.name}”不是普通文件 / not a regular file")
    return os.fdopen(handle, "rb")


def copy(incoming: BinaryIO, kept: BinaryIO, name: str) -> tuple[str, int, bytes]:
    """Copies in pieces and returns hash, size in bytes and the first bytes."""
    limit: int = settings.EVIDENCE_LIMIT_BYTES
    digest, size, head = hashlib.sha256(), 0, b""
    while piece := incoming.read(CHUNK_BYTES):
        size += len(piece)
        if size > limit:
            raise Refused(f"“{name}”超过{limit // (1 << 20)} MB，不能作为佐证 / evidence file too large")
        head = head or piece[:HEAD_BYTES]
        digest.update(piece)
        kept.write(piece)
    if not size:
        raise Refused(f"“{name}”是空文件 / empty file")
    return digest.hexdigest(), size, head


@contextmanager
def in_place(staged: Iterable[Staged]) -> Iterator[None]:
    """Moves staged files into the store; takes back those that were new to it if what follows fails.

    What follows is the commit of the rows that name them, so enter it inside the transaction and leave it outside.
    One process at a time: another one must not rely on a file that may be taken back.
    """
    folder = Path(settings.EVIDENCE)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        new: list[Path] = []
        try:
            new.extend(target for one in staged if (target := put_in_place(one)) is not None)
            yield
        except BaseException:
            for target in new:
                target.unlink(missing_ok=True)
            raise


def put_in_place(staged: Staged) -> Path | None:
    """Moves one file into the store; None when the store has that content already."""
    target = path_of(staged.sha256)
    if target.exists():
        staged.path.unlink(missing_ok=True)
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    staged.path.chmod(0o440)
    staged.path.replace(target)
    return target


def discard(staged: Iterable[Staged]) -> None:
    """Removes what was staged and not put in place."""
    for one in staged:
        one.path.unlink(missing_ok=True)


def sweep(now: datetime) -> None:
    """Removes copies that a killed process left behind more than a day ago."""
    folder = Path(settings.EVIDENCE) / INCOMING
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.stat().st_mtime < (now - LEFT_BEHIND).timestamp():
            path.unlink(missing_ok=True)


def write_evidence(organisation_id: UUID, staged: Iterable[Staged], now: datetime) -> None:
    """Adds the rows of files that the organisation has not kept before. Call inside the transaction that attaches them."""
    by_hash = {bytes.fromhex(one.sha256): one for one in staged}
    known = Evidence.objects.filter(organisation_id=organisation_id, sha256__in=list(by_hash))
    for sha256 in known.values_list("sha256", flat=True):
        by_hash.pop(bytes(sha256))
    Evidence.objects.bulk_create(
        Evidence(
            id=new_id(),
            organisation_id=organisation_id,
            sha256=sha256,
            size=one.size,
            media_type=one.media_type,
            stored_at=now,
        )
        for sha256, one in by_hash.items()
    )


def store_file(organisation_id: UUID, source: Path | bytes, now: datetime, called: str = "") -> str:
    """Keeps one file for the organisation and returns its SHA-256 in hex; ready to be attached to an entry."""
    staged = stage(source, called)
    try:
        with ExitStack() as placed, transaction.atomic():
            write_evidence(organisation_id, [staged], now)
            placed.enter_context(in_place([staged]))
    finally:
        discard([staged])
    return staged.sha256


def read_file(sha256: str) -> Iterator[bytes]:
    """The content, in pieces; FileNotFoundError where it is missing."""
    with path_of(sha256).open("rb") as file:
        while piece := file.read(CHUNK_BYTES):
            yield piece
