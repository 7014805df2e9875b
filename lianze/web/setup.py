"""The first run as a page: open until the first account is made, to whoever has the code from the terminal."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lianze.domain.errors import NotFound, Problem
from lianze.ledger.first_run import (
    FirstRun,
    account_problems,
    codes_given,
    has_account,
    make_first_account,
    make_office,
    office_problems,
    problems_of,
    read_lines,
    read_people,
    separation_of,
    uppermost,
)
from lianze.ledger.org_states import Newcomer
from lianze.ledger.setup_code import is_setup_code, void_setup_code
from lianze.org.models import Organisation
from lianze.org.packs import read_pack
from lianze.org.passwords import DIFFERENT, password_rule
from lianze.pack import Pack
from lianze.web.language import both, one_language
from lianze.web.people_file import Sent, read_sent, shown, template_file

SHOWN = 40


@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    """The wizard; where `lianze init` made the organisation, only the account is asked for."""
    if has_account():
        raise NotFound("没有这个页面 / no such page")
    code = request.POST.get("code") or request.GET.get("code", "")
    if not is_setup_code(code):
        return render(request, "web/setup_code.html", {"wrong": bool(code)}, status=403 if code else 200)
    problems: list[Problem] = []
    pack, organisation = read_pack(), uppermost()
    sent = read_sent(request, pack) if request.method == "POST" else Sent()
    asked = read_asked(request, sent.people)
    # A list is looked at before anything is made of it.
    is_look = bool(sent.is_new or sent.faults or request.POST.get("look"))
    if is_look:
        problems = list_problems(asked) if organisation is None else []
    elif request.method == "POST":
        problems = repeated(request) or make(asked, organisation, pack)
        if not problems:
            void_setup_code()
            messages.success(request, both("已建立，请登录。", "Done; log in."))
            tell_codes(request, pack)
            return redirect("login")
    faults = [told(problem) for problem in problems]
    gaps = [one_language(gap) for gap in separation_of(pack, timezone.localdate())]
    context = {
        "code": code,
        "faults": faults,
        "asked": asked if is_look and not faults and not sent.faults else None,
        "rule": one_language(password_rule()),
        "typed": request.POST,
        "pack": pack,
        "gaps": gaps,
        "organisation": organisation,
        "people": shown(sent.people, pack),
        "sent_faults": sent.faults,
        "kept": sent.kept,
    }
    return render(request, "web/setup.html", context, status=422 if faults or sent.faults else 200)


@login_not_required
def people_template(request: HttpRequest) -> HttpResponse:
    """The empty list of people, for whoever has the code."""
    if has_account() or not is_setup_code(request.GET.get("code", "")):
        raise NotFound("没有这个页面 / no such page")
    return template_file(read_pack())


def list_problems(asked: FirstRun) -> list[Problem]:
    """What is wrong with sections and people, whatever of the page is still empty."""
    return [problem for problem in office_problems(asked) if problem.rule != "name"]


def told(problem: Problem) -> str:
    """The sentence, after the cell of the list that it is about."""
    cell = both("：", ": ").join([f"{problem.place}:{problem.line}"] * bool(problem.line) + [""])
    return cell + one_language(problem.sentence)


def repeated(request: HttpRequest) -> list[Problem]:
    """Whether the password was typed the same twice: nobody else can let the first account in again."""
    is_same = request.POST.get("password", "") == request.POST.get("again", "")
    return [] if is_same else [Problem("密码", "again", DIFFERENT)]


def make(asked: FirstRun, organisation: Organisation | None, pack: Pack) -> list[Problem]:
    """Makes what is missing; what keeps it from being made, where something does."""
    today, now = timezone.localdate(), timezone.now()
    if organisation is None:
        if not (found := problems_of(asked)):
            make_office(asked, pack, today, now)
    elif not (found := account_problems(asked.username, asked.password)):
        make_first_account(organisation, asked.username, asked.password, pack, today, now)
    return found


def tell_codes(request: HttpRequest, pack: Pack) -> None:
    """The numbers that people were given, by which a workbook names them."""
    organisation = uppermost()
    codes = codes_given(organisation, pack) if organisation else []
    if codes:
        listed, more = both("、", ", ").join(codes[:SHOWN]), max(len(codes) - SHOWN, 0)
        rest = both(f"，另有{more}人见“单位”页", f" and {more} more, on the page Organisation") if more else ""
        text = both("人员编号：", "Numbers of people: ") + listed + rest
        how = both("。导入工作簿时照此填写，或只填姓名。", ". A workbook names them by these, or by name alone.")
        messages.info(request, text + how)


def read_asked(request: HttpRequest, newcomers: Sequence[Newcomer]) -> FirstRun:
    """What was typed, and the people of the list."""
    sent = request.POST
    return FirstRun(
        name=sent.get("name", "").strip(),
        short_name=sent.get("short_name", "").strip(),
        superior=sent.get("superior", "").strip(),
        sections=read_lines(sent.get("sections", "")),
        people=read_people(sent.get("people", "")),
        username=sent.get("username", "").strip(),
        password=sent.get("password", ""),
        newcomers=newcomers,
    )
