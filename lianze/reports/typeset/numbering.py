"""Heading numbers, counted only once it is known which headings are printed.

A section whose figures have no record is left out of a report; the numbers after it must close up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lianze.reports.typeset.model import Annex, Block, Heading, with_number

DIGITS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千")
MOST = 9_999
# Headings down to this level have a number even where they stand alone.
NUMBERED_ALONE = 2


def number_headings(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Number every heading among its siblings; a higher heading or an annex starts the lower levels anew."""
    counts = [0, 0, 0, 0]
    numbered: list[Block] = []
    for block in blocks:
        if isinstance(block, Annex):
            counts = [0, 0, 0, 0]
        if isinstance(block, Heading):
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (4 - block.level)
            block = with_number(block, counts[block.level - 1])
        numbered.append(block)
    return tuple(without_lone_numbers(numbered))


def without_lone_numbers(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks; below the second level a heading without a sibling goes without number: “1.” promises a “2.”."""
    following: dict[int, bool] = {}  # by level: whether a sibling comes further down
    kept: list[Block] = []
    for block in reversed(blocks):
        if isinstance(block, Annex):
            following.clear()
        if isinstance(block, Heading):
            has_next = following.get(block.level, False)
            following = {level: found for level, found in following.items() if level < block.level}
            following[block.level] = block.number != 1
            if block.level > NUMBERED_ALONE and block.number == 1 and not has_next:
                block = replace(block, number=None)
        kept.append(block)
    return reversed(kept)


def heading_label(level: int, number: int) -> str:
    """The number as the level prints it: 一、 （一） 1. （1）."""
    if level == 1:
        return f"{chinese_numeral(number)}、"
    if level == 2:
        return f"（{chinese_numeral(number)}）"
    return f"{number}." if level == 3 else f"（{number}）"


def chinese_numeral(number: int) -> str:
    """1 to 9,999 as headings spell them: 十, 十二, 二十三, 一百零五."""
    if not 1 <= number <= MOST:
        raise ValueError(f"headings are counted from 1 to {MOST}, not {number}")
    text, gap = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            one = "" if not text and (place, digit) == (1, 1) else DIGITS[digit]
            text += (DIGITS[0] if gap else "") + one + PLACES[place]
        gap = not digit
    return text
