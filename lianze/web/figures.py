"""The year's figures by section of the report, and one figure's page: how it is counted, and the entries behind it."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render

from lianze.domain.errors import NotFound
from lianze.domain.periods import Period, year_period
from lianze.figures.opening import is_open, require_reading, seen_rows
from lianze.figures.results import ORGANISATION, FigureResult
from lianze.figures.trace import trace
from lianze.pack.definitions import Figure
from lianze.rules import Subject, refusal
from lianze.web.explain import every_words, explanation
from lianze.web.figure_checks import by_register, of_figure, read_checks, read_times
from lianze.web.figure_rows import behind_of, looked_of
from lianze.web.headings import section_titles
from lianze.web.language import both
from lianze.web.remembered import directory_of, results_of
from lianze.web.requests import DeskRequest
from lianze.web.trend import Trend, trend_of
from lianze.web.year import counted_period, until_query, years_around

TREND_YEARS = 5
# Rows behind a figure on one page.
AT_ONCE = 100
NOBODY = "没有这个数据项 / no such figure"


@dataclass(frozen=True)
class Shown:
    """A figure in one scope as a line of the page. `scope_title` is a unit's name, or empty; `period` what is counted."""

    figure: Figure
    result: FigureResult
    scope_title: str
    period: Period

    @property
    def value(self) -> str:
        if self.result.status == "not_yet":
            every = every_words(self.figure)
            return both(f"尚无已满的{every}", f"no {every} is over yet")
        return value_text(self.result)

    @property
    def remains(self) -> Decimal:
        """How much less there is than the rule asks for; 0 before the first sub-period is over."""
        if self.figure.required is None or self.result.status == "not_yet":
            return Decimal(0)
        return max(Decimal(0), self.figure.required - (self.result.value or Decimal(0)))

    @property
    def is_open(self) -> bool:
        """Whether what is still to be done may yet be: the year runs, and it is asked of the year as a whole."""
        return self.period.is_cut and self.figure.measure != "least_per"

    @property
    def falls_short(self) -> bool:
        """Whether the rule asks for more than there is, and the time for it is over."""
        return self.remains > 0 and not self.is_open

    @property
    def still_owed(self) -> str:
        """Of a year that runs: up to when it is counted, and what is still to be done; "" where nothing is."""
        if not (self.remains and self.is_open):
            return ""
        day, rest = self.period.last_day, number_of(self.remains, self.result)
        return both(f"截至{day.month}月{day.day}日，还差 {rest}", f"up to {day.day} {day:%b}: {rest} to go")

    @property
    def required(self) -> str:
        asked = self.figure.required
        return "" if asked is None else number_of(asked, self.result)


def value_text(result: FigureResult) -> str:
    """The value with its measure word; nothing recorded is not a zero."""
    if result.status == "no_record" or result.value is None:
        return both("无记录", "no record")
    if result.status == "none_found":
        return both("未发现（0）", "none found (0)")
    return number_of(result.value, result)


def number_of(value: Decimal, result: FigureResult) -> str:
    """A value of the figure's kind."""
    if result.is_share:
        return f"{value * 100:.{result.places}f} %"
    whole = value == value.to_integral_value()
    number = f"{value:,.0f}" if whole else f"{value:,.{max(result.places, 1)}f}"
    return f"{number} {result.counted_in}"


def read_figures(request: DeskRequest, period: Period) -> list[Shown]:
    """The figures of the period that the actor may know of."""
    desk = request.desk
    names = {f"unit:{unit.code}": unit.name for unit in directory_of(request).units.values()}
    return [
        Shown(desk.pack.figures[result.figure], result, names.get(result.scope, ""), period)
        for result in results_of(request, period)
        if is_open(desk, desk.pack.figures[result.figure], result)
    ]


def required_first(figures: list[Shown]) -> list[Shown]:
    """Those that a rule asks a number of, what falls short first; then those with most entries behind them."""
    whole = [one for one in figures if not one.scope_title]
    return sorted(whole, key=lambda one: (one.figure.required is None, not one.falls_short, -one.result.hits))


def index(request: DeskRequest) -> HttpResponse:
    """All figures of a year, by section."""
    desk = request.desk
    require_reading(desk)
    year, period = counted_period(request)
    figures = read_figures(request, period)
    before = {key_of(one): one.value for one in read_figures(request, year_period(year - 1))}
    groups: dict[str, list[tuple[Shown, str]]] = {}
    for one in figures:
        groups.setdefault(one.figure.section, []).append((one, before.get(key_of(one), "")))
    titles = section_titles(desk.pack)
    sections = [(titles.get(section, section), groups[section]) for section in sorted(groups, key=list(titles).index)]
    context = {
        "here": "figures",
        "year": year,
        "period": period,
        "also": until_query(request, period),
        "years": years_around(year, desk.actor.day.year),
        "sections": sections,
        "checks": read_checks(request, period, {key_of(one) for one in figures}),
        "times": by_register(desk, read_times(request, period), period),
    }
    return render(request, "web/figures.html", context)


def key_of(one: Shown) -> tuple[str, str]:
    """Which figure in which scope."""
    return one.figure.id, one.result.scope


def page(request: DeskRequest, figure_id: str) -> HttpResponse:
    """One figure in one scope: value, required number, trend, how it is counted, and every entry behind it."""
    desk = request.desk
    require_reading(desk)
    known, scope, year, period = find_figure(request, figure_id)
    one, figure, directory = known[scope], known[scope].figure, directory_of(request)
    start = first_row(request)
    part = slice(start, start + AT_ONCE)
    rows = trace(figure.id, scope, desk.organisation.id, desk.pack, period, directory, part=part)
    hits = one.result.hits
    links, hidden = seen_rows(desk, rows)
    results = {(each.figure, each.scope): each for each in results_of(request, period)}
    context = {
        "here": "figures",
        "one": one,
        "period": period,
        "also": until_query(request, period),
        "scope": scope,
        "scopes": [(other, shown.scope_title or both("全单位", "The organisation")) for other, shown in known.items()],
        "year": year,
        "years": years_around(year, desk.actor.day.year),
        "explained": explanation(figure, desk.pack),
        "behind": behind_of(links, figure, one.result, desk.pack, directory),
        "looked": looked_of(figure, results, scope, year, desk.pack),
        "may_export": refusal("export", desk.actor, Subject(desk.organisation.path), desk.pack) is None,
        "hidden": hidden,
        "first": start + 1 if hits > AT_ONCE else 0,
        "last": min(part.stop, hits),
        "before": max(0, start - AT_ONCE) if start else None,
        "after": part.stop if part.stop < hits else None,
        "soon": of_figure(read_times(request, period), figure.id) if scope == ORGANISATION else None,
        "trend": read_trend(request, figure, scope, period),
    }
    return render(request, "web/figure.html", context)


def find_figure(request: DeskRequest, figure_id: str) -> tuple[dict[str, Shown], str, int, Period]:
    """The figure by scope, and which scope and period the address asks for; NotFound in the same words for one hidden and one not there."""
    figure = request.desk.pack.figures.get(figure_id)
    scope = request.GET.get("scope", ORGANISATION)
    year, period = counted_period(request)
    known = {} if figure is None else by_scope(request, figure, period)
    if scope not in known:
        raise NotFound(NOBODY)
    return known, scope, year, period


def first_row(request: DeskRequest) -> int:
    """Where the page of rows begins."""
    text = request.GET.get("row", "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def by_scope(request: DeskRequest, figure: Figure, period: Period) -> dict[str, Shown]:
    """The figure in each of its scopes; nothing when it may not be known of."""
    return {one.result.scope: one for one in read_figures(request, period) if one.figure.id == figure.id}


def read_trend(request: DeskRequest, figure: Figure, scope: str, period: Period) -> Trend:
    """The figure over the last years, and what is counted of this one."""
    year = period.start.year
    points: list[tuple[int, Decimal | None]] = []
    for each in range(year - TREND_YEARS + 1, year + 1):
        results = results_of(request, period if each == year else year_period(each))
        found = next((r for r in results if r.figure == figure.id and r.scope == scope), None)
        points.append((each, found.value if found else None))
    return trend_of(points, figure.required)
