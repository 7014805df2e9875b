"""A register's pictures: its entries counted in two directions, as the pack asks. Every number opens its entries."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lianze.ledger.filters import COLUMN, NOT_FINAL, filtered, parse_filter
from lianze.ledger.places import find_register
from lianze.ledger.read import visible_entries
from lianze.pack.definitions import Overview, Register
from lianze.web.audit import append_look
from lianze.web.counted import Grid, make_grid
from lianze.web.language import named
from lianze.web.registers import select_options, select_title
from lianze.web.remembered import directory_of
from lianze.web.requests import DeskRequest


@dataclass(frozen=True)
class Picture:
    """One overview with its grid."""

    overview: Overview
    rows_title: str
    grid: Grid


def page(request: DeskRequest, register_id: str) -> HttpResponse:
    """All pictures of a register."""
    register = find_register(request.desk, register_id)
    append_look(request, register.id, named(register))
    pictures = [read_picture(request, register, overview) for overview in register.overview]
    return render(request, "web/overview.html", {"here": "registers", "register": register, "pictures": pictures})


def read_picture(request: DeskRequest, register: Register, overview: Overview) -> Picture:
    """One picture, in one query."""
    desk = request.desk
    fixed = {"kind": overview.kind} if overview.kind else {}
    if overview.not_final:
        fixed["state"] = NOT_FINAL
    asked = parse_filter(register, fixed)
    entries = filtered(visible_entries(desk.organisation, desk.actor, desk.pack), register, asked, desk.organisation.id)
    keys = [key_of(overview.rows), key_of(overview.columns)]
    found = entries.order_by(*keys).values_list(*keys).annotate(n=Count("id"))
    counts = {(str(row or ""), str(column or "")): count for row, column, count in found}

    def address(row: str, column: str) -> str:
        asked = {**fixed, overview.rows: row, **({overview.columns: column} if column else {})}
        return f"{reverse('entry-list', args=[register.id])}?{urlencode(asked)}"

    grid = make_grid(
        options(request, register, overview.rows), options(request, register, overview.columns), counts, address
    )
    return Picture(overview, select_title(register, overview.rows), grid)


def key_of(name: str) -> str:
    """The column of a filter's field, or its place in `data`."""
    return COLUMN.get(name, f"data__{name}")


def options(request: DeskRequest, register: Register, name: str) -> list[tuple[str, str]]:
    """Values and titles of a filter, in the pack's or the organisation's order."""
    known = select_options(request.desk, register, name, directory_of(request))
    return [(value, title) for value, title in known if value != NOT_FINAL]
