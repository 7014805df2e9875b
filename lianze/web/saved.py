"""Filters that somebody keeps under a name."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from lianze.ledger.filters import parse_filter
from lianze.ledger.places import find_register
from lianze.pack.definitions import Register
from lianze.web.language import both
from lianze.web.models import SavedFilter
from lianze.web.requests import DeskRequest

MOST = 20
LONGEST = 60


@dataclass(frozen=True)
class Saved:
    """A saved filter as its register takes it today. `lost`: conditions that the register no longer knows."""

    name: str
    query: str
    lost: tuple[str, ...]


def own_filters(request: DeskRequest, register: Register) -> QuerySet[SavedFilter]:
    """The account's filters of one register."""
    rows = SavedFilter.objects.filter(organisation_id=request.desk.organisation.id, account_id=request.user.id)
    return rows.filter(register=register.id)


def read_saved(request: DeskRequest, register: Register, options: Mapping[str, Set[str]]) -> list[Saved]:
    """The account's filters of one register by name; `options` are the values that each choice has today."""
    return [saved_of(row, register, options) for row in own_filters(request, register).order_by("name")[:MOST]]


def saved_of(row: SavedFilter, register: Register, options: Mapping[str, Set[str]]) -> Saved:
    """One of them, without the conditions that mean nothing any more."""
    given = parse_qsl(row.query)
    understood = set(parse_filter(register, dict(given)).pairs)
    kept = [pair for pair in given if pair in understood and is_offered(*pair, options)]
    lost = tuple(f"{name}={value}" for name, value in given if (name, value) not in kept)
    return Saved(row.name, urlencode(kept), lost)


def is_offered(name: str, value: str, options: Mapping[str, Set[str]]) -> bool:
    """Whether a choice still has the value; a family of kinds while one of it is left."""
    if name not in options:
        return True
    return value in options[name] or (value.endswith(".") and any(one.startswith(value) for one in options[name]))


def back(register: Register, query: str = "") -> HttpResponse:
    """To the list."""
    return redirect(f"{reverse('entry-list', args=[register.id])}?{query}")


def typed_name(request: DeskRequest, field: str) -> str:
    """A name as it is kept."""
    return request.POST.get(field, "").strip()[:LONGEST]


@require_POST
def save(request: DeskRequest, register_id: str) -> HttpResponse:
    """Keeps the filter shown under a name; the same name again replaces it, and says so."""
    register = find_register(request.desk, register_id)
    asked = parse_filter(register, request.POST.dict())
    name, rows = typed_name(request, "name"), own_filters(request, register)
    if not name:
        messages.error(request, both("请给筛选起个名字。", "Give the filter a name."))
    elif rows.exclude(name=name).count() >= MOST:
        text = both(f"最多保存{MOST}个筛选，请先删去不用的。", f"At most {MOST} filters: remove one first.")
        messages.error(request, text)
    else:
        _, is_new = SavedFilter.objects.update_or_create(
            organisation_id=request.desk.organisation.id,
            account_id=request.user.id,
            register=register.id,
            name=name,
            defaults={"query": asked.query},
        )
        new = both(f"已保存筛选“{name}”。", f"Filter “{name}” saved.")
        again = both(f"“{name}”已改为现在的条件。", f"“{name}” now holds the present conditions.")
        messages.success(request, new if is_new else again)
    return back(register, asked.query)


@require_POST
def rename(request: DeskRequest, register_id: str) -> HttpResponse:
    """Gives a saved filter another name, unless another one has it."""
    register = find_register(request.desk, register_id)
    name, to, rows = request.POST.get("name", ""), typed_name(request, "to"), own_filters(request, register)
    if to and to != name and rows.filter(name=to).exists():
        text = both(f"已有名为“{to}”的筛选，没有改名。", f"There is a filter “{to}” already; nothing was renamed.")
        messages.error(request, text)
    elif to and rows.filter(name=name).update(name=to):
        messages.success(request, both(f"已改名为“{to}”。", f"Renamed to “{to}”."))
    return back(register)


@require_POST
def forget(request: DeskRequest, register_id: str) -> HttpResponse:
    """Removes a saved filter; what it found stays."""
    register = find_register(request.desk, register_id)
    name = request.POST.get("name", "")
    removed, _ = own_filters(request, register).filter(name=name).delete()
    if removed:
        text = both(f"已删去筛选“{name}”，记录不受影响。", f"Filter “{name}” removed; no entry was touched.")
        messages.success(request, text)
    return back(register)
