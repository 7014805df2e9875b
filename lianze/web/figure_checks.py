"""The pack's checks between figures, and how soon things were recorded, as the figures' pages say them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from lianze.domain.periods import Period
from lianze.figures.checks import CheckResult, compute_checks
from lianze.figures.timeliness import Timeliness
from lianze.ledger.actions import Desk
from lianze.ledger.places import open_registers
from lianze.pack.definitions import Register
from lianze.web.language import both, named
from lianze.web.remembered import directory_of, results_of, times_of
from lianze.web.requests import DeskRequest


@dataclass(frozen=True)
class ShownCheck:
    """A check in one scope. `figures` are titles and addresses of what it compares."""

    title: str
    words: str
    verdict: str
    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Soon:
    """How soon entries were recorded: within 7 days, after 8 to 30, later; each as a number and its share."""

    entries: int
    parts: tuple[tuple[int, str], ...]


def read_checks(request: DeskRequest, period: Period, known: set[tuple[str, str]]) -> list[ShownCheck]:
    """The checks of the period whose every figure is among the `known` ones (figure, scope), what is broken first."""
    desk, results = request.desk, results_of(request, period)
    names = {f"unit:{unit.code}": unit.name for unit in directory_of(request).units.values()}
    found = [one for one in compute_checks(desk.pack, results) if all((f, one.scope) in known for f in one.figures)]
    order = ("broken", "holds", "no_record")
    found.sort(key=lambda one: order.index(one.verdict))
    return [shown_check(desk, one, names.get(one.scope, ""), period) for one in found]


def shown_check(desk: Desk, found: CheckResult, unit: str, period: Period) -> ShownCheck:
    """One check in words."""
    query = urlencode({"year": period.start.year, "scope": found.scope})
    figures = tuple((named(desk.pack.figures[f]), f"{reverse('figure', args=[f])}?{query}") for f in found.figures)
    title = " · ".join(part for part in (named(found), unit) if part)
    return ShownCheck(title, both(found.arithmetic, found.arithmetic_en), found.verdict, figures)


def read_times(request: DeskRequest, period: Period) -> list[Timeliness]:
    """What is known of how soon things were recorded, of registers that the actor may know of."""
    known = {register.id for register in open_registers(request.desk)}
    return [one for one in times_of(request, period) if one.register in known]


def by_register(desk: Desk, times: Iterable[Timeliness], period: Period) -> list[tuple[Register, str, Soon]]:
    """Registers with entries in the period, the address of these entries, and how soon they were recorded."""
    days = urlencode({"from": period.start.isoformat(), "to": period.last_day.isoformat()})
    return [
        (desk.pack.registers[one.register], f"{reverse('entry-list', args=[one.register])}?{days}", soon)
        for one in times
        if not one.figure and (soon := soon_of(one)) is not None
    ]


def of_figure(times: Iterable[Timeliness], figure_id: str) -> Soon | None:
    """The same of the entries behind one figure; None without any."""
    return next((soon_of(one) for one in times if one.figure == figure_id), None)


def soon_of(time: Timeliness) -> Soon | None:
    """Numbers with their shares in per cent."""
    if time.shares is None:
        return None
    counts = (time.within_7, time.within_30 - time.within_7, time.entries - time.within_30)
    return Soon(time.entries, tuple((n, percent(share)) for n, share in zip(counts, time.shares, strict=True)))


def percent(share: Decimal) -> str:
    """A share for people."""
    return f"{round(share * 100)}%"
