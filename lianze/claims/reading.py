"""Opens a report of any accepted kind and gives its paragraphs as Blocks."""

from pathlib import Path

from lianze.claims.reading_docx import read_docx
from lianze.claims.shapes import Block, Reading
from lianze.domain.errors import Invalid, Problem

LARGEST = 64 * 1024 * 1024  # bytes; a report is never this large, a hostile file may be


def read_bytes(data: bytes, name: str) -> Reading:
    """Read by content first, by suffix second; `name` gives the suffix and is named in faults. Invalid where it is unreadable."""
    if len(data) > LARGEST:
        raise unreadable(name, "claims.too_large", "文件过大 / file too large")
    suffix = Path(name).suffix.lower()
    if data.startswith(b"PK\x03\x04"):
        return read_docx(data, name)
    if data.startswith(b"%PDF") or suffix == ".pdf":
        from lianze.claims.reading_pdf import read_pdf  # pdfium is large: loaded only for a PDF

        return read_pdf(data, name)
    if suffix == ".docx" or data.startswith(b"\xd0\xcf\x11\xe0"):
        raise unreadable(
            name, "claims.not_docx", "不是可读的 DOCX（旧版 .doc 或加密文件请另存为 .docx） / not a readable DOCX"
        )
    return read_text(decoded(data, name))


def read_text(text: str) -> Reading:
    """A text file: one block a line, `line` counts from 1; offsets are into the line without its line break."""
    lines = text.split("\n")
    if lines and lines[-1] == "":
        lines.pop()
    return Reading(tuple(Block(number, line.removesuffix("\r")) for number, line in enumerate(lines, 1)))


def decoded(data: bytes, name: str) -> str:
    """UTF-8, UTF-16 with its mark, or GB 18030. Invalid for what is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in data[:4096]:
        raise unreadable(name, "claims.binary", "不是文本文件 / not a text file")
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise unreadable(name, "claims.encoding", "无法识别文字编码 / unknown text encoding")


def unreadable(name: str, rule: str, sentence: str) -> Invalid:
    """The one exception of reading."""
    return Invalid([Problem(name, rule, sentence)])
