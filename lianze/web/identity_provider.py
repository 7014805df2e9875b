"""The office's identity provider (OpenID Connect) as the operator configured it, and whom its answer stands for."""

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from requests import RequestException

from lianze.domain.errors import NotFound
from lianze.org.models import Account
from lianze.web.language import one_language

# What a provider that is not there, or speaks something else, makes of a request.
BROKEN = (RequestException, OAuth2Error, ValueError, KeyError, TypeError)


class Verifying(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Believes the signed ID token alone: allauth trusts the connection instead, which inside an office may be plain."""

    def complete_login(self, request: HttpRequest, app: SocialApp, token: object, **sent: Any) -> SocialLogin:  # noqa: ARG002
        """Who it is, and what the provider says of them, which is not kept."""
        claims = jwtkit.verify_and_decode(
            credential=sent["response"]["id_token"],
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        login = self.get_provider().sociallogin_from_response(request, {"id_token": {"sub": claims["sub"]}})
        login.claims = claims
        login.account.extra_data = {}
        return login


def apps() -> list[dict[str, Any]]:
    """The providers that the operator configured; usually none."""
    providers: dict[str, Any] = settings.SOCIALACCOUNT_PROVIDERS
    return list(providers.get(OpenIDConnectProvider.id, {}).get("APPS", []))


def provider_of(request: HttpRequest, provider_id: str) -> OpenIDConnectProvider:
    """The provider of an address. NotFound when none is configured under that name."""
    try:
        return get_adapter().get_provider(request, provider_id)
    except SocialApp.DoesNotExist as error:
        raise NotFound("没有这个统一登录 / no such single sign-on") from error


def name_of(provider: OpenIDConnectProvider) -> str:
    """What people call the provider, in the reader's language."""
    return one_language(provider.app.name)


def account_of(login: SocialLogin) -> Account | None:
    """The open account that its owner linked, else the one that the operator's claim names and nobody linked."""
    app, uid = login.provider.app, login.account.uid
    links = SocialAccount.objects.filter(provider=app.provider_id)
    linked = links.filter(uid=uid).first()
    if linked is not None:
        return Account.objects.filter(id=linked.user_id, is_active=True).first()
    name = login.claims.get(app.settings["username_claim"]) if app.settings["username_claim"] else None
    if not isinstance(name, str) or not name:
        return None
    named = Account.objects.filter(username=name, is_active=True).first()
    return None if named is None or links.filter(user_id=named.id).exists() else named
