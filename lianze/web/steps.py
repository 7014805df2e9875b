"""Taking an entry a step further, and withdrawing it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from lianze.ledger.actions import step, withdraw
from lianze.ledger.filters import parse_day
from lianze.web.language import both
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
    withdraw(request.desk, entry_id, version_of(request), request.POST.get("why", "")[:500])
    messages.success(request, both("已撤回，记录和理由仍可查。", "Withdrawn; the entry and the reason stay on record."))
    return redirect("entry", entry_id)


def version_of(request: DeskRequest) -> int:
    """The version that the page showed."""
    text = request.POST.get("version", "")
    return int(text) if text.isdigit() and len(text) < 9 else 0
