"""Paragraphs with the headings they stand under."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from lianze.claims.report_year import TITLE_LENGTH, TITLES, report_year, years_in
from lianze.claims.shapes import Block
from lianze.claims.terms import Terms

_LEVELS: tuple[re.Pattern[str], ...] = (
    re.compile(r"\s{0,8}(第[一二三四五六七八九十]{1,3}[章部篇]分?|[一二三四五六七八九十]{1,3}(?=、|[.．]))"),
    re.compile(r"\s{0,8}([（(][一二三四五六七八九十]{1,3}[)）])"),
    re.compile(r"\s{0,8}(\d{1,2})(?=[.．、](?:(?!\d)|20\d\d\s?年))"),  # 5.2026年打算
    re.compile(r"\s{0,8}([（(]\d{1,2}[)）])"),
)
_MARKDOWN = re.compile(r"(#{1,6})\s")
_LOOKS_BACK = re.compile(r"开展情况|完成情况|执行情况|总结|工作情况|存在|落实情况|回顾|成效|主要做法")
_FALLS_SHORT = re.compile(r"问题|不足|短板|差距|困难")
_OPENING = 16  # characters at a paragraph's beginning that say what all of it is about
_BEGINS_SENTENCE = re.compile(
    r"(?:\A|[。；！])[^\u4e00-\u9fff]{0,4}(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）])?\Z"
)
_PARTS_OF_YEAR = (
    ("plans.first_half", "plans.second_half"),
    ("plans.three_quarters", "plans.last_quarter"),
    ("plans.this_term", "plans.next_term"),
)
HEADING_LENGTH = 40  # characters; a longer numbered paragraph is text that begins with its number


def with_sections(blocks: Iterable[Block], terms: Terms) -> list[Block]:
    """The same blocks, each with its path of heading numbers, for instance ("一", "（二）", "1")."""
    path: list[str] = []
    result: list[Block] = []
    ahead, heading = _Ahead(terms, result), ""
    for block in blocks:
        level, number = heading_of(block)
        if level:
            heading = re.split(r"[。；：]", block.text, maxsplit=1)[0][:HEADING_LENGTH]
            path[level - 1 :] = [""] * max(0, level - 1 - len(path)) + [number]
            ahead.enter(level, block.text)
        kind = "heading" if level and block.kind == "paragraph" and _is_short(block.text) else block.kind
        section = tuple(part for part in path if part)
        result.append(replace(block, kind=kind, section=section, heading=heading, planned_from=ahead.begins(block)))
    return result


def heading_of(block: Block) -> tuple[int, str]:
    """Level 1 to 4 and number as written, or (0, "") where the block begins no section."""
    text = (block.label + block.text) if block.label else block.text
    markdown = _MARKDOWN.match(text)
    if markdown:
        text = text[markdown.end() :]
    for level, pattern in enumerate(_LEVELS, 1):
        match = pattern.match(text)
        if match:
            return level, match[1].strip()
    return (len(markdown[1]), text[:12]) if markdown else (0, "")


class _Ahead:
    """Where a text turns to what lies ahead: under a heading of plans, or, under 问题和下步打算, from the first such word on."""

    def __init__(self, terms: Terms, read: Sequence[Block]) -> None:
        self._terms, self._read = terms, read
        self._year = 0  # what the text before says it is about; asked once, so that many headings cost no more than one
        self._level = 0  # of the heading of plans, 0 outside
        self._waits = False  # the heading names shortcomings and plans; so far the text has told shortcomings

    def enter(self, level: int, text: str) -> None:
        """A heading: one below a heading of plans changes nothing."""
        if self._level and level > self._level:
            return
        head = re.split(r"[。；：]", text, maxsplit=1)[0][:HEADING_LENGTH]
        plans = bool(self._terms.pattern("plans.headings").search(head)) or self._names_a_later_year(head)
        plans = plans or self._next_part(head) is not None
        self._waits = plans and bool(_FALLS_SHORT.search(head))
        self._level = level if plans and (self._waits or not _LOOKS_BACK.search(head)) else 0

    def _names_a_later_year(self, head: str) -> bool:
        """2025年重点工作 in a report about 2024."""
        years = years_in(head)
        if years and not self._year:
            self._year = report_year(self._read)
        return bool(years) and bool(self._year) and min(years) > self._year

    def begins(self, block: Block) -> int | None:
        """Offset in the block from which it lies ahead."""
        if not self._level:
            opens = self._terms.pattern("plans.sentence").search(block.text, 0, _OPENING)
            if opens and not _LOOKS_BACK.search(block.text[:_OPENING]):
                return 0  # 下一步，重点抓三件事。一是…
            return self._next_part(block.text)
        if not self._waits:
            return 0
        heading = block.text if _is_short(block.text) else ""
        turn = None if heading else self._terms.pattern("plans.sentence").search(block.text)
        begins = turn.start() if turn else self._next_part(block.text)
        self._waits = begins is None
        return begins

    def _next_part(self, text: str) -> int | None:
        """Where a sentence begins with 下半年 in a report on the first half of a year: that is still to come."""
        for told, comes in _PARTS_OF_YEAR:
            for match in self._terms.pattern(comes).finditer(text):
                opens = _BEGINS_SENTENCE.search(text[max(0, match.start() - _OPENING) : match.start()])
                looks_back = _LOOKS_BACK.search(text[match.end() : match.end() + _OPENING])
                if opens and not looks_back:
                    if self._title_names(told):
                        return match.start()
                    break
        return None

    def _title_names(self, part: str) -> bool:
        """Said by a title, never by a report's text, which may tell of the first half beside the second."""
        titles = (block.text for block in self._read[:TITLES] if not block.section and len(block.text) <= TITLE_LENGTH)
        said = self._terms.pattern(part)
        return any(said.search(text) for text in titles if not text.rstrip().endswith(("。", "；", "，", "：")))


def _is_short(text: str) -> bool:
    return len(text) <= HEADING_LENGTH and not text.rstrip().endswith(("。", "；"))
