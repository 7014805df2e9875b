"""The days by which somebody owes something, for the month's page and for a calendar that leaves the system: what they,
their section and the organisation as a whole owe, under the workbench's own guard. In what leaves the system nothing of
restricted registers is named."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from lianze.domain.periods import Period
from lianze.duties.compute import Cell, Standing
from lianze.duties.opening import restricted_about
from lianze.exchange.calendar_file import DueDay
from lianze.web.duties import read_standings
from lianze.web.duty_lines import is_mine
from lianze.web.duty_links import duty_address
from lianze.web.duty_matrix import View
from lianze.web.duty_words import period_title
from lianze.web.language import both, named
from lianze.web.requests import DeskRequest
from lianze.web.worklists import Due, read_due

OWED = ("missed", "due", "ahead")
A_YEAR = 366


@dataclass(frozen=True)
class Owed:
    """A day by which a duty is to be done and is not. `is_over`: the day is past and somebody has no record."""

    day: date
    title: str
    is_over: bool
    address: str


def read_due_days(request: DeskRequest) -> list[DueDay]:
    """What is not done of this year's duties, and open entries due within a year, by day."""
    _, standings = read_standings(request, request.desk.actor.day.year)
    found = [
        day_of_duty(request, standing, at, cells)
        for standing in standings
        for at in range(len(standing.spans))
        if (cells := own_cells(request, standing, at))
    ]
    found += [day_of_entry(request, due) for due in read_due(request.desk, A_YEAR, only_mine=True)]
    return sorted(found, key=lambda one: (one.day, one.uid))


def own_cells(request: DeskRequest, standing: Standing, at: int, is_everybody: bool = False) -> list[Cell]:
    """What is short in one period, of the actor, the actor's section and the organisation as a whole, or of everybody."""
    own = [
        row
        for row in standing.rows
        if is_everybody or row.bearer.kind == "organisation" or is_mine(request.desk, row.bearer)
    ]
    return [row.cells[at] for row in own if row.cells[at].state in OWED]


def read_owed(request: DeskRequest, month: Period, is_everybody: bool) -> list[Owed]:
    """What is not done of the duties whose days lie in `month` (within one year), by day; one's own or everybody's."""
    view, standings = read_standings(request, month.start.year)
    found = [
        owed_of(view, standing, at, cells)
        for standing in standings
        for at, span in enumerate(standing.spans)
        if span.due_on in month and (cells := own_cells(request, standing, at, is_everybody))
    ]
    return sorted(found, key=lambda one: (one.day, one.is_over))


def owed_of(view: View, standing: Standing, at: int, cells: list[Cell]) -> Owed:
    """One duty's day."""
    duty, span = standing.duty, standing.spans[at]
    title = f"{named(duty)} {period_title(duty, span, view.desk.pack)}"
    is_over = any(cell.state == "missed" for cell in cells)
    return Owed(span.due_on, title, is_over, duty_address(duty, view.year, at))


def day_of_duty(request: DeskRequest, standing: Standing, at: int, cells: list[Cell]) -> DueDay:
    """The last day of a period. A calendar is looked at by others too: what a restricted duty is stays here."""
    desk, duty, span = request.desk, standing.duty, standing.spans[at]
    title = f"{named(duty)} {period_title(duty, span, desk.pack)}"
    text = both(f"依据：{duty.source}", f"Source: {duty.source}")
    if restricted_about(duty, desk.pack):
        title, text = closed_title(), ""
    if all(cell.state == "missed" for cell in cells):
        title = both(f"未见记录：{title}", f"No record: {title}")
    address = request.build_absolute_uri(duty_address(duty, span.period.start.year, at))
    uid = f"{duty.id}-{span.period.start}-{desk.organisation.id}"
    return DueDay(uid, span.due_on, title, text, address)


def day_of_entry(request: DeskRequest, due: Due) -> DueDay:
    """The day by which an entry is to be done."""
    title = closed_title() if due.register.restricted else due.entry.title
    if due.late:
        title = both(f"已逾期：{title}", f"Late: {title}")
    text = "" if due.register.restricted else named(due.register)
    address = request.build_absolute_uri(reverse("entry", args=[due.entry.id]))
    return DueDay(str(due.entry.id), due.entry.due_on or request.desk.actor.day, title, text, address)


def closed_title() -> str:
    """What stands in the calendar for what it may not name."""
    return both("受限事项到期，请登录查看", "A restricted matter is due: log in to see it")
