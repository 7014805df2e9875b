"""Hostile and broken input: read what a person would read, say what could not be read, never hang."""

import io
import zipfile

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml

from lianze.claims.check import check_reading
from lianze.claims.reading import read_bytes, read_text
from lianze.claims.shapes import Checked, Reading
from lianze.claims.terms import load_terms
from lianze.domain.errors import Invalid
from tests.claims.binding_scoring import load_facts

MILLION = 1_000_000
FACTS = load_facts()
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _check(text: str) -> Checked:
    return check_reading(read_text(text), load_terms())


def test_ten_megabytes_of_digits_are_one_number_that_is_none() -> None:
    checked = _check("9" * (10 * MILLION))
    assert [(m.cls, m.reason, m.low) for m in checked.mentions] == [("garbled", "too_long", None)]


@pytest.mark.parametrize(
    "piece",
    [
        "三次谈话",
        "第一次",
        "1,",
        "每月",
        "XX",
        "1月",
        "（1）",
        "“一",
        "《",
        "其中3项",
        "a1b2",
        "一二三",
        "5%",
        "2023年",
        "共",
        "〔2020",
        "*",
        "《一",
        "与班子成员",
        "办理（31）件",
        "各均",
        "高29、中",
        "2023年",
        "《2023年",
        "1|2",
        "谈话|次|",
        "三|",
        "未发现",
    ],
)
def test_long_text_without_punctuation_is_read_to_its_end(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    for mention in _check(text).mentions:
        assert text[mention.start : mention.end] == mention.raw


@pytest.mark.parametrize("row", ["谈心谈话 | 6\n", "谈心谈话\t6次\n", "|||||\n", "提醒谈话6次。"])
def test_thousands_of_rows_against_the_records_are_read_to_their_end(row: str) -> None:
    text = "项目 | 次数\n" + row * 3_000
    checked = check_reading(read_text(text), load_terms(), FACTS)
    assert len(checked.verdicts) == len(checked.mentions)
    assert all(checked.blocks[m.block].text[m.start : m.end] == m.raw for m in checked.mentions)


def test_scripts_may_be_mixed() -> None:
    text = "Проведено 5 встреч，開展談話３次，الاجتماعات ٧، 召开会议②次，ⅳ级"
    for mention in _check(text).mentions:
        assert text[mention.start : mention.end] == mention.raw
    assert [m.raw for m in _check(text).mentions if m.cls == "claim"] == ["３"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"PK\x03\x04 broken", "a.docx"),
        (b"\xd0\xcf\x11\xe0 old word", "a.doc"),
        (b"plain", "a.docx"),
        (b"%PDF-1.7 broken", "a.pdf"),
        (b"", "a.pdf"),
        (b"abc\x00\x01\x02", "a.txt"),
        (b"\xff\xff\xff\xff", "a.txt"),
    ],
)
def test_unreadable_file_is_refused_with_its_name(data: bytes, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_bytes(data, name)
    assert refused.value.problems[0].place == name


def test_docx_with_entities_or_a_huge_part_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    for document in (bomb, b" " * (65 * 1024 * 1024)):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", document)
        with pytest.raises(Invalid):
            read_bytes(target.getvalue(), "bomb.docx")


PASSWORD_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n"
    b"3 0 obj<</Filter/Standard/V 1/R 2/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">/P -4>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]>>\n%%EOF"
)


def test_pdf_with_a_password_says_so() -> None:
    with pytest.raises(Invalid, match="密码"):
        read_bytes(PASSWORD_PDF, "locked.pdf")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_text_is_read_in_any_usual_encoding(encoding: str) -> None:
    reading = read_bytes("开展谈话５次。\r\n第二行。".encode(encoding), "a.txt")
    assert [block.text for block in reading.blocks] == ["开展谈话５次。", "第二行。"]


def _saved(document: Document) -> Reading:
    target = io.BytesIO()
    document.save(target)
    return read_bytes(target.getvalue(), "a.docx")


def _texts(document: Document) -> list[str]:
    return [block.text for block in _saved(document).blocks]


def test_docx_deleted_text_is_not_read_and_inserted_text_is() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("谈话")
    paragraph._p.append(parse_xml(f"<w:del {W}><w:r><w:delText>3</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {W}><w:r><w:t>4</w:t></w:r></w:ins>"))
    paragraph.add_run("次。")
    assert _texts(document) == ["谈话4次。"]


def test_docx_tables_text_boxes_and_footnotes_are_read_once() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("正文")
    box = "<w:txbxContent><w:p><w:r><w:t>框内5次</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    paragraph._p.append(
        parse_xml(
            f'<w:r {W}><mc:AlternateContent {mc}><mc:Choice Requires="wps">{box}</mc:Choice>'
            f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    document.add_table(1, 2).rows[0].cells[1].text = "表内6次"
    target = io.BytesIO()
    document.save(target)
    with zipfile.ZipFile(target, "a") as archive:
        note = f"<w:footnotes {W}><w:footnote><w:p><w:r><w:t>注中7次</w:t></w:r></w:p></w:footnote></w:footnotes>"
        archive.writestr("word/footnotes.xml", note)
    blocks = read_bytes(target.getvalue(), "a.docx").blocks
    assert [(block.kind, block.text) for block in blocks if block.text] == [
        ("paragraph", "正文"),
        ("text_box", "框内5次"),
        ("cell", "表内6次"),
        ("footnote", "注中7次"),
    ]


def _numbered() -> Document:
    """一、 and （一） printed by Word's own list."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, text in enumerate(("%1、", "（%2）"))
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="99">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="99"><w:abstractNumId w:val="99"/></w:num>'))
    for level, text in ((0, "工作情况"), (1, "教育"), (1, "监督"), (0, "下一步打算"), (1, "谈话5次")):
        paragraph = document.add_paragraph(text)
        number = f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="99"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(number))
    return document


def test_docx_numbers_that_word_prints_are_headings_but_no_text() -> None:
    reading = _saved(_numbered())
    assert [block.label for block in reading.blocks] == ["一、", "（一）", "（二）", "二、", "（一）"]
    checked = check_reading(reading, load_terms())
    assert checked.blocks[2].section == ("一", "（二）")
    assert [m.cls for m in checked.mentions] == ["plan"]


def test_docx_says_that_pictures_were_not_read() -> None:
    document = docx.Document()
    document.add_paragraph("谈话5次。")
    target = io.BytesIO()
    document.save(target)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("word/media/image1.png", b"")
    assert read_bytes(target.getvalue(), "a.docx").unread == ("1张图片中的文字 / 1 pictures",)
