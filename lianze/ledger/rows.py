"""Between an entry's state and its rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from lianze.ledger.models import Attachment, Entry, Evidence, Link, Participation
from lianze.ledger.states import EntryState, Part
from lianze.org.keys import new_id

COLUMNS = (
    "register",
    "number",
    "kind",
    "title",
    "unit_id",
    "owner_id",
    "happened_on",
    "ended_on",
    "due_on",
    "done_on",
    "state",
    "level",
    "quantity",
    "amount",
    "withdrawn",
)


def entry_row(organisation_id: UUID, entry_id: UUID, state: EntryState, author_id: UUID | None, now: datetime) -> Entry:
    """A new, unsaved entry."""
    columns = {name: getattr(state, name) for name in COLUMNS}
    return Entry(
        id=entry_id,
        organisation_id=organisation_id,
        data=dict(state.data),
        recorded_at=now,
        changed_at=now,
        author_id=author_id,
        version=1,
        **columns,
    )


def part_rows(organisation_id: UUID, entry_id: UUID, parts: Sequence[Part]) -> list[Participation]:
    """Unsaved participations, numbered in order from 1."""
    return [
        Participation(
            id=new_id(),
            organisation_id=organisation_id,
            entry_id=entry_id,
            person_id=part.person_id,
            outside_name=part.outside_name,
            role=part.role,
            capacity=part.capacity,
            position=part.position,
            order=order,
        )
        for order, part in enumerate(parts, 1)
    ]


def link_rows(organisation_id: UUID, entry_id: UUID, links: Iterable[tuple[str, UUID]]) -> list[Link]:
    """Unsaved links."""
    return [
        Link(id=new_id(), organisation_id=organisation_id, entry_id=entry_id, relation=relation, target_id=target)
        for relation, target in links
    ]


def attachment_rows(
    organisation_id: UUID, entry_id: UUID, attachments: Iterable[tuple[str, str]], stored: dict[str, UUID]
) -> list[Attachment]:
    """Unsaved attachments; `stored` gives the evidence row of each SHA-256 in hex."""
    return [
        Attachment(
            id=new_id(), organisation_id=organisation_id, entry_id=entry_id, evidence_id=stored[sha256], name=name
        )
        for name, sha256 in attachments
    ]


def read_evidence_ids(organisation_id: UUID, hashes: Iterable[str]) -> dict[str, UUID]:
    """Evidence row by SHA-256 in hex."""
    wanted = [bytes.fromhex(sha256) for sha256 in hashes]
    if not wanted:
        return {}
    rows = Evidence.objects.filter(organisation_id=organisation_id, sha256__in=wanted).values_list("sha256", "id")
    return {bytes(sha256).hex(): evidence_id for sha256, evidence_id in rows}


Linked = Mapping[UUID, Sequence[tuple[str, UUID]]]


def read_states(
    organisation_id: UUID, entries: Sequence[Entry], known_links: Linked | None = None, with_files: bool = True
) -> dict[UUID, EntryState]:
    """The states of `entries` (all of one organisation), in three queries however many they are; one fewer where their
    links, relation and target by entry, are known, and one where their files are left out."""
    ids = [entry.id for entry in entries]
    parts: dict[UUID, list[Part]] = {}
    rows = Participation.objects.filter(organisation_id=organisation_id, entry_id__in=ids).order_by("order")
    names = ("entry_id", "role", "person_id", "outside_name", "position", "capacity")
    for entry_id, role, person_id, outside, position, capacity in rows.values_list(*names):
        parts.setdefault(entry_id, []).append(Part(role, person_id, outside, position, capacity))
    links = read_links(organisation_id, ids) if known_links is None else known_links
    files: dict[UUID, list[tuple[str, str]]] = {}
    attached = Attachment.objects.filter(organisation_id=organisation_id, entry_id__in=ids if with_files else ())
    for entry_id, name, sha256 in attached.values_list("entry_id", "name", "evidence__sha256"):
        files.setdefault(entry_id, []).append((name, bytes(sha256).hex()))
    return {
        entry.id: EntryState(
            **{name: getattr(entry, name) for name in COLUMNS},
            data=entry.data,
            parts=tuple(parts.get(entry.id, ())),
            links=tuple(sorted(links.get(entry.id, ()), key=lambda found: (found[0], str(found[1])))),
            attachments=tuple(sorted(files.get(entry.id, ()))),
        )
        for entry in entries
    }


def read_links(organisation_id: UUID, ids: Sequence[UUID]) -> Linked:
    """Relation and target of what the entries link to."""
    links: dict[UUID, list[tuple[str, UUID]]] = {}
    rows = Link.objects.filter(organisation_id=organisation_id, entry_id__in=ids)
    for entry_id, relation, target_id in rows.values_list("entry_id", "relation", "target_id"):
        links.setdefault(entry_id, []).append((relation, target_id))
    return links
