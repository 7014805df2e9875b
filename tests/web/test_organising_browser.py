"""The organisation changed by hand in a real browser: somebody is appointed, transferred, leaves."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from lianze.ledger.setup_code import make_setup_code
from lianze.org.models import Appointment, Organisation, Person
from tests.web.browsing import WIDTHS, follow, keep_screen, violations, window
from tests.web.live import BROWSER_TESTS, check, session_of
from tests.web.test_people_file import GOOD, book

pytestmark = BROWSER_TESTS


def confirm(page: Page) -> None:
    """On to the page that shows what changes, and over it."""
    follow(page.get_by_role("button", name="下一步"))
    expect(page.get_by_text("还没有写入")).to_be_visible()
    follow(page.get_by_role("button", name="确认"))
    expect(page.locator(".messages")).to_contain_text("已办理")


def test_somebody_is_appointed_transferred_and_leaves(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    with window(browser, live_server.url, session_of("clerk"), 390) as page:
        page.goto("/organisation/")
        follow(page.get_by_role("link", name="任职", exact=True))
        picker = page.get_by_role("combobox", name="姓名")
        picker.press_sequentially("blc", delay=20)
        page.get_by_role("option", name="柏林川").wait_for()
        picker.press("Enter")
        page.get_by_label("职务").fill("机关党支部副书记")
        page.get_by_label("所在机构").select_option("机关党支部")
        page.get_by_label("身份").select_option("工作人员")
        page.get_by_label("起").fill("2024-01-02")
        confirm(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("柏林川")
        keep_screen(page, "person-390")
        follow(page.get_by_role("link", name="调任 柏林川 经济科副科长"))
        page.get_by_label("职务").fill("办公室副主任")
        page.get_by_label("所在机构").select_option("办公室")
        page.get_by_label("身份").select_option("工作人员")
        page.get_by_label("起").fill("2024-02-01")
        confirm(page)
        follow(page.get_by_role("link", name="离职", exact=True))
        page.get_by_label("离职日期").fill("2024-03-31")
        confirm(page)
        expect(page.get_by_role("heading", level=1)).to_contain_text("已离职")
        page.get_by_text("历史").click()
        expect(page.locator(".difference").first).to_be_visible()
        page.goto("/organisation/?on=2024-02-15")
        expect(page.locator(".chartree")).to_contain_text("办公室副主任")
        page.goto("/organisation/?on=2024-04-01")
        expect(page.locator(".chartree")).not_to_contain_text("柏林川")
    rows = Appointment.objects.filter(organisation_id=live_office.id, person__name="柏林川")
    assert not rows.filter(end_on__isnull=True).exists() and rows.count() == 4


def test_every_page_of_the_organisation_is_accessible_and_fits(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    person = Person.objects.get(organisation_id=live_office.id, name="陆青禾")
    row = Appointment.objects.get(organisation_id=live_office.id, person_id=person.id)
    pages = {
        "person": f"/organisation/person/{person.id}/",
        "unit": f"/organisation/unit/{person.unit_id}/",
        "organisation-people": "/organisation/people/",
        "organise-person": "/organisation/person/new/",
        "organise-transfer": f"/organisation/appointment/{row.id}/transfer/",
        "organise-withdraw": f"/organisation/appointment/{row.id}/withdraw/",
    }
    faults: dict[str, list[str]] = {}
    for language in ("zh-hans", "en"):
        for width in WIDTHS:
            with window(browser, live_server.url, session_of("clerk"), width, language) as page:
                for name, address in pages.items():
                    page.goto(address)
                    check(page, name, width, language, faults)
                page.goto("/organisation/portfolio/new/")
                page.locator("#main [name=person]").fill("沈望川")
                page.locator("[name=area]").select_option("finance")
                follow(page.locator("#main form.form button").last)
                check(page, "organise-confirm", width, language, faults)
                expect(page.get_by_role("alert")).to_be_visible()
                follow(page.locator("[name=back]"))
                check(page, "organise-portfolio", width, language, faults)
    assert not faults, faults


def test_an_office_is_set_up_from_a_list_in_excel(
    browser: Browser, live_server: LiveServer, emptied: None, tmp_path: Path
) -> None:
    wrong, right = tmp_path / "错.xlsx", tmp_path / "名单.xlsx"
    right.write_bytes(book(*GOOD))
    wrong.write_bytes(book(["林溪", None, None, None, "2020-02-30", None, None]))
    with window(browser, live_server.url, "", 390) as page:
        page.goto(f"/setup/?code={make_setup_code()}")
        page.get_by_label("全称").fill("青川市图书馆")
        page.get_by_label("或用 Excel 名单").set_input_files(wrong)
        follow(page.get_by_role("button", name="先核对名单"))
        expect(page.get_by_role("alert")).to_contain_text("人员 第2行 E列")
        page.get_by_label("或用 Excel 名单").set_input_files(right)
        follow(page.get_by_role("button", name="先核对名单"))
        expect(page.get_by_role("heading", name="名单共 3 人")).to_be_visible()
        assert not violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        keep_screen(page, "setup-list-390")
        page.get_by_label("用户名").fill("林溪")
        page.get_by_label("密码").fill("tulip-river-91")
        page.get_by_label("再输入一次").fill("tulip-river-91")
        follow(page.get_by_role("button", name="建立单位"))
        page.get_by_label("用户名").fill("林溪")
        page.get_by_label("密码").fill("tulip-river-91")
        follow(page.get_by_role("button", name="登录"))
        page.goto("/organisation/")
        expect(page.locator(".chartree")).to_contain_text("馆长")
    assert Person.objects.count() == 3
