"""Taking an entry a step further, and withdrawing it."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from lianze.ledger.actions import step, withdraw
from lianze.ledger.filters import parse_day
from lianze.ledger.read import read_entry
from lianze.web.language import both, named
from lianze.web.requests import DeskRequest


@require_POST
def take(request: DeskRequest, entry_id: UUID, step_id: str) -> HttpResponse:
    """Takes the step; the ledger refuses what may not follow or is not this person's to do."""
    day = parse_day(request.POST.get("day", "")) or timezone.localdate()
    step(request.desk, entry_id, step_id, version_of(request), request.POST.get("why", "")[:500], day)
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
