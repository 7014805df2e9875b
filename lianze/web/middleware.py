"""What happens around every page: the reader's language, the session's end, the desk, and errors as pages that help."""

import time
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation

from lianze.domain.errors import Invalid, NotFound, Refused
from lianze.org.models import Account, Organisation
from lianze.web import errors
from lianze.web.audit import append_audit
from lianze.web.entering import PROVIDER
from lianze.web.language import CHOICES, COOKIE
from lianze.web.protection import must_enrol
from lianze.web.requests import DeskRequest
from lianze.web.seating import read_open, sit_down

Next = Callable[[HttpRequest], HttpResponse]
TOUCH_SECONDS = 60
# What is open while a page must be seen to first.
LEAVE = frozenset({"logout", "language"})
BESIDE = {
    "password": LEAVE | {"password"},
    "protection": LEAVE | {"protection", "protection-totp", "protection-qr", "protection-key"},
}


class LanguageMiddleware:
    """The reader's language: the one last chosen on this machine, else the account's, else Chinese."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(COOKIE, "")
        with translation.override(chosen if chosen in CHOICES else settings.LANGUAGE_CODE):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
            return response


class SessionMiddleware:
    """Ends a session that nobody used for the minutes set; writes at most once a minute."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.get("touched", 0) > TOUCH_SECONDS:
                request.session["touched"] = now
        return self.get_response(request)


class DeskMiddleware:
    """Gives each request of somebody logged in its desk, and turns the project's own errors into pages."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Account):
            asker = cast("DeskRequest", request)
            organisation = read_place(asker)
            if organisation is not None:
                sit_down(asker, asker.user, organisation)
        response = self.get_response(request)
        if request.user.is_authenticated:
            # What was on the screen is not to be had by going back after logging out.
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(self, request: HttpRequest, view: object, *_: object) -> HttpResponse | None:
        """Without an organisation there is nothing to work at; and what must be done first keeps every other page shut,
        those that need no log-in too."""
        if not isinstance(request.user, Account):
            return None
        asker = cast("DeskRequest", request)
        name = request.resolver_match.url_name if request.resolver_match else ""
        if (first := first_page(asker)) and name not in BESIDE[first]:
            return redirect(first)
        if not getattr(view, "login_required", True) or hasattr(request, "desk"):
            return None
        return errors.no_organisation(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """404 for what is not there or not to be known of, 403 and 400 with the reasons."""
        if isinstance(error, NotFound):
            return errors.not_found(request)
        if isinstance(error, Refused):
            append_audit(request, "refused", f"{request.method} {request.path} {error}")
            return errors.refused(request, str(error))
        if isinstance(error, Invalid):
            return errors.invalid(request, error.problems)
        return None


def first_page(request: DeskRequest) -> str:
    """The page that must be seen to before any other; "" when there is none. A password that was not used to come in
    may be as old as it is."""
    if not request.session.get(PROVIDER) and (is_password_given(request.user) or is_password_old(request.user)):
        return "password"
    return "protection" if must_enrol(request) else ""


def is_password_given(account: Account) -> bool:
    """Whether somebody else chose the password, and so knows it."""
    return account.password_changed_at is None


def is_password_old(account: Account) -> bool:
    """Whether the password is older than the setting allows."""
    if not settings.PASSWORD_DAYS:
        return False
    since = account.password_changed_at or account.created_at
    return (timezone.now() - since).days >= settings.PASSWORD_DAYS


def read_place(request: DeskRequest) -> Organisation | None:
    """The organisation worked in, with its log's frontier: the one chosen for this session, else the account's own."""
    wanted = request.session.get("organisation") or request.user.organisation_id
    return read_open(wanted) if wanted else None
