"""Log in, log out, change the password, choose the language."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lianze.ledger.first_run import has_account
from lianze.org.models import Account
from lianze.org.passwords import DIFFERENT, password_faults, password_rule
from lianze.web.audit import append_audit
from lianze.web.entering import enter, is_locked, lock_sentence, safe_address
from lianze.web.identity_provider import apps
from lianze.web.language import CHOICES, both, keep_language, one_language
from lianze.web.requests import DeskRequest

# In the log-in page's address after somebody logged out, as opposed to a session that ran out while a form was filled.
LOGGED_OUT = "out"


@login_not_required
@never_cache
def log_in(request: HttpRequest) -> HttpResponse:
    """The log-in page. Wrong name and wrong password get the same answer."""
    onward = safe_address(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(onward)
    context: dict[str, object] = {
        "logged_out": LOGGED_OUT in request.GET,
        "next": onward,
        "minutes": settings.SESSION_MINUTES,
        "providers": [(app["provider_id"], one_language(app["name"])) for app in apps()],
        "is_first_run": not has_account(),
    }
    if request.method != "POST":
        return render(request, "web/login.html", context)
    name, password = request.POST.get("username", "").strip(), request.POST.get("password", "")
    account = authenticate(request, username=name, password=password)
    if not isinstance(account, Account):
        context |= {"username": name, "fault": login_fault(request)}
        return render(request, "web/login.html", context, status=403 if is_locked(request) else 200)
    return enter(request, account, onward)


def login_fault(request: HttpRequest) -> str:
    """What is said to somebody who did not get in."""
    return lock_sentence() if is_locked(request) else both("用户名或密码不对。", "User name or password is wrong.")


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Ends the session; the page that follows forgets the drafts kept on this machine."""
    logout(request)
    return redirect(f"{reverse('login')}?{LOGGED_OUT}=1")


def change_password(request: DeskRequest) -> HttpResponse:
    """The page to change one's own password; says every rule that the new one breaks."""
    faults: list[str] = []
    if request.method == "POST":
        typed = (request.POST.get(name, "") for name in ("old", "new", "again"))
        faults = [one_language(fault) for fault in change_faults(request.user, *typed)]
        if not faults:
            request.user.set_password(request.POST["new"])
            request.user.password_changed_at = timezone.now()
            request.user.save(update_fields=["password", "password_changed_at"])
            update_session_auth_hash(request, request.user)
            append_audit(request, "password")
            messages.success(request, both("密码已修改。", "Password changed."))
            return redirect("workbench")
    return render(
        request,
        "web/password.html",
        {
            "faults": faults,
            "days": settings.PASSWORD_DAYS,
            "is_given": request.user.password_changed_at is None,
            "rule": one_language(password_rule()),
        },
    )


def change_faults(account: Account, old: str, new: str, again: str) -> list[str]:
    """Why the password cannot be changed to `new`."""
    if not account.check_password(old):
        return ["现在的密码不对 / the present password is wrong"]
    if old == new:
        return ["新密码不能与现在的相同 / the new password is the present one"]
    return [*password_faults(new, account), *([DIFFERENT] if new != again else [])]


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Switches between Chinese and English and goes back to where one was."""
    response = redirect(safe_address(request, request.POST.get("next", "")))
    chosen = request.POST.get("language", "")
    if chosen in CHOICES:
        keep_language(response, chosen)
    return response
