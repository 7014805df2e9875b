"""The year as a line: what happened, month by month, across the registers, and as a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractMonth
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lianze.domain.periods import Period
from lianze.ledger.briefs import Brief, read_briefs
from lianze.ledger.models import Entry
from lianze.ledger.places import find_register, open_registers
from lianze.ledger.read import visible_entries
from lianze.pack.definitions import Duty, Register
from lianze.web.counted import Grid, make_grid
from lianze.web.duties import read_standings
from lianze.web.duty_matrix import Place, line_of
from lianze.web.language import both, named
from lianze.web.requests import DeskRequest
from lianze.web.shown import kind_text
from lianze.web.year import chosen_period, years_around

MOST = 400
# A year with more than this is drawn nowhere: counting it would cost more than looking at it gives.
MOST_DRAWN = 10_000


@dataclass(frozen=True)
class Month:
    """A month with the entries listed. `is_cut`: there may be more than these. `due`: days of the month by which a duty
    that names its day is owed, each with where it stands."""

    start: date
    lines: list[tuple[Brief, str]]
    is_cut: bool
    due: list[tuple[date, Duty, Place]]


def page(request: DeskRequest) -> HttpResponse:
    """The timeline of a year or one of its months, of all registers or one."""
    desk = request.desk
    year, period = chosen_period(request)
    known = {register.id: register for register in open_registers(desk)}
    wanted = request.GET.get("register", "")
    registers = {wanted: find_register(desk, wanted)} if wanted else known
    months = period.split("month")
    chosen = request.GET.get("month", "")
    listed = [month for month in months if str(month.start.month) == chosen] or months
    inside = visible_entries(desk.organisation, desk.actor, desk.pack).filter(
        register__in=list(registers), withdrawn=False
    )
    rows = within(inside, listed[0].start, listed[-1].end)
    entries = read_briefs(rows.order_by("happened_on", "id"), MOST + 1)
    context = {
        "here": "timeline",
        "year": year,
        "this_year": desk.actor.day.year,
        "years": years_around(year, desk.actor.day.year),
        "all_months": months,
        "month": chosen if len(listed) == 1 else "",
        "registers": list(known.values()),
        "register": wanted,
        "grid": read_grid(within(inside, period.start, period.end), months, registers),
        "months": read_months(entries, listed, registers, read_days(request, year, registers)),
        "more": len(entries) > MOST,
    }
    return render(request, "web/timeline.html", context)


def within(rows: QuerySet[Entry], start: date, end: date) -> QuerySet[Entry]:
    """Those that happened from `start` up to the day before `end`."""
    return rows.filter(happened_on__gte=start, happened_on__lt=end)


def read_grid(rows: QuerySet[Entry], months: Sequence[Period], registers: dict[str, Register]) -> Grid | None:
    """How many entries of which register in which month; None for a year too full to draw."""
    # In the order of the index: without one PostgreSQL reads the whole table for so many.
    if rows.order_by("happened_on", "id").values("id")[MOST_DRAWN : MOST_DRAWN + 1]:
        return None
    by_month = rows.order_by().values_list("register", ExtractMonth("happened_on")).annotate(n=Count("id"))
    counts = {(register, str(month)): count for register, month, count in by_month}
    heads = [(str(month.start.month), both(f"{month.start.month}月", f"{month.start:%b}")) for month in months]
    days = {value: month for (value, _), month in zip(heads, months, strict=True)}

    def address(register: str, month: str) -> str:
        start, end = (days[month].start, days[month].end) if month else (months[0].start, months[-1].end)
        return f"{reverse('entry-list', args=[register])}?{urlencode({'from': start, 'to': end - timedelta(1)})}"

    return make_grid([(known.id, named(known)) for known in registers.values()], heads, counts, address)


def read_days(request: DeskRequest, year: int, registers: dict[str, Register]) -> list[tuple[date, Duty, Place]]:
    """The days by which the duties over these registers that name a day of their own are owed, by day."""
    if not any(duty.due and duty.enabled for duty in request.desk.pack.duties.values()):
        return []
    view, standings = read_standings(request, year)
    own = [one for one in standings if one.duty.due and one.duty.register in registers]
    days = [(one.spans[0].due_on, one.duty, line_of(view, one).places[0]) for one in own]
    return sorted(days, key=lambda found: found[0])


def read_months(
    entries: list[Brief],
    months: Sequence[Period],
    registers: dict[str, Register],
    days: Sequence[tuple[date, Duty, Place]],
) -> list[Month]:
    """At most MOST entries under their months; from the month of the first that is left out, more may follow."""
    cut = entries[MOST].happened_on if len(entries) > MOST else None
    by_month = {
        start: list(found) for start, found in groupby(entries[:MOST], lambda one: one.happened_on.replace(day=1))
    }
    return [
        Month(
            month.start,
            [(entry, called(entry, registers)) for entry in by_month.get(month.start, [])],
            cut is not None and month.end > cut,
            [found for found in days if found[0] in month],
        )
        for month in months
    ]


def called(entry: Brief, registers: dict[str, Register]) -> str:
    """What kind of thing an entry is."""
    register = registers[entry.register]
    return kind_text(register, entry.kind) or named(register)
