"""One's due days in the calendar of a phone or of Outlook: as a file, or under an address of one's own."""

import io
from uuid import UUID

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from lianze.domain.errors import NotFound, Refused
from lianze.exchange.calendar_file import DueDay, render_calendar
from lianze.ledger.tokens import (
    CALENDAR,
    LONGEST_DAYS,
    is_calendar,
    issue_token,
    read_calendar_token,
    read_tokens,
    revoke_token,
)
from lianze.org.models import ApiToken
from lianze.web.audit import append_audit
from lianze.web.downloads import as_download, of_office
from lianze.web.due_days import read_due_days
from lianze.web.language import CHOICES, both, one_language
from lianze.web.requests import DeskRequest
from lianze.web.seating import read_open, sit_down

KIND = "text/calendar; charset=utf-8"


def page(request: DeskRequest) -> HttpResponse:
    """The account's addresses, and the form to make one; a new one is shown this once."""
    address, faults = "", []
    if request.method == "POST":
        try:
            name, now = request.POST.get("name", ""), timezone.now()
            _, secret = issue_token(
                request.user, name, [CALENDAR], LONGEST_DAYS, now, request.META.get("REMOTE_ADDR", "")
            )
            address = request.build_absolute_uri(reverse("calendar-feed", args=[secret]))
            address += "?language=en" if translation.get_language() == "en" else ""
        except Refused as error:
            faults = [one_language(str(error))]
    context = {
        "here": "calendar",
        "address": address,
        "picture": picture_of(address) if address else "",
        "faults": faults,
        "lines": [token for token in read_tokens(request.user) if is_calendar(token)],
        "now": timezone.now(),
    }
    return render(request, "web/calendar_feed.html", context, status=422 if faults else 200)


def picture_of(address: str) -> str:
    """The address for a phone's camera, as SVG within the page."""
    picture = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(picture, kind="svg", scale=4, border=4, light="#fff", xmldecl=False, svgns=True, nl=False)
    return mark_safe(picture.getvalue().decode())  # noqa: S308 (made here, of squares alone)


@require_POST
def revoke(request: DeskRequest, token_id: UUID) -> HttpResponse:
    """Ends one of one's own addresses."""
    revoke_token(request.user, token_id, timezone.now(), request.META.get("REMOTE_ADDR", ""))
    messages.success(request, both("日历地址已停用。", "The address is ended."))
    return redirect("calendar-feeds")


def export(request: DeskRequest) -> HttpResponse:
    """The same days as a file, for whoever does not subscribe; written to the audit list."""
    content = render_days(request)
    append_audit(request, "exported", "待办日历 / Calendar of what is owed")
    what = both(f"待办日历-{request.desk.actor.day}.ics", f"calendar-{request.desk.actor.day}.ics")
    return as_download(content, KIND, of_office(request.desk, what))


@login_not_required
@require_safe
def feed(request: DeskRequest, secret: str) -> HttpResponse:
    """The file under its secret address. An address that does not hold is as though it were not there."""
    token = read_calendar_token(secret, timezone.now())
    organisation = read_open(token.organisation_id) if token else None
    if token is None or organisation is None:
        raise NotFound("没有这个日历 / no such calendar")
    sit_down(request, token.account, organisation)
    language = request.GET.get("language", "")
    with translation.override(language if language in CHOICES else translation.get_language()):
        response = HttpResponse(render_days(request, last_day(request, token)), content_type=KIND)
    response["Cache-Control"] = "private, no-store"
    return response


def render_days(request: DeskRequest, *further: DueDay) -> bytes:
    """The calendar file of whoever the desk belongs to, with further days."""
    name = of_office(request.desk, both("廉责待办", "due in Lianze"))
    return render_calendar(name, [*read_due_days(request), *further], request.desk.now)


def last_day(request: DeskRequest, token: ApiToken) -> DueDay:
    """The day on which the address itself ends, so that nobody wonders why the calendar stands still."""
    title = both("廉责日历地址今天到期，请重新生成", "This Lianze calendar ends today: make a new address")
    address = request.build_absolute_uri(reverse("calendar-feeds"))
    return DueDay(str(token.id), timezone.localdate(token.expires_at), title, "", address)
