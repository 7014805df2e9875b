"""The annual report as a page: what will be printed with each figure leading to its entries, what is left out and why, and
the files to take away."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lianze.domain.errors import NotFound
from lianze.domain.periods import Period
from lianze.figures.output import numeral
from lianze.figures.results import ORGANISATION, FigureResult
from lianze.ledger.actions import Desk
from lianze.pack.definitions import Outline
from lianze.reports.annual import compose_report, make_report, title_of
from lianze.reports.facts import LeftOut
from lianze.reports.typeset.model import FigureRun
from lianze.reports.typeset.pdf import NoOffice, OfficeFailed, find_office, render_pdf
from lianze.rules import Subject
from lianze.web.audit import append_audit
from lianze.web.downloads import DOCX, as_download
from lianze.web.language import both, named
from lianze.web.remembered import directory_of, results_of
from lianze.web.report_lines import Piece, lines_of
from lianze.web.requests import DeskRequest
from lianze.web.year import counted_period, until_query, years_around


def page(request: DeskRequest) -> HttpResponse:
    """What the report of the year says now. Refused unless the account may write reports."""
    desk = request.desk
    desk.require("report", Subject(desk.organisation.path))
    return report_page(request)


def report_page(request: DeskRequest, fault: str = "") -> HttpResponse:
    """The page, with what went wrong where something did."""
    desk, outline, signed_on = request.desk, chosen_outline(request), signed(request)
    year, period = counted_period(request)
    also = until_query(request, period)
    results = results_of(request, period)
    composition = compose_report(desk, outline, period, signed_on, directory_of(request), results)
    context = {
        "here": "report",
        "year": year,
        "period": period,
        "years": years_around(year, desk.actor.day.year),
        "outline": outline,
        "outlines": list(desk.pack.outlines.values()),
        "signed_on": signed_on,
        "lines": list(lines_of(composition.blocks, lambda run: link_to(run, year, also))),
        "count": len(composition.printed),
        "left_out": list(grouped(composition.left_out, desk, year, also)),
        "left_count": len(composition.left_out),
        "unprinted": [shown_figure(result, desk, year, also) for result in composition.unprinted.values()],
        "has_office": find_office() is not None,
        "fault": fault,
        "asked": urlencode({"year": year, "outline": outline.id, "signed": signed_on.isoformat()}) + also,
    }
    return render(request, "web/report.html", context, status=503 if fault else 200)


def download(request: DeskRequest, form: str) -> HttpResponse:
    """The report as a file; written to the audit list."""
    desk, outline = request.desk, chosen_outline(request)
    year, period = counted_period(request)
    content = make_report(desk, outline, year, signed(request), until=period.last_day).docx
    if form == "pdf":
        try:
            content = render_pdf(content)
        except (NoOffice, OfficeFailed):
            return report_page(request, no_pdf())
    elif form != "docx":
        raise NotFound("没有这种格式 / no such format")
    append_audit(request, "exported", f"{outline.id} {told_period(period)} {form}")
    name = f"{title_of(desk, outline, period, signed(request))}.{form}"
    return as_download(content, DOCX if form == "docx" else "application/pdf", name)


def told_period(period: Period) -> str:
    """The year, or the days of it that are told."""
    return f"{period.start}–{period.last_day}" if period.is_cut else str(period.start.year)


def no_pdf() -> str:
    """Why there is no PDF, and what to do."""
    return both(
        "没有生成 PDF：服务器上没有可用的 LibreOffice。请下载 DOCX，或请系统管理员安装 libreoffice-writer。",
        "No PDF: the server has no working LibreOffice. Take the DOCX, or ask the system administrator to install"
        " libreoffice-writer.",
    )


def chosen_outline(request: DeskRequest) -> Outline:
    """The outline in the address, else the pack's first."""
    outlines = request.desk.pack.outlines
    wanted = request.GET.get("outline") or next(iter(outlines), "")
    if wanted not in outlines:
        raise NotFound("没有这份提纲 / no such outline")
    return outlines[wanted]


def signed(request: DeskRequest) -> date:
    """The report's date: the one in the address, else today."""
    try:
        return date.fromisoformat(request.GET.get("signed", ""))
    except ValueError:
        return request.desk.actor.day


def link_to(run: FigureRun, year: int, also: str) -> str:
    """The page of a printed figure, of the same days."""
    return reverse("figure", args=[run.figure]) + "?" + urlencode({"year": year, "scope": run.scope}) + also


def reason_of(reason: str) -> str:
    """Why sentences are left out, in words."""
    known = {
        "no_record": both("无记录：所依据的台账没有本年记录", "No record: the registers it rests on hold nothing"),
        "none_found": both("查过，没有：不写成“0”", "Looked for, none found: no “0” is written"),
        "not_yet": both("还没有一期（季度、半年等）已满", "No period (quarter, half year) is over yet"),
        "zero": both("数值为零：不写成“0”", "The value is zero: no “0” is written"),
        "not_full": both("不到百分之百：不能写“全体”", "Not 100 %: “everybody” cannot be said"),
        "found": both("查有问题：不能写“未发现”", "Something was found: “none” cannot be said"),
        "hidden": both(
            "您的角色不能查看所依据的受限台账；由主要负责人生成报告时才会写入",
            "It rests on a restricted register that your role may not read; whoever may, prints it",
        ),
    }
    return known.get(reason, reason)


def shown_figure(result: FigureResult, desk: Desk, year: int, also: str) -> Piece:
    """A figure that has a value and stands nowhere in the report."""
    title = named(desk.pack.figures[result.figure])
    link = link_to(FigureRun("", result.figure, result.scope), year, also)
    return Piece(f"{title} {numeral(result)} {result.counted_in}", link)


@dataclass(frozen=True)
class Left:
    """A sentence left out, and the figures that decided it."""

    section: str
    text: str
    links: list[Piece]


def grouped(left_out: list[LeftOut], desk: Desk, year: int, also: str) -> Iterator[tuple[str, list[Left]]]:
    """The sentences left out, by reason. A figure that may not be known of is no link."""
    for reason in dict.fromkeys(left.reason for left in left_out):
        yield reason_of(reason), [shown(left, desk, year, also) for left in left_out if left.reason == reason]


def shown(left: LeftOut, desk: Desk, year: int, also: str) -> Left:
    """One sentence; its own text names what is hidden, its figures do not."""
    known = [desk.pack.figures[figure] for figure in left.figures if figure in desk.pack.figures]
    links = [Piece(named(figure), link_to(FigureRun("", figure.id, ORGANISATION), year, also)) for figure in known]
    text = both("（句中）", "(part) ") + left.text if left.is_part else left.text
    return Left(left.section, text, [] if left.reason == "hidden" else links)
