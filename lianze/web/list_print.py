"""A register's whole list on paper: every entry of the filter, under a heading that says what was asked for and when."""

from django.http import HttpResponse
from django.shortcuts import render

from lianze.ledger.filters import filtered, parse_filter
from lianze.ledger.paging import is_within, parse_sort
from lianze.ledger.places import find_register, names_in
from lianze.ledger.read import visible_entries
from lianze.rules import Subject
from lianze.web.audit import append_audit
from lianze.web.columns import columns_of
from lianze.web.exports import read_all, unit_of
from lianze.web.language import both, named
from lianze.web.registers import filter_words, people_options, selects
from lianze.web.remembered import directory_of
from lianze.web.requests import DeskRequest
from lianze.web.totals import read_totals

# More than a hundred sheets of paper are no list to read: a workbook is.
MOST = 2_000


def page(request: DeskRequest, register_id: str) -> HttpResponse:
    """The list to be printed, under the export's own guard and written to the audit list as an export is. Longer than
    MOST there is no line of it, only where else to get it."""
    desk = request.desk
    register = find_register(desk, register_id)
    desk.require("export", Subject(desk.organisation.path, register.id, unit_of(request)))
    asked = parse_filter(register, request.GET.dict())
    rows = filtered(visible_entries(desk.organisation, desk.actor, desk.pack), register, asked, desk.organisation.id)
    totals, directory = read_totals(rows, register, desk.pack), directory_of(request)
    sort = parse_sort(request.GET.get("sort", ""), rows, totals.is_small)
    is_whole = totals.is_small or is_within(rows, MOST)
    lines = list(read_all(desk, register, rows, sort, names_in(directory), False)) if is_whole else []
    if is_whole:
        append_audit(request, "exported", f"{named(register)} {both('打印', 'print')} {asked.query} {len(lines)}")
    context = {
        "here": "registers",
        "register": register,
        "asked": asked,
        "asked_words": filter_words(selects(desk, register, asked, directory), people_options(directory), asked),
        "columns": columns_of(register),
        "lines": lines,
        "is_whole": is_whole,
        "most": MOST,
        "sort": sort,
    }
    return render(request, "web/list_print.html", context)
