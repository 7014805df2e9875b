"""版记: a box on the lower edge of the last page's block, over an empty line that keeps its place free.

The empty line is as high as the box and cannot be split. Where it still fits, so does the box; where it
does not, both go to a new page. No word processor has to flow text around anything.
"""

from __future__ import annotations

from math import ceil
from typing import Final

from lianze.reports.typeset import measures as m
from lianze.reports.typeset.blocks import chinese_date
from lianze.reports.typeset.model import Imprint
from lianze.reports.typeset.widths import characters
from lianze.reports.typeset.wordxml import clean, indent, paragraph, tab, text_run

ROW: Final = 500  # twips, a line of 14 pt with air above and below
RULE: Final = 40
EMU: Final = 635  # in a twip


def render_imprint(imprint: Imprint) -> str:
    """The line that reserves the place, holding the box."""
    copies = clean("抄送：" + "，".join(imprint.copies_to) + "。") if imprint.copies_to else ""
    rows = (copy_lines(copies) if copies else 0) + 1
    height = rows * ROW + (3 if copies else 2) * RULE
    reserve = f'<w:keepLines/><w:snapToGrid w:val="0"/><w:spacing w:line="{height}" w:lineRule="exact"/>'
    above = render_copies(copies) + render_rule(m.THIN_RULE) if copies else ""
    content = render_rule(m.THICK_RULE) + above + render_printer(imprint) + render_rule(m.THICK_RULE)
    return paragraph("Normal", render_box(content, height), reserve)


def copy_lines(copies: str) -> int:
    """How many lines the 抄送 takes: one character free at either side, three more on turned-over lines."""
    across = m.TEXT_WIDTH / m.SMALL_CHARACTER - 2
    beyond = characters(copies) - across
    return 1 if beyond <= 0 else 1 + ceil(beyond / (across - 4))


def render_copies(copies: str) -> str:
    """抄送, its turned-over lines aligned with the first name."""
    hanging = 3 * m.SMALL_CHARACTER
    layout = indent(left=m.SMALL_CHARACTER + hanging, right=m.SMALL_CHARACTER, hanging=hanging)
    return paragraph("Imprint", text_run(copies), row_spacing() + layout)


def render_printer(imprint: Imprint) -> str:
    """印发机关 at the left and the date at the right, one character in."""
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{m.TEXT_WIDTH - m.SMALL_CHARACTER}"/></w:tabs>'
    words = text_run(imprint.printer) + tab() + text_run(chinese_date(imprint.printed_on) + "印发")
    return paragraph("Imprint", words, stop + row_spacing() + indent(left=m.SMALL_CHARACTER))


def render_rule(thickness: int) -> str:
    """A line across the whole block, in eighths of a point: a paragraph of its own, since borders follow indents."""
    border = f'<w:pBdr><w:top w:val="single" w:sz="{thickness}" w:space="0" w:color="000000"/></w:pBdr>'
    return paragraph("Imprint", "", border + row_spacing(RULE))


def row_spacing(height: int = ROW) -> str:
    """Rows of the box keep off the grid."""
    return f'<w:snapToGrid w:val="0"/><w:spacing w:line="{height}" w:lineRule="exact"/>'


def render_box(content: str, height: int) -> str:
    """A frameless box across the block, on its lower edge."""
    across, down = m.TEXT_WIDTH * EMU, height * EMU
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>'
        f'<wp:extent cx="{across}" cy="{down}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        '<wp:docPr id="1001" name="版记" descr="抄送、印发机关和印发日期"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{across}" cy="{down}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"<a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:noAutofit/></wps:bodyPr></wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )
