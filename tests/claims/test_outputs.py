"""The command and what it writes: JSON in its published shape, the table, and the report with comments."""

import io
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from docx.oxml import parse_xml

from lianze.claims.check import check_reading
from lianze.claims.reading import read_bytes
from lianze.claims.reading_pdf import join_lines
from lianze.claims.render_docx import render_annotated, render_fresh
from lianze.claims.render_text import render_text
from lianze.claims.render_xlsx import render_xlsx
from lianze.claims.shapes import FigureFact
from lianze.claims.terms import load_terms
from lianze.cli.check import check_command
from tests.claims import source

MENTION = {
    "line", "start", "end", "raw", "low", "high", "counted_in", "noun", "scope", "class", "reason", "figure", "binding",
    "computed", "verdict",
}  # fmt: skip
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANZE_LANG", "zh")


def _run(*arguments: str, text: str | bytes | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(check_command, list(arguments), input=text)
    return result.exit_code, result.output


def test_json_has_the_published_shape() -> None:
    code, output = _run(str(source.DATA / "source-report-2023.txt"), "--json")
    data = json.loads(output)
    assert code == 0
    assert set(data) == {"mentions", "relations", "summary"}
    assert all(set(mention) == MENTION for mention in data["mentions"])
    assert all(set(r) == {"kind", "members", "formula", "status", "explanation"} for r in data["relations"])
    area = next(m for m in data["mentions"] if m["raw"] == "80.6")
    assert (area["low"], area["counted_in"], area["class"], area["verdict"]) == (80.6, "㎡", "claim", "not_checked")


@pytest.mark.parametrize(
    ("text", "code"), [("排查风险7项，其中高风险6项，中风险1项。", 0), ("排查风险8项，其中高风险6项，中风险1项。", 1)]
)
def test_exit_code_tells_whether_something_contradicts(text: str, code: int) -> None:
    assert _run("-", text=text)[0] == code


def test_unreadable_input_and_wrong_calls_end_with_two(tmp_path: Path) -> None:
    broken = tmp_path / "a.docx"
    broken.write_bytes(b"PK\x03\x04 broken")
    assert _run(str(broken))[0] == 2
    assert _run(str(tmp_path / "missing.txt"))[0] == 2
    assert _run("-", "--organisation", "x", text="5次")[0] == 2


def test_messages_follow_the_users_language(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "未与台账核对1处" in _run("-", text="开展谈话5次。")[1]
    monkeypatch.setenv("LIANZE_LANG", "en")
    assert "1 not checked against records" in _run("-", text="开展谈话5次。")[1]


def test_command_starts_without_django_and_heavy_libraries() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from lianze.cli.check import check_command as c;"
        "CliRunner().invoke(c, ['-'], input='5次');"
        "print([m for m in ('django', 'docx', 'lxml', 'xlsxwriter', 'pypdfium2') if m in sys.modules])"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


TALKS = FigureFact("talk.count", "提醒谈话", "次", Decimal(12), ("提醒谈话",), hits=12)


def _report() -> bytes:
    document = docx.Document()
    paragraph = document.add_paragraph("全年开展提醒")
    paragraph.add_run("谈话14次，").bold = True
    paragraph.add_run("其中").italic = True
    paragraph.add_run("书记谈话5次。")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_comments_stand_at_their_numbers_and_formatting_is_kept() -> None:
    data = _report()
    checked = check_reading(read_bytes(data, "a.docx"), load_terms(), [TALKS])
    document = docx.Document(io.BytesIO(render_annotated(data, checked, english=False)))
    runs = [(run.text, run.bold, run.italic) for run in document.paragraphs[0].runs if run.text]
    assert runs == [
        ("全年开展提醒", None, None), ("谈话", True, None), ("14", True, None), ("次，", True, None), ("其中", None, True),
        ("书记谈话", None, None), ("5", None, None), ("次。", None, None),
    ]  # fmt: skip
    comments = [comment.text for comment in document.comments]
    assert len(comments) == 2
    assert any("与台账不符（多2）" in comment for comment in comments)


def test_what_differs_is_listed_before_what_agrees() -> None:
    text = "全年开展提醒谈话12次。今年开展提醒谈话14次。"
    checked = check_reading(read_bytes(text.encode(), "a.txt"), load_terms(), [TALKS])
    said = render_text(checked, english=False)
    assert said.index("请核对") < said.index("14次") < said.index("\n数据") < said.index("12次  台账")


def test_text_report_becomes_a_document_with_comments() -> None:
    checked = check_reading(read_bytes("开展提醒谈话12次。".encode(), "a.txt"), load_terms(), [TALKS])
    document = docx.Document(io.BytesIO(render_fresh(checked, english=False)))
    assert [paragraph.text for paragraph in document.paragraphs] == ["开展提醒谈话12次。"]
    assert ["一致" in comment.text for comment in document.comments] == [True]


def test_content_control_binds_by_its_tag() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("谈了")
    control = '<w:sdt {}><w:sdtPr><w:tag w:val="talk.count|"/></w:sdtPr><w:sdtContent><w:r><w:t>13</w:t></w:r></w:sdtContent></w:sdt>'
    paragraph._p.append(parse_xml(control.format(W)))
    paragraph.add_run("次。")
    target = io.BytesIO()
    document.save(target)
    checked = check_reading(read_bytes(target.getvalue(), "a.docx"), load_terms(), [TALKS])
    verdict = next(v for v in checked.verdicts if v)
    assert (verdict.binding.state, verdict.binding.figure, verdict.code) == ("confirmed", "talk.count", "contradicted")


def test_table_has_one_row_per_number_and_no_formula() -> None:
    checked = check_reading(read_bytes("=1+1 开展提醒谈话14次。".encode(), "a.txt"), load_terms(), [TALKS])
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(checked, english=False)))
    rows = list(book["数字"].iter_rows(values_only=True))
    assert len(rows) == 1 + len(checked.mentions)
    assert "与台账不符（多2）" in rows[-1]
    assert all(cell.data_type != "f" for row in book["数字"].iter_rows() for cell in row)


def test_lines_of_a_pdf_are_joined_into_paragraphs() -> None:
    lines = [
        "一、工作情况",
        "全年开展集中学习二十二次，党组理论学习中心组",
        "专题学习七次。",
        "（一）教育",
        "— 1 —",
        "谈话五次。",
    ]
    assert list(join_lines(lines)) == [
        "一、工作情况", "全年开展集中学习二十二次，党组理论学习中心组专题学习七次。", "（一）教育", "谈话五次。",
    ]  # fmt: skip
