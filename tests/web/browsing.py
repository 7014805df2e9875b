"""A real Chromium on pages that a live server gives; any request to another host fails the test."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, BrowserType, Locator, Page, Request, Route, expect

from tests.web.served import SLOW_MS

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-lcd-text",  # grey edges of letters: the pictures are half the size
]
WIDTHS = (1280, 390)
SCREENS = Path(__file__).parents[2] / "docs" / "screens"
LARGEST_BYTES = 150_000
# How long is waited before something counts as not there. A quick machine never waits so long, a busy one may.
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)
SLOW_PROCESSOR = 6  # times slower, when slowness is asked for (served.py)


def launch(chromium: BrowserType, language: str = "zh_CN") -> Browser:
    """Debian's Chromium with its own words, of fields for days and files, in the language that its reader has set."""
    return chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, env={**os.environ, "LANGUAGE": language})


# Beside each Chinese browser the English one for English windows, started when the first of them opens.
_english: WeakKeyDictionary[Browser, Browser] = WeakKeyDictionary()


def in_language(browser: Browser, language: str) -> Browser:
    """The browser whose own words are in that language."""
    if language != "en":
        return browser
    found = _english.get(browser)
    if found is None or not found.is_connected():
        found = _english[browser] = launch(browser.browser_type, "en_US")
    return found


@contextmanager
def window(
    browser: Browser,
    host: str,
    session: str,
    width: int,
    language: str = "zh-hans",
    also: str = "",
    is_phone: bool = False,
) -> Iterator[Page]:
    """A window in one language and width, logged in by `session`; fails for faults in scripts and for requests to other
    hosts than ours and the one in `also`."""
    own = in_language(browser, language)
    context: BrowserContext = own.new_context(
        viewport={"width": width, "height": 900}, base_url=host, has_touch=is_phone, is_mobile=is_phone
    )
    hosts = {urlsplit(address).netloc for address in (host, also)}
    cookies = [{"name": "lianze_language", "value": language, "url": host}]
    cookies += [{"name": "lianze_session", "value": session, "url": host}] if session else []
    context.add_cookies(cookies)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_MS)
    foreign: list[str] = []
    faults: list[str] = []

    def watch(route: Route, request: Request) -> None:
        if request.url.startswith(("data:", "blob:")) or urlsplit(request.url).netloc in hosts:
            route.continue_()
        else:
            foreign.append(request.url)
            route.abort()

    context.route("**/*", watch)
    page = context.new_page()
    if SLOW_MS:
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOW_PROCESSOR})
    # Shown beside a test that fails.
    page.on("requestfailed", lambda request: print(f"no answer: {request.url}: {request.failure}"))
    page.on("pageerror", lambda error: faults.append(f"{error} {error.stack}"))
    page.on("console", lambda message: faults.append(message.text) if "Content Security" in message.text else None)
    try:
        yield page
    finally:
        context.close()
    assert not foreign, foreign
    assert not faults, faults


def follow(link: Locator) -> None:
    """Clicks what leads to another page, and waits until that page is there: a click alone does not wait."""
    with link.page.expect_navigation():
        link.click()


def violations(page: Page) -> list[str]:
    """What axe finds, as rule: element."""
    page.wait_for_load_state()
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def keep_screen(page: Page, name: str) -> None:
    """The picture for docs/screens: the whole page, or as much from its top as a small file holds."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    target = SCREENS / f"{name}.png"
    page.screenshot(path=target, full_page=True)
    size = page.viewport_size or {"width": WIDTHS[0], "height": 900}
    for height in (900, 700, 500):
        if target.stat().st_size > LARGEST_BYTES:
            clip = {"x": 0, "y": 0, "width": size["width"], "height": height}
            page.screenshot(path=target, clip=clip)  # type: ignore[arg-type]
    assert target.stat().st_size <= LARGEST_BYTES, (name, target.stat().st_size)
