"""Figures inside a DOCX: written as content controls, read back with what they say now.

A control's tag is `figure|scope`. Word allows 64 characters; a longer one is replaced by “#” and the
first 40 hexadecimal digits of its SHA-256, and the document variable of that name holds it in full.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Final

from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from lianze.domain.zips import UNREADABLE_ZIP
from lianze.reports.typeset.model import FigureRun
from lianze.reports.typeset.wordxml import attribute, text_run

LONGEST: Final = 64
LARGEST: Final = 64 * 1024 * 1024  # bytes of one part, unpacked
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class UnreadableDocx(ValueError):
    """Not a DOCX file, or one too large to open safely."""


def figure_tag(figure: str, scope: str) -> str:
    """The tag of a figure's content control, at most 64 characters."""
    tag = f"{figure}|{scope}"
    return tag if len(tag) <= LONGEST else "#" + hashlib.sha256(tag.encode()).hexdigest()[:40]


def render_figure(run: FigureRun, control_id: int, properties: str = "") -> str:
    """The figure as a plain-text content control; Word wants its id unique within the file."""
    alias = attribute((run.title or run.figure)[:LONGEST])
    return (
        f"<w:sdt><w:sdtPr><w:alias w:val={alias}/><w:tag w:val={attribute(figure_tag(run.figure, run.scope))}/>"
        f'<w:id w:val="{control_id}"/><w:text/></w:sdtPr>'
        f"<w:sdtContent>{text_run(run.text, properties)}</w:sdtContent></w:sdt>"
    )


def render_long_tags(figures: Iterable[FigureRun]) -> str:
    """`w:docVars` for settings.xml: the tags that were too long, in full; empty where there are none."""
    full = {f"{run.figure}|{run.scope}": figure_tag(run.figure, run.scope) for run in figures}
    variables = "".join(
        f"<w:docVar w:name={attribute(tag)} w:val={attribute(text)}/>"
        for text, tag in sorted(full.items())
        if tag.startswith("#")
    )
    return f"<w:docVars>{variables}</w:docVars>" if variables else ""


def read_figure_tags(docx: bytes) -> list[tuple[str, str, str]]:
    """(figure, scope, text) of every tagged figure in reading order; text is what the file says now.

    Content controls of other makers are passed over. Raises UnreadableDocx.
    """
    body = read_part(docx, "word/document.xml")
    long_tags = dict(read_long_tags(docx))
    found: list[tuple[str, str, str]] = []
    for control in body.iter(f"{W}sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag")
        name = "" if tag is None else tag.get(f"{W}val", "")
        figure, bar, scope = long_tags.get(name, name).partition("|")
        if figure and bar:
            text = "".join(node.text or "" for node in control.iter(f"{W}t"))
            found.append((figure, scope, text))
    return found


def read_long_tags(docx: bytes) -> Iterator[tuple[str, str]]:
    """Hashed tags and what they stand for; one that does not hash to its name is not believed."""
    try:
        settings = read_part(docx, "word/settings.xml")
    except KeyError:
        return
    for variable in settings.iter(f"{W}docVar"):
        name, value = variable.get(f"{W}name", ""), variable.get(f"{W}val", "")
        if name == figure_tag(*value.partition("|")[::2]):
            yield name, value


def read_part(docx: bytes, name: str) -> BaseOxmlElement:
    """One XML part; entities stay unresolved. Raises UnreadableDocx, or KeyError for a missing settings part."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            if package.getinfo(name).file_size > LARGEST:
                raise UnreadableDocx(f"{name} unpacks to more than {LARGEST} bytes")
            with package.open(name) as packed:
                content = packed.read(LARGEST + 1)
        element = parse_xml(content)
    except UnreadableDocx:
        raise
    except (*UNREADABLE_ZIP, SyntaxError, KeyError) as fault:
        raise UnreadableDocx(f"not a readable DOCX file: {fault}") from fault

    return element
