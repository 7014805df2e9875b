"""Log-in through an identity provider: it opens the accounts that are there, believes signatures alone, makes nobody."""

import html
import re
import urllib.request
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from lianze.exchange.sample.accounts import PASSWORD
from lianze.org.models import Account, AuditRecord, Organisation
from lianze.settings import single_sign_on
from lianze.web.entering import ELSEWHERE
from tests.web.browsing import follow, keep_screen, violations, window
from tests.web.conftest import LogIn
from tests.web.factors import code_at, give_totp
from tests.web.identity import CLIENT, SECRET, Provider, serve
from tests.web.live import BROWSER_TESTS

START = "/login/with/office/"
LINK = "/account/protection/link/office/"
Configure = Callable[..., None]


@pytest.fixture
def provider() -> Iterator[Provider]:
    with serve() as found:
        yield found


@pytest.fixture
def configure(provider: Provider, settings: object) -> Configure:
    """Configures the provider as an operator does, by environment variables."""

    def use(**more: str) -> None:
        known = {
            "SERVER": provider.address,
            "CLIENT_ID": CLIENT,
            "CLIENT_SECRET": SECRET,
            "NAME": "市政务平台 / City portal",
        }
        variables = {f"LIANZE_OIDC_{name}": value for name, value in {**known, **more}.items()}
        settings.SOCIALACCOUNT_PROVIDERS = single_sign_on(variables)  # type: ignore[attr-defined]

    return use


def go(client: Client, address: str) -> HttpResponse:
    """On the provider's page the person presses its only button; what we answer to whoever comes back."""
    with urllib.request.urlopen(address) as page:
        found = re.search(r'href="([^"]+)"', page.read().decode())
    assert found
    back = urlsplit(html.unescape(found[1]))
    return client.get(f"{back.path}?{back.query}")  # type: ignore[return-value]


def log_in_there(client: Client, onward: str = "/registers/") -> HttpResponse:
    """The link of the log-in page, followed to the end."""
    return go(client, client.get(START, {"next": onward}).headers["Location"])


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def last_action() -> str:
    line = AuditRecord.objects.order_by("id").last()
    assert line is not None
    return f"{line.action} {line.about}"


def test_without_configuration_there_is_no_button_and_no_address(office: Organisation) -> None:
    assert single_sign_on({}) == {}
    assert "login/with" not in Client().get("/login/").content.decode()
    for address in (START, START + "back/?code=x&state=y"):
        assert Client().get(address).status_code == 404


def test_a_configured_claim_names_the_account(office: Organisation, provider: Provider, configure: Configure) -> None:
    configure(USERNAME_CLAIM="preferred_username")
    client = Client()
    assert "用市政务平台登录" in client.get("/login/").content.decode()
    assert provider.asked == [], "nothing is asked of the provider before somebody goes there"
    answer = log_in_there(client)
    assert answer.status_code == 302 and answer.headers["Location"] == "/registers/"
    assert is_in(client)
    assert last_action() == "login office"
    assert not SocialAccount.objects.exists()


def test_without_claim_or_link_nobody_comes_in_and_nobody_is_made(
    office: Organisation, provider: Provider, configure: Configure
) -> None:
    before = Account.objects.count()
    for claim, person in (
        ("", {"sub": "1", "preferred_username": "clerk"}),
        ("preferred_username", {"sub": "2", "preferred_username": "stranger"}),
        ("preferred_username", {"sub": "3"}),
    ):
        configure(USERNAME_CLAIM=claim)
        provider.person = person
        client = Client()
        answer = log_in_there(client)
        assert answer.status_code == 403 and "请系统管理员建立" in answer.content.decode()
        assert not is_in(client)
        assert last_action() == f"login_failed office {person['sub']}"
    assert Account.objects.count() == before


def test_an_owner_links_an_account_and_comes_in_by_it_until_it_is_unlinked(
    log_in: LogIn, provider: Provider, configure: Configure
) -> None:
    configure()
    owner = log_in("leader")
    assert owner.post(LINK, {"owner": "wrong"}).status_code == 302
    page = owner.post(LINK, {"owner": PASSWORD}).content.decode()
    found = re.search(r'class="button" href="([^"]+)"', page)
    assert found
    go(owner, html.unescape(found[1]))
    row = SocialAccount.objects.get()
    assert (row.uid, row.extra_data, row.user_id) == ("s-100", {}, Account.objects.get(username="leader").id)
    client = Client()
    log_in_there(client)
    assert client.session["_auth_user_id"] == str(row.user_id)
    assert SocialAccount.objects.get().extra_data == {}
    owner.post(f"/account/protection/unlink/{row.id}/", {"owner": "wrong"})
    assert SocialAccount.objects.exists()
    owner.post(f"/account/protection/unlink/{row.id}/", {"owner": PASSWORD})
    assert last_action() == "protected - office s-100"
    assert log_in_there(Client()).status_code == 403


def test_one_identity_is_not_linked_to_two_accounts(log_in: LogIn, provider: Provider, configure: Configure) -> None:
    configure()
    leader = Account.objects.get(username="leader")
    SocialAccount.objects.create(provider="office", uid="s-100", user_id=leader.id)
    other = log_in("clerk")
    found = re.search(r'class="button" href="([^"]+)"', other.post(LINK, {"owner": PASSWORD}).content.decode())
    assert found
    go(other, html.unescape(found[1]))
    assert "已绑定另一个账号" in other.get("/account/protection/").content.decode()
    assert SocialAccount.objects.get().user_id == leader.id
    assert (
        other.post(f"/account/protection/unlink/{SocialAccount.objects.get().id}/", {"owner": PASSWORD}).status_code
        == 404
    )


def test_a_linked_account_is_not_opened_by_its_name_alone(
    office: Organisation, provider: Provider, configure: Configure
) -> None:
    configure(USERNAME_CLAIM="preferred_username")
    clerk = Account.objects.get(username="clerk")
    SocialAccount.objects.create(provider="office", uid="another", user_id=clerk.id)
    assert log_in_there(Client()).status_code == 403


def test_a_closed_account_stays_closed(office: Organisation, provider: Provider, configure: Configure) -> None:
    configure(USERNAME_CLAIM="preferred_username")
    Account.objects.filter(username="clerk").update(is_active=False)
    assert log_in_there(Client()).status_code == 403


def test_the_second_factor_is_still_asked_for(office: Organisation, provider: Provider, configure: Configure) -> None:
    configure(USERNAME_CLAIM="preferred_username")
    secret = give_totp("clerk")
    client = Client()
    assert log_in_there(client).headers["Location"] == "/login/second/"
    assert not is_in(client)
    client.post("/login/second/", {"code": code_at(secret, timezone.now())})
    assert is_in(client)
    assert last_action() == "login office totp"


def test_a_provider_that_asks_for_it_itself_is_trusted_when_the_operator_says_so(
    office: Organisation, provider: Provider, configure: Configure
) -> None:
    configure(USERNAME_CLAIM="preferred_username", ASKS_SECOND_FACTOR="1")
    give_totp("clerk")
    client = Client()
    assert log_in_there(client).headers["Location"] == "/registers/"
    assert client.session[ELSEWHERE] is True
    by_password = Client().post("/login/", {"username": "clerk", "password": PASSWORD})
    assert by_password.headers["Location"] == "/login/second/"


@pytest.mark.parametrize("claim", ["iss", "aud", "exp", "signature", "state"])
def test_an_answer_that_is_not_for_us_or_not_signed_opens_nothing(
    claim: str, office: Organisation, provider: Provider, configure: Configure
) -> None:
    configure(USERNAME_CLAIM="preferred_username")
    wrong: dict[str, dict[str, object]] = {"iss": {"iss": "http://x"}, "aud": {"aud": "x"}, "exp": {"exp": 1}}
    provider.changed = wrong.get(claim, {})
    if claim == "signature":
        provider.shown_key = rsa.generate_private_key(65537, 2048)
    client = Client()
    address = client.get(START).headers["Location"]
    answer = go(Client() if claim == "state" else client, address)
    assert answer.status_code == 502 and "统一登录没有成功" in answer.content.decode()
    assert not is_in(client)
    assert last_action().startswith("login_failed office")


def test_a_provider_that_is_away_leaves_the_password(
    office: Organisation, provider: Provider, configure: Configure
) -> None:
    configure(SERVER="http://127.0.0.1:9")
    answer = Client().get(START)
    assert answer.status_code == 502 and "用用户名和密码登录" in answer.content.decode()
    assert Client().post("/login/", {"username": "clerk", "password": PASSWORD}).status_code == 302


def test_it_leads_to_no_other_site_afterwards(office: Organisation, provider: Provider, configure: Configure) -> None:
    configure(USERNAME_CLAIM="preferred_username")
    assert log_in_there(Client(), "https://elsewhere.example/").headers["Location"] == "/"


class TestInABrowser:
    pytestmark = BROWSER_TESTS

    def test_the_button_leads_there_and_back(
        self,
        browser: Browser,
        live_server: LiveServer,
        live_office: Organisation,
        provider: Provider,
        configure: Configure,
    ) -> None:
        """From another site and back, with the cookies and the content policy of a real browser."""
        configure()
        with window(browser, live_server.url, "", 390, also=provider.address) as page:
            page.goto("/login/")
            assert not violations(page)
            keep_screen(page, "login-with-390")
            page.get_by_label("用户名").fill("clerk")
            page.get_by_label("密码").fill(PASSWORD)
            follow(page.get_by_role("button", name="登录", exact=True))
            page.goto("/account/protection/")
            assert not violations(page)
            follow(page.get_by_role("button", name="绑定"))
            assert not violations(page)
            follow(page.get_by_role("link", name="前往登录"))
            follow(page.get_by_role("link", name="log in"))
            expect(page.get_by_role("status")).to_contain_text("已绑定")
            follow(page.get_by_role("button", name="退出"))
            follow(page.get_by_role("link", name="用市政务平台登录"))
            follow(page.get_by_role("link", name="log in"))
            expect(page.get_by_role("button", name="退出")).to_be_visible()
