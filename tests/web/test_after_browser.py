"""What one does next, in a real browser: record another, take back a mistake, not lose what is typed, use keys."""

import re

from playwright.sync_api import Browser, Dialog, Page, expect
from pytest_django.live_server_helper import LiveServer

from lianze.ledger.models import Entry, Revision
from lianze.org.models import Organisation
from tests.web.browsing import follow, keep_screen, violations, window
from tests.web.conftest import first_of
from tests.web.live import BROWSER_TESTS, session_of

pytestmark = BROWSER_TESTS
NEW = "/registers/activity/new/?kind=study.collective"


def test_a_mistake_is_taken_back_where_it_was_just_made_and_another_recorded(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    with window(browser, live_server.url, session_of("clerk"), 390) as page:
        page.goto(NEW)
        page.locator("[name=title]").fill("记错的学习")
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("记错的学习")
        page.get_by_role("link", name="记错了，撤回").click()
        expect(page.get_by_label("撤回理由")).to_be_focused()
        page.keyboard.type("不是这一天")
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("已撤回")
        page.goto(NEW)
        page.locator("[name=title]").fill("记对的学习")
        follow(page.get_by_role("button", name="记录", exact=True))
        follow(page.get_by_role("link", name="再记一条", exact=True))
        expect(page.locator("[name=kind]")).to_have_value("study.collective")
    assert Entry.objects.get(title="记错的学习").withdrawn and not Entry.objects.get(title="记对的学习").withdrawn


def test_changes_that_are_not_saved_are_asked_about_before_they_are_lost(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    entry = first_of(live_office, "opinion")
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    with window(browser, live_server.url, session_of("discipline"), 1280) as page:
        page.on("dialog", leave)
        page.goto(f"/entries/{entry.id}/amend/")
        page.goto("/")
        assert asked == []
        page.goto(f"/entries/{entry.id}/amend/")
        page.locator("[name=title]").press_sequentially("三楼")
        page.goto("/")
        assert asked == ["beforeunload"]
        page.goto(f"/entries/{entry.id}/amend/")
        page.locator("[name=title]").press_sequentially("三楼")
        follow(page.get_by_role("button", name="保存修改"))
        expect(page.locator(".messages")).to_contain_text("已修改")
    # An entry that is not restricted has a draft, new or amended: nothing is lost by going away.
    ordinary = first_of(live_office, "activity")
    with window(browser, live_server.url, session_of("clerk"), 1280) as page:
        page.on("dialog", leave)
        for address in (NEW, f"/entries/{ordinary.id}/amend/"):
            page.goto(address)
            page.locator("[name=title]").press_sequentially("草稿")
            page.goto("/")
            page.goto(address)
            expect(page.locator("[data-draft-note]")).to_be_visible()
        assert asked == ["beforeunload"]


def log_in_again(page: Page) -> None:
    """What one does when the log-in page comes in between."""
    page.get_by_label("用户名").fill("clerk")
    page.get_by_label("密码").fill("lianze-demo-2023")
    follow(page.get_by_role("button", name="登录"))


def test_what_was_typed_is_back_when_the_session_ran_out_on_sending(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    entry = first_of(live_office, "activity")
    amend = f"/entries/{entry.id}/amend/"
    with window(browser, live_server.url, session_of("clerk"), 1280) as page:
        for address, button in ((NEW, "记录"), (amend, "保存修改")):
            page.goto(address)
            page.locator("[name=title]").fill(f"填到一半{button}")
            if address == amend:
                page.get_by_label("修改理由").fill("写错")
            page.context.clear_cookies(name="lianze_session")
            follow(page.get_by_role("button", name=button, exact=True))
            expect(page).to_have_url(re.compile("/login/"))
            log_in_again(page)
            expect(page.locator("[data-draft-note]")).to_be_visible()
            expect(page.locator("[name=title]")).to_have_value(f"填到一半{button}")
            follow(page.get_by_role("button", name=button, exact=True))
            expect(page.get_by_role("heading", level=1)).to_have_text(f"填到一半{button}")
            page.wait_for_load_state()
            assert page.evaluate("Object.keys(localStorage)") == []
    assert Revision.objects.filter(subject_id=entry.id).latest("number").why == "写错"


def test_a_draft_goes_when_its_owner_logs_out_or_somebody_else_logs_in(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    with window(browser, live_server.url, session_of("clerk"), 1280) as page:
        for leaving in ("logs out", "another comes"):
            page.goto(NEW)
            page.locator("[name=title]").fill("不给别人看")
            assert len(page.evaluate("Object.keys(localStorage)")) == 1
            if leaving == "logs out":
                follow(page.get_by_role("button", name="退出"))
                expect(page.get_by_role("heading", level=1)).to_have_text("登录")
            else:
                page.context.clear_cookies(name="lianze_session")
                page.goto("/")
                assert len(page.evaluate("Object.keys(localStorage)")) == 1
            key = session_of("clerk" if leaving == "logs out" else "head")
            page.context.add_cookies([{"name": "lianze_session", "value": key, "url": live_server.url}])
            page.goto("/")
            page.wait_for_load_state()
            assert page.evaluate("Object.keys(localStorage)") == []


def test_keys_are_told_in_a_panel_work_while_nobody_types_and_can_be_switched_off(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    for language, name in (("zh-hans", "键盘快捷键"), ("en", "Keyboard shortcuts")):
        with window(browser, live_server.url, session_of("clerk"), 1280, language) as page:
            page.goto("/figures/?year=2023")
            page.keyboard.press("Shift+?")
            panel = page.get_by_role("dialog", name=name)
            expect(panel).to_be_visible()
            assert not violations(page)
            if language == "zh-hans":
                page.goto("/")
                page.get_by_role("button", name=name).click()
                keep_screen(page, "keys-1280")
            page.keyboard.press("Escape")
            expect(panel).to_be_hidden()
            page.keyboard.press("/")
            search = page.locator("#find")
            expect(search).to_be_focused()
            page.keyboard.type("a/b?")
            expect(search).to_have_value("a/b?")
            search.blur()
            page.get_by_role("button", name=name).click()
            page.locator("[data-keys-single]").uncheck()
            page.keyboard.press("Escape")
            page.keyboard.press("/")
            expect(search).not_to_be_focused()


PASTE = """([name, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  const input = document.querySelector(`[role=combobox][name="${name}"]`);
  input.focus();
  if (input.dispatchEvent(event)) document.execCommand("insertText", false, text);
}"""


def test_pasted_names_become_people_one_by_one(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    with window(browser, live_server.url, session_of("clerk"), 1280) as page:
        page.goto(NEW)
        chips = page.locator("[name='@attendee'][type=hidden]")
        wanted: list[str] = []
        for pasted, names in (
            ("沈望川\n陆青禾\t外单位甲", ["沈望川", "陆青禾", "外单位甲"]),
            ("宁书瑶", ["宁书瑶"]),
            ("乔知夏 苏念安", ["乔知夏", "苏念安"]),
            ("外 单位乙、欧阳（列席、旁听）", ["外 单位乙", "欧阳（列席、旁听）"]),
        ):
            page.evaluate(PASTE, ["@attendee", pasted])
            wanted += names
            expect(chips).to_have_count(len(wanted))
        assert chips.evaluate_all("(all) => all.map((one) => one.value)") == wanted
        # Whoever is nobody of the office is marked, for it may be a slip of the pen.
        expect(page.locator("li:has([name='@attendee']) .guest")).to_have_count(3)
        # One piece of text that is nobody's name stays in the field, to be looked up.
        page.evaluate(PASTE, ["@attendee", "swc"])
        expect(page.get_by_role("option", name="沈望川")).to_be_visible()
        answers: list[int] = []
        page.on("response", lambda answer: answers.append(answer.status))
        page.evaluate(PASTE, ["@attendee", "很长的一段文字" * 2000])
        page.wait_for_timeout(400)
        assert [status for status in answers if status != 200] == []


def test_enter_on_a_name_that_nobody_has_never_sends_the_form(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    count = Entry.objects.count()
    with window(browser, live_server.url, session_of("clerk"), 390) as page:
        page.goto(NEW)
        page.locator("[name=title]").fill("学习")
        attendees, host = (page.get_by_role("combobox", name=name) for name in ("参加人员", "主持人"))
        attendees.fill("李建囯")
        attendees.press("Enter")
        expect(page.locator("li:has([name='@attendee'][value='李建囯']) .guest")).to_have_text("外单位")
        host.fill("李建囯")
        host.press("Enter")
        # No guest presides: the name stays to be corrected, and the field says why.
        field = page.locator("[data-picker]").filter(has=host)
        expect(field.get_by_role("alert")).to_contain_text("李建囯：本单位没有这个人")
        expect(host).to_have_value("李建囯")
        expect(page.locator("[name='@host'][type=hidden]")).to_have_count(0)
        host.press("Enter")
        host.fill("沈望川")
        expect(field.get_by_role("alert")).to_have_count(0)
        host.press("Enter")
        expect(page.locator("[name='@host'][type=hidden]")).to_have_value("沈望川")
        assert "/new/" in page.url
    assert Entry.objects.count() == count
