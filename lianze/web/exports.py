"""Exactly what the list shows, as a workbook or CSV: same filter, same order, same columns; or everything recorded of it."""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

import xlsxwriter
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone

from lianze.domain.errors import NotFound
from lianze.exchange.csv_text import render_csv
from lianze.ledger.actions import Desk
from lianze.ledger.filters import filtered, parse_filter
from lianze.ledger.models import Entry
from lianze.ledger.paging import parse_sort, read_page
from lianze.ledger.places import Names, find_register, names_in
from lianze.ledger.read import visible_entries
from lianze.pack.definitions import Register
from lianze.rules import Subject
from lianze.web.audit import append_audit
from lianze.web.columns import Column, Line, columns_of, read_lines
from lianze.web.downloads import XLSX, as_download, of_office
from lianze.web.language import both, named
from lianze.web.remembered import directory_of
from lianze.web.requests import DeskRequest
from lianze.web.shown import value_of
from lianze.web.totals import read_totals

MOST = 100_000
AT_ONCE = 1_000
EVERY = "all"  # in the address: not the list's columns alone


def export(request: DeskRequest, register_id: str, form: str) -> HttpResponse:
    """The list's file; written to the audit list."""
    desk = request.desk
    register = find_register(desk, register_id)
    desk.require("export", Subject(desk.organisation.path, register.id, unit_of(request)))
    asked = parse_filter(register, request.GET.dict())
    rows = filtered(visible_entries(desk.organisation, desk.actor, desk.pack), register, asked, desk.organisation.id)
    totals = read_totals(rows, register, desk.pack)
    count = totals.count if totals.is_small else rows.order_by()[:MOST].count()
    every = request.GET.get("fields") == EVERY
    query = "&".join(filter(None, [asked.query, f"fields={EVERY}" if every else ""]))
    append_audit(request, "exported", f"{named(register)} {query} {count}")
    sort = parse_sort(request.GET.get("sort", ""), rows, totals.is_small)
    columns = columns_of(register, every)
    lines = read_all(desk, register, rows, sort, names_in(directory_of(request)), every)
    what = f"{named(register)}{both('全部字段', ' all fields') if every else ''}-{timezone.localdate()}.{form}"
    if form == "csv":
        cells = ([cell.text for cell in line.cells] for line in lines)
        content = render_csv([[column.title for column in columns], *cells])
        return as_download(content, "text/csv; charset=utf-8", of_office(desk, what))
    if form == "xlsx":
        return as_download(render_xlsx(register, columns, lines), XLSX, of_office(desk, what))
    raise NotFound("没有这种导出格式 / no such format")


def unit_of(request: DeskRequest) -> UUID | None:
    """The unit that the export is limited to: whoever may only act for a section exports that section."""
    units = request.desk.actor.unit_ids
    wanted = request.GET.get("unit", "")
    return next((unit for unit in units if str(unit) == wanted), None)


def read_all(
    desk: Desk, register: Register, rows: QuerySet[Entry], sort: str, names: Names, every: bool
) -> Iterator[Line]:
    """Every line of the list, up to the most that a file holds; a thousand at a time are in memory."""
    after = ""
    for _ in range(0, MOST, AT_ONCE):
        page = read_page(rows, sort, after, AT_ONCE)
        yield from read_lines(desk, register, page.entries, names, every)
        after = page.after
        if not after:
            break


def render_xlsx(register: Register, columns: Sequence[Column], lines: Iterable[Line]) -> bytes:
    """A workbook of one sheet, written row by row; days and numbers stay days and numbers."""
    file = io.BytesIO()
    plain = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, plain) as book:
        sheet = book.add_worksheet(named(register)[:31])
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns) - 1, 18)
        sheet.write_row(0, 0, [column.title for column in columns], book.add_format({"bold": True, "bottom": 1}))
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        fields = [is_field(register, column.name) for column in columns]
        for at, line in enumerate(lines, 1):
            for column, cell in enumerate(line.cells):
                value = value_of(line.entry, cell.column.name) if fields[column] else None
                if isinstance(value, date):
                    sheet.write_datetime(at, column, value, day)
                elif isinstance(value, Decimal):
                    sheet.write_number(at, column, float(value))
                else:
                    sheet.write_string(at, column, cell.text)
    return file.getvalue()


def is_field(register: Register, name: str) -> bool:
    """Whether the column is a field of the register."""
    return any(field.name == name for field in register.field)
