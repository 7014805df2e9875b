"""Recording and amending an entry: one form made from the register's definition."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from lianze.domain.errors import Invalid, Refused, Stale
from lianze.ledger.actions import amend, record, require_recording, state_of
from lianze.ledger.linked import hidden_links
from lianze.ledger.places import find_register, record_refusal
from lianze.ledger.read import read_entry
from lianze.ledger.states import NO_DAY, EntryState
from lianze.ledger.subjects import read_subject
from lianze.pack.definitions import Register
from lianze.web.controls import Typed
from lianze.web.done import show_done
from lianze.web.doubts import NO_DOUBTS, read_doubts
from lianze.web.entry_form import FIRST_FOCUS, draft_of, form_page, make_layout
from lianze.web.language import both
from lianze.web.merging import merge
from lianze.web.posting import read_typed, split_typed, typed_of
from lianze.web.prefill import copied, first_typed
from lianze.web.remembered import directory_of
from lianze.web.requests import DeskRequest
from lianze.web.sent import add_faults, also_days, check_also, finish_reading, typed_in
from lianze.web.steps import version_of


def new(request: DeskRequest, register_id: str) -> HttpResponse:
    """The form for a new entry, and its recording; several days make several entries."""
    desk = request.desk
    register = find_register(desk, register_id)
    if (reason := record_refusal(desk, register)) is not None:
        raise Refused(reason)
    directory = directory_of(request)
    if request.method != "POST":
        return form_page(request, register, directory, first_typed(request, register, directory), {})
    typed = typed_in(request)
    reading = read_typed(typed, register, desk.pack, directory, EntryState(register.id, "", NO_DAY))
    days = also_days(request, reading)
    finish_reading(request, register, directory, reading)
    check_also(request, register, directory, reading, days)
    states = [reading.state, *(replace(reading.state, happened_on=day) for day in days)]
    doubts = NO_DOUBTS
    if not reading.faults:
        try:
            require_recording(desk, states)
            if not (doubts := read_doubts(request, register, directory, states, None)):
                return recorded(request, register, record(desk, states, "", directory))
        except (Invalid, Refused) as error:
            add_faults(reading, error)
    files = reading.state.attachments
    return form_page(request, register, directory, typed, reading.faults, attached=files, doubts=doubts)


def recorded(request: DeskRequest, register: Register, ids: list[UUID]) -> HttpResponse:
    """On to the entry, or to all of them where there are several, or to the next empty form."""
    several = both(f"已记录{len(ids)}条。", f"{len(ids)} entries recorded.")
    said = both("已记录。", "Recorded.") if len(ids) == 1 else several
    messages.success(request, said, extra_tags=draft_of(request, register))
    if request.POST.get("again"):
        return redirect(f"/registers/{register.id}/new/?kind={request.POST.get('kind', '')}")
    if len(ids) > 1:
        return show_done(request, register, ids)
    return redirect(f"/entries/{ids[0]}/?recorded={register.id}")


def change(request: DeskRequest, entry_id: UUID) -> HttpResponse:
    """The form to amend an entry; asks why."""
    desk = request.desk
    entry = read_entry(desk.organisation, entry_id, desk.actor, desk.pack)
    desk.require("amend", read_subject(desk.organisation, entry, desk.pack))
    register = desk.pack.registers[entry.register]
    directory = directory_of(request)
    base = state_of(desk, entry)
    hidden = hidden_links(desk, base)
    if request.method != "POST":
        shown = replace(base, links=tuple(link for link in base.links if link not in hidden))
        typed: Typed = typed_of(shown, register, directory)
        return form_page(request, register, directory, typed, {}, entry=entry, attached=base.attachments)
    typed = typed_in(request)
    reading = read_typed(typed, register, desk.pack, directory, base)
    finish_reading(request, register, directory, reading)
    doubts = NO_DOUBTS if reading.faults else read_doubts(request, register, directory, [reading.state], base)
    if not reading.faults and not doubts:
        state = replace(reading.state, links=(*reading.state.links, *hidden))
        try:
            amend(desk, entry.id, state, version_of(request), request.POST.get("why", "")[:500])
        except Stale:
            entry = read_entry(desk.organisation, entry_id, desk.actor, desk.pack)
            found = merge(desk, register, directory, entry, version_of(request), reading.state)
            return form_page(
                request, register, directory, found.typed, found.conflicts, entry, found.attachments, is_stale=True
            )
        except (Invalid, Refused) as error:
            add_faults(reading, error)
        else:
            messages.success(request, both("已修改。", "Amended."), extra_tags=draft_of(request, register, entry.id))
            return redirect("entry", entry.id)
    files = reading.state.attachments
    return form_page(request, register, directory, typed, reading.faults, entry, files, doubts=doubts)


@require_POST
def reshape(request: DeskRequest, register_id: str) -> HttpResponse:
    """The form's fields again, after the kind changed or the last entry was copied; nothing is recorded."""
    desk = request.desk
    register = find_register(desk, register_id)
    directory = directory_of(request)
    typed = dict(typed_in(request))
    if request.POST.get("copy_last"):
        typed = {**typed, **copied(desk, register, directory, (typed.get("kind") or [""])[0])}
    layout = make_layout(desk, register, directory, split_typed(typed, register, directory), {})
    context = {"layout": layout, "register": register, "focus": FIRST_FOCUS}
    return render(request, "web/entry_fields.html", context)
