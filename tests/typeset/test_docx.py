"""The DOCX itself: what python-docx reads in it, figures read back, and text that means harm."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml.ns import qn

from lianze.reports.typeset.docx import render_docx
from lianze.reports.typeset.model import Column, Document, FigureRun, Heading, Inline, Paragraph, Run, Table
from lianze.reports.typeset.tags import UnreadableDocx, figure_tag, read_figure_tags
from tests.typeset.documents import AT, HOSTILE, LONG, REPORT, SHORT

EAST_ASIAN = {
    "Heading1": "黑体",
    "Heading2": "楷体_GB2312",
    "Heading3": "仿宋_GB2312",
    "Heading4": "仿宋_GB2312",
    "Title": "方正小标宋简体",
    "Body": "仿宋_GB2312",
}


def document_of(*runs: Inline) -> Document:
    """One paragraph."""
    return Document(blocks=(Paragraph(runs),))


def test_python_docx_reads_paper_margins_and_grid() -> None:
    section = docx.Document(io.BytesIO(render_docx(REPORT, AT))).sections[0]
    lengths = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(length.mm, 1) for length in lengths if length] == [210.0, 297.0, 37.0, 35.0]
    margins = (section.left_margin, section.right_margin)
    assert [round(margin.mm, 1) for margin in margins if margin] == [28.0, 26.0]
    [grid] = section._sectPr.iter(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


def test_styles_name_the_chinese_fonts() -> None:
    styles = docx.Document(io.BytesIO(render_docx(SHORT, AT))).styles
    found = {style.style_id: style.element.find(f".//{qn('w:rFonts')}") for style in styles}
    for style_id, font in EAST_ASIAN.items():
        assert found[style_id].get(qn("w:eastAsia")) == font


def test_headings_make_an_outline_with_their_numbers() -> None:
    paragraphs = docx.Document(io.BytesIO(render_docx(REPORT, AT))).paragraphs
    styles = {p.style.name: p.text for p in paragraphs if p.style is not None and p.style.name}
    assert styles["Heading 1"] == "一、工作开展情况"
    assert styles["Heading 2"] == "（一）把牢政治方向，落实“第一议题”"


def test_properties_hold_the_given_time_and_nothing_of_the_machine() -> None:
    properties = docx.Document(io.BytesIO(render_docx(REPORT, AT))).core_properties
    assert properties.title == "云溪市归国华侨联合会2023年党风廉政建设责任制执行情况报告"
    assert properties.created == properties.modified == datetime(2023, 12, 8, 9, 30, tzinfo=UTC)


def test_the_same_document_and_time_are_the_same_bytes() -> None:
    assert render_docx(REPORT, AT) == render_docx(REPORT, AT)
    assert render_docx(REPORT, AT) != render_docx(REPORT, AT.replace(year=2024))


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        render_docx(SHORT, AT.replace(tzinfo=None))


def test_every_figure_is_read_back_in_order_with_its_text() -> None:
    found = read_figure_tags(render_docx(REPORT, AT))
    assert found[:3] == [
        ("study.sessions", "yunxi@2023", "22"),
        ("study.core", "yunxi@2023", "7"),
        ("finding.closed_share", "yunxi@2023", "100%"),
    ]
    assert found[-1] == ("meeting.held", "yunxi@2023", "8")
    assert len(found) == 3 + 23 + 8


def test_a_number_changed_in_word_is_read_as_changed() -> None:
    document = docx.Document(io.BytesIO(render_docx(document_of(FigureRun("22", "study", "2023")), AT)))
    [text] = document.element.body.iter(qn("w:t"))
    text.text = "32"
    saved = io.BytesIO()
    document.save(saved)
    assert read_figure_tags(saved.getvalue()) == [("study", "2023", "32")]


def test_a_long_tag_is_hashed_and_still_read_back() -> None:
    scope = "云溪市/" * 30
    file = render_docx(document_of(FigureRun("5", "party.members", scope), Run("名")), AT)
    tag = figure_tag("party.members", scope)
    assert tag.startswith("#") and len(tag) <= 64
    assert tag in zipfile.ZipFile(io.BytesIO(file)).read("word/document.xml").decode()
    assert read_figure_tags(file) == [("party.members", scope, "5")]


def test_a_long_tag_that_was_changed_by_hand_is_not_believed() -> None:
    scope = "2023" * 30
    file = render_docx(document_of(FigureRun("5", "members", scope)), AT)
    source = zipfile.ZipFile(io.BytesIO(file))
    forged = io.BytesIO()
    with zipfile.ZipFile(forged, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"members|2023", b"members|2024"))
    assert read_figure_tags(forged.getvalue()) == []


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04broken"])
def test_what_is_no_docx_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(UnreadableDocx, match="not a readable DOCX"):
        read_figure_tags(content)


def test_a_zip_bomb_is_refused_before_it_unpacks() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * (80 * 1024 * 1024))
    with pytest.raises(UnreadableDocx, match="unpacks to more"):
        read_figure_tags(bomb.getvalue())


def test_hostile_text_makes_a_file_that_opens_and_keeps_what_can_be_kept() -> None:
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(render_docx(HOSTILE, AT))).paragraphs)
    assert "控制字符" in text and "<w:p>&amp;]]><!--" in text and "😀" in text
    assert "A" * 5000 in text and "\ufffd孤立代理" in text
    assert not set(text) & set("\x00\x07\x1b\u202e\ufffe")


def test_ten_thousand_paragraphs_are_all_there() -> None:
    paragraphs = docx.Document(io.BytesIO(render_docx(LONG, AT))).paragraphs
    assert len(paragraphs) == 10_000
    assert paragraphs[-1].text == "第10000段，共一万段。"


def test_shapes_refuse_what_could_not_be_set() -> None:
    with pytest.raises(ValueError, match="bar"):
        FigureRun("1", "a|b", "2023")
    with pytest.raises(ValueError, match="four"):
        Heading(5, (Run("五"),))
    with pytest.raises(ValueError, match="one cell"):
        Table((Column("一"), Column("二")), (((Run("只有一格"),),),))
