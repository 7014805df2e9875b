"""What the line over a table says of its numbers: （单位：万元）, 主要费用支出（万元）, 各部室风险点统计表."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from lianze.claims.grids import Row
from lianze.claims.shapes import Block
from lianze.claims.terms import Terms

LONGEST = 40  # characters; a longer line is text
_SAID = re.compile(r"单位[:：]\s?([^\s（）()、/]{1,4})|[（(]([^（）()、/:：\s]{1,4})[)）]\s*\Z")
_BRACKETS = re.compile(r"\s*[（(][^（）()]{0,20}[)）]\s*\Z")


class Caption(NamedTuple):
    """`measure` is what the caption says that all is counted in; `things` what the table counts by its title, `counted_in` their measure word."""

    measure: str = ""
    things: str = ""
    counted_in: str = ""


def read_caption(grid: Sequence[Row], blocks: Sequence[Block], terms: Terms) -> Caption:
    """What the two lines over the table say, the nearer one first."""
    first = grid[0][0].block if grid and grid[0] else 0
    measure = things = counted_in = ""
    for block in reversed(blocks[max(0, first - 2) : first]):
        if block.cell or len(block.text) > LONGEST or block.text.rstrip().endswith(("。", "；")):
            break
        measure = measure or _measure(block.text, terms)
        if not things:
            things, counted_in = _things(block.text, terms)
    return Caption(measure, things, counted_in)


def _measure(text: str, terms: Terms) -> str:
    for match in _SAID.finditer(text):
        said = match[1] or match[2]
        if said in terms.measures and (match[1] or said in terms.hanzi):
            return said
    return ""


def _things(text: str, terms: Terms) -> tuple[str, str]:
    """风险点, 个 of 各部室风险点统计表（2024年）."""
    words, tail = _BRACKETS.sub("", text).rstrip(), terms.words("tables.caption_tail")
    while end := tail.before(words, len(words)):
        words = words.removesuffix(end)
    return next(((noun, measure) for noun, measure in terms.heads if words.endswith(noun)), ("", ""))
