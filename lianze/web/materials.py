"""Evidence on demand: of the entries that a list shows, or of those behind a figure, as one zip."""

import tempfile
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.http import FileResponse, HttpResponseBase
from django.utils import timezone

from lianze.exchange.materials import MOST_ENTRIES, require_few, write_materials
from lianze.figures.opening import require_reading
from lianze.figures.trace import trace
from lianze.ledger.filters import filtered, parse_filter
from lianze.ledger.models import Entry
from lianze.ledger.paging import parse_sort, read_page
from lianze.ledger.places import find_register, names_in
from lianze.ledger.read import visible_entries
from lianze.rules import Subject
from lianze.web.audit import append_audit
from lianze.web.columns import columns_of, read_lines
from lianze.web.downloads import of_office
from lianze.web.exports import render_xlsx, unit_of
from lianze.web.figures import find_figure
from lianze.web.language import both, named
from lianze.web.remembered import directory_of
from lianze.web.requests import DeskRequest

ZIP = "application/zip"
# Up to here a zip is made in memory, beyond in a file that goes with the answer.
IN_MEMORY_BYTES = 8_000_000


def of_list(request: DeskRequest, register_id: str) -> HttpResponseBase:
    """Evidence of the entries that the list shows, in its order, with the list itself as a workbook."""
    desk = request.desk
    register = find_register(desk, register_id)
    desk.require("export", Subject(desk.organisation.path, register.id, unit_of(request)))
    asked = parse_filter(register, request.GET.dict())
    rows = filtered(visible_entries(desk.organisation, desk.actor, desk.pack), register, asked, desk.organisation.id)
    require_few(rows.order_by()[: MOST_ENTRIES + 1].count())
    entries = read_page(rows, parse_sort(request.GET.get("sort", ""), rows, True), "", MOST_ENTRIES).entries
    lines = read_lines(desk, register, entries, names_in(directory_of(request)), True)
    book = render_xlsx(register, columns_of(register, True), lines)
    return answer(request, entries, {f"{named(register)}.xlsx": book}, named(register), asked.query)


def of_figure(request: DeskRequest, figure_id: str) -> HttpResponseBase:
    """Evidence of the entries behind a figure, as far as the actor may see them."""
    desk = request.desk
    require_reading(desk)
    known, scope, year, period = find_figure(request, figure_id)
    desk.require("export", Subject(desk.organisation.path))
    one = known[scope]
    require_few(one.result.hits)
    rows = trace(one.figure.id, scope, desk.organisation.id, desk.pack, period, directory_of(request))
    ids = [UUID(row.id) for row in rows if row.register in desk.pack.registers]
    seen = visible_entries(desk.organisation, desk.actor, desk.pack).in_bulk(ids)
    entries = [seen[entry_id] for entry_id in dict.fromkeys(ids) if entry_id in seen]
    return answer(request, entries, {}, f"{named(one.figure)}{year}", f"{one.figure.id} {scope} {year}")


def answer(
    request: DeskRequest, entries: Sequence[Entry], also: Mapping[str, bytes], what: str, query: str
) -> HttpResponseBase:
    """The zip as a download; written to the audit list."""
    desk = request.desk
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 (closed with the answer)
    count = write_materials(desk, entries, file, also)
    append_audit(request, "exported", f"{what} {both('佐证材料', 'evidence')} {query} {len(entries)}/{count}")
    file.seek(0)
    name = of_office(desk, f"{what}{both('佐证材料', ' evidence')}-{timezone.localdate()}.zip")
    return FileResponse(file, as_attachment=True, filename=name, content_type=ZIP)
