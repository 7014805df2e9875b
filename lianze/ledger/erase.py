"""Erasing content that must not be kept: with a recorded reason, by a revision of its own, so that the log goes on
verifying and says that something was erased, when, by whom and why.

All earlier revisions of the entry lose their content and salt, since each holds the whole entry; their leaves stay. The
entry goes on without the fields that were named. What has left the house already (packages, workbooks, backups) is
not reached from here.
"""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from lianze.domain.errors import NotFound, Refused
from lianze.ledger.actions import Desk
from lianze.ledger.leaves import read_kept
from lianze.ledger.log_sql import lock_head
from lianze.ledger.models import Attachment, Entry, Evidence, Revision
from lianze.ledger.rows import read_states
from lianze.ledger.states import EntryState
from lianze.ledger.store_check import remove_orphan
from lianze.ledger.subjects import read_subject
from lianze.ledger.verify_leaves import stub_of
from lianze.ledger.write import write_change
from lianze.rules import Subject
from lianze.rules.visibility import is_concerned
from lianze.tlog import JsonValue, load_json

ERASED = "（已依规擦除）"
ATTACHMENTS = "attachments"
ACTION = "erase"


def erase(desk: Desk, entry_id: UUID, fields: Iterable[str], why: str) -> int:
    """Erases the named fields and all earlier content of an entry; returns how many revisions are without content now.

    `fields`: `title`, `number`, keys of `data`, `@role` for everybody in a role, `attachments` (files that nothing else
    names are removed). Allowed to whoever may `secure` the organisation, which need not be able to read the entry, and
    not to anybody it concerns. Refused without a reason.
    """
    organisation_id = desk.organisation.id
    desk.require("secure", Subject(desk.organisation.path))
    if not why.strip():
        raise Refused("擦除须写明理由 / say why it is erased")
    with transaction.atomic():
        lock_head(organisation_id)
        entry = Entry.objects.filter(organisation_id=organisation_id, id=entry_id).first()
        if entry is None:
            raise NotFound("没有这条记录 / no such entry")
        if is_concerned(desk.actor, read_subject(desk.organisation, entry, desk.pack), desk.pack):
            raise Refused("涉及本人或亲属，应当回避 / it concerns you or a relative: stand aside")
        state = read_states(organisation_id, [entry])[entry_id]
        kept = without(state, list(fields))
        stubs = empty_revisions(organisation_id, entry_id)
        write_change(
            organisation_id,
            entry_id,
            kept,
            action=ACTION,
            expected_version=entry.version,
            author=desk.author,
            why=why,
            now=desk.now,
            erased=stubs,
        )
        dropped = {sha256 for _, sha256 in state.attachments} - {sha256 for _, sha256 in kept.attachments}
        loose = remove_unused(organisation_id, dropped)
    # The store is shared: the file stays while any other organisation of this instance keeps it.
    for sha256 in loose:
        remove_orphan(sha256)
    return len(stubs)


def without(state: EntryState, fields: list[str]) -> EntryState:
    """The entry without the named fields; Refused for a name it does not have, or for none."""
    roles = {name.removeprefix("@") for name in fields if name.startswith("@")}
    plain = {name for name in fields if not name.startswith("@")}
    known = {"title", "number", ATTACHMENTS, *state.data}
    strange = sorted(plain - known) + sorted(roles - {part.role for part in state.parts})
    if strange or not fields:
        raise Refused(f"没有可擦除的“{'、'.join(strange)}” / nothing of that name to erase")
    return replace(
        state,
        title=ERASED if "title" in plain else state.title,
        number="" if "number" in plain else state.number,
        data={name: value for name, value in state.data.items() if name not in plain},
        parts=tuple(part for part in state.parts if part.role not in roles),
        attachments=() if ATTACHMENTS in plain else state.attachments,
    )


def empty_revisions(organisation_id: UUID, entry_id: UUID) -> list[dict[str, JsonValue]]:
    """Takes content and salt out of all revisions that have them, and the reason unless it is that of an erasure.

    Returns what stays of each, and of what they erased themselves.
    """
    rows = Revision.objects.filter(organisation_id=organisation_id, subject_id=entry_id)
    full = read_kept(rows.filter(canonical__isnull=False).order_by("leaf_index"))
    stubs: list[dict[str, JsonValue]] = []
    for revision in full:
        document = load_json((revision.canonical or "").encode())
        stubs += stubs_in(document)
        state = state_in(document)
        emptied = revision if revision.action == ACTION else revision._replace(why="")
        kept: JsonValue = {name: state.get(name) for name in ("register", "happened_on")}
        stubs.append({**stub_of(emptied), "state": kept})
    wanted = rows.filter(leaf_index__in=[one.leaf_index for one in full])
    wanted.exclude(action=ACTION).update(why="")
    wanted.update(canonical=None, salt=None)
    return stubs


def stubs_in(document: JsonValue) -> list[dict[str, JsonValue]]:
    """What an erasing revision says of the revisions it erased."""
    erased = document.get("erased") if isinstance(document, dict) else None
    return [one for one in erased if isinstance(one, dict)] if isinstance(erased, list) else []


def state_in(document: JsonValue) -> dict[str, JsonValue]:
    """The state of a revision's document."""
    state = document.get("state") if isinstance(document, dict) else None
    return state if isinstance(state, dict) else {}


def remove_unused(organisation_id: UUID, hashes: Iterable[str]) -> list[str]:
    """Removes the rows of files that no entry of the organisation names any more; returns their hashes."""
    wanted = [bytes.fromhex(sha256) for sha256 in hashes]
    loose = []
    for evidence in Evidence.objects.filter(organisation_id=organisation_id, sha256__in=wanted):
        sha256 = bytes(evidence.sha256)
        if Attachment.objects.filter(organisation_id=organisation_id, evidence_id=evidence.id).exists():
            continue
        Evidence.objects.filter(organisation_id=organisation_id, id=evidence.id).delete()
        loose.append(sha256.hex())
    return loose
