"""The entries and files that a report package lists: their revisions, and what of them is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from lianze.exchange.package_figures import is_open
from lianze.ledger.actions import Desk
from lianze.ledger.evidence import path_of
from lianze.ledger.models import Entry, Evidence, Revision
from lianze.ledger.rows import read_states
from lianze.ledger.states import EntryState
from lianze.tlog import JsonValue, load_json
from lianze.tlog.figure_check import value_at
from lianze.tlog.package import (
    EvidenceFile,
    ListedEntry,
)

Content = Literal["shown", "none"]
BATCH = 500


@dataclass(frozen=True)
class Wanted:
    """What goes in: the report's files by name, whether content is shown and evidence enclosed."""

    reports: tuple[tuple[str, bytes], ...] = ()
    content: Content = "shown"
    with_evidence: bool = False


def read_all_states(organisation_id: UUID, ids: set[UUID]) -> dict[str, EntryState]:
    """The states of entries by id as text, in batches."""
    ordered, found = sorted(ids), {}
    for first in range(0, len(ordered), BATCH):
        rows = Entry.objects.filter(organisation_id=organisation_id, id__in=ordered[first : first + BATCH])
        states = read_states(organisation_id, list(rows))
        found.update({str(entry_id): state for entry_id, state in states.items()})
    return found


def read_revisions(organisation_id: UUID, ids: set[UUID]) -> list[Revision]:
    """The first and the latest revision of each entry, by leaf."""
    ordered = sorted(ids)
    found: list[Revision] = []
    for first in range(0, len(ordered), BATCH):
        part = ordered[first : first + BATCH]
        rows = Revision.objects.filter(organisation_id=organisation_id, subject="entry", subject_id__in=part)
        ends: dict[UUID, tuple[Revision, Revision]] = {}
        for row in rows.order_by("number"):
            ends[row.subject_id] = (ends.get(row.subject_id, (row, row))[0], row)
        found.extend({revision.id: revision for pair in ends.values() for revision in pair}.values())
    return sorted(found, key=lambda revision: revision.leaf_index)


def listed(revision: Revision, state: EntryState, desk: Desk, wanted: Wanted) -> ListedEntry:
    """One revision as the package lists it; of erased content only what the entry itself still says."""
    document = load_json(revision.canonical.encode()) if revision.canonical else None
    said = value_at(document, "/state/happened_on") if document is not None else None
    attached = state.attachments if document is None else attached_in(document)
    shown = wanted.content == "shown" and is_open(state.register, desk.pack)
    return ListedEntry(
        id=str(revision.subject_id),
        register=state.register,
        revision=revision.number,
        happened_on=datetime.fromisoformat(said).date() if isinstance(said, str) else state.happened_on,
        recorded_at=revision.recorded_at,
        leaf_index=revision.leaf_index,
        leaf=bytes(revision.leaf),
        content=revision.canonical if shown else None,
        salt=bytes(revision.salt) if shown and revision.salt is not None else None,
        evidence=tuple(sorted({bytes.fromhex(sha256) for _, sha256 in attached})),
    )


def evidence_files(organisation_id: UUID, entries: Sequence[ListedEntry], enclosed: bool) -> list[EvidenceFile]:
    """The files that the entries name, each once; only those that shown content names have their name, or are enclosed."""
    named = {sha256 for entry in entries for sha256 in entry.evidence}
    names = {sha256: name for entry in entries if entry.content for name, sha256 in attached_in(load_json_of(entry))}
    return [
        EvidenceFile(
            hash=sha256,
            name=names.get(sha256.hex(), sha256.hex()[:12]),
            media_type=row.media_type,
            size=row.size,
            source=path_of(sha256.hex()) if enclosed and sha256.hex() in names else None,
        )
        for row in Evidence.objects.filter(organisation_id=organisation_id).order_by("sha256")
        if (sha256 := bytes(row.sha256)) in named
    ]


def load_json_of(entry: ListedEntry) -> JsonValue:
    """The document that an entry shows."""
    return load_json((entry.content or "null").encode())


def attached_in(document: JsonValue) -> list[tuple[str, str]]:
    """Name and SHA-256 of the files a document names."""
    pairs = value_at(document, "/state/attachments")
    found = pairs if isinstance(pairs, list) else []
    return [(str(pair[0]), str(pair[1])) for pair in found if isinstance(pair, list) and len(pair) == 2]
