"""The evidence store against its table: every file is there, whole, and what its hash says."""

import hashlib
from collections.abc import Callable, Iterator
from uuid import UUID

from lianze.ledger.evidence import path_of, read_file
from lianze.ledger.misfit import SHOWN, Misfit
from lianze.ledger.models import Attachment, Evidence


def verify_evidence(organisation_id: UUID, progress: Callable[[int], None]) -> int:
    """Misfit for the first file that is missing or another; returns how many there were."""
    done = 0
    for evidence in read_evidence(organisation_id):
        fault = fault_of(evidence)
        if fault is not None:
            raise named(evidence, *fault)
        done += 1
        progress(done)
    return done


def read_evidence(organisation_id: UUID) -> Iterator[Evidence]:
    """The organisation's rows of the store."""
    yield from Evidence.objects.filter(organisation_id=organisation_id).order_by("id").iterator(chunk_size=500)


def fault_of(evidence: Evidence) -> tuple[str, str, str] | None:
    """What is wrong with one file: a code and words in Chinese and English."""
    sha256 = bytes(evidence.sha256).hex()
    try:
        size = path_of(sha256).stat().st_size
        digest = hashlib.sha256()
        for piece in read_file(sha256):
            digest.update(piece)
    except OSError:
        return "evidence.missing", "文件不在佐证库中", "is not in the evidence store"
    if digest.hexdigest() != sha256 or size != evidence.size:
        return "evidence.changed", "文件内容与哈希不符，被换过或损坏", "is not what its hash says: swapped or damaged"
    return None


def named(evidence: Evidence, code: str, chinese: str, english: str) -> Misfit:
    """The fault with the name the file was handed in with, and the entry it is attached to."""
    sha256 = bytes(evidence.sha256).hex()
    attached = Attachment.objects.filter(organisation_id=evidence.organisation_id, evidence_id=evidence.id)
    first = attached.select_related("entry").order_by("id").first()
    name, title = (first.name, first.entry.title[:SHOWN]) if first else (sha256[:16], "")
    where = (f"（记录“{title}”）", f" (entry “{title}”)") if first else ("", "")
    return Misfit(
        code,
        f"佐证“{name}”{where[0]}{chinese}，SHA-256 {sha256}",
        f"evidence “{name}”{where[1]} {english}, SHA-256 {sha256}",
        subject_id=first.entry_id if first else None,
    )
