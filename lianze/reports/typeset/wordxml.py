"""The few WordprocessingML elements a report is made of, as text.

Every string from outside passes `clean` and is escaped here; nothing else in this package escapes.
"""

from __future__ import annotations

import re
from typing import Final
from xml.sax.saxutils import escape, quoteattr

# Characters that XML 1.0 cannot hold, and those that make a line read otherwise than it is stored.
FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]"
)
SURROGATE: Final = re.compile("[\ud800-\udfff]")
BREAK: Final = re.compile(r"\r\n?|\n|\u2028|\u2029|\x85")

NAMESPACES: Final = " ".join(
    f'xmlns:{prefix}="http://schemas.{host}"'
    for prefix, host in (
        ("w", "openxmlformats.org/wordprocessingml/2006/main"),
        ("r", "openxmlformats.org/officeDocument/2006/relationships"),
        ("wp", "openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("a", "openxmlformats.org/drawingml/2006/main"),
        ("pic", "openxmlformats.org/drawingml/2006/picture"),
        ("wps", "microsoft.com/office/word/2010/wordprocessingShape"),
        ("mc", "openxmlformats.org/markup-compatibility/2006"),
    )
)


def clean(text: str) -> str:
    """Text that an XML file can hold; line ends become “\\n”, tabs spaces, lone surrogates “�”."""
    text = BREAK.sub("\n", text).replace("\t", " ")
    return SURROGATE.sub("\ufffd", FORBIDDEN.sub("", text))


def attribute(text: str) -> str:
    """A quoted attribute value, on one line."""
    return quoteattr(clean(text).replace("\n", " "))


def text_run(text: str, properties: str = "") -> str:
    """One run; nothing at all for empty text."""
    if not text:
        return ""
    pieces = (f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in clean(text).split("\n"))
    return f"<w:r>{run_properties(properties)}{'<w:br/>'.join(pieces)}</w:r>"


def run_properties(properties: str) -> str:
    """The properties of a run, or nothing."""
    return f"<w:rPr>{properties}</w:rPr>" if properties else ""


def tab() -> str:
    """A jump to the paragraph's next tab stop."""
    return "<w:r><w:tab/></w:r>"


def paragraph(style: str, content: str, properties: str = "") -> str:
    """A paragraph in a style; `properties` must follow the order of the schema."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def indent(left: int = 0, right: int = 0, hanging: int = 0, first: int = 0) -> str:
    """An indentation in twips; the zeros undo what the style says."""
    turn = f'w:hanging="{hanging}"' if hanging else f'w:firstLine="{first}" w:firstLineChars="0"'
    return f'<w:ind w:left="{left}" w:right="{right}" {turn}/>'


def spacing(before: int = 0, after: int = 0) -> str:
    """Space before and after a paragraph, in twips."""
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def part(root: str, content: str) -> str:
    """A whole XML part with its root element."""
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{declaration}<w:{root} {NAMESPACES}>{content}</w:{root}>"
