"""Finding entries: suggestions for a link in a form, and search across all registers that may be known of."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from lianze.ledger.actions import Desk
from lianze.ledger.models import Entry
from lianze.ledger.places import find_register
from lianze.ledger.read import visible_entries
from lianze.ledger.search import titled_or_numbered
from lianze.pack.definitions import Register
from lianze.web.audit import append_look
from lianze.web.find_kinds import read_kinds
from lianze.web.find_people import read_people
from lianze.web.language import named
from lianze.web.remembered import directory_of
from lianze.web.requests import DeskRequest

FEW = 12
MOST = 100


def suggest(request: DeskRequest, register_id: str) -> HttpResponse:
    """JSON `{"found": [{"value", "text"}]}` for a link's picker: the latest entries whose title or number fits."""
    desk = request.desk
    register = find_register(desk, register_id)
    text = request.GET.get("q", "").strip()[:100]
    rows = visible_entries(desk.organisation, desk.actor, desk.pack).filter(register=register.id, withdrawn=False)
    rows = rows.filter(titled_or_numbered(rows, text)) if text else rows
    append_look(request, register.id, text)
    found = [
        {"value": str(e.id), "text": f"{e.happened_on}　{e.title}"} for e in rows.order_by("-happened_on", "-id")[:FEW]
    ]
    return JsonResponse({"found": found})


def search(request: DeskRequest) -> HttpResponse:
    """Search in titles across registers for entries with every word, the latest first, grouped by register; above
    them the kinds, registers and people that the words name."""
    desk = request.desk
    text = request.GET.get("q", "").strip()[:100]
    withdrawn = request.GET.get("withdrawn", "") == "1"
    entries = read_found(desk, text, withdrawn) if text else []
    groups: dict[str, tuple[Register, list[Entry]]] = {}
    for entry in entries[:MOST]:
        register = desk.pack.registers[entry.register]
        groups.setdefault(register.id, (register, []))[1].append(entry)
    for register, _ in groups.values():
        append_look(request, register.id, f"{named(register)} {text}")
    context = {
        "here": "",
        "text": text,
        "withdrawn": withdrawn,
        "words": text.split(),
        "kinds": read_kinds(desk, text),
        "people": read_people(desk, directory_of(request), text) if text else [],
        "groups": list(groups.values()),
        "count": len(entries),
        "more": len(entries) > MOST,
        "most": MOST,
    }
    return render(request, "web/search.html", context)


def read_found(desk: Desk, text: str, withdrawn: bool = False) -> list[Entry]:
    """The latest entries that hold every word in their title, or have the whole as their number; one more than are
    shown where there are more. With `withdrawn` these too."""
    rows = visible_entries(desk.organisation, desk.actor, desk.pack)
    rows = rows if withdrawn else rows.filter(withdrawn=False)
    return list(rows.filter(titled_or_numbered(rows, text)).order_by("-happened_on", "-id")[: MOST + 1])
