"""Text of a PDF, its lines joined into paragraphs again."""

import re
from collections.abc import Iterator

import pypdfium2

from lianze.claims.shapes import Block, Reading
from lianze.domain.errors import Invalid, Problem

_ENDS = re.compile(r"[。！？：；;:]\s*$")
_BEGINS = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）]|第[一二三四五六七八九十]+[章条])"
)
_PAGE_NUMBER = re.compile(
    r"\s*(?:[—\-－–]*\s*\d{1,4}\s*[—\-－–]*|\d{1,4}\s*/\s*\d{1,4}|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?)\s*$"
)
SHORT = 0.75  # of a full line's width; a shorter line ends a paragraph or is a heading
FULL = 0.85  # share of lines that are no wider than a full one; a title over two columns is wider than both


def read_pdf(data: bytes, name: str) -> Reading:
    """One block a paragraph. Invalid where the file is broken or asks for a password; pages without text are told."""
    try:
        document = pypdfium2.PdfDocument(data)
        pages = [page.get_textpage().get_text_range() for page in document]
    except pypdfium2.PdfiumError as error:
        words = "PDF 设有密码 / password needed" if "assword" in str(error) else f"PDF 无法读取 / broken PDF ({error})"
        raise Invalid([Problem(name, "claims.not_pdf", words)]) from error
    blank = [str(number) for number, text in enumerate(pages, 1) if not text.strip()]
    if len(blank) == len(pages):
        raise Invalid(
            [Problem(name, "claims.no_text", "PDF 中没有文字（可能是扫描件） / no text in the PDF, perhaps a scan")]
        )
    lines = [line for page in without_repeated_heads(pages) for line in page]
    blocks = tuple(Block(number, text) for number, text in enumerate(join_lines(lines), 1))
    return Reading(
        blocks, (f"第{'、'.join(blank)}页没有文字 / pages without text: {', '.join(blank)}",) if blank else ()
    )


def without_repeated_heads(pages: list[str]) -> list[list[str]]:
    """The pages' lines. What stands first or last on one page and again on a later one is a page header, read once."""
    result: list[list[str]] = []
    seen: set[str] = set()
    for text in pages:
        lines = [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
        lines = [line for line in lines if not _PAGE_NUMBER.match(line)]
        ends = {re.sub(r"\s", "", line) for line in (*lines[:1], *lines[-1:])}
        result.append(
            [
                line
                for at, line in enumerate(lines)
                if at not in (0, len(lines) - 1) or re.sub(r"\s", "", line) not in seen
            ]
        )
        seen |= ends
    return result


def join_lines(lines: list[str]) -> Iterator[str]:
    """Paragraphs: a line goes on into the next unless it ends a sentence, is short, or the next begins with a number."""
    kept = [line.strip("\u0002\ufffe") for line in lines if line.strip() and not _PAGE_NUMBER.match(line)]
    widths = sorted(map(_width, kept))
    full = widths[min(len(widths) - 1, int(len(widths) * FULL))] if widths else 0
    text = ""
    for line in kept:
        if text and (_BEGINS.match(line) or line.startswith(("\u3000", "  "))):
            yield text
            text = ""
        text += line.strip() if text else line.rstrip()
        if (_ENDS.search(line) and _width(line) < full * 0.97) or _width(line) < full * SHORT:
            yield text
            text = ""
    if text:
        yield text


def _width(line: str) -> int:
    """In half characters: a figure is half as wide as a Chinese character."""
    return sum(2 if char > "\u2e7f" else 1 for char in line.strip())
