"""From a right password to a session: whoever has a second factor stands half-way until it is given, and is nobody yet."""

import time
from uuid import UUID

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from lianze.ledger.second_factors import has_second_factor
from lianze.org.models import Account
from lianze.web.language import COOKIE, both, keep_language
from lianze.web.requests import DeskRequest
from lianze.web.second_factors import use_code

BACKEND = "django.contrib.auth.backends.ModelBackend"
# What a session keeps: who stands half-way; when they came in, through which provider, and whether that asked for more.
HALF, ENTERED, PROVIDER, ELSEWHERE = "half_way", "entered", "provider", "asked_elsewhere"
HALF_SECONDS = 300
FRESH_SECONDS = 600


def enter(request: HttpRequest, account: Account, onward: str, by: str = "") -> HttpResponse:
    """After the first factor: in, or on to the page that asks for the second. `by`: the identity provider, if any."""
    if not has_second_factor(account):
        return let_in(request, account, onward, by)
    request.session.cycle_key()
    half = {"account": str(account.id), "hash": account.get_session_auth_hash(), "onward": onward, "by": by}
    request.session[HALF] = {**half, "since": int(time.time())}
    return redirect("second-step")


def read_half(request: HttpRequest) -> Account | None:
    """Who gave the password in this session a short while ago; None when nobody, too long ago, or no longer valid."""
    half = request.session.get(HALF)
    if half is None:
        return None
    account = Account.objects.filter(id=UUID(half["account"]), is_active=True).first()
    is_late = time.time() - half["since"] > HALF_SECONDS
    if is_late or account is None or not constant_time_compare(half["hash"], account.get_session_auth_hash()):
        del request.session[HALF]
        return None
    return account


def let_in(
    request: HttpRequest, account: Account, onward: str, by: str = "", kind: str = "", elsewhere: bool = False
) -> HttpResponse:
    """The session begins. `kind`: the second factor; `elsewhere`: the provider has asked for one."""
    request.entered_by = f"{by} {kind}".strip()  # type: ignore[attr-defined]
    request.session.pop(HALF, None)
    login(request, account, backend=BACKEND)
    request.session[ENTERED] = int(time.time())
    request.session[PROVIDER] = by
    request.session[ELSEWHERE] = elsewhere
    response = redirect(onward)
    if COOKIE not in request.COOKIES:
        keep_language(response, account.language)
    return response


def is_fresh(request: HttpRequest) -> bool:
    """Whether whoever sits there logged in a few minutes ago, and need not show again who they are."""
    return time.time() - int(request.session.get(ENTERED, 0)) < FRESH_SECONDS


def is_shut(request: HttpRequest, account: Account) -> bool:
    """Whether too many failures keep the account from being tried at all."""
    if AxesProxyHandler.is_allowed(request, {"username": account.username}):
        return False
    request.axes_locked_out = True  # type: ignore[attr-defined]
    return True


def fail(request: HttpRequest, account: Account) -> None:
    """A wrong second factor: counts towards the lock-out and stands in the audit list."""
    given = {"username": account.username, "second": True}
    user_login_failed.send(sender=__name__, credentials=given, request=request)


def is_locked(request: HttpRequest) -> bool:
    """Whether too many failures shut the door."""
    return bool(getattr(request, "axes_locked_out", False))


def lock_sentence() -> str:
    """What is said before a door that is shut."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return both(
        f"失败次数过多，请{minutes}分钟后再试，或请安全管理员解锁。",
        f"Too many failures. Try again in {minutes} minutes, or ask the security administrator.",
    )


def owner_fault(request: DeskRequest, always: bool = False) -> str:
    """Why the change is not made: who sits there must be the owner. Asked of whoever did not log in just now."""
    if is_fresh(request) and not always:
        return ""
    if is_shut(request, request.user):
        return lock_sentence()
    typed = request.POST.get("owner", "")
    if request.user.check_password(typed) or use_code(request.user, typed, timezone.now()):
        return ""
    fail(request, request.user)
    return lock_sentence() if is_locked(request) else both("密码或验证码不对。", "Password or code is wrong.")


def keep_page(request: HttpRequest, response: HttpResponse, credentials: object) -> HttpResponse:  # noqa: ARG001 (axes')
    """Our own page already says that the door is shut; axes would put a line of English in its place."""
    return response


def safe_address(request: HttpRequest, address: str) -> str:
    """`address` when it is a page of this site, else the workbench."""
    hosts = {request.get_host()}
    return address if address and url_has_allowed_host_and_scheme(address, hosts, request.is_secure()) else "/"
