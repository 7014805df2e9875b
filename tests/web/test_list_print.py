"""A register on paper: all of it or plainly a part; and withdrawn entries are found by whoever looks for them."""

import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from lianze.ledger.models import Entry
from lianze.org.models import AuditRecord, Organisation
from lianze.web import list_print
from tests.web.browsing import WIDTHS, violations, window
from tests.web.conftest import LogIn, first_of
from tests.web.live import BROWSER_TESTS, session_of

LIST, PRINT = "/registers/activity/", "/registers/activity/print/"


def test_the_whole_list_is_printed_with_its_filter_in_words_and_audited(log_in: LogIn, office: Organisation) -> None:
    rows = Entry.objects.filter(organisation_id=office.id, register="activity", withdrawn=False)
    client = log_in("clerk")
    text = client.get(PRINT).content.decode()
    assert text.count("<tr><td") == rows.count() > 50 and f"全部 {rows.count()} 条" in text
    talks = client.get(PRINT + "?kind=talk.heart&from=2023-01-01").content.decode()
    assert talks.count("<tr><td") == rows.filter(kind="talk.heart", happened_on__gte="2023-01-01").count()
    assert "筛选：类型：谈心谈话，自2023-01-01" in talks
    told = AuditRecord.objects.filter(action="exported").values_list("about", flat=True)
    assert len(told) == 2 and all("打印" in about for about in told)


def test_a_list_too_long_for_paper_leads_to_the_workbook(log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_print, "MOST", 3)
    monkeypatch.setattr("lianze.web.totals.CAP", 2)
    text = log_in("clerk").get(PRINT + "?kind=study.collective").content.decode()
    assert "超过 3 条，不宜打印" in text and "<tr><td" not in text and "export.xlsx?kind=study.collective" in text


def test_whoever_may_not_export_prints_no_whole_list_either(log_in: LogIn) -> None:
    for who in ("clerk", "head", "leader", "discipline"):
        client = log_in(who)
        assert client.get(PRINT).status_code == client.get(LIST + "export.csv").status_code, who
    assert log_in("clerk").get("/registers/archive/print/").status_code == 404


def test_a_page_of_the_list_says_on_paper_which_one_it_is(log_in: LogIn, office: Organisation) -> None:
    client = log_in("clerk")
    count = Entry.objects.filter(organisation_id=office.id, register="activity").count()
    first = client.get(LIST).content.decode()
    pages = -(-count // 50)
    assert f"第 1 页，共 {pages} 页，不是全部记录" in first and "打印全部" in first
    following = re.search(r'href="([^"]*page=2)"', first)
    assert following is not None
    assert f"第 2 页，共 {pages} 页" in client.get(LIST + following[1].replace("&amp;", "&")).content.decode()
    assert "不是全部记录" not in client.get(LIST + "?kind=talk.heart").content.decode()


def test_what_was_withdrawn_is_found_where_the_message_says_and_by_search(log_in: LogIn, office: Organisation) -> None:
    client, entry = log_in("clerk"), first_of(office, "activity")
    answer = client.post(f"/entries/{entry.id}/withdraw/", {"version": entry.version, "why": "重复登记"}, follow=True)
    link = re.search(r'含已撤回”可查：<a href="([^"]+)">', answer.content.decode())
    assert link is not None
    for address in (link[1].replace("&amp;", "&"), f"/search/?q={entry.title}&withdrawn=1"):
        assert f"/entries/{entry.id}/" in client.get(address).content.decode(), address
    without = client.get(f"/search/?q={entry.title}").content.decode()
    assert f"/entries/{entry.id}/" not in without


class TestOnPaper:
    pytestmark = BROWSER_TESTS

    def test_the_heading_row_stands_on_every_sheet(
        self, browser: Browser, live_server: LiveServer, live_office: Organisation, tmp_path: Path
    ) -> None:
        with window(browser, live_server.url, session_of("clerk"), WIDTHS[1]) as page:
            page.goto(PRINT)
            assert not violations(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[1]
            page.set_viewport_size({"width": WIDTHS[0], "height": 900})
            assert not violations(page)
            page.pdf(path=tmp_path / "list.pdf", prefer_css_page_size=True)
        sheets = [sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(tmp_path / "list.pdf")]
        assert len(sheets) > 3 and sum("序号" in sheet for sheet in sheets) >= len(sheets) - 1
