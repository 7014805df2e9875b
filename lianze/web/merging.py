"""An amendment sent after the entry was saved elsewhere: what each side changed since the form was opened, put together."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from lianze.ledger.actions import Desk, state_of
from lianze.ledger.linked import hidden_links
from lianze.ledger.models import Entry, Revision
from lianze.ledger.states import EntryState, Part
from lianze.org.directory import Directory
from lianze.pack.definitions import Register
from lianze.web.posting import typed_of

BOTH_CHANGED = (
    "这一项两边都改过：已保存的改动见上面，框里是您填的；保存后以您填的为准"
    " / changed on both sides: what is saved stands above, here is yours, which holds once you save"
)
Files = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Merge:
    """What the form shows now. `conflicts`: a sentence for each control that both sides changed, differently."""

    typed: dict[str, list[str]]
    attachments: Files
    conflicts: dict[str, list[str]]


def merge(desk: Desk, register: Register, directory: Directory, entry: Entry, version: int, mine: EntryState) -> Merge:
    """`mine` laid over the latest: what this form did not touch since `version` is as last saved."""
    began, latest = read_began(desk, entry, version), state_of(desk, entry)
    old = typed_of(without_hidden(desk, began), register, directory) if began else {}
    new = typed_of(without_hidden(desk, latest), register, directory)
    own = typed_of(mine, register, directory)
    typed, conflicts = dict(new), {}
    for name, texts in own.items():
        if texts == new.get(name) or (began and texts == old.get(name)):
            continue
        typed[name] = texts
        if not began or new.get(name) != old.get(name):
            conflicts[name] = [BOTH_CHANGED]
    return Merge(
        typed, merged_files(began.attachments if began else (), latest.attachments, mine.attachments), conflicts
    )


def read_began(desk: Desk, entry: Entry, version: int) -> EntryState | None:
    """What the entry said at that version; None where that is not known or was erased."""
    rows = Revision.objects.filter(organisation_id=desk.organisation.id, subject_id=entry.id, number=version)
    canonical = rows.values_list("canonical", flat=True).first()
    return state_in_json(json.loads(canonical)["state"]) if canonical else None


def state_in_json(document: Mapping[str, Any]) -> EntryState:
    """The entry that `lianze.ledger.states.json_of` made `document` of."""
    days = {name: date.fromisoformat(document[name]) for name in ("ended_on", "due_on", "done_on") if document[name]}
    amounts = {name: Decimal(document[name]) for name in ("quantity", "amount") if document[name] is not None}
    plain = {name: document[name] for name in ("register", "number", "kind", "title", "state", "level", "withdrawn")}
    columns: dict[str, Any] = plain | days | amounts
    return EntryState(
        **columns,
        happened_on=date.fromisoformat(document["happened_on"]),
        unit_id=id_in(document["unit"]),
        owner_id=id_in(document["owner"]),
        data=document["data"],
        parts=tuple(Part(role, id_in(person), *rest) for role, person, *rest in document["parts"]),
        links=tuple((relation, UUID(target)) for relation, target in document["links"]),
        attachments=tuple((name, sha256) for name, sha256 in document["attachments"]),
    )


def id_in(text: str | None) -> UUID | None:
    """An identifier, or none."""
    return UUID(text) if text else None


def without_hidden(desk: Desk, state: EntryState) -> EntryState:
    """The state as a form shows it: without links to entries that the actor may not know of."""
    hidden = hidden_links(desk, state)
    return replace(state, links=tuple(link for link in state.links if link not in hidden))


def merged_files(old: Files, new: Files, own: Files) -> Files:
    """Evidence: the latest, without what this form took away, with what it added."""
    gone = set(old) - set(own)
    return tuple(
        dict.fromkeys([*(file for file in new if file not in gone), *(file for file in own if file not in old)])
    )
