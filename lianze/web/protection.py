"""登录保护: what keeps others out of one's own account beside the password. Everybody sees and changes their own alone."""

import io

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lianze.domain.errors import NotFound
from lianze.ledger.second_factors import has_second_factor
from lianze.rules.granting import needs_second_factor
from lianze.web.audit import append_audit
from lianze.web.downloads import as_download
from lianze.web.entering import ELSEWHERE, is_fresh, owner_fault
from lianze.web.identity_provider import apps
from lianze.web.language import both, one_language
from lianze.web.requests import DeskRequest
from lianze.web.second_factors import (
    add_recovery_codes,
    add_totp,
    factors_of,
    remove,
    step_of,
)

PENDING, CODES = "totp_pending", "recovery_codes"
TOTP, KEY, RECOVERY = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES


def must_enrol(request: DeskRequest) -> bool:
    """Whether a role asks for a second factor that the account does not have yet."""
    desk = getattr(request, "desk", None)
    if desk is None or not needs_second_factor(desk.actor.grants, desk.actor.day, desk.pack):
        return False
    return not request.session.get(ELSEWHERE) and not has_second_factor(request.user)


@never_cache
def page(request: DeskRequest) -> HttpResponse:
    """What the account has, and the ways to more."""
    factors = factors_of(request.user)
    recovery = next((factor for factor in factors if factor.type == RECOVERY), None)
    context = {
        "totp": next((factor for factor in factors if factor.type == TOTP), None),
        "keys": [(factor, factor.wrap().name) for factor in factors if factor.type == KEY],
        "has_recovery": recovery is not None,
        "left": len(recovery.wrap().get_unused_codes()) if recovery else 0,
        "must": must_enrol(request),
        "links": links_of(request),
        "ask_owner": not is_fresh(request),
    }
    return render(request, "web/protection.html", context)


def links_of(request: DeskRequest) -> list[tuple[str, str, SocialAccount | None]]:
    """The identity providers that are configured: id, name, and the account's own link there."""
    known = {row.provider: row for row in SocialAccount.objects.filter(user_id=request.user.id)} if apps() else {}
    return [(app["provider_id"], one_language(app["name"]), known.get(app["provider_id"])) for app in apps()]


@never_cache
def totp(request: DeskRequest) -> HttpResponse:
    """Codes from a phone: the QR code, and the form that takes the first code."""
    if any(factor.type == TOTP for factor in factors_of(request.user)):
        return redirect("protection")
    secret, fault = pending_secret(request), ""
    if request.method == "POST":
        step = step_of(secret, request.POST.get("code", ""), timezone.now())
        if not (fault := owner_fault(request) or ("" if step else code_sentence())):
            add_totp(request.user, secret, step)
            del request.session[PENDING]
            append_audit(request, "protected", "+ totp")
            return added(request)
    context = {"secret": grouped(secret), "fault": fault, "ask_owner": not is_fresh(request)}
    return render(request, "web/protection_totp.html", context, status=422 if fault else 200)


def pending_secret(request: DeskRequest) -> str:
    """The secret that is being set up in this session, sealed there as it will be in its row."""
    if PENDING not in request.session:
        request.session[PENDING] = get_adapter().encrypt(generate_totp_secret())
    return str(get_adapter().decrypt(request.session[PENDING]))


def grouped(secret: str) -> str:
    """Four letters at a time, as people type them."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def code_sentence() -> str:
    """What is said when the first code does not fit."""
    return both(
        "验证码不对。请输入手机上正在显示的6位数字，并核对手机和服务器的时间。",
        "The code does not fit. Type the six digits the phone shows now, and check the clocks of phone and server.",
    )


@never_cache
def qr(request: DeskRequest) -> HttpResponse:
    """The secret that is being set up, as a picture for the phone's camera."""
    if PENDING not in request.session:
        raise NotFound("没有正在设置的动态口令 / no code is being set up")
    address = get_adapter().build_totp_url(request.user, pending_secret(request))
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="svg", scale=6, border=4, light="#fff")
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


def added(request: DeskRequest) -> HttpResponse:
    """After a new factor: on to the recovery codes when they are the first."""
    messages.success(request, both("已开启。下次登录时使用。", "It is on and will be asked for at the next log-in."))
    if (row := add_recovery_codes(request.user)) is None:
        return redirect("protection")
    request.session[CODES] = row.id
    return redirect("protection-codes")


@require_POST
def take_away(request: DeskRequest, factor_id: int) -> HttpResponse:
    """Removes one of one's own factors; always asks who is there."""
    if fault := owner_fault(request, always=True):
        messages.error(request, fault)
        return redirect("protection")
    row = remove(request.user, factor_id)
    if row is None:
        raise NotFound("没有这一项 / no such factor")
    append_audit(request, "protected", f"- {row.type} {row.data.get('name', '')}".strip())
    messages.success(request, both("已移除。", "Removed."))
    return redirect("protection")


@never_cache
def codes(request: DeskRequest) -> HttpResponse:
    """The recovery codes, in the session that made them, until their owner says that they are kept."""
    known = open_codes(request)
    if request.method == "POST":
        del request.session[CODES]
        return redirect("protection")
    return render(request, "web/recovery_codes.html", {"codes": known})


@never_cache
def codes_file(request: DeskRequest) -> HttpResponse:
    """The same as a text to keep."""
    text = "\r\n".join(
        [both("廉责恢复码", "Lianze recovery codes"), request.user.username, "", *open_codes(request), ""]
    )
    name = both(f"廉责恢复码-{request.user.username}.txt", f"Lianze recovery codes-{request.user.username}.txt")
    return as_download("\ufeff" + text, "text/plain; charset=utf-8", name)


def open_codes(request: DeskRequest) -> list[str]:
    """The codes that were made in this session and not yet put away. NotFound for any others."""
    wanted = request.session.get(CODES)
    row = Authenticator.objects.filter(user_id=request.user.id, type=RECOVERY, id=wanted).first() if wanted else None
    if row is None:
        raise NotFound("恢复码只显示一次 / recovery codes are shown once")
    return list(row.wrap().generate_codes())


@require_POST
def new_codes(request: DeskRequest) -> HttpResponse:
    """Ten new recovery codes; the old ones are worth nothing from now on."""
    if not has_second_factor(request.user):
        return redirect("protection")
    if fault := owner_fault(request, always=True):
        messages.error(request, fault)
        return redirect("protection")
    row = add_recovery_codes(request.user, anew=True)
    request.session[CODES] = row.id if row else None
    append_audit(request, "protected", "* recovery_codes")
    return redirect("protection-codes")
