"""The responsibility matrix of a year, one duty with its bearers and entries, and the matrix as a workbook."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from lianze.domain.errors import NotFound
from lianze.domain.periods import year_period
from lianze.duties.compute import Standing
from lianze.duties.entries import Counted, counted_entries
from lianze.duties.opening import is_open
from lianze.figures.opening import require_reading
from lianze.ledger.models import Entry
from lianze.ledger.places import names_in
from lianze.ledger.read import visible_entries
from lianze.rules import Subject
from lianze.web.audit import append_audit, append_look
from lianze.web.downloads import XLSX, as_download, of_office
from lianze.web.duty_export import render_xlsx
from lianze.web.duty_links import record_address
from lianze.web.duty_matrix import View, bearer_lines, blocks_of, choices_of, limited
from lianze.web.duty_words import often, period_title, satisfied_by, sureness, who_owes
from lianze.web.frame import may
from lianze.web.language import both, named
from lianze.web.remembered import directory_of, standings_of
from lianze.web.requests import DeskRequest
from lianze.web.year import chosen_year, years_around

NOBODY = "没有这项责任 / no such duty"


@dataclass(frozen=True)
class Behind:
    """An entry that counts, whom for, and whether it is an occasion at which nothing was done."""

    entry: Entry
    whom: str
    met: bool


def read_standings(request: DeskRequest, year: int) -> tuple[View, list[Standing]]:
    """Every duty of the year that the actor may know of."""
    view = View(request.desk, directory_of(request), year)
    return view, [one for one in standings_of(request, year) if is_open(request.desk, one.duty)]


def matrix(request: DeskRequest) -> HttpResponse:
    """Duties by periods, as a whole or of one section or person."""
    desk = request.desk
    require_reading(desk)
    year, asked = chosen_year(request), request.GET.get("for", "")
    view, standings = read_standings(request, year)
    off = [duty for duty in desk.pack.duties.values() if not duty.enabled and is_open(desk, duty)]
    context = {
        "here": "duties",
        "year": year,
        "years": years_around(year, desk.actor.day.year),
        "blocks": blocks_of(view, limited(standings, view.directory, asked)),
        "choices": choices_of(standings, view.directory),
        "asked": asked,
        "off": [(duty, who_owes(duty, desk.pack), often(duty), sureness(duty)) for duty in off],
        "may_export": may(desk, "export"),
    }
    return render(request, "web/duties.html", context)


def export(request: DeskRequest) -> HttpResponse:
    """The matrix shown, as a workbook; written to the audit list."""
    desk = request.desk
    desk.require("export", Subject(desk.organisation.path))
    year, asked = chosen_year(request), request.GET.get("for", "")
    view, standings = read_standings(request, year)
    shown = limited(standings, view.directory, asked)
    append_audit(request, "exported", both(f"责任矩阵 {year} {asked}", f"Duties {year} {asked}").strip())
    what = both(f"{year}年责任矩阵.xlsx", f"responsibility matrix {year}.xlsx")
    return as_download(render_xlsx(view, shown), XLSX, of_office(desk, what))


def page(request: DeskRequest, duty_id: str) -> HttpResponse:
    """One duty: who owes it and why, its bearers by periods, and the entries that count."""
    desk = request.desk
    require_reading(desk)
    duty = desk.pack.duties.get(duty_id)
    if duty is None or not is_open(desk, duty):
        raise NotFound(NOBODY)
    append_look(request, duty.register, named(duty))
    year = chosen_year(request)
    view, standings = read_standings(request, year)
    standing = next((one for one in standings if one.duty.id == duty.id), None)
    context = {
        "here": "duties",
        "duty": duty,
        "register": desk.pack.registers[duty.register],
        "year": year,
        "years": years_around(year, desk.actor.day.year),
        "who": who_owes(duty, desk.pack),
        "often": often(duty),
        "sureness": sureness(duty),
        "explained": satisfied_by(duty, desk.pack),
        "standing": standing,
    }
    if standing is not None:
        context |= in_detail(request, view, standing)
    return render(request, "web/duty.html", context)


def in_detail(request: DeskRequest, view: View, standing: Standing) -> dict[str, object]:
    """The bearers' lines and the entries, those of one period and bearer where the address names them."""
    duty, pack = standing.duty, view.desk.pack
    text = request.GET.get("at", "")
    at = int(text) if text.isdecimal() and int(text) < len(standing.spans) else None
    code = request.GET.get("bearer", "")
    bearer = next((row.bearer for row in standing.rows if code and row.bearer.code == code), None)
    span = standing.spans[at] if at is not None else None
    period = span.period if span is not None else year_period(view.year)
    counted = counted_entries(view.desk.organisation.id, duty, pack, period, bearer.id if bearer else None)
    behind, hidden = seen(view, counted)
    only = tuple(row.bearer for row in standing.rows if bearer in (None, row.bearer))
    due = span or next((one for one in standing.spans if view.desk.actor.day in one.period), standing.spans[-1])
    return {
        "heads": [period_title(duty, one, pack) for one in standing.spans],
        "lines": bearer_lines(view, standing),
        "behind": behind,
        "hidden": hidden,
        "period": period_title(duty, span, pack) if span is not None else "",
        "bearer": bearer,
        "record": record_address(view.desk, duty, due, only, view.directory),
    }


def seen(view: View, counted: list[Counted]) -> tuple[list[Behind], int]:
    """The entries that the actor may see, and how many are left out."""
    desk = view.desk
    rows = visible_entries(desk.organisation, desk.actor, desk.pack).filter(id__in={one.entry_id for one in counted})
    entries: dict[UUID, Entry] = {entry.id: entry for entry in rows} if counted else {}
    known = names_in(view.directory)
    names = {**known.people, **known.units}
    shown = [
        Behind(entries[one.entry_id], names.get(one.bearer_id, "") if one.bearer_id else "", one.met)
        for one in counted
        if one.entry_id in entries
    ]
    return shown, len(counted) - len(shown)
