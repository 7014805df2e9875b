"""Pages whose scripts come three seconds late: what is done before them is neither lost nor sent half."""

from pathlib import Path

from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from lianze.ledger.models import Entry
from lianze.org.models import Organisation
from tests.web.browsing import follow, window
from tests.web.live import BROWSER_TESTS, session_of

pytestmark = BROWSER_TESTS
NEW = "/registers/activity/new/?kind=study.collective"
DROP = """(selector) => {
  const data = new DataTransfer();
  data.items.add(new File(["x"], "签到.txt", { type: "text/plain" }));
  const event = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
  document.querySelector(selector).dispatchEvent(event);
  return event.defaultPrevented;
}"""


class Late:
    """Holds a page's deferred scripts back until they are let go."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.held: list[Route] = []
        self.is_late = True
        page.route("**/static/**/*.js*", self.hold)

    def hold(self, route: Route) -> None:
        if self.is_late and "early.js" not in route.request.url:
            self.held.append(route)
        else:
            route.fallback()

    def open(self, address: str) -> None:
        """The page as it stands without them."""
        self.page.goto(address, wait_until="commit")
        self.page.locator("footer").wait_for()

    def let_go(self) -> None:
        """They come, and all of them have run."""
        self.is_late = False
        for route in self.held:
            route.fallback()
        self.page.wait_for_load_state("load")


def test_a_name_half_typed_does_not_send_the_form(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    count = Entry.objects.count()
    with window(browser, live_server.url, session_of("clerk"), 1280) as page:
        late = Late(page)
        late.open(NEW)
        page.locator("[name=title]").fill("学习")
        picker = page.get_by_role("combobox", name="主持人")
        picker.fill("swc")
        picker.press("Enter")
        late.let_go()
        expect(page.locator("[name=title]")).to_have_value("学习")
        picker.press("Enter")
        expect(page.locator("[name='@host'][type=hidden]")).to_have_value("沈望川")
    assert Entry.objects.count() == count


def test_enter_takes_the_first_name_found_and_after_escape_the_name_as_it_stands(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    with window(browser, live_server.url, session_of("clerk"), 1280) as page:
        page.goto(NEW)
        picker = page.get_by_role("combobox", name="参加人员")
        chosen = page.locator("[name='@attendee'][type=hidden]")
        picker.press_sequentially("swc")
        picker.press("Enter")
        expect(chosen).to_have_count(1)
        picker.press_sequentially("沈望")
        page.get_by_role("option", name="沈望川").wait_for()
        picker.press("Escape")
        picker.press("Enter")
        expect(chosen).to_have_count(2)
        assert [one.get_attribute("value") for one in chosen.all()] == ["沈望川", "沈望"]


def test_what_was_typed_before_the_draft_came_back_stays(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    with window(browser, live_server.url, session_of("clerk"), 1280) as page:
        page.goto(NEW)
        page.locator("[name=title]").fill("草稿里的主题")
        page.get_by_label("地点", exact=True).fill("二楼会议室")
        late = Late(page)
        late.open(NEW)
        page.locator("[name=title]").fill("新写的主题")
        late.let_go()
        expect(page.locator("[data-draft-note]")).to_be_visible()
        expect(page.locator("[name=title]")).to_have_value("新写的主题")
        expect(page.get_by_label("地点", exact=True)).to_have_value("二楼会议室")


def test_files_chosen_early_are_kept_beside_those_dropped_later(
    browser: Browser, live_server: LiveServer, live_office: Organisation, tmp_path: Path
) -> None:
    early = tmp_path / "先选的.txt"
    early.write_text("先选")
    with window(browser, live_server.url, session_of("clerk"), 1280) as page:
        late = Late(page)
        late.open(NEW)
        page.locator("[name=title]").fill("有佐证的学习")
        page.locator("[name=files]").set_input_files(early)
        assert page.evaluate(DROP, "[data-drop-zone]") and page.evaluate(DROP, "h1")
        late.let_go()
        expect(page.locator("[data-new]")).to_have_count(1)
        page.evaluate(DROP, "[data-drop-zone]")
        expect(page.locator("[data-new]")).to_have_count(2)
        follow(page.get_by_role("button", name="记录", exact=True))
        expect(page.get_by_role("heading", level=1)).to_have_text("有佐证的学习")
    assert Entry.objects.get(title="有佐证的学习").attachments.count() == 2


def test_a_kind_chosen_early_brings_its_fields_when_the_scripts_are_there(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    with window(browser, live_server.url, session_of("clerk"), 1280) as page:
        late = Late(page)
        late.open(NEW)
        page.locator("[name=title]").fill("换了类型")
        page.locator("[name=kind]").select_option("branch.theme_day")
        late.let_go()
        expect(page.locator("[name=kind]")).to_have_value("branch.theme_day")
        expect(page.locator("[name=kind] option[selected]")).to_have_attribute("value", "branch.theme_day")
        expect(page.locator("[name=title]")).to_have_value("换了类型")


def test_a_page_selected_early_is_selected_whole(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    with window(browser, live_server.url, session_of("clerk"), 1280) as page:
        late = Late(page)
        late.open("/registers/measure/")
        page.locator("[data-all]").check()
        late.let_go()
        boxes = page.locator("tbody input[name=entry]")
        expect(boxes.first).to_be_checked()
        expect(boxes.last).to_be_checked()


def test_a_form_sent_before_its_scripts_is_recorded_whole(
    browser: Browser, live_server: LiveServer, live_office: Organisation, tmp_path: Path
) -> None:
    file = tmp_path / "签到.txt"
    file.write_text("到")
    with window(browser, live_server.url, session_of("clerk"), 390) as page:
        Late(page).open(NEW)
        page.locator("[name=title]").fill("抢先记下")
        page.get_by_role("combobox", name="主持人").fill("沈望川")
        page.locator("[name=also_on]").fill("4-19")
        page.locator("[name=happened_on]").fill("2023-03-15")
        page.locator("[name=files]").set_input_files(file)
        page.get_by_role("button", name="记录", exact=True).click(no_wait_after=True)
        page.get_by_text("已记录2条").wait_for()
    entries = Entry.objects.filter(title="抢先记下")
    assert [e.attachments.count() for e in entries] == [1, 1] and all(e.participations.count() == 1 for e in entries)
