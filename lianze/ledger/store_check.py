"""The evidence store against its table: what is missing, what is another, what nobody names, what a scanner finds."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

from lianze.ledger import clamd
from lianze.ledger.evidence import INCOMING, LOCK, in_place, path_of, preview_of
from lianze.ledger.models import Attachment, Evidence
from lianze.ledger.verify_files import fault_of, named, read_evidence

HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Found:
    """One thing about one file. `sentence` is “中文 / English”; `harm` is false for what only takes up room."""

    code: str
    file: str
    sentence: str
    harm: bool = True


def check_organisation(organisation_id: UUID, progress: Callable[[int], None]) -> Iterator[Found]:
    """Files that the organisation's table names: missing, changed, infected, or attached to nothing."""
    for done, evidence in enumerate(read_evidence(organisation_id), 1):
        sha256 = bytes(evidence.sha256).hex()
        fault = fault_of(evidence)
        if fault is not None:
            yield Found(fault[0], sha256, str(named(evidence, *fault)))
        elif clamd.is_configured() and (virus := clamd.scan(path_of(sha256))) is not None:
            said = named(evidence, "evidence.infected", f"含有恶意内容 {virus}", f"holds {virus}")
            yield Found("evidence.infected", sha256, str(said))
        if not Attachment.objects.filter(organisation_id=organisation_id, evidence_id=evidence.id).exists():
            sentence = f"{sha256}：没有记录附有它 / no entry has it attached"
            yield Found("evidence.unattached", sha256, sentence, harm=False)
        progress(done)


def check_store() -> Iterator[Found]:
    """Files of the store that no organisation's table names, and files that do not belong there."""
    for path in sorted(Path(settings.EVIDENCE).glob("*/*")):
        if path.parent.name == INCOMING:
            continue
        sha256 = path.parent.name + path.name
        if not HASH.fullmatch(sha256) or not path.is_file() or path.is_symlink():
            yield Found("evidence.stray", str(path), f"{path}：不是佐证库的文件 / not a file of the store")
        elif is_orphan(sha256):
            size = path.stat().st_size
            sentence = f"{sha256}：{size} 字节，没有任何单位登记 / {size} bytes, named by no organisation"
            yield Found("evidence.orphan", sha256, sentence, harm=False)
    for path in sorted(Path(settings.EVIDENCE).glob("*")):
        if not path.is_dir() and path.name != LOCK:
            yield Found("evidence.stray", str(path), f"{path}：不是佐证库的文件 / not a file of the store")


def is_orphan(sha256: str) -> bool:
    """Whether no organisation of this instance names the file: the one question that is about all of them. Asked again
    while nobody stores anything, since a file lies in its place a moment before its row can be seen."""
    rows = Evidence.objects.filter(sha256=bytes.fromhex(sha256))
    if rows.exists():
        return False
    with in_place([]):
        return not rows.all().exists()


def remove_orphan(sha256: str) -> bool:
    """Removes a file that no organisation names; False when somebody does by now."""
    with in_place([]):
        if Evidence.objects.filter(sha256=bytes.fromhex(sha256)).exists():
            return False
        path_of(sha256).unlink(missing_ok=True)
        preview_of(sha256).unlink(missing_ok=True)
        return True
