"""版头: what stands above the title of a document with a red head."""

from __future__ import annotations

from typing import Final

from lianze.reports.typeset import measures as m
from lianze.reports.typeset.model import RedHead
from lianze.reports.typeset.styles import fonts, size
from lianze.reports.typeset.widths import characters
from lianze.reports.typeset.wordxml import indent, paragraph, spacing, tab, text_run

ABOVE: Final = m.twips(35)  # from the top of the block to the upper edge of the mark
RULE_GAP: Final = 7  # points: with the air below the line, 4 mm from the number to the red line
LARGEST: Final = 104  # half points; the standard leaves the size open below 22 × 15 mm


def render_red_head(head: RedHead) -> str:
    """The marks, the mark of the organisation, the number and the red line."""
    marks = head.marks[:3]
    half_points = mark_size(head.mark)
    line = half_points * 10 + 60
    gap = ABOVE - len(marks) * m.LINE - (line - half_points * 10) // 2
    layout = f'<w:snapToGrid w:val="0"/><w:spacing w:before="{gap}" w:line="{line}" w:lineRule="exact"/>'
    properties = f'<w:color w:val="{m.RED}"/>{size(half_points)}'
    return (
        "".join(paragraph("Mark", text_run(mark)) for mark in marks)
        + paragraph("RedMark", text_run(head.mark, properties), layout)
        + render_number(head)
    )


def mark_size(mark: str) -> int:
    """The largest size, in half points, at which the mark still stands on one line."""
    points = m.TEXT_WIDTH / 20 / max(1.0, characters(mark))
    return max(m.BODY_SIZE, min(LARGEST, int(points * 2)))


def render_number(head: RedHead) -> str:
    """发文字号 two lines below the mark, centred; with a signer, at the left with the signer at the right."""
    rule = f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="{RULE_GAP}" w:color="{m.RED}"/></w:pBdr>'
    if not head.signer:
        return paragraph("Number", text_run(head.number), rule + spacing(before=2 * m.LINE))
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{m.TEXT_WIDTH - m.CHARACTER}"/></w:tabs>'
    # The rule reaches over the whole block, so the inset is a space and not an indentation.
    words = text_run("\u3000" + head.number) + tab() + text_run("签发人：") + text_run(head.signer, fonts(m.KAI))
    return paragraph("Number", words, rule + stop + spacing(before=2 * m.LINE) + indent() + '<w:jc w:val="left"/>')
