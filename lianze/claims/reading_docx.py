"""Paragraphs of a DOCX as a reader sees them: insertions read, deletions not, text boxes once, Word's list numbers as labels.

`paragraphs_of` is shared with the annotator, so that both count paragraphs alike; it works on any element tree.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Protocol, Self
from xml.etree import ElementTree

from lianze.claims.numbering import Numbering
from lianze.claims.reading_cells import cells_of
from lianze.claims.shapes import Block, BlockKind, Reading
from lianze.domain.errors import Invalid, Problem
from lianze.domain.zips import UNREADABLE_ZIP

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = frozenset((f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}pPr", f"{W}sdtPr", f"{W}instrText", f"{W}rt", _ALTERNATE))
LARGEST_PART = 64 * 1024 * 1024  # bytes of one part, unpacked


class Node(Protocol):
    """What is asked of an XML element: ElementTree's and lxml's both have it."""

    @property
    def tag(self) -> object: ...
    @property
    def text(self) -> str | None: ...
    def get(self, key: str) -> str | None: ...
    def __iter__(self) -> Iterator[Self]: ...


def read_docx(data: bytes, name: str) -> Reading:
    """Body, tables, text boxes, then footnotes and endnotes. Invalid where the file is broken, encrypted or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = _part(archive, "word/document.xml")
            notes = [
                part
                for part in (_part(archive, f"word/{kind}.xml") for kind in ("footnotes", "endnotes"))
                if part is not None
            ]
            numbering = Numbering(_part(archive, "word/numbering.xml"), _part(archive, "word/styles.xml"))
            tags = _long_tags(_part(archive, "word/settings.xml"))
            unread = _unread(archive)
    except (*UNREADABLE_ZIP, ElementTree.ParseError, KeyError) as error:
        raise Invalid([Problem(name, "claims.not_docx", f"不是可读的 DOCX / not a readable DOCX ({error})")]) from error
    if body is None:
        raise Invalid([Problem(name, "claims.not_docx", "文件中没有正文 / no document inside")])
    blocks: list[Block] = []
    cells = cells_of(body)
    for kind, paragraph in paragraphs_of(body):
        block = _block(len(blocks) + 1, kind, paragraph, numbering.label(paragraph), tags)
        blocks.append(replace(block, cell=cells.get(id(paragraph))))
    for part in notes:
        blocks += [
            _block(len(blocks) + place, "footnote", p, "", tags) for place, (_, p) in enumerate(paragraphs_of(part), 1)
        ]
    return Reading(tuple(blocks), unread)


def _part(archive: zipfile.ZipFile, name: str) -> ElementTree.Element | None:
    try:
        size = archive.getinfo(name).file_size
    except KeyError:
        return None
    if size > LARGEST_PART:
        raise zipfile.BadZipFile(f"{name}: {size} bytes")
    data = archive.read(name)
    if b"<!DOCTYPE" in data[:2000] or b"<!ENTITY" in data:
        raise zipfile.BadZipFile(f"{name}: entities")
    return ElementTree.fromstring(data)  # noqa: S314  entities and document types are refused above


def _unread(archive: zipfile.ZipFile) -> tuple[str, ...]:
    """What a person sees and this reader does not, as “中文 / English”: pictures, embedded objects, headers."""
    names = archive.namelist()
    pictures = sum(name.startswith("word/media/") for name in names)
    objects = sum(name.startswith("word/embeddings/") for name in names)
    headers = sum(name.startswith(("word/header", "word/footer")) for name in names)
    found = (
        (pictures, "张图片中的文字", "pictures"),
        (objects, "个嵌入对象", "embedded objects"),
        (headers, "个页眉页脚", "headers or footers"),
    )
    return tuple(f"{count}{chinese} / {count} {english}" for count, chinese, english in found if count)


def _long_tags(settings: ElementTree.Element | None) -> dict[str, str]:
    """Content control tags too long for Word, which the file's variables hold in full."""
    if settings is None:
        return {}
    return {node.get(f"{W}name", ""): node.get(f"{W}val", "") for node in settings.iter(f"{W}docVar")}


def paragraphs_of(root: Node, kind: BlockKind = "paragraph") -> Iterator[tuple[BlockKind, Node]]:
    """Paragraphs in reading order with what they stand in; a text box's come after the paragraph that anchors it."""
    stack: list[tuple[Node, BlockKind, bool]] = [(root, kind, False)]
    while stack:
        node, inside, is_anchor = stack.pop()
        if node.tag == f"{W}p" and not is_anchor:
            yield inside, node
            stack.append((node, inside, True))
            continue
        if node.tag in _GONE:
            continue
        within: BlockKind = "cell" if node.tag == f"{W}tc" else "text_box" if node.tag == f"{W}txbxContent" else inside
        stack.extend((child, within, False) for child in reversed(list(node)))


def pieces_of(paragraph: Node) -> Iterator[tuple[Node, str, str]]:
    """(run, text it shows, tag of the content control around it) of one paragraph, nested text boxes left out."""
    stack: list[tuple[Node, Node, str]] = [(child, paragraph, "") for child in reversed(list(paragraph))]
    while stack:
        node, run, tag = stack.pop()
        if node.tag in _GONE or node.tag == f"{W}txbxContent":
            continue
        if node.tag == f"{W}sdt":
            tag = _tag_of(node) or tag
        if node.tag == f"{W}r":
            run = node
        shown = _shown(node)
        if shown:
            yield run, shown, tag
        else:
            stack.extend((child, run, tag) for child in reversed(list(node)))


def _tag_of(control: Node) -> str:
    for part in control:
        if part.tag == f"{W}sdtPr":
            for setting in part:
                if setting.tag == f"{W}tag":
                    return setting.get(f"{W}val") or ""
    return ""


def _shown(node: Node) -> str:
    if node.tag == f"{W}t":
        return node.text or ""
    if node.tag in (f"{W}tab", f"{W}ptab"):
        return "\t"
    if node.tag in (f"{W}br", f"{W}cr"):
        return "\n"
    return "-" if node.tag == f"{W}noBreakHyphen" else ""


def _block(line: int, kind: BlockKind, paragraph: Node, label: str, long_tags: Mapping[str, str]) -> Block:
    text, tags = joined(pieces_of(paragraph), long_tags)
    return Block(line, text, kind, label, tags=tags)


def joined(
    pieces: Iterable[tuple[Node, str, str]], long_tags: Mapping[str, str]
) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """The paragraph's text, and where in it tagged content controls stand."""
    parts: list[str] = []
    tags: list[tuple[int, int, str]] = []
    at = 0
    for _, text, tag in pieces:
        if tag:
            tags.append((at, at + len(text), long_tags.get(tag, tag)))
        parts.append(text)
        at += len(text)
    return "".join(parts), tuple(tags)
