"""The year looked at: the one in the address, else this year, else the last year anything was recorded in."""

from datetime import date

from django.db.models import Subquery

from lianze.domain.periods import Period, year_period, year_until
from lianze.ledger.actions import Desk
from lianze.ledger.filters import parse_day
from lianze.ledger.places import open_registers
from lianze.ledger.read import visible_entries
from lianze.org.models import Organisation
from lianze.web.requests import DeskRequest

FIRST, LAST = 1990, 2100


def chosen_year(request: DeskRequest) -> int:
    """The year; an empty new year shows the last one with records until something is recorded in it."""
    text = request.GET.get("year", "")
    if text.isdigit() and FIRST <= int(text) <= LAST:
        return int(text)
    desk = request.desk
    this = desk.actor.day.year
    rows = visible_entries(desk.organisation, desk.actor, desk.pack).filter(withdrawn=False)
    days = year_period(this)
    if rows.filter(happened_on__gte=days.start, happened_on__lt=days.end).exists():
        return this
    last = last_day(desk, days.start)
    return last.year if last else this


def last_day(desk: Desk, before: date) -> date | None:
    """The last day before `before` with a record: asked of each register apart, since the index begins with it."""
    rows = visible_entries(desk.organisation, desk.actor, desk.pack).filter(withdrawn=False, happened_on__lt=before)
    newest = rows.order_by("-happened_on").values("happened_on")
    asked = {f"last_{n}": Subquery(newest.filter(register=r.id)[:1]) for n, r in enumerate(open_registers(desk))}
    found = Organisation.objects.filter(id=desk.organisation.id).values_list(*asked.values()) if asked else ()
    return max((day for line in found for day in line if day is not None), default=None)


def years_around(year: int, this: int) -> list[int]:
    """Years to choose from, the latest first."""
    return list(range(max(year + 1, this), year - 5, -1))


def counted_period(request: DeskRequest) -> tuple[int, Period]:
    """The year, and what of it is counted: up to the day in the address, else as far as it has come by today."""
    year = chosen_year(request)
    until = parse_day(request.GET.get("until", ""))
    return year, year_until(year, until if until and until.year == year else request.desk.actor.day)


def until_query(request: DeskRequest, period: Period) -> str:
    """What an address needs beside the year for the same period: "" where it is as far as the year has come."""
    usual = year_until(period.start.year, request.desk.actor.day)
    return "" if period == usual else f"&until={period.last_day}"


def chosen_period(request: DeskRequest) -> tuple[int, Period]:
    """The year and its days."""
    year = chosen_year(request)
    return year, year_period(year)
