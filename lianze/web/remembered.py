"""Figures, duties and directory as they stand, remembered until the organisation's log grows.

Every write to an organisation appends a leaf in its transaction, so the log's frontier names the state of all its rows:
while it is the same, so is every figure. docs/adr/0011 says what this rests on. After a write only the months written to
are counted again (docs/adr/0023); what is filed or printed never comes from here.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast
from uuid import UUID

from django.db import connection

from lianze.domain.periods import Period
from lianze.duties.compute import Standing, standings_from, year_of
from lianze.duties.counting import Counts, count_entries
from lianze.figures.compile import Compiled, Query, compiled_for
from lianze.figures.compute import compute_from
from lianze.figures.execute import Rows, parameters_of
from lianze.figures.months import Monthly, count_months, rows_of
from lianze.figures.results import FigureResult
from lianze.figures.timeliness import Timeliness, lines_for, timeliness_from
from lianze.ledger.actions import Desk
from lianze.ledger.leaves import require_head
from lianze.ledger.touched import Touched, read_touched
from lianze.org.directory import Directory, read_directory
from lianze.web.requests import DeskRequest

MOST = 64
MOST_COUNTED = 128
Found = TypeVar("Found")
_kept: OrderedDict[Hashable, object] = OrderedDict()
# With the right edge of the log before any of it was read.
_counted: OrderedDict[Hashable, tuple[bytes, object]] = OrderedDict()
_making: dict[Hashable, Lock] = {}
_lock = Lock()


def directory_of(request: DeskRequest) -> Directory:
    """Who is who where the request works; to be read, never changed."""
    return directory_at(request.desk, request.frontier)


def directory_at(desk: Desk, edge: bytes) -> Directory:
    """Who is who when the log ends there, or later."""
    key = ("directory", desk.organisation.id, desk.pack.hash, edge)
    return remembered(key, lambda: read_directory(desk.organisation.id, desk.pack))


def results_of(request: DeskRequest, period: Period) -> list[FigureResult]:
    """Every figure of the period where the request works, whoever may know of it."""
    desk = request.desk

    def make() -> list[FigureResult]:
        compiled = compiled_for(desk.pack, connection.vendor)
        rows, directory = read_rows(desk, "figures", period, compiled, compiled.queries)
        return compute_from(rows, compiled, period, directory)

    return remembered(("figures", desk.organisation.id, desk.pack.hash, period, request.frontier), make)


def times_of(request: DeskRequest, period: Period) -> list[Timeliness]:
    """How soon the period's entries were recorded."""
    desk = request.desk

    def make() -> list[Timeliness]:
        compiled = compiled_for(desk.pack, connection.vendor)
        lines = lines_for(compiled)
        rows, _ = read_rows(desk, "timeliness", period, compiled, lines.queries)
        return timeliness_from(rows, lines, desk.organisation.id)

    return remembered(("timeliness", desk.organisation.id, desk.pack.hash, period, request.frontier), make)


def standings_of(request: DeskRequest, year: int) -> list[Standing]:
    """Every duty of the year as it stands today, whoever may know of it."""
    desk, directory = request.desk, directory_of(request)

    def count(kept: Counts | None, touched: Touched, edge: bytes) -> Counts:
        del edge  # who owes a duty is no part of what is counted
        return count_entries(desk.organisation.id, desk.pack, year_of(desk.pack, year).cuts, kept, touched)

    def make() -> list[Standing]:
        counts = maintained(desk.organisation.id, ("duties", desk.pack.hash, year), count)
        return standings_from(counts, desk.pack, year, desk.actor.day, directory)

    key = ("duties", desk.organisation.id, desk.pack.hash, year, desk.actor.day, request.frontier)
    return remembered(key, make)


def read_rows(
    desk: Desk, name: str, period: Period, compiled: Compiled, queries: tuple[Query, ...]
) -> tuple[list[Rows], Directory]:
    """What the queries count now, and who is who."""
    organisation_id = desk.organisation.id
    directories: list[Directory] = []

    def count(kept: Monthly | None, touched: Touched, edge: bytes) -> Monthly:
        directory = directory_at(desk, edge)
        directories.append(directory)
        parameters = parameters_of(compiled, desk.pack, period, [organisation_id], {organisation_id: directory})
        return count_months(queries, parameters, kept, touched)

    monthly = maintained(organisation_id, (name, desk.pack.hash, period), count)
    return rows_of(monthly, organisation_id), directories[0]


def maintained(organisation_id: UUID, name: Hashable, count: Callable[[Found | None, Touched, bytes], Found]) -> Found:
    """What `count` gives for the log's present edge, from what it gave before and the days written to since then; from
    nothing where there is no before, or where the log can't tell what was written (docs/adr/0023)."""
    key = (organisation_id, name)
    # Taken before the edge is read, so that the edge is never the older of the two.
    before, kept = _counted.get(key, (b"", None))
    hasher, edge = require_head(organisation_id)
    touched: Touched | None = None
    if kept is not None:
        since = ("touched", organisation_id, before, edge)
        touched = remembered(since, lambda: read_touched(organisation_id, before, edge, hasher))
    known = None if touched is None else cast("Found", kept)
    found = count(known, touched or frozenset(), edge)
    with _lock:
        _counted[key] = edge, found
        _counted.move_to_end(key)
        while len(_counted) > MOST_COUNTED:
            _counted.popitem(last=False)
    return found


def remembered(key: Hashable, make: Callable[[], Found]) -> Found:
    """What `make` gave for this key, made once; the least recently used goes first."""
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return cast("Found", _kept[key])
        making = _making.setdefault(key, Lock())
    with making:
        # Of several who ask at once one works and the others wait for it.
        with _lock:
            if key in _kept:
                return cast("Found", _kept[key])
        found = make()
        with _lock:
            _making.pop(key, None)
            _kept[key] = found
            while len(_kept) > MOST:
                _kept.popitem(last=False)
    return found
