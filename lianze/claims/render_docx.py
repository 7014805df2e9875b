"""The report itself with Word comments at its numbers; every run keeps its formatting.

A run that holds a number together with other text is split at the number's ends; the pieces carry copies of its properties.
"""

import copy
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, cast

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.run import Run

from lianze.claims import wording as w
from lianze.claims.labels import label_of
from lianze.claims.reading_docx import paragraphs_of, pieces_of
from lianze.claims.shapes import Block, Checked, Mention, Relation, Verdict

AUTHOR, INITIALS = "廉责核数", "核"


class Note(NamedTuple):
    """One comment: where it stands in its paragraph and what it says."""

    start: int
    end: int
    text: str


def render_annotated(data: bytes, checked: Checked, english: bool) -> bytes:
    """The DOCX `data`, from which `checked` was read, with one comment per claim, anomaly and relation that asks for one."""
    document = docx.Document(io.BytesIO(data))
    notes = notes_of(checked, english)
    for line, (_, paragraph) in enumerate(paragraphs_of(document.element.body), 1):
        for note in sorted(notes.get(line, ()), key=lambda one: -one.start):
            _comment(document, cast(BaseOxmlElement, paragraph), note)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def render_fresh(checked: Checked, english: bool) -> bytes:
    """The same for a report that is no DOCX: its text in a new document, with the comments."""
    document = docx.Document()
    for block in checked.blocks:
        document.add_paragraph("".join(c for c in block.text if c in "\t\n" or c >= " "))
    target = io.BytesIO()
    document.save(target)
    lines = {block.line: place for place, block in enumerate(checked.blocks, 1)}
    moved = notes_of(checked, english)
    for line, (_, paragraph) in enumerate(paragraphs_of(document.element.body), 1):
        for note in sorted(
            (n for old, ns in moved.items() if lines.get(old) == line for n in ns), key=lambda one: -one.start
        ):
            _comment(document, cast(BaseOxmlElement, paragraph), note)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def notes_of(checked: Checked, english: bool) -> dict[int, list[Note]]:
    """Comments by line: every claim and frequency, whatever is left over from a template, and numbers in doubtful relations."""
    said: dict[int, list[str]] = defaultdict(list)
    for relation in checked.relations:
        for place in relation.members[:1] if relation.kind in ("placeholder", "garbled") else relation.members:
            if relation.status != "ok" or checked.mentions[place].cls == "claim":
                said[place].append(_relation(relation, english))
    verdicts = checked.verdicts or (None,) * len(checked.mentions)
    result: dict[int, list[Note]] = defaultdict(list)
    for place, (mention, verdict) in enumerate(zip(checked.mentions, verdicts, strict=True)):
        parts = [*_own(mention, checked.blocks[mention.block], verdict, english), *said[place]]
        if parts:
            result[mention.line].append(Note(mention.start, mention.end, "\n".join(parts)))
    return result


def _own(mention: Mention, block: Block, verdict: Verdict | None, english: bool) -> Iterator[str]:
    if mention.cls not in ("claim", "frequency") or (mention.cls == "frequency" and verdict is None):
        return
    label = label_of(mention, block)
    colon = ": " if english else "："
    yield f"{label} {w.stated_words(mention)}{colon}{w.verdict_words(verdict, english)}".strip()
    if rule := w.rule_words(verdict, english):
        yield rule


def _relation(relation: Relation, english: bool) -> str:
    status, words = w.word(w.STATUSES, relation.status, english), w.in_language(relation.explanation, english)
    return f"{status}: {relation.formula} ({words})" if english else f"{status}：{relation.formula}（{words}）"


def _comment(document: Document, paragraph: BaseOxmlElement, note: Note) -> None:
    runs = _runs_of(paragraph, note.start, note.end)
    if runs:
        ends = (_field_of(runs[0])[0], _field_of(runs[-1])[1])
        document.add_comment([Run(run, document) for run in ends], note.text, AUTHOR, INITIALS)


def _field_of(run: BaseOxmlElement) -> tuple[BaseOxmlElement, BaseOxmlElement]:
    """First and last run of the field that shows the run, else the run itself: a comment inside a field is printed as its text."""
    begin, depth, holds = run, 0, False
    for sibling in cast(Iterable[BaseOxmlElement], run.getparent()):
        kinds = [mark.get(qn("w:fldCharType")) for mark in sibling.findall(qn("w:fldChar"))]
        if "begin" in kinds:
            begin, depth = sibling if depth == 0 else begin, depth + 1
        holds = holds or (sibling is run and depth > 0)
        if "end" in kinds:
            depth -= 1
            if depth == 0 and holds:
                return begin, sibling
    return run, run


def _runs_of(paragraph: BaseOxmlElement, start: int, end: int) -> Sequence[BaseOxmlElement]:
    """The runs that show exactly text[start:end], split out where they show more."""
    result: list[BaseOxmlElement] = []
    at = 0
    grouped: list[tuple[BaseOxmlElement, str]] = []
    for piece, text, _ in pieces_of(paragraph):
        run = cast(BaseOxmlElement, piece)
        if grouped and grouped[-1][0] is run:
            grouped[-1] = (run, grouped[-1][1] + text)
        else:
            grouped.append((run, text))
    for run, text in grouped:
        first, last = max(start, at), min(end, at + len(text))
        if first < last and run.tag == qn("w:r"):
            result.append(_split(run, text, first - at, last - at))
        at += len(text)
    return result


def _split(run: BaseOxmlElement, text: str, start: int, end: int) -> BaseOxmlElement:
    """The piece text[start:end] as a run of its own; only runs of plain text are split, others are taken whole."""
    plain = all(child.tag in (qn("w:t"), qn("w:rPr")) for child in run)
    if (start, end) == (0, len(text)) or not plain:
        return run
    middle = run
    for piece, before in ((text[:start], True), (text[end:], False)):
        if piece:
            other = _filled(run, piece)
            run.addprevious(other) if before else run.addnext(other)
    _fill(middle, text[start:end])
    return middle


def _filled(run: BaseOxmlElement, text: str) -> BaseOxmlElement:
    other = copy.deepcopy(run)
    _fill(other, text)
    return other


def _fill(run: BaseOxmlElement, text: str) -> None:
    for child in run.findall(qn("w:t")):
        run.remove(child)
    element = OxmlElement("w:t")
    element.text = text
    element.set(qn("xml:space"), "preserve")
    run.append(element)
