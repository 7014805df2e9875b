"""Accounts of the organisation: made, closed, given a new password by the system administrator, who gives no roles."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from lianze.domain.errors import NotFound, Refused
from lianze.ledger.upsert import Pen
from lianze.ledger.write_accounts import AccountState, create_account, reset_password, set_active
from lianze.org.directory import Directory
from lianze.org.models import Account
from lianze.org.passwords import password_faults, password_rule
from lianze.rules import Subject
from lianze.web.audit import append_audit
from lianze.web.language import both, one_language
from lianze.web.remembered import directory_of
from lianze.web.requests import DeskRequest


def page(request: DeskRequest) -> HttpResponse:
    """The accounts, and the form to make one."""
    desk = request.desk
    desk.require("administer", Subject(desk.organisation.path))
    directory = directory_of(request)
    faults: list[str] = []
    if request.method == "POST":
        faults = make(request, directory)
        if not faults:
            messages.success(
                request, both("账号已建立，请安全管理员授权。", "Made; the security administrator gives roles.")
            )
            return redirect("members")
    rows = Account.objects.filter(organisation_id=desk.organisation.id).order_by("username")
    people = directory.people
    lines = [(account, people[account.person_id].name if account.person_id in people else "") for account in rows]
    context = {
        "here": "members",
        "lines": lines,
        "faults": faults,
        "typed": request.POST,
        "rule": one_language(password_rule()),
    }
    return render(request, "web/members.html", context, status=422 if faults else 200)


def make(request: DeskRequest, directory: Directory) -> list[str]:
    """Makes the account that was typed, or says everything that keeps it from being made."""
    username, name = request.POST.get("username", "").strip()[:100], request.POST.get("person", "").strip()
    people = directory.people_named(name) if name else []
    faults = [one_language(fault) for fault in password_faults(request.POST.get("password", ""))]
    if not username:
        faults.append(both("请填写用户名。", "Give a user name."))
    if name and len(people) != 1:
        faults.append(both("没有这个人，或有几位同名，请填编号。", "Nobody of that name, or several; give the code."))
    if faults:
        return faults
    shown = directory.people[people[0]].name if people else request.POST.get("display_name", "").strip()[:100]
    state = AccountState(username, shown or username, people[0] if people else None)
    try:
        create_account(pen_of(request), state, request.POST["password"])
    except Refused as error:
        return [one_language(str(error))]
    append_audit(request, "account", f"+ {username}")
    return []


@require_POST
def change(request: DeskRequest, account_id: UUID) -> HttpResponse:
    """Closes or opens an account, or gives it a new password. Not one's own."""
    desk = request.desk
    desk.require("administer", Subject(desk.organisation.path))
    account = Account.objects.filter(organisation_id=desk.organisation.id, id=account_id).first()
    if account is None:
        raise NotFound("没有这个账号 / no such account")
    if account.id == request.user.id:
        raise Refused("不能停用自己的账号或重设自己的密码 / not one's own account")
    if password := request.POST.get("password", ""):
        if faults := password_faults(password):
            messages.error(request, both("；", " ").join(one_language(fault) for fault in faults))
            return redirect("members")
        reset_password(pen_of(request), account, password)
        append_audit(request, "account", f"* {account.username}")
        said = both("密码已重设，请把新密码告诉本人。", "Password set; tell the owner.")
    else:
        set_active(pen_of(request), account, not account.is_active)
        append_audit(request, "account", f"{'+' if account.is_active else '-'} {account.username}")
        said = said_of(account)
    messages.success(request, said)
    return redirect("members")


def said_of(account: Account) -> str:
    """What was done to an account, and the way back."""
    name = account.username
    if account.is_active:
        return both(f"“{name}”已启用。", f"{name} is open.")
    return both(f"“{name}”已停用。点“启用”可恢复。", f"{name} is closed. “Open” brings it back.")


def pen_of(request: DeskRequest) -> Pen:
    """Writes as whoever is logged in, now."""
    desk = request.desk
    return Pen(desk.organisation.id, desk.author, "", desk.now)
