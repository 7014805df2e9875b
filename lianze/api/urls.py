"""Addresses under /api/: the endpoints, their description, and a page to read it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from lianze import __version__
from lianze.api import duties, entries, evidence, figures, registers
from lianze.api.answers import add_handlers, answer, not_found
from lianze.api.auth import Token
from lianze.api.description import describe
from lianze.domain.errors import NotFound, Refused

TITLE = "廉责 / Lianze"
ABOUT = (
    "凭令牌访问，权限不超过令牌所属账号。 / With a token: `Authorization: Bearer …`, made on the page /account/tokens/"
    " or by `lianze token`; it may do no more than its account."
)
api = NinjaAPI(title=TITLE, version=__version__, description=ABOUT, docs_url=None, openapi_url=None)
add_handlers(api)
for part in (registers.router, entries.router, evidence.router, figures.router, duties.router):
    api.add_router("", part)


@login_not_required
def openapi(request: HttpRequest) -> HttpResponse:
    """The description, for whoever is logged in or brings a token."""
    desk = getattr(request, "desk", None)
    if desk is None:
        try:
            known = Token()(request)
        except (NotFound, Refused):
            known = None
        if not known:
            return answer(401, "unauthorised", "没有有效的令牌 / no token that holds")
        desk = request.desk  # type: ignore[attr-defined]
    return JsonResponse(describe(api, desk), json_dumps_params={"ensure_ascii": False})


def docs(request: HttpRequest) -> HttpResponse:
    """The description as a page, from files of this installation only."""
    response = render(request, "api/docs.html", {"title": TITLE})
    # The page's own script sets styles in the document and small pictures in its style sheet.
    response._csp_update = {"style-src": ["'unsafe-inline'"], "img-src": ["data:"]}  # type: ignore[attr-defined]
    return response


@csrf_exempt
@login_not_required
def nothing(request: HttpRequest, **_: Any) -> HttpResponse:  # noqa: ARG001 (Django passes it)
    """Any other address, in the same words as a hidden register's."""
    return not_found()


def opened(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The patterns, without a log-in by session: a token says who asks."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = csrf_exempt(login_not_required(pattern.callback))
    return patterns


urlpatterns = [
    path("openapi.json", openapi, name="api-description"),
    path("", docs, name="api-docs"),
    *opened(list(api.urls[0])),
    re_path(r"^[\s\S]*$", nothing),
]
