"""Security keys (WebAuthn): USB keys, Windows Hello, national UKeys that speak FIDO2."""

import json

from allauth.mfa.webauthn.internal import auth as webauthn
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from lianze.web.audit import append_audit
from lianze.web.entering import is_fresh, owner_fault
from lianze.web.language import both
from lianze.web.protection import added
from lianze.web.requests import DeskRequest
from lianze.web.second_factors import add_key
from lianze.web.second_step import plain

LONGEST_NAME = 60


@never_cache
def add(request: DeskRequest) -> HttpResponse:
    """The form that names a key and has the browser ask for it."""
    name, fault = request.POST.get("name", "").strip()[:LONGEST_NAME], ""
    if request.method == "POST" and not (fault := key_fault(request, name)):
        append_audit(request, "protected", f"+ webauthn {name}")
        return added(request)
    context = {
        "options": json.dumps(plain(webauthn.begin_registration(request.user, passwordless=False))),
        "fault": fault,
        "name": name,
        "ask_owner": not is_fresh(request),
    }
    return render(request, "web/security_key.html", context, status=422 if fault else 200)


def key_fault(request: DeskRequest, name: str) -> str:
    """Why the key was not added; "" when it was."""
    if not name:
        return both("请给安全密钥起名。", "Name the key.")
    if fault := owner_fault(request):
        return fault
    if add_key(request.user, name, request.POST.get("credential", "")):
        return ""
    return both("没有收到安全密钥的应答，请重试。", "The key did not answer; try again.")
