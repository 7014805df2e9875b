"""A list of people from Excel: looked at first, then brought in. Between the two the file travels with the page, and is
read anew with all its checks."""

import base64
import binascii
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lianze.domain.errors import Invalid, Problem, Refused
from lianze.exchange.newcomers import LARGEST_BYTES, read_newcomers, write_people_template
from lianze.ledger.newcomers import Arrival, bring
from lianze.ledger.org_states import Newcomer
from lianze.ledger.organising import require_organise
from lianze.pack import Pack
from lianze.web.audit import append_audit
from lianze.web.downloads import XLSX, as_download
from lianze.web.language import both, one_language
from lianze.web.organise_effects import population_lines
from lianze.web.requests import DeskRequest
from lianze.web.shown import title_among

SHOWN = 300


@dataclass
class Sent:
    """A list that was sent: who is in it, or everything wrong with it. `kept` is the file, to be sent again."""

    people: list[Newcomer] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    kept: str = ""
    is_new: bool = False


def read_sent(request: HttpRequest, pack: Pack) -> Sent:
    """The list that was uploaded, else the one that travels with the page."""
    file = request.FILES.get("people_file")
    if isinstance(file, UploadedFile):
        if (file.size or 0) > LARGEST_BYTES:
            told = both("文件超过1 MB；人员名单请用本页的模板", "Larger than 1 MB; use this page's template")
            return Sent(faults=[(file.name or "", told)], is_new=True)
        content, is_new = file.read(), True
    else:
        content, is_new = unpacked(request.POST.get("kept", "")), False
    if not content:
        return Sent()
    with tempfile.TemporaryDirectory(prefix="lianze-people-") as folder:
        path = Path(folder) / "人员.xlsx"
        path.write_bytes(content)
        try:
            return Sent(read_newcomers(path, pack), [], base64.b64encode(content).decode(), is_new)
        except Invalid as error:
            return Sent(faults=lines(error.problems[:SHOWN]), is_new=is_new)
        except Refused as error:
            return Sent(faults=[("", one_language(str(error)))], is_new=is_new)


def unpacked(text: str) -> bytes:
    """The file in the page; nothing where that was tampered with."""
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return b""


def lines(problems: list[Problem]) -> list[tuple[str, str]]:
    """Where each fault is and what it is."""
    return [(p.place + (f":{p.line}" if p.line else ""), one_language(p.sentence)) for p in problems]


def shown(people: list[Newcomer], pack: Pack) -> list[dict[str, object]]:
    """The list as the page shows it."""
    choices = pack.vocabularies["capacity"].choice
    return [{"person": person, "capacity": title_among(choices, person.capacity)} for person in people]


def page(request: DeskRequest) -> HttpResponse:
    """The form; who would come, and what is wrong; then their coming."""
    desk = request.desk
    require_organise(desk)
    context: dict[str, object] = {"here": "organisation"}
    if request.method != "POST":
        return render(request, "web/people_file.html", context)
    sent = read_sent(request, desk.pack)
    if not sent.people and not sent.faults:
        sent.faults = [("", both("请选择填好的Excel文件（.xlsx）。", "Choose the Excel file (.xlsx)."))]
    if sent.people:
        is_confirmed = bool(request.POST.get("confirmed")) and not sent.is_new
        try:
            arrival = bring(desk, sent.people, "人员名单", dry_run=True)
            is_confirmed = is_confirmed and (not arrival.doubts or bool(request.POST.get("looked")))
            if is_confirmed:
                return brought(request, bring(desk, sent.people, "人员名单", dry_run=False))
        except Invalid as error:
            sent.faults = lines(error.problems[:SHOWN])
        else:
            context |= {"effects": population_lines(arrival.effects, desk.pack), "kept": sent.kept}
            context |= {"people": shown(sent.people, desk.pack), "doubts": [one_language(s) for s in arrival.doubts]}
    context |= {"faults": sent.faults, "count": len(sent.faults)}
    return render(request, "web/people_file.html", context, status=422 if sent.faults else 200)


def brought(request: DeskRequest, arrival: Arrival) -> HttpResponse:
    """Told to the audit list, and back to the chart."""
    names = "、".join(f"{person.name}（{person.unit}）" for person in arrival.people)
    append_audit(request, "organised", f"人员名单 +{len(arrival.people)}：{names}")
    text = both(f"已新增{len(arrival.people)}人。", f"{len(arrival.people)} people added.")
    messages.success(request, text)
    return redirect("organisation")


def template(request: DeskRequest) -> HttpResponse:
    """The empty list."""
    require_organise(request.desk)
    return template_file(request.desk.pack)


def template_file(pack: Pack) -> HttpResponse:
    """The empty list as a file."""
    with tempfile.TemporaryDirectory(prefix="lianze-template-") as folder:
        path = Path(folder) / "people.xlsx"
        write_people_template(pack, path)
        content = path.read_bytes()
    return as_download(content, XLSX, both("人员名单模板.xlsx", "list of people.xlsx"))
