"""The block that ties paper to log: the checkpoint's fingerprint in words and as a QR code."""

from __future__ import annotations

import io
from typing import Final

import segno

from lianze.reports.typeset import measures as m
from lianze.reports.typeset.model import CheckpointMark
from lianze.reports.typeset.wordxml import attribute, paragraph, text_run

RELATION: Final = "rIdCheckpoint"
SIDE: Final = 900_000  # EMU: 25 mm
CODE_WIDTH: Final = m.twips(30)
GROUP: Final = 4
PER_LINE: Final = 8


def render_checkpoint(mark: CheckpointMark) -> str:
    """A row of two cells without rules: the code, and what it says for those without a camera."""
    picture = paragraph("TableText", render_picture(mark.payload), '<w:spacing w:line="240" w:lineRule="auto"/>')
    lines = ("检查点指纹", grouped(mark.fingerprint), *mark.lines)
    words = "".join(paragraph("TableText", text_run(line)) for line in lines)
    cells = (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'
        for width, content in ((CODE_WIDTH, picture), (m.TEXT_WIDTH - CODE_WIDTH, words))
    )
    grid = f'<w:gridCol w:w="{CODE_WIDTH}"/><w:gridCol w:w="{m.TEXT_WIDTH - CODE_WIDTH}"/>'
    return (
        paragraph("TableText", "")
        + f'<w:tbl><w:tblPr><w:tblW w:w="{m.TEXT_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr></w:tbl>"
        + paragraph("TableText", "")
    )


def grouped(fingerprint: str) -> str:
    """The fingerprint in groups of four, eight to a line, as people read long numbers to each other."""
    groups = [fingerprint[start : start + GROUP] for start in range(0, len(fingerprint), GROUP)]
    return "\n".join(" ".join(groups[start : start + PER_LINE]) for start in range(0, len(groups), PER_LINE))


def qr_picture(payload: str) -> bytes:
    """The QR code as a PNG; the same payload gives the same bytes."""
    buffer = io.BytesIO()
    segno.make(payload, error="m", micro=False).save(buffer, kind="png", scale=6, border=4)
    return buffer.getvalue()


def render_picture(payload: str) -> str:
    """The picture in the line, with its payload as the text for those who cannot see it."""
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{SIDE}" cy="{SIDE}"/><wp:docPr id="1002" name="二维码" descr={attribute(payload)}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        '<pic:nvPicPr><pic:cNvPr id="0" name="checkpoint.png"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{RELATION}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{SIDE}" cy="{SIDE}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
