"""A workbook through the page: sent once, looked at as a whole, then imported as it is or not at all."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from lianze.domain.errors import Refused, Stale
from lianze.exchange.columns import plans_of
from lianze.exchange.fault_list import HEADS, FaultLine, lines_of, render_faults
from lianze.exchange.importing import import_workbook, importable, room_told
from lianze.exchange.outcome import FaultyWorkbook, ImportReport
from lianze.exchange.template import write_template
from lianze.exchange.waiting import Incoming, Waiting, discard_waiting, keep_waiting, read_waiting
from lianze.rules import Subject
from lianze.web.audit import append_audit
from lianze.web.downloads import XLSX, as_download, of_office
from lianze.web.import_remedies import Remedies
from lianze.web.language import both, one_language
from lianze.web.requests import DeskRequest

SHOWN = 500


def page(request: DeskRequest) -> HttpResponse:
    """The form; what is sent is kept, with the evidence that its rows name, and looked at on the next page."""
    require_import(request)
    if request.method != "POST":
        return form_page(request, waiting=read_waiting(request.desk))
    file = request.FILES.get("workbook")
    if not isinstance(file, UploadedFile):
        return form_page(request, both("请选择要导入的工作簿（.xlsx）。", "Choose the workbook (.xlsx) to import."))
    try:
        with room_told():
            evidence = [incoming(sent, "佐证") for sent in request.FILES.getlist("evidence")]
            keep_waiting(request.desk, incoming(file, "工作簿.xlsx"), evidence)
    except Refused as error:
        return form_page(request, one_language(str(error)))
    return redirect("import-check")


def form_page(request: DeskRequest, refused: str = "", waiting: Waiting | None = None) -> HttpResponse:
    """The form, with what keeps it from being taken."""
    context = {**limits(), "here": "import", "refused": refused, "waiting": waiting}
    return render(request, "web/import.html", context, status=422 if refused else 200)


def limits() -> dict[str, object]:
    """How much the form takes."""
    # The workbook is one of the files.
    return {"limit": settings.IMPORT_LIMIT_BYTES // (1 << 20), "most": settings.DATA_UPLOAD_MAX_NUMBER_FILES - 1}


def require_import(request: DeskRequest) -> None:
    """Refused for whoever may not import here at all."""
    request.desk.require("import", Subject(request.desk.organisation.path))


def incoming(file: "UploadedFile[Any]", unnamed: str) -> Incoming:
    """A file under its own last name."""
    return Path((file.name or "").replace("\\", "/")).name or unnamed, file.chunks()


def check(request: DeskRequest) -> HttpResponse:
    """What importing the file that waits would come to; nothing is written."""
    require_import(request)
    waiting = read_waiting(request.desk)
    if waiting is None:
        return nothing_waits(request)
    context: dict[str, object] = {**limits(), "here": "import", "waiting": waiting}
    try:
        report = look(request, waiting)
    except FaultyWorkbook as error:
        remedies, lines = Remedies(request.desk), fault_lines(request, error)[:SHOWN]
        context |= {"faults": [(line, remedies.of(line)) for line in lines], "count": len(error.cells), "shown": SHOWN}
        context |= said(error)
    except Refused as error:
        context["refused"] = one_language(str(error))
    else:
        context |= {"report": report, **said(report)}
    return render(request, "web/import_check.html", context)


def said(found: ImportReport | FaultyWorkbook) -> dict[str, object]:
    """What each sheet comes to, what was left alone, and what is to be looked at."""
    filled, empty = ([one for one in found.sheets if one.is_empty == wanted] for wanted in (False, True))
    notes, doubts = ([one_language(one) for one in sentences] for sentences in (found.notes, found.doubts))
    changed = [sheet for sheet in filled if sheet.changes]
    return {"filled": filled, "empty": empty, "changed": changed, "notes": notes, "doubts": doubts}


def look(request: DeskRequest, waiting: Waiting) -> ImportReport:
    """A dry run of what waits."""
    return import_workbook(request.desk, waiting.workbook, evidence_folder=waiting.evidence, dry_run=True)


def fault_lines(request: DeskRequest, error: FaultyWorkbook) -> list[FaultLine]:
    """The faults with what belongs into their columns."""
    return lines_of(error.cells, plans_of(request.desk.pack, importable(request.desk)))


def nothing_waits(request: DeskRequest) -> HttpResponse:
    """Back to the form, with the reason."""
    text = both("没有等待导入的工作簿，请重新选择文件。", "No workbook waits to be imported: choose the file again.")
    messages.error(request, text)
    return redirect("import")


@require_POST
def confirm(request: DeskRequest) -> HttpResponse:
    """Imports exactly what was looked at, into the ledger as it was then; otherwise it is looked at again."""
    require_import(request)
    waiting, sent = read_waiting(request.desk), request.POST
    if waiting is None:
        return nothing_waits(request)
    if waiting.digest != sent.get("digest"):
        text = both("这不是刚才检查的那份文件，请再核对。", "This is not the file that was looked at: look again.")
        messages.error(request, text)
        return redirect("import-check")
    try:
        report = import_workbook(
            request.desk,
            waiting.workbook,
            evidence_folder=waiting.evidence,
            ledger=sent.get("ledger") or "-",
            is_sure=bool(sent.get("looked")),
        )
    except FaultyWorkbook:
        return redirect("import-check")  # which tells them all
    except Stale:
        text = both(
            "检查以后有人改动了台账，还没有导入。已重新检查，请再核对一遍。",
            "Somebody changed the ledger after the check. Nothing is imported yet; it was checked again: look once more.",
        )
        messages.error(request, text)
        return redirect("import-check")
    except Refused as error:
        messages.error(request, one_language(str(error)))
        return redirect("import-check")
    discard_waiting(request.desk)
    return imported(request, waiting.workbook.name, report)


def imported(request: DeskRequest, name: str, report: ImportReport) -> HttpResponse:
    """Told to the audit list and to whoever did it."""
    append_audit(request, "imported", f"{name} +{report.added} ~{report.changed}")
    text = both(
        f"已导入：新增{report.added}条，修改{report.changed}条。",
        f"Imported: {report.added} added, {report.changed} changed.",
    )
    messages.success(request, text)
    for note in report.notes:
        messages.info(request, one_language(note))
    return redirect("workbench")


@require_POST
def drop(request: DeskRequest) -> HttpResponse:
    """Throws away what waits, for another file."""
    require_import(request)
    discard_waiting(request.desk)
    return redirect("import")


def faults(request: DeskRequest) -> HttpResponse:
    """All faults of what waits, as a workbook to work down."""
    require_import(request)
    waiting = read_waiting(request.desk)
    if waiting is None:
        return nothing_waits(request)
    try:
        look(request, waiting)
    except FaultyWorkbook as error:
        heads = [both(chinese, english) for chinese, english, _ in HEADS]
        content = render_faults(fault_lines(request, error), one_language, heads)
        what = both("导入问题清单", "import faults") + f"-{request.desk.actor.day}.xlsx"
        return as_download(content, XLSX, of_office(request.desk, what))
    except Refused as error:
        messages.error(request, one_language(str(error)))
    return redirect("import-check")


def template(request: DeskRequest) -> HttpResponse:
    """The empty workbook of the pack, with the sheets that may be imported by whoever asks."""
    require_import(request)
    with tempfile.TemporaryDirectory(prefix="lianze-template-") as folder:
        path = Path(folder) / "template.xlsx"
        write_template(request.desk.pack, path, importable(request.desk))
        content = path.read_bytes()
    return as_download(content, XLSX, of_office(request.desk, both("台账模板.xlsx", "workbook.xlsx")))
