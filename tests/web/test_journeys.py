"""What people do in a browser from beginning to end: import, act on many, the second person's look."""

from pathlib import Path

import openpyxl
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from lianze.ledger.models import Entry
from lianze.org.models import Organisation
from tests.web.browsing import follow, keep_screen, violations, window
from tests.web.live import BROWSER_TESTS, session_of

pytestmark = BROWSER_TESTS


def make_book(path: Path, day: str, place: str = "三楼") -> Path:
    """A workbook of one study session."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "活动台账"
    sheet.append(["类型", "主题", "日期", "组织单位", "地点"])
    sheet.append(["集中学习", "学习保密规定", day, "办公室", place])
    book.save(path)
    return path


def send(page: Page, book: Path) -> None:
    """Chooses the workbook and has it looked at."""
    page.get_by_label("工作簿（.xlsx）").set_input_files(book)
    follow(page.get_by_role("button", name="检查", exact=True))


def test_a_workbook_is_mended_checked_and_imported_through_the_page(
    browser: Browser, live_server: LiveServer, live_office: Organisation, tmp_path: Path
) -> None:
    with window(browser, live_server.url, session_of("clerk"), 1280) as page:
        page.goto("/import/")
        send(page, make_book(tmp_path / "坏.xlsx", "2023-02-30"))
        expect(page.get_by_role("alert")).to_contain_text("什么也没有写入")
        assert not violations(page)
        keep_screen(page, "import-faults-1280")
        send(page, make_book(tmp_path / "好.xlsx", "2023-02-28"))
        expect(page.locator("main")).to_contain_text("检查通过，还没有写入")
        assert not violations(page)
        keep_screen(page, "import-check-1280")
        assert not Entry.objects.filter(title="学习保密规定").exists()
        follow(page.get_by_role("button", name="确认导入"))
        expect(page.locator("main")).to_contain_text("新增1条")
        page.goto("/registers/activity/?q=学习保密规定")
        expect(page.locator(".totals")).to_contain_text("共 1 条")
        page.goto("/import/")
        send(page, make_book(tmp_path / "改.xlsx", "2023-02-28", "一楼"))
        expect(page.locator("details", has_text="活动台账")).to_contain_text("地点：三楼 → 一楼")
        assert not violations(page)
        keep_screen(page, "import-changes-1280")


def test_a_calendar_address_is_shown_once_with_a_picture_for_the_phone(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    with window(browser, live_server.url, session_of("leader"), 390) as page:
        page.goto("/calendar/")
        follow(page.get_by_role("link", name="订阅到手机或 Outlook"))
        page.get_by_label("用在哪里").fill("我的手机")
        follow(page.get_by_role("button", name="生成日历地址"))
        expect(page.locator(".qr svg")).to_be_visible()
        assert not violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        address = page.locator(".hash").inner_text()
        assert address.startswith(f"{live_server.url}/calendar/lianze_")
        page.goto("/account/calendar/")
        expect(page.locator("main")).to_contain_text("我的手机")
        expect(page.locator(".hash")).to_have_count(0)


def test_several_measures_are_finished_at_once_after_a_preview(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    measures = Entry.objects.filter(organisation_id=live_office.id, register="measure", withdrawn=False)
    done = measures.filter(state="done").count()
    with window(browser, live_server.url, session_of("clerk"), 1280) as page:
        page.goto("/registers/measure/?state=open")
        boxes = page.locator("tbody input[name=entry]")
        for at in range(2):
            boxes.nth(at).check()
        follow(page.get_by_role("button", name="批量办理选中的记录"))
        page.get_by_label("办理", exact=True).select_option("finish")
        follow(page.get_by_role("button", name="预览"))
        expect(page.get_by_role("heading", level=2)).to_have_text("2 条中可办理 2 条")
        keep_screen(page, "bulk-1280")
        assert measures.filter(state="done").count() == done
        follow(page.get_by_role("button", name="办理这 2 条"))
        expect(page.locator("main")).to_contain_text("已办理2条。")
    assert measures.filter(state="done").count() == done + 2


def test_who_mended_a_finding_cannot_close_it_and_the_second_person_finds_it_waiting(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    with window(browser, live_server.url, session_of("clerk"), 1280) as page:
        page.goto("/registers/finding/new/?kind=research")
        page.locator("[name=title]").fill("接待登记不及时")
        follow(page.get_by_role("button", name="记录", exact=True))
        follow(page.get_by_role("button", name="开始整改"))
        expect(page.get_by_role("button", name="销号")).to_be_disabled()
        expect(page.locator("main")).to_contain_text("须由另一人")
    with window(browser, live_server.url, session_of("discipline"), 1280) as page:
        page.goto("/due/waiting/")
        follow(page.get_by_role("link", name="接待登记不及时"))
        follow(page.get_by_role("button", name="销号"))
        expect(page.get_by_role("heading", level=1)).to_contain_text("已销号")
    assert Entry.objects.get(title="接待登记不及时").state == "closed"


def test_a_printed_overview_says_when_and_hides_what_only_a_screen_can_do(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    with window(browser, live_server.url, session_of("clerk"), 1280) as page:
        page.goto("/registers/risk/overview/")
        hint, printed = page.get_by_text("点数字看是哪几条"), page.get_by_text("打印日期")
        expect(hint).to_be_visible()
        expect(printed).to_be_hidden()
        fills = [
            page.locator(f".fill-{at} i").first.evaluate(
                "i => getComputedStyle(i).backgroundImage + getComputedStyle(i).backgroundColor"
            )
            for at in (1, 2, 3)
        ]
        assert len(set(fills)) == 3
        page.emulate_media(media="print")
        expect(hint).to_be_hidden()
        expect(printed).to_be_visible()
        expect(page.locator("footer")).to_contain_text(live_office.name)
        assert page.locator("h2").first.evaluate("h => getComputedStyle(h).breakAfter") == "avoid"
        page.goto("/duties/")
        page.emulate_media(media="print")
        expect(page.get_by_text("点格子看记录")).to_be_hidden()


def test_hashes_are_folded_away_on_the_entry_page_and_there_for_whoever_opens_them(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    entry = Entry.objects.filter(organisation_id=live_office.id, register="activity")[0]
    with window(browser, live_server.url, session_of("clerk"), 1280) as page:
        page.goto(f"/entries/{entry.id}/")
        expect(page.get_by_text("叶哈希")).to_be_hidden()
        page.get_by_text("存证信息").click()
        expect(page.get_by_text("叶哈希")).to_be_visible()


def test_an_empty_card_of_the_workbench_is_as_high_as_what_it_says(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    with window(browser, live_server.url, session_of("clerk"), 1280) as page:
        page.goto("/")
        assert page.locator(".grid").first.evaluate("grid => getComputedStyle(grid).alignItems") == "start"
