"""Changing the organisation: one form a task, then what it comes to, then the writing of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from lianze.domain.errors import Invalid, NotFound, Refused
from lianze.ledger.filters import parse_id
from lianze.ledger.org_plans import Plan, Planner
from lianze.ledger.organising import Outlook, carry_out, look, require_organise
from lianze.ledger.upsert import read_numbers
from lianze.org.directory import read_directory
from lianze.org.models import Appointment, Person, Portfolio, Post, Record, Unit
from lianze.web.audit import append_audit
from lianze.web.controls import Control, Typed, field_control
from lianze.web.language import both, one_language
from lianze.web.organise_effects import norm_sums, population_lines
from lianze.web.organise_reading import plan_of, read_values
from lianze.web.organise_tasks import OFFICE_DAY, OFFICE_DAY_EN, TASKS, Task, rows_of, title_of, values_of
from lianze.web.organise_words import Words, in_one_line
from lianze.web.posting import texts_of
from lianze.web.requests import DeskRequest

PRESET = ("person", "unit", "parent")


def form(request: DeskRequest, kind: str, act: str = "new", row_id: UUID | None = None) -> HttpResponse:
    """The form of one task; sent, what it comes to; confirmed, done."""
    desk = request.desk
    require_organise(desk)
    task = TASKS.get((kind, act))
    planner = Planner(read_directory(desk.organisation.id, desk.pack))
    row = next((row for row in rows_of(kind, planner) if row.id == row_id), None)
    if task is None or (row is None) != (act == "new"):
        raise NotFound("没有这一项 / nothing of that kind here")
    if request.method != "POST":
        return page(request, task, row, planner, first_typed(request, task, act, row, planner))
    typed: Typed = {name: [str(text) for text in request.POST.getlist(name)] for name in request.POST}
    values, faults = read_values(task, typed, row, desk.pack, planner.directory, desk.actor.day)
    if faults or request.POST.get("back"):
        return page(request, task, row, planner, typed, faults)
    plan = plan_of(kind, act, values, row, planner, desk.pack)
    try:
        if request.POST.get("confirmed"):
            return done(request, task, row, plan)
        return confirm(request, task, typed, look(desk, plan))
    except (Invalid, Refused) as error:
        told = [problem.sentence for problem in error.problems] if isinstance(error, Invalid) else [str(error)]
        return page(request, task, row, planner, typed, {"": told})


def first_typed(request: DeskRequest, task: Task, act: str, row: Record | None, planner: Planner) -> Typed:
    """What a form starts with: what the row says, what the address names, today."""
    desk, directory = request.desk, planner.directory
    values = values_of(row, act) if row is not None else {}
    for name in PRESET:
        if row is None and (chosen := parse_id(request.GET.get(name, ""))):
            values[name] = chosen
    values |= dict.fromkeys(task.start, desk.actor.day)
    typed: dict[str, list[str]] = {}
    for field in task.fields:
        value = values.get(field.name)
        several = value if field.name == "relatives" and isinstance(value, list) else [value]
        typed[field.name] = [text for one in several for text in texts_of(field, one, directory)]
    return typed


def controls_of(
    request: DeskRequest, task: Task, planner: Planner, typed: Typed, faults: Mapping[str, list[str]]
) -> list[Control]:
    """The task's fields as controls."""
    desk = request.desk
    found = [field_control(field, desk.pack, planner.directory, typed, faults) for field in task.fields]
    return [replace(control, many=True) if control.name == "relatives" else control for control in found]


def page(
    request: DeskRequest,
    task: Task,
    row: Record | None,
    planner: Planner,
    typed: Typed,
    faults: Mapping[str, list[str]] | None = None,
) -> HttpResponse:
    """The form."""
    readable = {name: [one_language(sentence) for sentence in found] for name, found in (faults or {}).items()}
    context = {
        "here": "organisation",
        "title": title_of(task),
        "about": about(request, row, planner),
        "help": both(task.help, task.help_en),
        "controls": controls_of(request, task, planner, typed, readable),
        "faults": readable.get("", []),
        "has_faults": bool(readable),
        "seen": request.POST.get("seen") or seen_of(request, row),
        "back": address_of(row),
        "asks_why": task.asks_why,
        "why": request.POST.get("why", ""),
        "empty": not task.fields,
    }
    return render(request, "web/organise_form.html", context, status=422 if readable else 200)


def about(request: DeskRequest, row: Record | None, planner: Planner) -> str:
    """Whom or what the form is about."""
    if row is None:
        return ""
    words = Words(request.desk, planner.directory)
    subject = type(row).__name__.lower()
    columns: dict[str, Any] = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return words.name(subject, {name: str(value) if value is not None else None for name, value in columns.items()})


def seen_of(request: DeskRequest, row: Record | None) -> int:
    """The revision of the row that the form shows; 0 for a new one."""
    return read_numbers(request.desk.organisation.id, [row.id]).get(row.id, 0) if row is not None else 0


def confirm(request: DeskRequest, task: Task, typed: Typed, outlook: Outlook) -> HttpResponse:
    """What the change comes to, in words, before anything is written."""
    desk = request.desk
    words = Words(desk, outlook.after, outlook.changes)
    sent = [
        (name, text) for name, texts in typed.items() for text in texts if name not in ("csrfmiddlewaretoken", "why")
    ]
    context = {
        "here": "organisation",
        "title": title_of(task),
        "told": [words.told(change) for change in outlook.changes],
        "since": outlook.since,
        "effects": population_lines(outlook.effects, desk.pack),
        "sums": norm_sums(outlook.before, outlook.after, desk.pack, outlook.since) if outlook.since else [],
        "note": both(OFFICE_DAY, OFFICE_DAY_EN),
        "questions": [one_language(sentence) for sentence in outlook.questions],
        "must": bool(outlook.questions) or task.asks_why,
        "why": request.POST.get("why", ""),
        "sent": sent,
    }
    return render(request, "web/organise_confirm.html", context)


def done(request: DeskRequest, task: Task, row: Record | None, plan: Plan) -> HttpResponse:
    """The change written, told to the audit list in words, and back to whom it was about."""
    why, seen = request.POST.get("why", "").strip()[:500], request.POST.get("seen", "")
    if task.asks_why and not why:
        raise Refused("请写明理由 / give the reason")
    number = int(seen) if seen.isdecimal() and len(seen) < 9 else 0
    outlook = carry_out(request.desk, plan, why, row.id if row is not None else None, number)
    words = Words(request.desk, outlook.after, outlook.changes, keeps_back=True)
    line = in_one_line(words.told(change) for change in outlook.changes)
    append_audit(request, "organised", f"{task.title}：{line}" + (f"（{why}）" if why else ""))
    messages.success(request, both(f"已办理：{task.title}。", f"Done: {task.title_en}."))
    first = outlook.changes[0]
    if first.subject in ("person", "unit"):
        return redirect(f"/organisation/{first.subject}/{first.id}/")
    who = next((c.after.get("person_id") for c in outlook.changes if c.after.get("person_id")), None)
    return redirect(f"/organisation/person/{who}/" if who else address_of(row))


def address_of(row: Record | None) -> str:
    """The page of whom or what a row is about."""
    match row:
        case Unit() | Person():
            return f"/organisation/{type(row).__name__.lower()}/{row.id}/"
        case Appointment() | Portfolio():
            return f"/organisation/person/{row.person_id}/"
        case Post():
            return f"/organisation/unit/{row.unit_id}/"
    return "/organisation/"
