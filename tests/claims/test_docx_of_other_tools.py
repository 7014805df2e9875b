"""DOCX as other tools write it: fields, links, pronunciation guides, controls, breaks."""

import io
from typing import Any, cast

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from lianze.claims.check import check_reading
from lianze.claims.reading import read_bytes
from lianze.claims.render_docx import render_annotated
from lianze.claims.terms import load_terms

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> =20+2 </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>22</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_RUBY = (
    "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>lián</w:t></w:r></w:rt>"
    "<w:rubyBase><w:r><w:t>廉</w:t></w:r></w:rubyBase></w:ruby></w:r>"
)


def _document(*paragraphs: str) -> bytes:
    document = docx.Document()
    body = cast(Any, document.element.body)
    for inner in paragraphs:
        body.insert(len(body) - 1, parse_xml(f"<w:p {_W}>{inner}</w:p>"))
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _said(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_fields_links_and_controls_are_read_as_they_show() -> None:
    data = _document(
        _said("集中学习") + _FIELD + _said("次。"),
        _said("第一议题学习") + f'<w:hyperlink w:anchor="a">{_said("10")}</w:hyperlink>' + _said("次。"),
        _said("党组会议") + f"<w:sdt><w:sdtContent>{_said('14')}</w:sdtContent></w:sdt>" + _said("次。"),
        _said("修订制度7项")
        + "<w:r><w:br/></w:r>"
        + _said("废止制度1项")
        + "<w:r><w:tab/></w:r>"
        + _said("新建制度2项"),
    )
    claims = [m.raw for m in check_reading(read_bytes(data, "a.docx"), load_terms()).mentions if m.cls == "claim"]
    assert claims == ["22", "10", "14", "7", "1", "2"]


def test_a_guide_to_pronunciation_is_no_text() -> None:
    reading = read_bytes(_document(_RUBY + _said("政家访6次。")), "a.docx")
    assert [block.text for block in reading.blocks] == ["廉政家访6次。"]


def test_a_comment_on_a_fields_number_stands_around_the_field() -> None:
    data = _document(_said("集中学习") + _FIELD + _said("次。"))
    annotated = render_annotated(data, check_reading(read_bytes(data, "a.docx"), load_terms()), english=False)
    order = [
        node.tag.rpartition("}")[2] + (node.get(qn("w:fldCharType")) or "")
        for node in cast(Any, docx.Document(io.BytesIO(annotated)).element.body).iter()
        if node.tag in (qn("w:commentRangeStart"), qn("w:commentRangeEnd"), qn("w:fldChar"))
    ]
    assert order == ["commentRangeStart", "fldCharbegin", "fldCharseparate", "fldCharend", "commentRangeEnd"]
