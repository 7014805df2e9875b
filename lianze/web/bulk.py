"""One action on several entries: first a preview that says for each whether it may be done and why not, then the act."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from lianze.domain.errors import Invalid, Refused
from lianze.ledger.actions import Desk, step, withdraw
from lianze.ledger.filters import parse_id
from lianze.ledger.models import Entry
from lianze.ledger.places import find_register
from lianze.ledger.read import visible_entries
from lianze.ledger.rows import read_states
from lianze.ledger.states import EntryState
from lianze.ledger.subjects import read_subjects
from lianze.org.directory import Directory
from lianze.pack.definitions import Register
from lianze.rules import Subject, refusal
from lianze.rules.transitions import find_step, is_plan
from lianze.web.audit import append_audit
from lianze.web.done import show_done
from lianze.web.language import both, named, one_language
from lianze.web.remembered import directory_of
from lianze.web.requests import DeskRequest
from lianze.web.stepping import read_day, reasons_of_step

MOST = 200
WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Preview:
    """One entry, and why the action may not be done to it; none: it may."""

    entry: Entry
    reasons: list[str]


@require_POST
def bulk(request: DeskRequest, register_id: str) -> HttpResponse:
    """Without an action the choice of one, with one its preview, confirmed its doing."""
    desk = request.desk
    register = find_register(desk, register_id)
    entries = chosen(desk, register, request.POST.getlist("entry"))
    if not entries:
        messages.error(request, both("请先勾选要办理的记录。", "Select entries first."))
        return redirect("entry-list", register.id)
    actions = [(step.id, named(step)) for step in register.transition] + [(WITHDRAW, both("撤回", "Withdraw"))]
    action = request.POST.get("action", "")
    known = action in dict(actions)
    why = request.POST.get("why", "")[:500]
    typed = request.POST.get("day", "")
    asked = find_step(register, action)
    day, day_faults = read_day(typed, desk.actor.day)
    if asked is not None and is_plan(register, asked) and not typed.strip():
        day = None
    previews = preview(request, register, entries, action, why, day) if known and not day_faults else []
    if known and not day_faults and request.POST.get("confirmed"):
        return act(request, register, [p for p in previews if not p.reasons], action, why, day)
    context = {
        "here": "registers",
        "register": register,
        "entries": entries,
        "actions": actions,
        "action": action if known else "",
        "previews": previews,
        "able": sum(not p.reasons for p in previews),
        "why": why,
        "day": typed if typed.strip() or known else desk.actor.day.isoformat(),
        "day_faults": day_faults,
    }
    return render(request, "web/bulk.html", context, status=422 if day_faults else 200)


def chosen(desk: Desk, register: Register, ids: list[str]) -> list[Entry]:
    """The entries ticked, as far as they may be seen."""
    wanted = [found for text in ids[:MOST] if (found := parse_id(text))]
    rows = visible_entries(desk.organisation, desk.actor, desk.pack).filter(register=register.id, id__in=wanted)
    return list(rows.order_by("-happened_on", "-id"))


def preview(
    request: DeskRequest, register: Register, entries: list[Entry], action: str, why: str, day: date | None
) -> list[Preview]:
    """What would happen to each."""
    desk, directory = request.desk, directory_of(request)
    states = read_states(desk.organisation.id, entries)
    subjects = read_subjects(desk.organisation, entries, desk.pack)
    return [
        Preview(entry, reasons_of(desk, register, subjects[entry.id], states[entry.id], action, why, day, directory))
        for entry in entries
    ]


def reasons_of(
    desk: Desk,
    register: Register,
    subject: Subject,
    state: EntryState,
    action: str,
    why: str,
    day: date | None,
    directory: Directory,
) -> list[str]:
    """Why the action may not be done to one entry, with that reason and on that day."""
    if state.withdrawn:
        return [both("已撤回", "withdrawn")]
    unit = directory.units.get(state.unit_id) if state.unit_id else None
    subject = replace(subject, unit_name=unit.name if unit else "")
    asked = find_step(register, action)
    if asked is None:
        reason = refusal("withdraw", desk.actor, subject, desk.pack)
        missing = [] if why.strip() else [both("须写明理由", "a reason must be given")]
        return ([one_language(reason)] if reason else []) + missing
    return reasons_of_step(desk, register, state, subject, asked, directory, day, why)


def act(
    request: DeskRequest, register: Register, ready: list[Preview], action: str, why: str, day: date | None
) -> HttpResponse:
    """Does it to those that the preview found able; each is its own change with its own revision."""
    done: list[UUID] = []
    failed: list[tuple[UUID, str]] = []
    for found in ready:
        try:
            one(request.desk, found.entry.id, found.entry.version, action, why, day)
        except (Invalid, Refused) as error:
            failed.append((found.entry.id, one_language(str(error))))
        else:
            done.append(found.entry.id)
    append_audit(request, "bulk", f"{named(register)} {action} {len(done)}")
    messages.success(request, both(f"已办理{len(done)}条。", f"{len(done)} entries done."))
    if failed:
        messages.error(request, both(f"{len(failed)}条未办理，原因见下。", f"{len(failed)} were not done; see below."))
    return show_done(request, register, done, failed)


def one(desk: Desk, entry_id: UUID, version: int, action: str, why: str, day: date | None) -> None:
    """The action on one entry."""
    if action == WITHDRAW:
        withdraw(desk, entry_id, version, why)
    else:
        step(desk, entry_id, action, version, why, day)
