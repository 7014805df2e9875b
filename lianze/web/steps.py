"""Taking an entry a step further, and withdrawing it."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from lianze.domain.errors import Invalid
from lianze.ledger.actions import step, withdraw
from lianze.ledger.read import read_entry
from lianze.rules.transitions import find_step, is_plan
from lianze.web.entries import page
from lianze.web.language import both, named
from lianze.web.requests import DeskRequest
from lianze.web.stepping import Tried, read_day, tried


@require_POST
def take(request: DeskRequest, entry_id: UUID, step_id: str) -> HttpResponse:
    """Takes the step; the ledger refuses what may not follow or is not this person's to do. What is wrong with what was
    typed is said on the entry's page, beside it."""
    desk, typed = request.desk, request.POST.dict()
    entry = read_entry(desk.organisation, entry_id, desk.actor, desk.pack)
    register = desk.pack.registers[entry.register]
    asked = find_step(register, step_id)
    # Today is a guess for what has been done, never for what is planned.
    is_ahead = asked is not None and is_plan(register, asked)
    day, faults = read_day(typed.get("day", ""), desk.actor.day)
    if is_ahead and not typed.get("day", "").strip():
        day = None
    if asked is not None and faults:
        return page(request, entry_id, Tried(step_id, typed["day"], typed.get("why", ""), {"day": faults}))
    try:
        step(desk, entry_id, step_id, version_of(request), typed.get("why", "")[:500], day)
    except Invalid as error:
        if asked is None:
            raise
        return page(request, entry_id, tried(asked, typed, error.problems))
    messages.success(request, both("已办理。", "Done."))
    return redirect("entry", entry_id)


@require_POST
def take_back(request: DeskRequest, entry_id: UUID) -> HttpResponse:
    """Withdraws the entry; it stays on record with the reason."""
    desk = request.desk
    withdraw(desk, entry_id, version_of(request), request.POST.get("why", "")[:500])
    entry = read_entry(desk.organisation, entry_id, desk.actor, desk.pack)
    query = urlencode({"q": entry.title[:100], "withdrawn": 1})
    said = both(
        '已撤回。记录和理由仍在“{}”里，筛选“含已撤回”可查：<a href="{}">查看</a>',
        'Withdrawn. Entry and reason stay in {}, where the filter “Withdrawn too” shows them: <a href="{}">see</a>',
    )
    address = f"{reverse('entry-list', args=[entry.register])}?{query}"
    messages.success(request, format_html(said, named(desk.pack.registers[entry.register]), address))
    return redirect("entry", entry_id)


def version_of(request: DeskRequest) -> int:
    """The version that the page showed."""
    text = request.POST.get("version", "")
    return int(text) if text.isdigit() and len(text) < 9 else 0
