"""One's own tokens for programs: made, shown once, revoked."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from lianze.domain.errors import Refused
from lianze.ledger.tokens import LONGEST_DAYS, SCOPES, is_calendar, issue_token, read_tokens, revoke_token
from lianze.web.language import both, one_language
from lianze.web.requests import DeskRequest


def titles() -> dict[str, str]:
    """What a token can be made for."""
    known = {
        "read": both("查看", "Read"),
        "record": both("记录", "Record"),
        "amend": both("修改", "Amend"),
        "withdraw": both("撤回", "Withdraw"),
        "transition": both("办理", "Take steps"),
        "figures": both("数据", "Figures"),
    }
    return {scope: known.get(scope, scope) for scope in SCOPES}


def page(request: DeskRequest) -> HttpResponse:
    """The account's tokens, and the form to make one."""
    secret, faults = "", []
    if request.method == "POST":
        days = request.POST.get("days", "")
        try:
            _, secret = issue_token(
                request.user,
                request.POST.get("name", ""),
                [scope for scope in request.POST.getlist("scope") if scope in SCOPES],
                int(days) if days.isdecimal() and len(days) < 5 else 0,
                timezone.now(),
                request.META.get("REMOTE_ADDR", ""),
            )
        except Refused as error:
            faults = [one_language(str(error))]
    known = titles()
    tokens = [token for token in read_tokens(request.user) if not is_calendar(token)]
    lines = [(token, [known.get(scope, scope) for scope in token.scopes]) for token in tokens]
    context = {"secret": secret, "faults": faults, "titles": known, "lines": lines, "most": LONGEST_DAYS}
    return render(request, "web/tokens.html", {**context, "now": timezone.now()}, status=422 if faults else 200)


@require_POST
def revoke(request: DeskRequest, token_id: UUID) -> HttpResponse:
    """Ends one of one's own tokens."""
    revoke_token(request.user, token_id, timezone.now(), request.META.get("REMOTE_ADDR", ""))
    messages.success(request, both("令牌已吊销。", "The token is revoked."))
    return redirect("tokens")
