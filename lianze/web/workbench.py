"""The workbench 工作台: what is due, what is late, what waits for a second look, what was recorded lately."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import redirect, render

from lianze.domain.errors import NotFound
from lianze.figures.opening import require_reading
from lianze.ledger.places import open_registers
from lianze.web.duty_lines import read_duty_lines
from lianze.web.figures import Shown, read_figures, required_first
from lianze.web.frame import landing
from lianze.web.language import both
from lianze.web.remembered import directory_of
from lianze.web.requests import DeskRequest
from lianze.web.worklists import LOOKED_AT, SHOWN, Due, Waiting, read_due, read_lately, read_undated, read_waiting
from lianze.web.year import counted_period

KEY_FIGURES = 8
LISTS = ("late", "soon", "waiting", "undated")


def page(request: DeskRequest) -> HttpResponse:
    """The first page after logging in; an administrator goes on to the page of their own work."""
    desk = request.desk
    if own := landing(desk):
        return redirect(own)
    if not open_registers(desk):
        return render(request, "web/workbench_empty.html", {"here": "workbench"})
    year, period = counted_period(request)
    due, waiting, lately = read_due(desk), read_waiting(desk, directory_of(request)), read_lately(desk)
    undated = read_undated(desk)
    duties, missed = read_duty_lines(request)
    if lately.is_empty:
        missed = []  # an office that begins today is told how to begin, not what it owed before
    figures: list[Shown] = required_first(read_figures(request, period))[:KEY_FIGURES]
    context = {
        "here": "workbench",
        "late": [one for one in due if one.late][:SHOWN],
        "late_count": sum(one.late for one in due),
        "soon": [one for one in due if not one.late][:SHOWN],
        "soon_count": sum(not one.late for one in due),
        "duties": duties[:SHOWN],
        "duties_count": len(duties),
        "missed": missed[:SHOWN],
        "missed_count": len(missed),
        "undated": undated[:SHOWN],
        "undated_count": len(undated),
        "waiting": waiting[:SHOWN],
        "waiting_count": len(waiting),
        "lately": lately,
        "figures": figures,
        "year": year,
        "period": period,
        "shown": SHOWN,
    }
    return render(request, "web/workbench.html", context)


def whole(request: DeskRequest, name: str) -> HttpResponse:
    """One of the workbench's lists as a page of its own, as far as it is looked at."""
    if name not in LISTS:
        raise NotFound("没有这张清单 / no such list")
    desk = request.desk
    require_reading(desk)
    lines = read_lines(request, name)
    titles = {
        "late": both("记录已逾期", "Entries that are late"),
        "soon": both("记录三十天内到期", "Entries due within 30 days"),
        "waiting": both("等我确认", "Waits for my second look"),
        "undated": both("未定时限", "Without a limit"),
    }
    context = {"here": "workbench", "title": titles[name], "lines": lines, "name": name, "most": LOOKED_AT}
    return render(request, "web/worklist.html", context)


def read_lines(request: DeskRequest, name: str) -> Sequence[Due | Waiting]:
    """The lines of one list."""
    if name == "waiting":
        return read_waiting(request.desk, directory_of(request))
    if name == "undated":
        return read_undated(request.desk)
    return [one for one in read_due(request.desk) if one.late == (name == "late")]
