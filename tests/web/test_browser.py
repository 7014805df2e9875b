"""The main journeys and every page in a real browser: readable by axe, nothing from elsewhere, nothing wider than it."""

import time

import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from lianze.ledger.models import Entry
from lianze.ledger.setup_code import make_setup_code
from lianze.org.models import Organisation
from tests.web.browsing import WIDTHS, follow, keep_screen, violations, window
from tests.web.conftest import first_of
from tests.web.live import BROWSER_TESTS, check, session_of

pytestmark = BROWSER_TESTS
# Counts what a person's hands do, over all pages of the window; a topic typed as text raises no key event.
COUNT = """
for (const kind of ["keydown", "click"]) addEventListener(kind, (event) => {
  if (!event.isTrusted || event.detail === 0 && kind === "click") return;
  const counted = JSON.parse(sessionStorage.counted ?? '{"keydown": 0, "click": 0}');
  counted[kind] += 1;
  sessionStorage.counted = JSON.stringify(counted);
}, true);
"""
LANGUAGES = ("zh-hans", "en")
PAGES = {
    "workbench": "/",
    "worklist": "/due/late/",
    "registers": "/registers/",
    "list": "/registers/activity/?kind=study.collective",
    "overview": "/registers/risk/overview/",
    "done": "/registers/finding/done/",
    "form": "/registers/activity/new/?kind=study.collective",
    "form-decision": "/registers/decision/new/?kind=major",
    "figures": "/figures/?year=2023",
    "figure": "/figures/research.village.least_per_quarter/?year=2023",
    "duties": "/duties/?year=2023",
    "duty": "/duties/talk.heart/?year=2023",
    "timeline": "/timeline/?year=2023",
    "calendar": "/calendar/?month=2023-11",
    "calendar-feeds": "/account/calendar/",
    "organisation": "/organisation/",
    "search": "/search/?q=学习",
    "report": "/report/?year=2023",
    "check": "/check/",
    "import": "/import/",
    "account": "/account/",
    "protection": "/account/protection/",
    "protection-totp": "/account/protection/totp/",
    "protection-key": "/account/protection/key/",
    "not-found": "/nosuch/",
}


@pytest.mark.sweep
def test_every_page_is_accessible_in_both_languages_at_both_widths(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    entry = first_of(live_office, "finding", state="rectifying")
    pages = {**PAGES, "entry": f"/entries/{entry.id}/", "amend": f"/entries/{entry.id}/amend/"}
    faults: dict[str, list[str]] = {}
    clerk, auditor, secadmin = session_of("clerk"), session_of("auditor"), session_of("secadmin")
    for language in LANGUAGES:
        for width in WIDTHS:
            with window(browser, live_server.url, "", width, language) as page:
                page.goto("/login/")
                check(page, "login", width, language, faults)
            with window(browser, live_server.url, auditor, width, language) as page:
                page.goto("/audit/")
                check(page, "audit", width, language, faults)
            with window(browser, live_server.url, secadmin, width, language) as page:
                page.goto("/roles/")
                check(page, "roles", width, language, faults)
            with window(browser, live_server.url, session_of("sysadmin"), width, language) as page:
                page.goto("/accounts/")
                check(page, "accounts", width, language, faults)
            with window(browser, live_server.url, clerk, width, language) as page:
                for name, address in pages.items():
                    page.goto(address)
                    check(page, name, width, language, faults)
    assert not faults, faults


def test_a_usual_session_takes_half_a_minute_and_twelve_keystrokes(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    """From the workbench: kind, as last time, topic, Enter. Counted: keys beyond the topic, and clicks."""
    topic = "学习公务接待新规"
    with window(browser, live_server.url, session_of("clerk"), 1280) as page:
        page.add_init_script(COUNT)
        start = time.monotonic()
        page.goto("/")
        follow(page.locator(".choices").get_by_text("集中学习", exact=True))
        page.get_by_role("button", name="照上次填").click()
        expect(page.locator("[name='@host'][type=hidden]")).to_have_count(1)
        page.locator("[name=title]").click()
        page.keyboard.type(topic)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(topic)
        taken = time.monotonic() - start
        counted = page.evaluate("JSON.parse(sessionStorage.counted)")
    entry = Entry.objects.get(title=topic)
    assert entry.kind == "study.collective" and entry.participations.count() > 1
    keys, clicks = counted["keydown"], counted["click"]
    print(f"{keys} keys and {clicks} clicks beyond the topic, {taken:.1f} s of pages")
    assert keys + clicks <= 12


def test_what_is_owed_is_recorded_from_the_workbench_and_then_is_gone(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    with window(browser, live_server.url, session_of("clerk"), 390) as page:
        page.goto("/")
        owed = page.locator(".owed li").filter(has_text="主题党日").filter(has_text="还有")
        follow(owed.get_by_role("link", name="去登记"))
        expect(page.locator("[name=kind]")).to_have_value("branch.theme_day")
        page.locator("[name=title]").fill("重温入党誓词")
        follow(page.get_by_role("button", name="记录", exact=True))
        expect(page.get_by_role("heading", level=1)).to_have_text("重温入党誓词")
        page.goto("/")
        expect(page.locator("#h-duties")).to_be_visible()
        assert owed.filter(has_text="已办 0").count() == 0
        page.goto("/duties/")
        follow(page.locator("td.done a").first)
        expect(page.locator("#entries")).to_contain_text("1")


def test_people_are_found_by_initials_and_drafts_outlive_the_window(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    with window(browser, live_server.url, session_of("clerk"), 390) as page:
        page.goto("/registers/activity/new/?kind=study.collective")
        page.locator("[name=title]").fill("没写完的记录")
        picker = page.get_by_role("combobox", name="主持人")
        picker.press_sequentially("swc", delay=20)
        page.get_by_role("option", name="沈望川").wait_for()
        picker.press("Enter")
        page.goto("/")
        page.goto("/registers/activity/new/?kind=study.collective")
        expect(page.locator("[name=title]")).to_have_value("没写完的记录")
        expect(page.locator("[name='@host'][type=hidden]")).to_have_value("沈望川")
        keep_screen(page, "form-draft-390")
        follow(page.get_by_role("button", name="记录", exact=True))
        expect(page.get_by_role("heading", level=1)).to_have_text("没写完的记录")
        page.goto("/registers/activity/new/?kind=study.collective")
        expect(page.locator("[name=title]")).to_have_value("")


def test_log_in_amend_withdraw_and_log_out(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    entry = first_of(live_office, "activity")
    with window(browser, live_server.url, "", 1280) as page:
        page.goto(f"/entries/{entry.id}/")
        page.get_by_label("用户名").fill("clerk")
        page.get_by_label("密码").fill("lianze-demo-2023")
        follow(page.get_by_role("button", name="登录"))
        follow(page.get_by_role("link", name="修改", exact=True))
        page.get_by_label("地点", exact=True).fill("二楼会议室")
        page.get_by_label("修改理由").fill("地点记错")
        follow(page.get_by_role("button", name="保存修改"))
        expect(page.locator(".difference").first).to_contain_text("二楼会议室")
        keep_screen(page, "history-1280")
        page.get_by_text("撤回这条记录").click()
        page.get_by_label("撤回理由").fill("重复登记")
        follow(page.get_by_role("button", name="撤回", exact=True))
        expect(page.get_by_role("heading", level=1)).to_contain_text("已撤回")
        follow(page.get_by_role("button", name="退出"))
        expect(page).to_have_url(f"{live_server.url}/login/?out=1")
    assert Entry.objects.get(id=entry.id).withdrawn


def test_a_figure_leads_to_its_entries_and_what_may_not_be_done_says_why(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    with window(browser, live_server.url, session_of("head"), 1280) as page:
        page.goto("/figures/?year=2023")
        follow(page.get_by_role("link", name="每季度联系点调研最少次数"))
        follow(page.locator("main table a").first)
        expect(page.get_by_role("button", name="修改")).to_be_disabled()
        expect(page.locator("#why-amend")).to_contain_text("不能在此处")
        keep_screen(page, "refused-1280")


def test_the_first_run_makes_an_office_that_can_be_logged_into(
    browser: Browser, live_server: LiveServer, emptied: None
) -> None:
    assert settings.PASSWORD_HASHERS
    with window(browser, live_server.url, "", 1280) as page:
        page.goto("/setup/")
        assert not violations(page)
        keep_screen(page, "setup-code-1280")
        page.get_by_label("设置码").fill(make_setup_code())
        follow(page.get_by_role("button", name="继续"))
        assert not violations(page)
        keep_screen(page, "setup-1280")
        page.get_by_label("全称").fill("青川市图书馆")
        page.get_by_label("每行一个").fill("办公室\n业务科")
        page.get_by_label("每行一人").fill("林溪 办公室\n周行 业务科")
        page.get_by_label("用户名").fill("林溪")
        page.get_by_label("密码").fill("tulip-river-91")
        page.get_by_label("再输入一次").fill("tulip-river-91")
        follow(page.get_by_role("button", name="建立单位"))
        page.get_by_label("用户名").fill("林溪")
        page.get_by_label("密码").fill("tulip-river-91")
        follow(page.get_by_role("button", name="登录"))
        expect(page.locator(".empty")).to_contain_text("先做这三步")
        keep_screen(page, "first-day-1280")
        assert page.goto("/setup/").status == 404  # type: ignore[union-attr]
