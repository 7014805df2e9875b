"""The year's figures, and the entries behind one."""

from datetime import date
from typing import Annotated

from django.http import HttpResponse
from ninja import Field, Query, Router, Schema

from lianze.api.answers import COMMON
from lianze.api.auth import ApiRequest, Token
from lianze.api.entries import told
from lianze.domain.errors import Invalid, NotFound, Problem
from lianze.domain.periods import Period, year_until
from lianze.figures.compute import compute_figures
from lianze.figures.opening import is_open, require_reading, seen_rows
from lianze.figures.output import figures_as_json, trace_as_json
from lianze.figures.results import ORGANISATION
from lianze.figures.trace import trace
from lianze.ledger.actions import Desk
from lianze.org.directory import read_directory

router = Router(tags=["figures"])
Year = Annotated[int, Query(ge=1949, le=2200)]
Until = Annotated[date | None, Query(description="Last day counted; without it today in a year that is not over.")]


class FigureOut(Schema):
    """A figure in one scope: its value, what it is counted in, and how many entries stand behind it; `until` is the last day
    counted."""

    figure: str
    scope: str
    value: float | None
    counted_in: str
    title: str
    until: str
    hits: int
    population: int | None
    status: str
    numerator: float | None
    denominator: float | None
    empty_sub_periods: list[str]


class TraceLine(Schema):
    """An entry (or person, unit, checklist item) behind a figure."""

    id: str
    register_id: str = Field(alias="register")
    happened_on: str | None
    title: str
    unit: str
    number: str
    quantity: float | None
    values: list[str]
    counted: bool


class Trace(Schema):
    """What stands behind a figure; `hidden` is how many more there are that the asker may not see."""

    rows: list[TraceLine]
    hidden: int


def period_of(desk: Desk, year: int, until: date | None) -> Period:
    """The days counted; Invalid for a last day outside the year."""
    if until is not None and until.year != year:
        raise Invalid([Problem("until", "until", f"应为{year}年的一天 / must be a day of {year}")])
    return year_until(year, until or desk.actor.day)


@router.get("/figures", auth=Token("figures"), response={200: list[FigureOut], **COMMON})
def list_figures(request: ApiRequest, year: Year, until: Until = None) -> HttpResponse:
    """Every figure of the year that the asker may know of, in every scope."""
    desk = request.desk
    require_reading(desk)
    period = period_of(desk, year, until)
    results = compute_figures(desk.organisation.id, desk.pack, period)
    return told(figures_as_json((one for one in results if is_open(desk, desk.pack.figures[one.figure], one)), period))


@router.get("/figures/{figure}/trace", auth=Token("figures"), response={200: Trace, **COMMON}, by_alias=True)
def get_trace(
    request: ApiRequest, figure: str, year: Year, scope: str = ORGANISATION, until: Until = None
) -> HttpResponse:
    """The entries behind a figure in a scope (`organisation` or `unit:<code>`), by date."""
    desk = request.desk
    require_reading(desk)
    known = desk.pack.figures.get(figure)
    period, directory = period_of(desk, year, until), read_directory(desk.organisation.id, desk.pack)
    results = compute_figures(desk.organisation.id, desk.pack, period, directory)
    found = next((one for one in results if (one.figure, one.scope) == (figure, scope)), None)
    if known is None or found is None or not is_open(desk, known, found):
        raise NotFound("没有这个数据项 / no such figure")
    rows, hidden = seen_rows(desk, trace(figure, scope, desk.organisation.id, desk.pack, period, directory))
    return told({"rows": trace_as_json(row for row, _ in rows), "hidden": hidden})
