"""Roles: given and ended by the security administrator, within what may be given; and what is not kept apart."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from axes.utils import reset
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from lianze.domain.errors import Invalid, NotFound, Problem, Refused
from lianze.ledger.filters import parse_day, parse_id
from lianze.ledger.places import read_units
from lianze.ledger.second_factors import remove_second_factors
from lianze.ledger.write_accounts import end_grant, write_grant
from lianze.ledger.write_org import lock_organisation
from lianze.org.actors import held, read_actor, units_under
from lianze.org.models import Account, Grant
from lianze.rules import HeldGrant, Subject, grant_refusal
from lianze.rules.granting import grantable, separation_gaps
from lianze.web.account_names import account_named, label, read_labels, unknown_account
from lianze.web.audit import append_audit
from lianze.web.language import both, named, one_language
from lianze.web.locked import is_locked_out, read_locked
from lianze.web.members import pen_of
from lianze.web.requests import DeskRequest


def page(request: DeskRequest) -> HttpResponse:
    """Who holds which role, the form to give one, and what is not kept apart today."""
    desk = request.desk
    desk.require("secure", Subject(desk.organisation.path))
    faults: list[str] = []
    if request.method == "POST":
        faults = give(request)
        if not faults:
            messages.success(request, both("已授予。", "Given."))
            return redirect("grants")
    grants = read_grants(request)
    roles = desk.pack.roles
    context = {
        "here": "grants",
        "lines": [
            (grant, label(grant.account), named(roles[grant.role]) if grant.role in roles else grant.role)
            for grant in grants
        ],
        "accounts": read_labels(desk.organisation.id),
        "roles": [(role, named(roles[role])) for role in grantable(desk.pack)],
        "units": read_units(desk),
        "gaps": [one_language(gap) for gap in separation_gaps(by_account(grants), desk.actor.day, desk.pack)],
        "faults": faults,
        "typed": request.POST,
        "today": desk.actor.day,
        "locked": read_locked(desk.organisation.id, desk.now),
    }
    return render(request, "web/grants.html", context, status=422 if faults else 200)


def read_grants(request: DeskRequest) -> list[Grant]:
    """The organisation's grants that have not ended, by account."""
    rows = Grant.objects.filter(organisation_id=request.desk.organisation.id)
    known = rows.select_related("account", "unit", "organisation").order_by("account__username", "start_on")
    return [grant for grant in known if grant.end_on is None or grant.end_on >= request.desk.actor.day]


def by_account(grants: Iterable[Grant]) -> tuple[tuple[HeldGrant, ...], ...]:
    """The grants of each account, as the rules see them."""
    rows = list(grants)
    found: dict[UUID, list[HeldGrant]] = {}
    for row, grant in zip(rows, held(rows), strict=True):
        found.setdefault(row.account_id, []).append(grant)
    return tuple(tuple(grants) for grants in found.values())


@transaction.atomic
def give(request: DeskRequest) -> list[str]:
    """Gives the role that was chosen, or says why it may not be given."""
    desk = request.desk
    name = request.POST.get("username", "")
    account = account_named(name, desk.organisation.id)
    start, end = parse_day(request.POST.get("start", "")), parse_day(request.POST.get("end", ""))
    unit_id = parse_id(request.POST.get("unit", ""))
    unit = next((unit for unit in read_units(desk) if unit.id == unit_id), None)
    if not name.strip() or start is None:
        return [both("请选择账号并填写起日。", "Choose an account and give the first day.")]
    if account is None:
        return [one_language(unknown_account(name))]
    units = units_under(desk.organisation.id, unit.id) if unit else frozenset()
    after = end + timedelta(days=1) if end else None
    grant = HeldGrant(request.POST.get("role", ""), desk.organisation.path, start, after, units)
    lock_organisation(desk.organisation.id)  # a button pressed twice must not give twice
    receiver = read_actor(account, desk.organisation, desk.actor.day)
    if (reason := grant_refusal(desk.actor, receiver, grant, desk.pack)) is not None:
        append_audit(request, "refused", f"{account.username} {grant.role} {reason}")
        return [one_language(reason)]
    write_grant(pen_of(request), account, grant.role, start, end, unit.id if unit else None)
    append_audit(request, "granted", f"{account.username} + {grant.role} {start} {end or ''}")
    return []


@require_POST
def end(request: DeskRequest, grant_id: UUID) -> HttpResponse:
    """Ends a role: yesterday was its last day, or it never begins."""
    desk = request.desk
    desk.require("secure", Subject(desk.organisation.path))
    grant = Grant.objects.filter(organisation_id=desk.organisation.id, id=grant_id).select_related("account").first()
    if grant is None:
        raise NotFound("没有这项授权 / no such grant")
    if grant.account_id == request.user.id:
        raise Refused("不能改动自己的授权 / nobody changes their own roles")
    end_grant(pen_of(request), grant, desk.actor.day - timedelta(days=1))
    append_audit(request, "granted", f"{grant.account.username} - {grant.role}")
    messages.success(request, both("已终止。", "Ended."))
    return redirect("grants")


@require_POST
def unlock(request: DeskRequest) -> HttpResponse:
    """Lets an account of the organisation log in again after too many failures."""
    account = named_account(request)
    name, was_locked = account.username, is_locked_out(account, request.desk.now)
    reset(username=name)
    append_audit(request, "unlocked", name)
    if was_locked:
        messages.success(request, both(f"“{name}”可以重新登录。", f"“{name}” may log in again."))
    else:
        messages.info(request, both(f"“{name}”没有被锁定。", f"“{name}” is not locked."))
    return redirect("grants")


@require_POST
def reset_second_factor(request: DeskRequest) -> HttpResponse:
    """Takes away the second factors of an account whose owner lost them. Not one's own."""
    account = named_account(request)
    if account.id == request.user.id:
        raise Refused("不能重置自己的第二步验证，请用恢复码或由另一位安全管理员办理 / not one's own second factor")
    if remove_second_factors(account):
        append_audit(request, "second_reset", account.username)
        messages.success(request, both("已重置，该账号可凭密码登录。", "Done; the account logs in by password."))
    else:
        messages.info(request, both("这个账号没有开启第二步验证。", "This account has no second factor."))
    return redirect("grants")


def named_account(request: DeskRequest) -> Account:
    """The organisation's account that the security administrator typed the name of."""
    desk = request.desk
    desk.require("secure", Subject(desk.organisation.path))
    name = request.POST.get("username", "")
    account = account_named(name, desk.organisation.id)
    if account is None or account.organisation_id != desk.organisation.id:
        raise Invalid([Problem("角色", "username", unknown_account(name))])
    return account
