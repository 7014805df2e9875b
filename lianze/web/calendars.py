"""A month as a calendar: what happened and what falls due."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lianze.domain.periods import Period
from lianze.ledger.briefs import Brief, read_briefs
from lianze.ledger.filters import parse_day
from lianze.ledger.places import open_registers
from lianze.ledger.read import visible_entries
from lianze.pack.definitions import Register
from lianze.web.due_days import Owed, read_owed
from lianze.web.language import both, named
from lianze.web.requests import DeskRequest
from lianze.web.year import FIRST, LAST, years_around

A_DAY = 5
# A month with more than this shows how many of each register a day has, not which.
A_MONTH = 500
DUE = 200
EVERYBODY = "all"  # in the address: not one's own duties alone


@dataclass
class Day:
    """One day. `shown` of what happened, `more` counts the rest; in a busy month `counts` stand in for both, each the
    title, number and address of a register's entries of the day."""

    day: date
    inside: bool
    today: bool
    weekday: str
    happened: list[Brief] = field(default_factory=list)
    due: list[Brief] = field(default_factory=list)
    owed: list[Owed] = field(default_factory=list)
    counts: list[tuple[str, int, str]] = field(default_factory=list)

    @property
    def shown(self) -> list[Brief]:
        return self.happened[:A_DAY]

    @property
    def has_any(self) -> bool:
        return bool(self.happened or self.due or self.owed or self.counts)

    @property
    def owed_shown(self) -> list[Owed]:
        return self.owed[:A_DAY]

    @property
    def owed_more(self) -> int:
        return max(0, len(self.owed) - A_DAY)

    @property
    def more(self) -> int:
        return max(0, len(self.happened) - A_DAY)


def page(request: DeskRequest) -> HttpResponse:
    """One month: `?month=2023-05`, or `?year=2023&month=5`; without any of these the present one."""
    today = request.desk.actor.day
    first = asked_month(request, today)
    is_everybody = request.GET.get("whose", "") == EVERYBODY
    following = (first + timedelta(days=32)).replace(day=1)
    weekdays = both("一 二 三 四 五 六 日", "Mon Tue Wed Thu Fri Sat Sun").split()
    weeks = weeks_of(first, today, [both(f"星期{name}", name) for name in weekdays])
    month, days = Period(first, following), {day.day: day for week in weeks for day in week}
    fill(request, month, days)
    for one in read_owed(request, month, is_everybody):
        days[one.day].owed.append(one)
    context = {
        "here": "calendar",
        "first": first,
        "before": (first - timedelta(days=1)).replace(day=1),
        "following": following,
        "weeks": weeks,
        "years": years_around(first.year, today.year),
        "months": range(1, 13),
        "this_month": today.replace(day=1),
        "everybody": EVERYBODY,
        "whose": f"&whose={EVERYBODY}" if is_everybody else "",
        "weekdays": weekdays,
    }
    return render(request, "web/calendar.html", context)


def asked_month(request: DeskRequest, today: date) -> date:
    """The first day of the month asked for; of this month where none is, or none that can be shown."""
    text, year = request.GET.get("month", ""), request.GET.get("year", "")
    asked = parse_day((f"{year or today.year}-{text}" if text.isdigit() else text) + "-01")
    return asked if asked is not None and FIRST <= asked.year <= LAST else today.replace(day=1)


def weeks_of(first: date, today: date, names: list[str]) -> list[list[Day]]:
    """The month's weeks, Monday first, with the `names` of its days."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return [[Day(day, day.month == first.month, day == today, names[day.weekday()]) for day in week] for week in weeks]


def fill(request: DeskRequest, month: Period, days: dict[date, Day]) -> None:
    """Puts entries on their days."""
    desk = request.desk
    registers = {register.id: register for register in open_registers(desk)}
    rows = visible_entries(desk.organisation, desk.actor, desk.pack).filter(
        register__in=list(registers), withdrawn=False
    )
    happened = rows.filter(happened_on__gte=month.start, happened_on__lt=month.end)
    counted = list(happened.order_by().values_list("register", "happened_on").annotate(n=Count("id")))
    if sum(n for *_, n in counted) > A_MONTH:
        put_counts(counted, registers, days)
    else:
        for entry in read_briefs(happened.order_by("happened_on", "id")):
            days[entry.happened_on].happened.append(entry)
    due = rows.filter(due_on__gte=month.start, due_on__lt=month.end, done_on__isnull=True)
    for entry in read_briefs(due.order_by("due_on", "id"), DUE):
        if entry.due_on is not None:
            days[entry.due_on].due.append(entry)


def put_counts(counted: list[tuple[str, date, int]], registers: Mapping[str, Register], days: dict[date, Day]) -> None:
    """Puts the number of each register's entries on their days."""
    lists = {register_id: reverse("entry-list", args=[register_id]) for register_id in registers}
    for register_id, day, found in counted:
        address = f"{lists[register_id]}?from={day}&to={day}"
        days[day].counts.append((named(registers[register_id]), found, address))
