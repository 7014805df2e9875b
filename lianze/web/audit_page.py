"""The audit list's page, and the list as a workbook."""

import io
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

import xlsxwriter
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lianze.ledger.filters import parse_day, parse_id
from lianze.org.models import AuditRecord, Organisation
from lianze.rules import Subject
from lianze.web.account_names import account_named, read_labels
from lianze.web.audit import append_audit, titles
from lianze.web.audit_words import about_in_words
from lianze.web.downloads import XLSX, as_download, of_office
from lianze.web.exports import MOST
from lianze.web.language import both
from lianze.web.requests import DeskRequest

SHOWN = 200
FILTERS = ("action", "account", "from", "to")


def page(request: DeskRequest) -> HttpResponse:
    """The list, newest first, a page of 200 lines before `?before=`."""
    desk = request.desk
    desk.require("audit", Subject(desk.organisation.path))
    rows = asked_for(request)
    if before := parse_id(request.GET.get("before", "")):
        rows = rows.filter(id__lt=before)
    found = list(rows[: SHOWN + 1])
    known = titles()
    lines = [(row, known.get(row.action, row.action), about_in_words(row, desk.pack)) for row in found[:SHOWN]]
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    context = {
        "here": "audit",
        "lines": lines,
        "titles": known,
        "action": asked["action"],
        "account": asked["account"],
        "first": parse_day(asked["from"]),
        "last": parse_day(asked["to"]),
        "accounts": read_labels(desk.organisation.id),
        "asked": urlencode({name: text for name, text in asked.items() if text}),
        "next": found[SHOWN - 1].id if found[SHOWN:] else None,
    }
    return render(request, "web/audit.html", context)


def export(request: DeskRequest) -> HttpResponse:
    """The lines of the filter as a workbook; written to the list itself."""
    desk = request.desk
    desk.require("audit", Subject(desk.organisation.path))
    rows = list(asked_for(request)[:MOST])
    append_audit(request, "exported", f"审计记录 {len(rows)} 条 / Audit list, {len(rows)} lines")
    known = titles()
    lines = [
        (f"{timezone.localtime(r.at):%Y-%m-%d %H:%M:%S}", r.who, known.get(r.action, r.action), about, r.address)
        for r in rows
        for about in [about_in_words(r, desk.pack)]
    ]
    what = both(f"审计记录-{desk.actor.day}.xlsx", f"audit list-{desk.actor.day}.xlsx")
    return as_download(render_xlsx(lines), XLSX, of_office(desk, what))


def render_xlsx(lines: Iterable[tuple[str, ...]]) -> bytes:
    """One sheet; nothing in it is a formula."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(both("审计记录", "Audit list"))
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 4, 20)
        heads = both("时间 账号 操作 内容 地址", "When Account Action About Address").split()
        for at, line in enumerate([tuple(heads), *lines]):
            for column, text in enumerate(line):
                sheet.write_string(at, column, text)
    return file.getvalue()


def asked_for(request: DeskRequest) -> QuerySet[AuditRecord]:
    """The lines of the action, account and days asked for, newest first."""
    organisation = request.desk.organisation
    rows = AuditRecord.objects.filter(lines_for(organisation)).order_by("-id")
    if (action := request.GET.get("action", "")) in titles():
        rows = rows.filter(action=action)
    if name := request.GET.get("account", "").strip():
        known = account_named(name, organisation.id)
        rows = rows.filter(who=known.username if known else name)
    zone = timezone.get_current_timezone()
    if first := parse_day(request.GET.get("from", "")):
        rows = rows.filter(at__gte=datetime.combine(first, time.min, zone))
    if last := parse_day(request.GET.get("to", "")):
        rows = rows.filter(at__lt=datetime.combine(last, time.min, zone) + timedelta(days=1))
    return rows


def lines_for(organisation: Organisation) -> Q:
    """The organisation's lines; and those of nobody (a name or token that does not exist) where all organisations of
    this instance lie under it, since somebody must read them and no neighbour may."""
    own = Q(organisation_id=organisation.id)
    is_top = not Organisation.objects.exclude(path__startswith=organisation.path).exists()
    return own | Q(organisation_id=None) if is_top else own
