"""A document as DOCX bytes in the official format (GB/T 9704-2012).

The parts are written directly: python-docx starts from a template of 900 kB of foreign styles, dates and
names. It reads the result in the tests, as Word and LibreOffice do.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from lianze.reports.typeset.blocks import render_block
from lianze.reports.typeset.checkpoint import qr_picture, render_checkpoint
from lianze.reports.typeset.imprint import render_imprint
from lianze.reports.typeset.inline import Inliner
from lianze.reports.typeset.model import Annex, Block, Document, Title
from lianze.reports.typeset.package import (
    CONTENT_TYPES,
    PACKAGE_RELATIONS,
    document_relations,
    render_properties,
    render_settings,
    zip_parts,
)
from lianze.reports.typeset.redhead import render_red_head
from lianze.reports.typeset.section import render_footer, render_section
from lianze.reports.typeset.styles import render_styles
from lianze.reports.typeset.tags import render_long_tags
from lianze.reports.typeset.wordxml import part


def render_docx(document: Document, at: datetime) -> bytes:
    """The file; the same document and `at` (aware, written into its properties) give the same bytes.

    Raises ValueError where `at` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("the time of a document needs its zone")
    inliner = Inliner()
    body = "".join(render_body(document, inliner))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": PACKAGE_RELATIONS,
        "docProps/core.xml": render_properties(document_title(document), document.subject, document.author, at),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": document_relations(picture=document.checkpoint is not None),
        "word/styles.xml": render_styles(),
        "word/settings.xml": render_settings(render_long_tags(inliner.figures)),
        "word/footer1.xml": render_footer(even=False),
        "word/footer2.xml": render_footer(even=True),
    }
    if document.checkpoint is not None:
        parts["word/media/checkpoint.png"] = qr_picture(document.checkpoint.payload)
    return zip_parts(parts)


def render_body(document: Document, inliner: Inliner) -> Iterator[str]:
    """The content of `w:body` in order, the section last."""
    if document.red_head is not None:
        yield render_red_head(document.red_head)
    before: Block | None = None
    for block in document.blocks:
        yield render_block(block, inliner, lines_above_title(before, document))
        before = block
    if document.checkpoint is not None:
        yield render_checkpoint(document.checkpoint)
    if document.imprint is not None:
        yield render_imprint(document.imprint)
    yield render_section(page_numbers=document.page_numbers)


def lines_above_title(before: Block | None, document: Document) -> int:
    """Blank lines above a title: two below the red line, one below an annex's label, none at the top."""
    if before is None:
        return 2 if document.red_head is not None else 0
    return 1 if isinstance(before, Annex) else 2


def document_title(document: Document) -> str:
    """The first title on one line, for the file's properties."""
    return next(("".join(block.lines) for block in document.blocks if isinstance(block, Title)), "")
