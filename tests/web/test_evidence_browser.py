"""Evidence in the entry form of a real browser: looked at, taken out again, pasted, photographed, sent with a bar."""

import base64
import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from lianze.ledger.models import Attachment, Entry
from lianze.org.models import Organisation
from tests.web.browsing import follow, keep_screen, violations, window
from tests.web.live import BROWSER_TESTS, session_of
from tests.web.test_evidence import made_pdf

pytestmark = BROWSER_TESTS
NEW = "/registers/activity/new/?kind=study.collective"
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg=="
)
PASTE = """([words, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(bytes)], "image.png", { type: "image/png" }));
  if (words) data.setData("text/plain", words);
  document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def file(name: str, data: bytes, kind: str = "image/png") -> dict[str, object]:
    return {"name": name, "mimeType": kind, "buffer": data}


def choose(page: Page, *files: dict[str, object]) -> None:
    page.locator("#files").set_input_files(list(files))  # type: ignore[arg-type]


def test_files_are_looked_at_and_taken_out_before_they_are_sent(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    with window(browser, live_server.url, session_of("clerk"), 1280) as page:
        page.goto(NEW)
        choose(page, file("签到.png", PICTURE), file("纪要.pdf", made_pdf(), "application/pdf"))
        choose(page, file("通知.txt", "通知".encode(), "text/plain"))
        new = page.locator("[data-new]")
        expect(new).to_have_count(3)
        expect(page.locator("[data-new] img")).to_have_js_property("naturalWidth", 2)
        expect(page.locator("[data-new] .mark").first).to_have_text("PDF")
        choose(page, file("空.txt", b"", "text/plain"), file("装.exe", b"MZ", "application/octet-stream"))
        expect(page.locator("[data-refused]")).to_contain_text("空文件")
        expect(page.locator("[data-refused]")).to_contain_text("程序或脚本")
        assert not violations(page)
        page.get_by_role("button", name="移去 通知.txt").click()
        expect(new).to_have_count(2)
        page.locator("[name=title]").fill("带佐证的学习")
        follow(page.get_by_role("button", name="记录", exact=True))
        expect(page.get_by_role("heading", level=1)).to_have_text("带佐证的学习")
        first = page.get_by_role("img", name="纪要.pdf")
        first.scroll_into_view_if_needed()
        page.wait_for_function("picture => picture.complete && picture.naturalWidth", arg=first.element_handle())
        assert first.evaluate("picture => picture.naturalWidth") > 500
        keep_screen(page, "entry-evidence-1280")
    entry = Entry.objects.get(title="带佐证的学习")
    names = Attachment.objects.filter(entry_id=entry.id).values_list("name", flat=True)
    assert sorted(names) == ["签到.png", "纪要.pdf"]


def test_the_same_file_twice_is_taken_once_and_pasted_words_bring_no_picture(
    browser: Browser, live_server: LiveServer, live_office: Organisation, tmp_path: Path
) -> None:
    kept, other = tmp_path / "签到.png", tmp_path / "现场.png"
    for path in (kept, other):
        path.write_bytes(PICTURE)
    with window(browser, live_server.url, session_of("clerk"), 1280) as page:
        page.goto(NEW)
        page.locator("#files").set_input_files(kept)
        page.locator("#files").set_input_files([kept, other])
        expect(page.locator("[data-refused]")).to_contain_text("“签到.png”已经选过")
        expect(page.locator("[data-new]")).to_have_count(2)
        page.evaluate(PASTE, ["表格里的字", list(PICTURE)])
        expect(page.locator("[data-new]")).to_have_count(2)
        page.evaluate(PASTE, ["", list(PICTURE)])
        expect(page.locator("[data-new]").nth(2)).to_contain_text(re.compile("粘贴的图片 .*png"))


def test_a_phone_offers_its_camera(browser: Browser, live_server: LiveServer, live_office: Organisation) -> None:
    with window(browser, live_server.url, session_of("clerk"), 390, is_phone=True) as page:
        page.goto(NEW)
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="拍照").tap()
        assert chooser.value.element.get_attribute("capture") == "environment"
        chooser.value.set_files(file("现场.png", PICTURE))  # type: ignore[arg-type]
        expect(page.locator("[data-new]")).to_contain_text("现场.png")


def test_a_large_file_shows_how_far_it_is_and_a_broken_line_loses_nothing_typed(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    with window(browser, live_server.url, session_of("clerk"), 1280) as page:
        page.goto(NEW)
        page.locator("[name=title]").fill("大文件")
        choose(page, file("录像.mp4", bytes(6 << 20), "video/mp4"))
        page.evaluate(
            """() => { window.seen = []; new MutationObserver(() => seen.push(document.querySelector("[data-progress] span")
            .textContent)).observe(document.querySelector("[data-progress]"), { childList: true, subtree: true }); }"""
        )
        page.route("**/files/", lambda route: route.abort())
        page.get_by_role("button", name="记录", exact=True).click()
        expect(page.locator("[data-refused]")).to_contain_text("还没有记录")
        assert any("正在上传“录像.mp4”" in text for text in page.evaluate("seen"))
        page.unroute("**/files/")
        follow(page.get_by_role("button", name="记录", exact=True))
        expect(page.get_by_role("heading", level=1)).to_have_text("大文件")
    assert Attachment.objects.get(name="录像.mp4").evidence.size == 6 << 20


def test_a_refused_file_is_told_beside_what_else_is_wrong(
    browser: Browser, live_server: LiveServer, live_office: Organisation
) -> None:
    with window(browser, live_server.url, session_of("clerk"), 1280) as page:
        page.goto(NEW)
        choose(page, file("安装.exe", b"MZ"), file("签到.png", PICTURE))
        refused = page.locator("[data-refused]")
        expect(refused).to_contain_text("安装.exe")
        follow(page.get_by_role("button", name="记录", exact=True))
        expect(page.locator(".fault", has_text="未填“主题”")).to_be_visible()
        expect(refused).to_contain_text("安装.exe")
        expect(page.locator("[name=kept]")).to_have_count(1)
        page.locator("[name=title]").fill("附件已换")
        follow(page.get_by_role("button", name="记录", exact=True))
        expect(page.get_by_role("heading", level=1)).to_have_text("附件已换")
        page.goto(NEW)
        expect(refused).to_be_hidden()
