"""Checking listed entries: shown content against its leaf, and what the list says against the content."""

from collections.abc import Iterable
from datetime import datetime

from lianze.tlog.canonical import JsonValue, load_canonical
from lianze.tlog.errors import PackageError
from lianze.tlog.figure_check import value_at
from lianze.tlog.hashers import Hasher
from lianze.tlog.honest_time import first_and_latest
from lianze.tlog.leaf import verify_leaf
from lianze.tlog.package import EvidenceFile, ListedEntry


def content_of(entry: ListedEntry, hasher: Hasher) -> JsonValue:
    """The entry's content if it is shown and is what the leaf commits to, None if it is withheld.

    ProofError `leaf.content`; CanonicalError; PackageError `entry.field` with the field the list tells otherwise.
    """
    if entry.content is None or entry.salt is None:
        return None
    text = entry.content.encode()
    verify_leaf(text, entry.salt, entry.leaf, hasher)
    content = load_canonical(text)
    _require_same(entry, content)
    return content


def _require_same(entry: ListedEntry, content: JsonValue) -> None:
    said: dict[str, JsonValue] = {
        "/subject": "entry",
        "/id": entry.id,
        "/revision": entry.revision,
        "/state/register": entry.register,
        "/state/happened_on": entry.happened_on.isoformat(),
    }
    for pointer, value in said.items():
        found = value_at(content, pointer)
        if type(found) is not type(value) or found != value:
            raise PackageError("entry.field", f"{entry.id} {pointer}")
    if _instant(value_at(content, "/recorded_at")) != entry.recorded_at:
        raise PackageError("entry.field", f"{entry.id} /recorded_at")
    if _attached(content) != {one.hex() for one in entry.evidence}:
        raise PackageError("entry.field", f"{entry.id} /state/attachments")


def _attached(content: JsonValue) -> set[str]:
    """Hashes of the files attached: the state lists [name, SHA-256] pairs."""
    pairs = value_at(content, "/state/attachments")
    found = [pair[1] for pair in pairs if isinstance(pair, list) and len(pair) == 2] if isinstance(pairs, list) else []
    return {one for one in found if isinstance(one, str)}


def _instant(value: JsonValue) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def require_revisions(entries: Iterable[ListedEntry]) -> dict[str, ListedEntry]:
    """The latest listed revision of each entry, by id. PackageError `entry.first` unless revision 1 is listed too and
    came earlier in log and time."""
    latest: dict[str, ListedEntry] = {}
    for entry_id, (first, last) in first_and_latest(entries).items():
        if first.revision != 1 or first.leaf_index > last.leaf_index or first.recorded_at > last.recorded_at:
            raise PackageError("entry.first", entry_id)
        latest[entry_id] = last
    return latest


def require_times(entries: Iterable[ListedEntry], head_at: datetime) -> None:
    """`entry.time` if an entry says it was recorded after the head that holds it."""
    for entry in entries:
        if entry.recorded_at.replace(microsecond=0) > head_at:
            raise PackageError("entry.time", entry.id)


def require_evidence_listed(entries: Iterable[ListedEntry], files: Iterable[EvidenceFile]) -> None:
    """`evidence.list` unless evidence.json lists what the entries name, no more and no less."""
    named = {one for entry in entries for one in entry.evidence}
    listed = {file.hash for file in files}
    if named != listed:
        raise PackageError("evidence.list", min(named ^ listed).hex())
