"""The second page of a log-in: the code or the security key, after the password was right."""

import json

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from lianze.org.models import Account
from lianze.web.entering import HALF, fail, is_shut, let_in, lock_sentence, read_half
from lianze.web.language import both
from lianze.web.second_factors import factors_of, use_code, use_key


@login_not_required
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """Asks for the second factor of whoever gave the password a moment ago; anybody else begins at the first page."""
    had_half = HALF in request.session
    account = read_half(request)
    if account is None:
        if had_half:
            messages.error(request, both("等待时间过长，请重新登录。", "That took too long; log in again."))
        return redirect("workbench" if request.user.is_authenticated else "login")
    fault, status = "", 200
    if request.method == "POST":
        if is_shut(request, account):
            fault, status = lock_sentence(), 403
        elif kind := proved(request, account):
            half = request.session[HALF]
            if kind == Authenticator.Type.RECOVERY_CODES:
                messages.info(request, left_sentence(account))
            return let_in(request, account, half["onward"], half["by"], kind)
        else:
            fail(request, account)
            fault, status = wrong_sentence(request)
    return render(request, "web/second_step.html", asked(account) | {"fault": fault}, status=status)


def proved(request: HttpRequest, account: Account) -> str:
    """The kind of factor that was shown, "" when it was not right."""
    if answer := request.POST.get("credential", ""):
        return use_key(account, answer, timezone.now())
    return use_code(account, request.POST.get("code", ""), timezone.now())


def wrong_sentence(request: HttpRequest) -> tuple[str, int]:
    """What is said to a wrong factor, and the answer's status."""
    if getattr(request, "axes_locked_out", False):
        return lock_sentence(), 403
    if request.POST.get("credential"):
        return both(
            "这个安全密钥没有通过验证，请换用您添加过的密钥。",
            "This key is not the right one; take one that you added.",
        ), 200
    return both(
        "验证没有通过。请输入手机上正在显示的验证码；每个验证码只能用一次。",
        "That is not right. Type the code that the phone shows now; each code works once.",
    ), 200


def left_sentence(account: Account) -> str:
    """How many recovery codes are left."""
    row = Authenticator.objects.get(user_id=account.id, type=Authenticator.Type.RECOVERY_CODES)
    left = len(row.wrap().get_unused_codes())
    return both(
        f"已用一个恢复码，还剩{left}个。手机丢失的，请在“登录保护”重新设置。",
        f"A recovery code is used up; {left} are left. If the phone is lost, set up the log-in protection anew.",
    )


def asked(account: Account) -> dict[str, object]:
    """What the page can ask for: a code, a key, or either."""
    kinds = {factor.type for factor in factors_of(account)}
    options = webauthn.begin_authentication(account) if Authenticator.Type.WEBAUTHN in kinds else None
    return {"has_totp": Authenticator.Type.TOTP in kinds, "options": json.dumps(plain(options)) if options else ""}


def plain(options: object) -> object:
    """What a security key is asked, as JSON carries it."""
    return json.loads(json.dumps(options, default=dict))
