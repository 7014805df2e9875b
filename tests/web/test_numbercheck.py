"""The number check's page: what is sent is held against the year's figures, nothing of it is kept, what people decide is."""

import io
import re
from pathlib import Path
from urllib.parse import unquote

import docx
import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lianze.reports.models import BindingDecision
from lianze.web import numbercheck
from tests.web.conftest import LogIn

TEXT = (
    "2023年全年共开展集中学习99次。\n开展检查10次，其中专项检查4次、综合检查5次。\n发现问题10个，已整改8个，整改率95%。"
)
FIGURE = {"fingerprint": "学习|集中学习|次||", "figure": "study.collective.count", "scope": ""}


def sent(client: Client, name: str, data: bytes, **more: str) -> str:
    answer = client.post("/check/", {"report": SimpleUploadedFile(name, data), "year": "2023", **more})
    return answer.content.decode()


def test_a_pasted_text_is_held_against_the_year(log_in: LogIn) -> None:
    text = log_in("clerk").post("/check/", {"text": TEXT, "year": "2023"}).content.decode()
    assert "<strong>99</strong>" in text
    link = re.search(r'href="(/figures/study\.collective\.count/[^"]+)"', text)
    assert link and log_in("clerk").get(link[1].replace("&amp;", "&")).status_code == 200
    counts = text.split('class="counts"')[1].split("</ul>")[0]
    assert re.search(r'class="value">\d+</span> 未核', counts), counts
    assert "台账有、报告没有提到" in text


def test_without_a_year_only_the_numbers_are_held_against_one_another(log_in: LogIn) -> None:
    text = log_in("clerk").post("/check/", {"text": TEXT, "year": "none"}).content.decode()
    assert "没有与台账核对" in text and "台账有、报告没有提到" not in text
    assert re.search(r'class="nowrap late">不符', text)


def test_the_products_own_report_is_read_and_agrees(log_in: LogIn) -> None:
    client = log_in("clerk")
    report = client.get("/report/annual.docx?year=2023").content
    text = sent(client, "报告.docx", report)
    assert int(re.search(r'class="value">(\d+)</span> 一致<', text)[1]) > 20  # type: ignore[index]
    assert re.search(r'class="value">0</span> 与台账不符', text)


def test_the_answer_comes_as_a_commented_docx_and_a_table(log_in: LogIn) -> None:
    client = log_in("clerk")
    answer = client.post("/check/", {"text": TEXT, "year": "2023", "act": "docx"})
    assert len(list(docx.Document(io.BytesIO(answer.content)).comments)) > 0
    answer = client.post("/check/", {"text": TEXT, "year": "2023", "act": "xlsx"})
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames[0] == "数字"
    answer = client.post("/check/", {"report": SimpleUploadedFile("年度报告.txt", TEXT.encode()), "act": "docx"})
    assert unquote(answer["Content-Disposition"]).endswith("年度报告-核数.docx")


def test_where_no_year_is_chosen_the_reports_own_is_taken_and_said(log_in: LogIn) -> None:
    text = log_in("clerk").post("/check/", {"text": TEXT, "year": ""}).content.decode()
    assert "与2023年台账核对" in text and "年份取自报告：2023年" in text
    text = log_in("clerk").post("/check/", {"text": "全年共开展集中学习99次。", "year": ""}).content.decode()
    assert "没有与台账核对" in text and "请选择年份" in text


def test_a_report_of_another_year_is_told_so_and_nothing_is_called_different(log_in: LogIn) -> None:
    answer = log_in("clerk").post("/check/", {"text": TEXT.replace("2023", "2022"), "year": "2023"})
    assert "报告写的是2022年，台账是2023年" in answer.content.decode()
    assert not any(row.is_alarm for row in answer.context["rows"])


def test_the_switch_stands_only_where_it_leaves_something_out(log_in: LogIn) -> None:
    client = log_in("clerk")
    assert 'id="only"' in client.post("/check/", {"text": TEXT, "year": "2023"}).content.decode()
    assert 'id="only"' not in client.post("/check/", {"text": "发放雨伞17把。", "year": "none"}).content.decode()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("报告.docx", b"not a document", "不是可读的 DOCX"),
        ("报告.docx", b"PK\x03\x04 broken", "DOCX"),
        ("报告.pdf", b"%PDF-1.7 broken", "PDF"),
        ("报告.txt", b"\x00\x01\x02", "不是文本文件"),
        ("报告.txt", b" \n ", "没有可读的文字"),
        ("报告.txt", b"", "文件"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(log_in: LogIn, name: str, data: bytes, said: str) -> None:
    client = log_in("clerk")
    answer = client.post("/check/", {"report": SimpleUploadedFile(name, data), "year": "2023"})
    assert answer.status_code == 422 and said in answer.content.decode()


def test_a_report_too_large_is_refused_before_it_is_read(log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "CHECK_LARGEST", 100)
    assert "去掉图片" in sent(log_in("clerk"), "报告.txt", b"1" * 101)


def test_a_text_no_report_is_as_long_as_is_refused(log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbercheck, "LONGEST", 10)
    assert "过长" in sent(log_in("clerk"), "报告.txt", TEXT.encode())


def test_nothing_that_was_sent_is_kept(log_in: LogIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FILE_UPLOAD_MAX_MEMORY_SIZE", 10)
    monkeypatch.setattr(settings, "FILE_UPLOAD_TEMP_DIR", str(tmp_path))
    client = log_in("clerk")
    before = set(tmp_path.rglob("*"))
    assert 'class="counts"' in sent(client, "报告.txt", TEXT.encode())
    assert set(tmp_path.rglob("*")) == before
    assert "99" not in client.get("/check/").content.decode().split("<main")[1].split("<footer")[0]


def test_a_decision_is_remembered_and_holds_in_the_next_check(log_in: LogIn) -> None:
    client = log_in("clerk")
    page = client.post("/check/", {"text": TEXT, "year": "2023"}).content.decode()
    form = page.split('value="study.collective.count"')[0].rsplit("<form", 1)[1]
    fingerprint = re.search(r'name="fingerprint" value="([^"]+)"', form)[1]  # type: ignore[index]
    asked = {**FIGURE, "fingerprint": fingerprint, "decision": "refuse"}
    answer = client.post("/check/decide/", asked, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and "已记住" in answer.content.decode()
    assert BindingDecision.objects.get().state == "refused"
    again = client.post("/check/", {"text": TEXT, "year": "2023"}).content.decode()
    rows = again.split("<tbody>")[1].split("</tbody>")[0]
    assert "study.collective.count" not in rows


def test_who_may_not_write_reports_may_check_but_not_decide(log_in: LogIn) -> None:
    head = log_in("head")
    text = head.post("/check/", {"text": TEXT, "year": "2023"}).content.decode()
    assert 'class="counts"' in text and "/check/decide/" not in text
    answer = head.post("/check/decide/", {**FIGURE, "decision": "confirm"})
    assert answer.status_code == 403 and not BindingDecision.objects.exists()


@pytest.mark.parametrize("username", ["sysadmin", "secadmin", "auditor"])
def test_who_may_not_read_the_ledger_is_refused(log_in: LogIn, username: str) -> None:
    client = log_in(username)
    assert client.get("/check/").status_code == client.post("/check/", {"text": TEXT}).status_code == 403
    assert 'href="/check/"' not in client.get("/").content.decode()


def test_figures_of_restricted_registers_are_not_held_against_by_who_may_not_know_them(log_in: LogIn) -> None:
    opinions = "/figures/opinion.count/"
    sentence = {"text": "全年提出党风廉政意见回复7次。", "year": "2023"}
    assert opinions not in log_in("clerk").post("/check/", sentence).content.decode()
    assert opinions in log_in("discipline").post("/check/", sentence).content.decode()


def test_what_is_said_without_a_number_is_held_against_its_figure(log_in: LogIn) -> None:
    text = "经自查，未发现违规发放津补贴的情况。对照检查，未发现形式主义官僚主义问题。"
    page = log_in("clerk").post("/check/", {"text": text, "year": "2023"}).content.decode()
    assert re.search("不写数字的说法 [12]", page)
    said = page.split("不写数字的说法")[-1].split("</table>")[0]
    link = re.search(r'href="(/figures/[^"]+)"', said)
    assert link and log_in("clerk").get(link[1].replace("&amp;", "&")).status_code == 200
    assert "不写数字的说法" not in log_in("clerk").post("/check/", {"text": text, "year": "none"}).content.decode()


def test_what_differs_stands_first(log_in: LogIn) -> None:
    text = "2023年发放雨伞17把。\n全年共开展集中学习99次。"
    rows = log_in("clerk").post("/check/", {"text": text, "year": "2023"}).context["rows"]
    assert [(row.raw, row.is_alarm) for row in rows] == [("99", True), ("17", False)]
