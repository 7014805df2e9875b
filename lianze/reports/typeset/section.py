"""The page: paper, margins, grid, and the number that stands outside on both sides of a sheet."""

from __future__ import annotations

from typing import Final

from lianze.reports.typeset import measures as m
from lianze.reports.typeset.wordxml import indent, paragraph, part, text_run

ODD: Final = "rIdOdd"
EVEN: Final = "rIdEven"


def render_section(*, page_numbers: bool) -> str:
    """`w:sectPr`, the last element of the body."""
    footers = (
        f'<w:footerReference w:type="default" r:id="{ODD}"/><w:footerReference w:type="even" r:id="{EVEN}"/>'
        if page_numbers
        else ""
    )
    return (
        f'<w:sectPr>{footers}<w:pgSz w:w="{m.PAGE_WIDTH}" w:h="{m.PAGE_HEIGHT}"/>'
        f'<w:pgMar w:top="{m.TOP}" w:right="{m.RIGHT}" w:bottom="{m.BOTTOM}" w:left="{m.LEFT}" '
        f'w:header="851" w:footer="{m.FOOTER}" w:gutter="0"/>'
        f'<w:cols w:space="425"/><w:docGrid w:type="lines" w:linePitch="{m.LINE}"/></w:sectPr>'
    )


def render_footer(*, even: bool) -> str:
    """A footer part: — 1 — at the right of odd pages and the left of even ones, one character in."""
    side = indent(left=m.SMALL_CHARACTER) + '<w:jc w:val="left"/>' if even else indent(right=m.SMALL_CHARACTER)
    page = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return part("ftr", paragraph("PageNumber", text_run("— ") + page + text_run(" —"), side))
