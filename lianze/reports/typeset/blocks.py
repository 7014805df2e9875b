"""The blocks of the text, each as one or more paragraphs."""

from __future__ import annotations

from datetime import date
from typing import Final

from lianze.reports.typeset import measures as m
from lianze.reports.typeset.inline import Inliner
from lianze.reports.typeset.model import (
    Addressee,
    Annex,
    AttachmentNote,
    Block,
    Heading,
    Paragraph,
    Signature,
    Table,
    Title,
)
from lianze.reports.typeset.numbering import heading_label
from lianze.reports.typeset.tables import render_table
from lianze.reports.typeset.titles import break_title
from lianze.reports.typeset.widths import characters
from lianze.reports.typeset.wordxml import clean, indent, paragraph, spacing, text_run

SIGNATURE_GAP: Final = 2 * m.LINE
HALF: Final = m.CHARACTER // 2  # a digit; a full stop is half of one


def render_block(block: Block, inliner: Inliner, blank_lines: int) -> str:
    """The XML of one block; `blank_lines` stand above it if it is a title."""
    match block:
        case Paragraph(runs):
            return paragraph("Body", inliner.render(runs))
        case Heading():
            return render_heading(block, inliner)
        case Title(lines):
            return render_title(lines, blank_lines)
        case Addressee(names):
            return paragraph("Addressee", text_run("、".join(names) + "："))
        case AttachmentNote(names):
            return render_attachment_note(names)
        case Signature(organisation, signed_on):
            return render_signature(organisation, signed_on)
        case Annex(label):
            return paragraph("Annex", text_run(label))
        case Table():
            return render_table(block, inliner)


def render_heading(heading: Heading, inliner: Inliner) -> str:
    """A heading on its own line, or the opening words of a paragraph in the heading's font."""
    label = "" if heading.number is None else heading_label(heading.level, heading.number)
    if not heading.body:
        return paragraph(f"Heading{heading.level}", text_run(label) + inliner.render(heading.runs))
    font = f'<w:rStyle w:val="HeadingFont{heading.level}"/>'
    words = text_run(label, font) + inliner.render(heading.runs, font)
    return paragraph("Body", words + inliner.render(heading.body))


def render_title(lines: tuple[str, ...], blank_lines: int) -> str:
    """One paragraph of several lines, so that the outline shows one title; a blank line follows."""
    lines = break_title(clean(lines[0])) if len(lines) == 1 else lines
    return paragraph("Title", text_run("\n".join(lines)), spacing(blank_lines * m.LINE, m.LINE))


def render_attachment_note(names: tuple[str, ...]) -> str:
    """附件：1.… one blank line below the body; turned-over lines align with the first name."""
    word = 3 * m.CHARACTER
    start = 2 * m.CHARACTER
    if len(names) == 1:
        layout = spacing(before=m.LINE) + indent(left=start + word, hanging=word)
        return paragraph("AttachmentNote", text_run("附件：" + names[0]), layout)
    rows = []
    for number, name in enumerate(names, 1):
        digits = HALF * len(str(number)) + HALF // 2
        hanging = digits + (word if number == 1 else 0)
        layout = spacing(before=m.LINE if number == 1 else 0) + indent(left=start + word + digits, hanging=hanging)
        rows.append(paragraph("AttachmentNote", text_run(f"{'附件：' if number == 1 else ''}{number}.{name}"), layout))
    return "".join(rows)


def render_signature(organisation: str, signed_on: date) -> str:
    """The date four characters from the right, the organisation centred above it.

    A name so long that it would come nearer than two characters to the edge pushes the date inwards
    instead, so that they stay centred on each other.
    """
    day = chinese_date(signed_on)
    half = (characters(clean(organisation)) - characters(day)) / 2
    date_right = max(4.0, 2.0 + half)
    name_right = round((date_right - half) * m.CHARACTER)
    return paragraph(
        "Organisation", text_run(organisation), spacing(before=SIGNATURE_GAP) + indent(right=name_right)
    ) + paragraph("SignedOn", text_run(day), indent(right=round(date_right * m.CHARACTER)))


def chinese_date(day: date) -> str:
    """2023年12月8日: Arabic numerals without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"
