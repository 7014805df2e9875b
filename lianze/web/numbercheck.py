"""Number check 核数 as a page: a report sent or pasted, its numbers against one another and against the year's ledger.

What is sent is read in memory (a large file in Django's temporary one, gone with the request) and kept nowhere.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from lianze.claims.check import check_reading, unmentioned
from lianze.claims.reading import read_bytes, read_text
from lianze.claims.shapes import Checked, FigureFact, Reading
from lianze.claims.terms import load_terms
from lianze.domain.errors import Invalid, Problem
from lianze.domain.periods import year_until
from lianze.figures.opening import require_reading
from lianze.figures.results import ORGANISATION
from lianze.ledger.actions import Desk
from lianze.reports.numbercheck import decide, facts_of, read_decisions
from lianze.web.downloads import DOCX, XLSX, as_download
from lianze.web.figures import read_figures
from lianze.web.frame import may
from lianze.web.language import both, is_english, one_language
from lianze.web.numbercheck_rows import counts_of, left_of, relations_of, rows_of, said_of
from lianze.web.numbercheck_year import year_of, year_words
from lianze.web.requests import DeskRequest
from lianze.web.year import years_around

LONGEST = 500_000  # characters


@dataclass(frozen=True)
class Sent:
    """A report as it came, and as it was read; `name` is its file's without the ending."""

    data: bytes
    reading: Reading
    name: str


def page(request: DeskRequest) -> HttpResponse:
    """The form, and below it what the check found; or the report with comments, or the table, as a file."""
    require_reading(request.desk)
    context: dict[str, Any] = {"here": "check", "largest": settings.CHECK_LARGEST // 1024**2}
    if request.method == "POST":
        try:
            sent = read_sent(request)
            year = year_of(request, sent.reading)
            facts = known_facts(request, year) if year else None
            checked = check(request.desk, sent.reading, facts, year or 0)
            if (form := request.POST.get("act", "")) in ("docx", "xlsx"):
                return as_file(sent, checked, form)
        except Invalid as error:
            context["problems"] = [one_language(problem.sentence) for problem in error.problems]
        else:
            context |= found(request.desk, checked, facts, year) | {"year_words": year_words(request, checked)}
    return answer(request, context)


def answer(request: DeskRequest, context: dict[str, Any]) -> HttpResponse:
    """The whole page, or for htmx, which leaves the chosen file in its field, the part below the form."""
    if request.headers.get("HX-Request"):
        return render(request, "web/check_found.html", context)
    this = request.desk.actor.day.year
    chosen = request.POST.get("year", "")
    newest = max(this, int(chosen) if chosen.isdecimal() else this)
    context |= {"years": years_around(newest, this), "chosen": chosen}
    context["text"] = request.POST.get("text", "")
    return render(request, "web/check.html", context, status=422 if "problems" in context else 200)


def read_sent(request: DeskRequest) -> Sent:
    """The file, else the text pasted. Invalid where there is neither, or it is too large or cannot be read."""
    file = request.FILES.get("report")
    if isinstance(file, UploadedFile):
        if (file.size or 0) > settings.CHECK_LARGEST:
            most = settings.CHECK_LARGEST // 1024**2
            raise fault(f"文件超过{most} MB，请去掉图片后再核 / larger than {most} MB: take the pictures out")
        data = file.read()
        if not data:
            raise fault("文件是空的 / the file is empty")
        return Sent(data, readable(data, file.name or ""), Path(file.name or "").stem[:80] or both("报告", "report"))
    text = request.POST.get("text", "").replace("\r\n", "\n")
    if not text.strip():
        raise fault("请选择报告文件，或粘贴文字 / choose the report's file, or paste its text")
    return Sent(text.encode(), of_length(read_text(text)), both("粘贴的文字", "pasted text"))


def readable(data: bytes, name: str) -> Reading:
    """What was read; a file without a word in it is a fault too."""
    reading = read_bytes(data, name)
    if not any(block.text.strip() for block in reading.blocks):
        raise fault("文件里没有可读的文字（扫描件请先识别文字） / no text in it (a scan must be recognised first)")
    return of_length(reading)


def of_length(reading: Reading) -> Reading:
    """The text, when a person could have written it: a hostile one would keep the server busy for minutes."""
    if sum(len(block.text) for block in reading.blocks) + len(reading.blocks) > LONGEST:
        raise fault(f"文字过长，请分段核对（每次不超过{LONGEST}字） / too long: at most {LONGEST} characters at a time")
    return reading


def fault(sentence: str) -> Invalid:
    """One thing that is wrong with what was sent."""
    return Invalid([Problem("report", "check.sent", sentence)])


def known_facts(request: DeskRequest, year: int) -> list[FigureFact]:
    """The year's figures that the account may know of: the same as on the page of figures."""
    known = {
        (one.figure.id, one.result.scope) for one in read_figures(request, year_until(year, request.desk.actor.day))
    }
    return [fact for fact in facts_of(request.desk, year) if (fact.figure, fact.scope or ORGANISATION) in known]


def check(desk: Desk, reading: Reading, facts: list[FigureFact] | None, year: int) -> Checked:
    """The check, with what people decided before."""
    remembered = None if facts is None else read_decisions(desk.organisation.id)
    return check_reading(reading, load_terms(), facts, remembered, year)


def found(desk: Desk, checked: Checked, facts: list[FigureFact] | None, year: int | None) -> dict[str, Any]:
    """What the page shows of it."""
    rows, relations = rows_of(checked, facts or [], year), relations_of(checked)
    said = said_of(checked, facts, year) if facts and year else []
    fine = [not row.is_alarm for row in rows] + [not one.is_alarm for one in said] + [one.is_fine for one in relations]
    return {
        "checked": checked,
        "year": year,
        "counts": counts_of(checked),
        "rows": rows,
        "relations": relations,
        "said": said,
        "rows_fine": not any(row.is_alarm for row in rows),
        "relations_fine": all(one.is_fine for one in relations),
        "is_mixed": any(fine) and not all(fine),
        "left": left_of(unmentioned(checked, facts), year) if facts and year else [],
        "may_decide": year is not None and may(desk, "report"),
    }


def as_file(sent: Sent, checked: Checked, form: str) -> HttpResponse:
    """The report with comments, or the table of its numbers, named by the report."""
    from lianze.claims.render_docx import render_annotated, render_fresh  # python-docx is slow to load
    from lianze.claims.render_xlsx import render_xlsx

    english = is_english()
    if form == "xlsx":
        content = render_xlsx(checked, english)
    elif sent.data.startswith(b"PK"):
        content = render_annotated(sent.data, checked, english)
    else:
        content = render_fresh(checked, english)
    what = both(f"{sent.name}-核数.{form}", f"{sent.name}-number check.{form}")
    return as_download(content, XLSX if form == "xlsx" else DOCX, what)


@require_POST
def keep(request: DeskRequest) -> HttpResponse:
    """Remembers that a phrase means a figure or does not; counts from the next check on."""
    desk, sent = request.desk, request.POST
    require_reading(desk)
    figure, confirmed = sent.get("figure", ""), sent.get("decision") == "confirm"
    if figure not in desk.pack.figures or not sent.get("fingerprint"):
        raise Invalid([Problem("核数", "figure", "没有这个数据项 / no such figure")])
    decide(desk, sent["fingerprint"], figure, sent.get("scope", "")[:120], confirmed)
    text = both("已记住，再核一次即按此办理。", "Remembered; it holds from the next check on.")
    if request.headers.get("HX-Request"):
        return render(request, "web/check_kept.html", {"text": text})
    messages.success(request, text)
    return redirect("check")
