"""Second factors in a real browser: set up, asked for, shown to be lost, with a security key that Chromium plays."""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from lianze.exchange.sample.accounts import PASSWORD
from lianze.ledger.second_factors import remove_second_factors
from lianze.org.models import Account, Organisation
from tests.web.browsing import WIDTHS, follow, window
from tests.web.factors import code_at, give_totp
from tests.web.live import BROWSER_TESTS, check, session_of

pytestmark = BROWSER_TESTS
KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": False,
    "hasUserVerification": False,
    "automaticPresenceSimulation": True,
}


def give_password(page: Page, username: str = "clerk") -> None:
    """The first page of a log-in."""
    page.goto("/login/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    follow(page.get_by_role("button", name="登录", exact=True))


def plug_in(page: Page) -> Callable[[], object]:
    """Puts a security key into the machine of this window; what pulls it out again."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    key = session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]
    return lambda: session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})


def add_key(page: Page, name: str) -> None:
    """Fills in the form that adds the key that is plugged in."""
    page.goto("/account/protection/key/")
    page.get_by_label("名称").fill(name)
    page.get_by_role("button", name="添加").click()


def test_codes_from_a_phone_are_set_up_kept_and_asked_for(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    with window(browser, live_server.url, "", 1280) as page:
        give_password(page)
        follow(page.locator(".who a"))
        follow(page.get_by_role("link", name="登录保护"))
        follow(page.get_by_role("link", name="开启动态口令"))
        picture = page.locator("img.qr")
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("image => image.naturalWidth") > 0
        secret = page.locator(".hash").inner_text().replace(" ", "")
        page.get_by_label("6位验证码").fill("123")
        follow(page.get_by_role("button", name="开启"))
        expect(page.get_by_role("alert")).to_contain_text("验证码不对")
        page.get_by_label("6位验证码").fill(code_at(secret, timezone.now()))
        follow(page.get_by_role("button", name="开启"))
        expect(page.locator("ol.hash li")).to_have_count(10)
        with page.expect_download() as download:
            page.get_by_role("link", name="保存为文件").click()
        code = page.locator("ol.hash li").first.inner_text()
        assert code in download.value.path().read_text(encoding="utf-8-sig")
        follow(page.get_by_role("button", name="已保存好"))
        expect(page.locator("main")).to_contain_text("10个中还剩10个")
        follow(page.get_by_role("button", name="退出"))
        give_password(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("第二步验证")
        page.goto("/registers/")
        expect(page.get_by_role("heading", level=1)).to_have_text("登录")
        give_password(page)
        page.get_by_label("验证码").fill(code)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("还剩9个")


def test_a_security_key_is_named_asked_for_and_removed(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    with window(browser, live_server.url, "", 1280) as page:
        pull_out = plug_in(page)
        give_password(page)
        add_key(page, "办公室的蓝色密钥")
        follow(page.get_by_role("button", name="已保存好"))
        expect(page.locator("main")).to_contain_text("办公室的蓝色密钥")
        add_key(page, "同一个密钥")
        expect(page.locator("[data-say=known]")).to_be_visible()
        pull_out()
        plug_in(page)
        add_key(page, "备用密钥")
        expect(page.locator("main")).to_contain_text("备用密钥")
        assert Authenticator.objects.filter(type="webauthn").count() == 2
        follow(page.get_by_role("button", name="退出"))
        give_password(page)
        follow(page.get_by_role("button", name="使用安全密钥"))
        expect(page.get_by_role("button", name="退出")).to_be_visible()
        for left in (1, 0):
            page.goto("/account/protection/")
            page.locator("summary", has_text="移除").first.click()
            page.get_by_label("密码或验证码").first.fill(PASSWORD)
            follow(page.get_by_role("button", name="移除").first)
            expect(page.get_by_role("status")).to_contain_text("已移除")
            assert Authenticator.objects.filter(type="webauthn").count() == left
    assert not Authenticator.objects.exists()


def test_a_key_of_somebody_else_does_not_open_the_door(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    with window(browser, live_server.url, session_of("clerk"), 1280) as page:
        plug_in(page)
        page.goto("/account/protection/key/")
        page.get_by_label("名称").fill("密钥")
        page.get_by_label("密码或验证码").fill(PASSWORD)
        follow(page.get_by_role("button", name="添加"))
        expect(page.locator("ol.hash li")).to_have_count(10)
    with window(browser, live_server.url, "", 390) as page:
        plug_in(page)  # another one
        give_password(page)
        page.get_by_role("button", name="使用安全密钥").click()
        expect(page.locator("[data-say=failed]")).to_be_visible()
        page.goto("/registers/")
        expect(page.get_by_role("heading", level=1)).to_have_text("登录")


def test_before_the_script_is_there_the_button_sends_nothing(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    with window(browser, live_server.url, session_of("clerk"), 1280) as page:
        page.route("**/security-key.js*", lambda route: route.abort())
        page.goto("/account/protection/key/")
        expect(page.get_by_role("button", name="添加")).to_be_disabled()


def test_where_keys_cannot_work_the_page_says_why(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    with window(browser, live_server.url, session_of("clerk"), 1280) as page:
        page.add_init_script("delete window.PublicKeyCredential; delete navigator.credentials;")
        page.add_init_script("Object.defineProperty(window, 'isSecureContext', {value: false});")
        page.goto("/account/protection/key/")
        expect(page.locator("[data-say=unable]")).to_be_visible()
        expect(page.get_by_role("button", name="添加")).to_be_disabled()


@pytest.mark.sweep
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_of_a_log_in_are_accessible(
    language: str, browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    faults: dict[str, list[str]] = {}
    account = Account.objects.get(username="clerk")
    for width in WIDTHS:
        remove_second_factors(account)
        with window(browser, live_server.url, session_of("clerk"), width, language) as page:
            plug_in(page)
            page.goto("/account/protection/key/")
            page.locator("#name").fill("USB")
            page.locator("#owner").fill(PASSWORD)
            follow(page.locator("main form button"))
            page.locator("ol.hash").wait_for()
            check(page, "recovery-codes", width, language, faults)
        remove_second_factors(account)
        give_totp("clerk")
        with window(browser, live_server.url, session_of("clerk"), width, language) as page:
            page.goto("/account/protection/")
            check(page, "protection-on", width, language, faults)
            page.goto("/account/protection/key/")
            plug_in(page)
            page.locator("#name").fill("USB")
            page.locator("#owner").fill(PASSWORD)
            follow(page.locator("main form button"))
            page.wait_for_url(re.compile("/account/protection/$"))
        with window(browser, live_server.url, "", width, language) as page:
            page.goto("/login/")
            page.locator("#username").fill("clerk")
            page.locator("#password").fill(PASSWORD)
            follow(page.locator("main form button"))
            page.locator("#code").fill("000000")
            with page.expect_navigation():
                page.keyboard.press("Enter")
            page.get_by_role("alert").wait_for()
            check(page, "second-step", width, language, faults)
    assert not faults, faults
