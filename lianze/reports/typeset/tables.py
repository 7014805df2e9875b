"""Tables: ruled, as wide as the text, the head row repeated where a table runs over pages."""

from __future__ import annotations

from typing import Final

from lianze.reports.typeset import measures as m
from lianze.reports.typeset.inline import Inliner
from lianze.reports.typeset.model import Column, Inlines, Table
from lianze.reports.typeset.wordxml import paragraph, text_run

ALIGNMENTS: Final = {"left": "left", "center": "center", "right": "right"}
RULES: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
CELL_MARGINS: Final = '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'


def render_table(table: Table, inliner: Inliner) -> str:
    """The caption, the table, and the small paragraph that Word wants after a table."""
    widths = column_widths(table.columns)
    caption = paragraph("Caption", text_run(table.caption)) if table.caption else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = render_row([paragraph("TableHead", text_run(column.title)) for column in table.columns], widths, head=True)
    rows = "".join(
        render_row(
            [render_cell(cell, column, inliner) for cell, column in zip(row, table.columns, strict=True)], widths
        )
        for row in table.rows
    )
    layout = (
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{RULES}</w:tblBorders><w:tblLayout w:type="fixed"/>{CELL_MARGINS}'
    )
    table_xml = f"<w:tbl><w:tblPr>{layout}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>"
    return caption + table_xml + paragraph("TableText", "")


def render_row(cells: list[str], widths: list[int], *, head: bool = False) -> str:
    """One row; a row is never split between pages."""
    properties = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if head else "") + "</w:trPr>"
    return (
        f"<w:tr>{properties}"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{cell}</w:tc>'
            for cell, width in zip(cells, widths, strict=True)
        )
        + "</w:tr>"
    )


def render_cell(cell: Inlines, column: Column, inliner: Inliner) -> str:
    """The text of one cell, aligned as its column says."""
    return paragraph("TableText", inliner.render(cell), f'<w:jc w:val="{ALIGNMENTS[column.align]}"/>')


def column_widths(columns: tuple[Column, ...]) -> list[int]:
    """The text's width shared out in twips; the last column takes what rounding leaves."""
    total = sum(column.width for column in columns)
    widths = [int(m.TEXT_WIDTH * column.width / total) for column in columns]
    widths[-1] += m.TEXT_WIDTH - sum(widths)
    return widths
