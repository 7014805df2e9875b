"""Long titles broken into lines that make a trapezium, without cutting a word where that can be seen.

There is no dictionary here: breaks are preferred after the characters that usually close a phrase and
refused inside numbers, Latin words, book titles and quotations.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Final

WIDEST: Final = 20  # characters of 22 pt in 156 mm
CLOSES: Final = "的年月于和与及暨部委省市县区局会院校厅办"
STARTS: Final = (
    "关于",
    "情况",
    "工作",
    "报告",
    "通知",
    "意见",
    "方案",
    "实施",
    "责任",
    "党风",
    "廉政",
    "落实",
    "全面",
    "年度",
)
BAD_START: Final = "，。、；：？！）》】”’·的了和与及等年月日个"
BAD_END: Final = "（《【“‘关第"
UNBROKEN: Final = re.compile(
    r"[0-9A-Za-z.％%]+|《[^》]*》|“[^”]*”|（[^）]*）|党风廉政|责任制|责任|工作|情况|报告|建设|人民|政府|委员会"
)


def break_title(text: str) -> tuple[str, ...]:
    """The lines of a title, each at most 20 characters wide where the words allow it."""
    text = text.strip()
    count = -(-len(text) // WIDEST)
    if count <= 1:
        return (text,)
    return min(line_splits(text, count), key=untidiness)


def line_splits(text: str, count: int) -> list[tuple[str, ...]]:
    """Every way to cut the text into `count` lines near its even length; for four lines and more only evenly."""
    even = len(text) / count
    if count > 3:
        cuts = [round(even * index) for index in range(count + 1)]
        return [tuple(text[start:end] for start, end in pairwise(cuts))]
    if count == 1:
        return [(text,)]
    reach = range(max(1, round(even) - 6), min(round(even) + 6, len(text) - count + 1) + 1)
    return [(text[:cut], *rest) for cut in reach for rest in line_splits(text[cut:], count - 1)]


def untidiness(lines: tuple[str, ...]) -> float:
    """Lower is better: lines that fit, breaks between words, lengths that differ a little and evenly."""
    lengths = [len(line) for line in lines]
    overflow = sum(max(0, length - WIDEST) for length in lengths)
    breaks = sum(break_cost(before, after) for before, after in pairwise(lines))
    steps = [second - first for first, second in pairwise(lengths)]
    equal = sum(3 for step in steps if step == 0)
    uneven = sum(max(0, abs(step) - 4) for step in steps)
    return 20 * overflow + breaks + equal + uneven + 12 * len(word_cuts(lines))


def break_cost(before: str, after: str) -> float:
    """What it costs to end a line with `before` and start the next with `after`."""
    if after[0] in BAD_START or before[-1] in BAD_END:
        return 12
    if after.startswith(STARTS):
        return 0
    return 1 if before[-1] in CLOSES else 4


def word_cuts(lines: tuple[str, ...]) -> list[int]:
    """The breaks that fall inside what must stay whole."""
    whole = "".join(lines)
    cuts = [sum(map(len, lines[:index])) for index in range(1, len(lines))]
    return [cut for cut in cuts if any(start < cut < end for start, end in unbroken_spans(whole))]


@cache
def unbroken_spans(text: str) -> list[tuple[int, int]]:
    """From–to (exclusive) of numbers, Latin words, quotations and a few frequent words."""
    return [match.span() for match in UNBROKEN.finditer(text)]
