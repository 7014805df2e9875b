"""What a report itself counts a thing in: 楼栋长1 640名 in its text says in what a column 楼栋长 is counted."""

import re
from collections.abc import Iterator, Sequence

from lianze.claims.shapes import Block
from lianze.claims.terms import Terms

_COUNTED = re.compile(
    r"([\u4e00-\u9fff]{2,12})\s?[0-9]{1,9}(?:[,， ][0-9]{3}){0,3}(?![0-9])(?:\.[0-9]{1,4})?[万亿]?[余多]?\s?"
)
_BEFORE_NUMBER = re.compile(r"(?:共计?|达|约|近|超过?|逾|已|为|有)+\Z")
# Shares, times and amounts are told of things that are counted in something else (培训3天, 检查率).
_TELLS_OTHERWISE = frozenset(("%", "％", "天", "小时", "分钟", "年", "日", "岁", "倍", "分", "元", "万元", "亿元"))


class OwnUse:
    """Pairs of noun and measure word, read once from the text outside tables and only where a table needs them."""

    def __init__(self, blocks: Sequence[Block], terms: Terms) -> None:
        self._blocks, self._terms = blocks, terms
        self._pairs: set[tuple[str, str]] | None = None
        self._known: dict[str, set[str]] = {}

    def measure_of(self, noun: str, usual: str) -> str:
        """The only measure word that the text uses for this kind of thing, else the usual one (培训楼栋长2期 counts no 楼栋长)."""
        if len(noun) < 2:
            return usual
        if noun not in self._known:
            self._known[noun] = self._used_with(noun)
        kind = self._terms.family(usual)
        own = {one for one in self._known[noun] if not usual or self._terms.family(one) == kind}
        return own.pop() if len(own) == 1 else usual

    def _used_with(self, noun: str) -> set[str]:
        if self._pairs is None:
            self._pairs = set(self._read())
        return {measure for words, measure in self._pairs if words.endswith(noun)}

    def _read(self) -> Iterator[tuple[str, str]]:
        for block in self._blocks:
            if block.cell or "|" in block.text or "\t" in block.text:
                continue
            for match in _COUNTED.finditer(block.text):
                measure = self._terms.measures.at(block.text, match.end())
                if measure and measure not in _TELLS_OTHERWISE:
                    yield _BEFORE_NUMBER.sub("", match[1]), measure
