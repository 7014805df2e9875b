"""Where every character of a PDF stands and in which font: what the layout tests measure with."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

import pypdfium2
import pypdfium2.raw as pdfium

MILLIMETRE = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Sign:
    """A visible character; millimetres from the left and the top edge of the page, size in points."""

    text: str
    font: str
    size: float
    left: float
    right: float
    top: float
    bottom: float
    origin: float
    base: float

    @property
    def end(self) -> float:
        """Where a full-width character's place ends, which its ink need not reach."""
        return self.origin + self.size / MILLIMETRE


@dataclass(frozen=True, slots=True)
class Page:
    """The visible characters of a page in the order of the file."""

    number: int
    width: float
    height: float
    signs: tuple[Sign, ...]

    @property
    def text(self) -> str:
        """All of it, without line ends."""
        return "".join(sign.text for sign in self.signs)

    def body(self) -> list[list[Sign]]:
        """The lines within the block, from the top, each from left to right."""
        return lines(sign for sign in self.signs if sign.base < self.height - 35)

    def footer(self) -> list[Sign]:
        """The page number."""
        return [sign for sign in self.signs if sign.base >= self.height - 35]


def lines(signs: Iterable[Sign]) -> list[list[Sign]]:
    """Signs grouped by base line; those within a millimetre share one."""
    ordered = sorted(signs, key=lambda sign: sign.base)
    found: list[list[Sign]] = []
    for sign in ordered:
        if found and sign.base - found[-1][0].base < 1:
            found[-1].append(sign)
        else:
            found.append([sign])
    return [sorted(line, key=lambda sign: sign.origin) for line in found]


def read_pages(pdf: bytes) -> list[Page]:
    """Every page of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [read_page(document[index], index + 1) for index in range(len(document))]
    finally:
        document.close()


def read_page(page: pypdfium2.PdfPage, number: int) -> Page:
    """One page, numbered from 1."""
    width, height = page.get_size()
    text = page.get_textpage()
    count = text.count_chars()
    signs = (read_sign(text.raw, index, height) for index in range(count))
    visible = tuple(sign for sign in signs if sign.text.strip())
    return Page(number, width / MILLIMETRE, height / MILLIMETRE, visible)


def read_sign(text: object, index: int, height: float) -> Sign:
    """One character with its box, origin and font."""
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    pdfium.FPDFText_GetCharOrigin(text, index, x, y)
    return Sign(
        character(text, index),
        font_name(text, index),
        round(float(pdfium.FPDFText_GetFontSize(text, index)), 1),
        left.value / MILLIMETRE,
        right.value / MILLIMETRE,
        (height - top.value) / MILLIMETRE,
        (height - bottom.value) / MILLIMETRE,
        x.value / MILLIMETRE,
        (height - y.value) / MILLIMETRE,
    )


def character(text: object, index: int) -> str:
    """The character at an index; of two surrogates the first gives the whole one, the second nothing."""
    code = int(pdfium.FPDFText_GetUnicode(text, index))
    if 0xD800 <= code < 0xDC00:
        low = int(pdfium.FPDFText_GetUnicode(text, index + 1))
        return chr(0x10000 + (code - 0xD800) * 0x400 + low - 0xDC00)
    return "" if 0xDC00 <= code < 0xE000 else chr(code)


def font_name(text: object, index: int) -> str:
    """The font of a character, without the letters that mark a subset."""
    buffer = ctypes.create_string_buffer(256)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, index, buffer, len(buffer), flags)
    return buffer.value.decode().split("+")[-1]


def rules_of(pdf: bytes, number: int) -> list[tuple[float, float, float, float]]:
    """The drawn lines of a page: left, right, and the heights of upper and lower edge, in millimetres."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[number - 1]
    height = page.get_height()
    found = []
    for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = path.get_bounds()
        found.append(
            (left / MILLIMETRE, right / MILLIMETRE, (height - top) / MILLIMETRE, (height - bottom) / MILLIMETRE)
        )
    document.close()
    return found


def words(signs: list[Sign]) -> str:
    """The text of a line."""
    return "".join(sign.text for sign in signs)


def fonts_of(signs: list[Sign]) -> list[str]:
    """The fonts of a line, each run of one font once."""
    return [font for font, _ in groupby(sign.font for sign in signs)]
