"""Log-ins, failures and log-outs, as Django tells of them, into the audit list."""

from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from lianze.org.models import Account
from lianze.web.audit import append_audit


@receiver(user_logged_in)
def logged_in(request: HttpRequest, user: Account, **_: Any) -> None:
    """Somebody came in; by what beside the password, where there was something."""
    append_audit(request, "login", getattr(request, "entered_by", ""), account=user)


@receiver(user_logged_out)
def logged_out(request: HttpRequest, user: Account | None, **_: Any) -> None:
    """Somebody left."""
    if user is not None:
        append_audit(request, "logout", account=user)


@receiver(user_login_failed)
def login_failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """Somebody did not get in: the name that was tried, never the password. `second`: the password was right."""
    if request is not None:
        name = str(credentials.get("username", ""))[:100]
        action = "second_failed" if credentials.get("second") else "login_failed"
        append_audit(request, action, name, Account.objects.filter(username=name).first())


@receiver(user_locked_out)
def locked_out(request: HttpRequest, username: str = "", **_: Any) -> None:
    """Too many failures: the door stays shut for a while."""
    name = str(username)[:100]
    append_audit(request, "locked_out", name, Account.objects.filter(username=name).first())
