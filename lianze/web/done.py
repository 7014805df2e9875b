"""What was just done to several entries: which ones, and which not and why. Kept with the session until the next time."""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from lianze.ledger.filters import parse_id
from lianze.ledger.places import find_register, record_refusal
from lianze.ledger.read import visible_entries
from lianze.pack.definitions import Register
from lianze.web.audit import append_look
from lianze.web.language import named
from lianze.web.requests import DeskRequest
from lianze.web.shown import state_text

KEY = "done"


def show_done(
    request: DeskRequest,
    register: Register,
    ids: Iterable[UUID],
    failed: Iterable[tuple[UUID, str]] = (),
) -> HttpResponse:
    """On to the page of what was done."""
    reasons = {str(entry_id): reason for entry_id, reason in failed}
    request.session[KEY] = {"register": register.id, "ids": [str(found) for found in ids], "failed": reasons}
    return redirect("entries-done", register.id)


def page(request: DeskRequest, register_id: str) -> HttpResponse:
    """The entries, as far as they may still be seen."""
    desk = request.desk
    register = find_register(desk, register_id)
    kept = request.session.get(KEY) or {}
    done, failed = (kept["ids"], kept["failed"]) if kept.get("register") == register.id else ([], {})
    wanted = [found for text in (*done, *failed) if (found := parse_id(text))]
    rows = visible_entries(desk.organisation, desk.actor, desk.pack).filter(register=register.id, id__in=wanted)
    append_look(request, register.id, named(register))
    lines = [
        (entry, state_text(register, entry.state), failed.get(str(entry.id), ""))
        for entry in rows.order_by("-happened_on", "-id")
    ]
    context = {
        "here": "registers",
        "register": register,
        "lines": lines,
        "record_refusal": record_refusal(desk, register),
    }
    return render(request, "web/done.html", context)
