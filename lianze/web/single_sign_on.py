"""Log-in through the office's own identity provider (OpenID Connect). It opens accounts that are there; it makes none."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lianze.domain.errors import NotFound
from lianze.org.models import Account
from lianze.web.audit import append_audit
from lianze.web.entering import enter, let_in, owner_fault, safe_address
from lianze.web.errors import error_page
from lianze.web.identity_provider import BROKEN, Verifying, account_of, apps, name_of, provider_of
from lianze.web.language import both
from lianze.web.requests import DeskRequest


class OwnAccountsOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Where allauth hands over to us: once the provider has said who it is, and when it has not."""

    def list_apps(self, request: HttpRequest, provider: str = "", client_id: str = "") -> list[SocialApp]:  # noqa: ARG002 (allauth's)
        """The providers of the settings; a row of the database makes none."""
        found = [SocialApp(provider=OpenIDConnectProvider.id, **app) for app in apps()]
        return [app for app in found if provider in ("", app.provider, app.provider_id)]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 (allauth's)
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """From here on it is our own log-in."""
        is_link = sociallogin.state.get("process") == AuthProcess.CONNECT
        raise ImmediateHttpResponse(finish_link(request, sociallogin) if is_link else arrive(request, sociallogin))

    def on_authentication_error(
        self, request: HttpRequest, provider: OpenIDConnectProvider, error: str = "", exception: Any = None, **_: Any
    ) -> None:
        """The provider said no, or nothing to be understood."""
        if error == AuthError.CANCELLED:
            raise ImmediateHttpResponse(redirect("login"))
        append_audit(request, "login_failed", f"{provider.app.provider_id} {type(exception).__name__}")
        raise ImmediateHttpResponse(unreachable(request, provider))


@login_not_required
@require_GET
@never_cache
def start(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Off to the provider. A link, not a form: the browser would not let a form be led to another host."""
    provider = provider_of(request, provider_id)
    onward = safe_address(request, request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(onward)
    try:
        answer: HttpResponse = provider.redirect(request, AuthProcess.LOGIN, next_url=onward)
    except BROKEN:
        answer = unreachable(request, provider)
    return answer


@login_not_required
@never_cache
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider."""
    provider = provider_of(request, provider_id)
    try:
        answer: HttpResponse = OAuth2CallbackView.adapter_view(Verifying(request, provider_id))(request)
    except BROKEN:
        answer = unreachable(request, provider)
    return answer


def arrive(request: HttpRequest, login: SocialLogin) -> HttpResponse:
    """In, as the account that the provider's person is bound to; or a plain sentence about whom to ask."""
    app, onward = login.provider.app, safe_address(request, login.state.get("next", ""))
    account = account_of(login)
    if account is None:
        append_audit(request, "login_failed", f"{app.provider_id} {login.account.uid}")
        return unknown(request, login.provider)
    if app.settings["asks_second_factor"]:
        return let_in(request, account, onward, app.provider_id, elsewhere=True)
    return enter(request, account, onward, app.provider_id)


def unknown(request: HttpRequest, provider: OpenIDConnectProvider) -> HttpResponse:
    """Whom to ask when the provider's person has no account here."""
    name = name_of(provider)
    return error_page(
        request,
        403,
        both("没有对应的账号", "No account for you here"),
        both(
            f"“{name}”确认了您的身份，但本系统没有与之对应的账号。有账号的，请先用用户名和密码登录，在“登录保护”中绑定；"
            "没有账号的，请系统管理员建立。",
            f"{name} knows you, but no account here is bound to you. If you have one, log in by name and password and link it "
            "under “Log-in protection”; if not, ask the system administrator for one.",
        ),
    )


def unreachable(request: HttpRequest, provider: OpenIDConnectProvider) -> HttpResponse:
    """What to do when the provider does not answer, or not as it should."""
    name = name_of(provider)
    return error_page(
        request,
        502,
        both("统一登录没有成功", "Single sign-on did not work"),
        both(
            f"没有从“{name}”得到有效的答复。请重试，或用用户名和密码登录；若一再出现，请告诉系统管理员。",
            f"{name} gave no valid answer. Try again, or log in by name and password; if it goes on, tell the system administrator.",
        ),
    )


@require_POST
def link(request: DeskRequest, provider_id: str) -> HttpResponse:
    """Begins to bind one's own account to oneself at the provider; a page with the link there."""
    provider = provider_of(request, provider_id)
    if fault := owner_fault(request):
        messages.error(request, fault)
        return redirect("protection")
    try:
        address = provider.redirect(request, AuthProcess.CONNECT)["Location"]
    except BROKEN:
        return unreachable(request, provider)
    return render(request, "web/link.html", {"name": name_of(provider), "address": address})


def finish_link(request: HttpRequest, login: SocialLogin) -> HttpResponse:
    """Binds whom the provider named to the account that is logged in."""
    app, uid = login.provider.app, login.account.uid
    if not isinstance(request.user, Account):
        return redirect("login")
    known = SocialAccount.objects.filter(provider=app.provider_id, uid=uid).first()
    if known is not None and known.user_id != request.user.id:
        messages.error(request, both("这个身份已绑定另一个账号。", "That identity is bound to another account."))
    else:
        SocialAccount.objects.get_or_create(provider=app.provider_id, uid=uid, user_id=request.user.id)
        append_audit(request, "protected", f"+ {app.provider_id} {uid}")
        messages.success(request, both("已绑定。", "Linked."))
    return redirect("protection")


@require_POST
def unlink(request: DeskRequest, link_id: int) -> HttpResponse:
    """Takes one's own link away; always asks who is there."""
    if fault := owner_fault(request, always=True):
        messages.error(request, fault)
        return redirect("protection")
    row = SocialAccount.objects.filter(user_id=request.user.id, id=link_id).first()
    if row is None:
        raise NotFound("没有这一项 / no such link")
    row.delete()
    append_audit(request, "protected", f"- {row.provider} {row.uid}")
    messages.success(request, both("已解除绑定。", "Unlinked."))
    return redirect("protection")
