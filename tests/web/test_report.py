"""The report's page: what will be printed, what is left out and why, the files, and who may have them."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import docx
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from lianze.org.models import Organisation
from lianze.org.packs import read_pack
from lianze.reports.typeset import pdf
from tests.web.conftest import LogIn

YEAR = "/report/?year=2023"


def test_every_figure_printed_leads_to_its_page(log_in: LogIn) -> None:
    client = log_in("clerk")
    text = client.get(YEAR).content.decode()
    links = set(re.findall(r'href="(/figures/[^"]+)"', text.split('id="left-out"')[0]))
    assert len(links) > 20
    for link in sorted(links)[:5]:
        assert client.get(link.replace("&amp;", "&")).status_code == 200, link


def test_what_is_left_out_is_listed_with_its_reason(log_in: LogIn) -> None:
    text = log_in("clerk").get("/report/?year=2019").content.decode()
    assert "无记录：" in text and "所依据的数据" in text


def test_files_are_named_in_chinese_for_every_browser(log_in: LogIn, office: Organisation) -> None:
    client = log_in("clerk")
    name = f"{office.short_name or office.name}2023年党风廉政建设责任制报告.docx"
    sent = client.get("/report/annual.docx?year=2023")["Content-Disposition"]
    assert sent == f"attachment; filename*=utf-8''{quote(name)}"
    short, day = office.short_name, r"\d{4}-\d\d-\d\d"
    named = {
        ("clerk", "/registers/activity/export.csv"): rf"{short}活动台账-{day}\.csv",
        ("clerk", "/registers/activity/export.xlsx?fields=all"): rf"{short}活动台账全部字段-{day}\.xlsx",
        ("clerk", "/duties/matrix.xlsx?year=2023"): rf"{short}2023年责任矩阵\.xlsx",
        ("clerk", "/import/template.xlsx"): rf"{short}台账模板\.xlsx",
        ("clerk", "/organisation/people/template.xlsx"): r"人员名单模板\.xlsx",
        ("auditor", "/audit/list.xlsx"): rf"{short}审计记录-{day}\.xlsx",
    }
    for (who, address), wanted in named.items():
        listed = unquote(log_in(who).get(address)["Content-Disposition"])
        assert re.fullmatch(rf"attachment; filename\*=utf-8''{wanted}", listed), listed


OWN_PACK = {
    "pack.toml": 'id = "own"\nversion = "1"\ntitle = "本单位"\ntitle_en = "Own"\nextends = "cn-integrity"\n',
    "additions.toml": """
[[addition]]
outline = "annual"
section = "work"

[[addition.paragraph]]
sentence = ["开展家访{family.visit.count}次，签订承诺书{promise.personal.count}份。"]
""",
}


@pytest.fixture
def own_pack(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """An instance whose report has a sentence of two figures, one of them without records in the sample year."""
    for name, text in OWN_PACK.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    settings.PACKS = [tmp_path]
    read_pack.cache_clear()
    yield
    read_pack.cache_clear()


def test_a_figure_that_waits_for_another_is_named_on_the_page(log_in: LogIn, own_pack: None) -> None:
    said = log_in("clerk").get(YEAR).content.decode()
    assert "正文没有写到的数据 1 个" in said
    assert 'href="/figures/family.visit.count/' in said


def test_the_file_says_what_the_page_shows(log_in: LogIn) -> None:
    client = log_in("clerk")
    answer = client.get("/report/annual.docx?year=2023&signed=2023-12-31")
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    said = "".join(paragraph.text for paragraph in docx.Document(io.BytesIO(answer.content)).paragraphs)
    assert "2023年12月31日" in said
    assert client.get("/report/annual.odt?year=2023").status_code == 404


def test_a_report_gives_nobody_sight_of_restricted_registers(log_in: LogIn) -> None:
    opinions = "/figures/opinion.count/"
    clerk, principal = log_in("clerk").get(YEAR).content.decode(), log_in("principal").get(YEAR).content.decode()
    assert opinions not in clerk and "不能查看所依据的受限台账" in clerk
    assert opinions in principal and "不能查看所依据的受限台账" not in principal


@pytest.mark.parametrize("username", ["head", "discipline", "sysadmin", "secadmin", "auditor"])
def test_others_are_refused_with_the_reason_and_see_no_way_there(log_in: LogIn, username: str) -> None:
    client = log_in(username)
    for address in (YEAR, "/report/annual.docx?year=2023"):
        answer = client.get(address)
        assert answer.status_code == 403 and 'class="reasons"' in answer.content.decode()
    assert 'href="/report/"' not in client.get("/").content.decode()


def test_without_libreoffice_the_page_says_so(log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PROGRAMS", ("no-such-office",))
    client = log_in("clerk")
    assert "annual.pdf" not in client.get(YEAR).content.decode()
    answer = client.get("/report/annual.pdf?year=2023")
    assert answer.status_code == 503 and "没有可用的 LibreOffice" in answer.content.decode()


def test_a_stranger_logs_in_first(log_in: LogIn) -> None:
    assert Client().get(YEAR).headers["Location"].startswith("/login/")
