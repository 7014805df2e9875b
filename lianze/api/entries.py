"""Entries of a register: list, read, record, amend, withdraw, take a step, history."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from ninja import Router

from lianze.api.answers import COMMON, WRITING
from lianze.api.auth import ApiRequest, Token, note_look
from lianze.api.placeholders import AmendmentIn, EntryIn, EntryOut, History, Page, StepIn, WithdrawalIn, body
from lianze.api.shapes import Withdrawal, amendment_of, input_of, step_of
from lianze.api.states import json_of, state_in
from lianze.domain.errors import Invalid, NotFound, Problem, Refused
from lianze.ledger.actions import Desk, amend, record, state_of, step, withdraw
from lianze.ledger.filters import filtered, parse_filter
from lianze.ledger.linked import hidden_links, read_targets
from lianze.ledger.models import Entry, Revision
from lianze.ledger.notes import read_concerned, without_notes
from lianze.ledger.paging import FIRST, parse_key, read_page
from lianze.ledger.places import find_register, record_refusal
from lianze.ledger.read import read_entry, visible_entries
from lianze.ledger.rows import read_states
from lianze.ledger.states import NO_DAY, EntryState
from lianze.ledger.subjects import read_subject
from lianze.ledger.validate import problems_in
from lianze.org.directory import Directory, read_directory
from lianze.pack.definitions import Register

router = Router(tags=["entries"])
ENTRIES = "/registers/{register_id}/entries"
ENTRY = ENTRIES + "/{uuid:entry_id}"


@router.get(ENTRIES, auth=Token("read"), response={200: Page, **COMMON})
def list_entries(request: ApiRequest, register_id: str, after: str = "") -> HttpResponse:
    """Fifty entries, the latest first; `after` of one page leads to the next, empty on the last."""
    desk = request.desk
    known = find_register(desk, register_id)
    given = {name: text.replace("\0", "") for name, text in request.GET.dict().items()}
    if after and parse_key(after, FIRST.lstrip("-")) is None:
        raise Invalid([Problem(known.title, "after", "不是某一页的“after” / not the `after` of a page")])
    seen = visible_entries(desk.organisation, desk.actor, desk.pack)
    rows = filtered(seen, known, parse_filter(known, given), desk.organisation.id)
    page = read_page(rows, FIRST, after)
    note_look(request, known.id, known.title)
    return told({"entries": shown(desk, known, page.entries), "after": page.after})


@router.post(ENTRIES, auth=Token("record"), response={201: EntryOut, **WRITING}, openapi_extra=body(EntryIn))
def record_entry(request: ApiRequest, register_id: str) -> HttpResponse:
    """Records an entry; every problem is told at once."""
    desk = request.desk
    known = find_register(desk, register_id)
    if (reason := record_refusal(desk, known)) is not None:
        raise Refused(reason)
    sent = input_of(known.id).model_validate_json(request.body).model_dump()
    directory = read_directory(desk.organisation.id, desk.pack)
    state = checked(desk, known, directory, state_in(sent, known, EntryState(known.id, "", NO_DAY)))
    entry_id = record(desk, [state], "", directory)[0]
    return again(desk, known, entry_id, 201)


@router.get(ENTRY, auth=Token("read"), response={200: EntryOut, **COMMON})
def get_entry(request: ApiRequest, register_id: str, entry_id: UUID) -> HttpResponse:
    """One entry."""
    known, entry = find_entry(request.desk, register_id, entry_id)
    note_look(request, known.id, f"{known.title} {entry.title}")
    return told(shown(request.desk, known, [entry])[0])


@router.put(ENTRY, auth=Token("amend"), response={200: EntryOut, **WRITING}, openapi_extra=body(AmendmentIn))
def amend_entry(request: ApiRequest, register_id: str, entry_id: UUID) -> HttpResponse:
    """Replaces an entry's content; links that the asker may not know of, and evidence, stay as they are."""
    desk = request.desk
    known, entry = find_entry(desk, register_id, entry_id)
    desk.require("amend", read_subject(desk.organisation, entry, desk.pack))
    sent = amendment_of(known.id).model_validate_json(request.body).model_dump()
    base = state_of(desk, entry)
    directory = read_directory(desk.organisation.id, desk.pack)
    state = checked(desk, known, directory, state_in(sent["entry"], known, base), base)
    amend(desk, entry.id, state, sent["version"], sent["why"])
    return again(desk, known, entry.id)


@router.post(
    ENTRY + "/withdraw", auth=Token("withdraw"), response={200: EntryOut, **WRITING}, openapi_extra=body(WithdrawalIn)
)
def withdraw_entry(request: ApiRequest, register_id: str, entry_id: UUID) -> HttpResponse:
    """Takes an entry out of every list and figure; it stays on record with the reason."""
    desk = request.desk
    known, entry = find_entry(desk, register_id, entry_id)
    sent = Withdrawal.model_validate_json(request.body)
    withdraw(desk, entry.id, sent.version, sent.why)
    return again(desk, known, entry.id)


@router.post(
    ENTRY + "/transitions", auth=Token("transition"), response={200: EntryOut, **WRITING}, openapi_extra=body(StepIn)
)
def take_step(request: ApiRequest, register_id: str, entry_id: UUID) -> HttpResponse:
    """Takes an entry to its next state; some steps need a second person."""
    desk = request.desk
    known, entry = find_entry(desk, register_id, entry_id)
    sent = step_of(known.id).model_validate_json(request.body).model_dump()
    step(desk, entry.id, sent["step"], sent["version"], sent["why"], sent["day"] or desk.actor.day)
    return again(desk, known, entry.id)


@router.get(ENTRY + "/history", auth=Token("read"), response={200: list[History], **COMMON})
def get_history(request: ApiRequest, register_id: str, entry_id: UUID) -> HttpResponse:
    """Every revision with its leaf in the log, the first one first; none to somebody whom the entry concerns."""
    desk = request.desk
    known, entry = find_entry(desk, register_id, entry_id)
    note_look(request, known.id, f"{known.title} {entry.title}")
    rows = Revision.objects.filter(organisation_id=desk.organisation.id, subject_id=entry.id).order_by("number")
    hidden = bool(read_concerned(desk, known, [entry]))
    return told([] if hidden else [revision_json(desk, row) for row in rows])


def revision_json(desk: Desk, row: Revision) -> dict[str, Any]:
    """One revision; its links only as far as the asker may know of them. `state` is null where it was erased."""
    state = json.loads(row.canonical)["state"] if row.canonical else None
    if state:
        seen = read_targets(desk, [UUID(target) for _, target in state["links"]])
        state["links"] = [[relation, target] for relation, target in state["links"] if UUID(target) in seen]
    return {
        "number": row.number,
        "action": row.action,
        "author": row.author,
        "recorded_at": row.recorded_at.isoformat(),
        "why": row.why,
        "leaf_index": row.leaf_index,
        "leaf": bytes(row.leaf).hex(),
        "state": state,
    }


def find_entry(desk: Desk, register_id: str, entry_id: UUID) -> tuple[Register, Entry]:
    """The entry in that register; NotFound for one elsewhere, hidden or not there."""
    register = find_register(desk, register_id)
    entry = read_entry(desk.organisation, entry_id, desk.actor, desk.pack)
    if entry.register != register.id:
        raise NotFound("没有这条记录 / no such entry")
    return register, entry


def checked(
    desk: Desk, register: Register, directory: Directory, state: EntryState, base: EntryState | None = None
) -> EntryState:
    """The state with the hidden links of `base`; Invalid unless it fits, links that lead nowhere included."""
    targets = read_targets(desk, (target for _, target in state.links))
    problems = problems_in(state, register, desk.pack, directory, targets, day=desk.actor.day)
    if problems:
        raise Invalid(problems)
    kept = hidden_links(desk, base) if base else ()
    return replace(state, links=(*state.links, *kept))


def shown(desk: Desk, register: Register, entries: list[Entry]) -> list[dict[str, Any]]:
    """Entries as JSON, as far as the asker may know of what they say."""
    states = read_states(desk.organisation.id, entries)
    concerned = read_concerned(desk, register, entries)
    states |= {entry_id: without_notes(states[entry_id], register) for entry_id in concerned}
    seen = read_targets(desk, (target for state in states.values() for _, target in state.links))
    return [json_of(entry, states[entry.id], register, seen, entry.id not in concerned) for entry in entries]


def again(desk: Desk, register: Register, entry_id: UUID, status: int = 200) -> HttpResponse:
    """The entry as the asker has just made it, even where that took it out of their sight."""
    entry = Entry.objects.get(organisation_id=desk.organisation.id, id=entry_id)
    return told(shown(desk, register, [entry])[0], status)


def told(content: object, status: int = 200) -> HttpResponse:
    """An answer as JSON."""
    return JsonResponse(content, safe=False, status=status, json_dumps_params={"ensure_ascii": False})
