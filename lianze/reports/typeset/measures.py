"""Lengths, sizes and fonts of the official format (GB/T 9704-2012), and the names they go by in a DOCX.

Twips are twentieths of a point; font sizes in Word are counted in half points.
"""

from __future__ import annotations

from typing import Final


def twips(millimetres: float) -> int:
    """Millimetres as twips, rounded to the nearest."""
    return round(millimetres * 1440 / 25.4)


PAGE_WIDTH: Final = twips(210)
PAGE_HEIGHT: Final = twips(297)
TOP: Final = twips(37)
BOTTOM: Final = twips(35)
LEFT: Final = twips(28)
RIGHT: Final = twips(26)
TEXT_WIDTH: Final = PAGE_WIDTH - LEFT - RIGHT

LINES: Final = 22
CHARACTERS: Final = 28
LINE: Final = 579  # 22 of them fill the block's 225 mm
TRACKING: Final = -5  # a quarter point less after each character: 28 of them fill the block's 156 mm
CHARACTER: Final = 16 * 20 + TRACKING

BODY_SIZE: Final = 32  # 3号, 16 pt
TITLE_SIZE: Final = 44  # 2号, 22 pt
SMALL_SIZE: Final = 28  # 4号, 14 pt
TABLE_SIZE: Final = 24  # 小四, 12 pt
SMALL_CHARACTER: Final = 14 * 20

# The dash of the page number stands 7 mm below the block; the footer is measured to its lower edge.
FOOTER: Final = twips(35 - 7) - 140
FOOTER_LINE: Final = 280

FANG: Final = "仿宋_GB2312"
KAI: Final = "楷体_GB2312"
HEI: Final = "黑体"
XIAOBIAO: Final = "方正小标宋简体"
SONG: Final = "宋体"
LATIN: Final = "Times New Roman"
HEADING_FONTS: Final = (HEI, KAI, FANG, FANG)

RED: Final = "FF0000"
THICK_RULE: Final = 8  # eighths of a point: 0.35 mm
THIN_RULE: Final = 6  # 0.26 mm, the nearest to 0.25 that Word draws
