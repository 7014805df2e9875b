"""An entry without its notes, for somebody whom it concerns (回避): that it is there and when, not what it says."""

from dataclasses import replace
from uuid import UUID

from lianze.domain.columns import ENTRY_COLUMNS
from lianze.ledger.actions import Desk
from lianze.ledger.models import Entry
from lianze.ledger.states import EntryState
from lianze.ledger.subjects import read_subjects
from lianze.pack.definitions import Register
from lianze.rules import may_see_notes

FREE = ("text", "longtext")


def without_notes(state: EntryState, register: Register) -> EntryState:
    """The state without free text and evidence; the title stays."""
    free = {field.name for field in register.field if field.type in FREE and field.name not in ENTRY_COLUMNS}
    return replace(state, data={k: v for k, v in state.data.items() if k not in free}, attachments=())


def read_concerned(desk: Desk, register: Register, entries: list[Entry]) -> set[UUID]:
    """Those of the entries, all of `register`, whose notes the actor may not see; none outside restricted registers."""
    if not register.restricted:
        return set()
    subjects = read_subjects(desk.organisation, entries, desk.pack)
    return {entry_id for entry_id, subject in subjects.items() if not may_see_notes(desk.actor, subject, desk.pack)}
