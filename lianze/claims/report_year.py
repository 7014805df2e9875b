"""The year that a report is about, as its title or its text says."""

import re
from collections import Counter
from collections.abc import Sequence

from lianze.claims.shapes import Block

TITLE_LENGTH = 60  # characters; a longer first paragraph is text
_SENTENCE = ("。", "；", "！", "：", "，")
TITLES = 6  # paragraphs in which a title is looked for
_DIGITS = str.maketrans("０１２３４５６７８９〇○零Oo一二三四五六七八九", "0123456789" + "00000" + "123456789")
_YEAR = re.compile(
    r"(?<![0-9０-９])((?:20|２０)[0-9０-９]{2}|二[〇○零Oo][〇○零Oo一二三四五六七八九]{2})\s?(?:年|财年|学年)"
)
_NAMED_IN = re.compile(r"《[^《》]{0,80}》")


def report_year(blocks: Sequence[Block]) -> int:
    """The title's year, else the one that the text names most often, plans and titles of documents left out; 0 for none."""
    for block in blocks[:TITLES]:
        if block.section or block.kind == "cell":
            break
        years = years_in(block.text)
        if years and len(block.text) <= TITLE_LENGTH and not block.text.rstrip().endswith(_SENTENCE):
            return years[-1]  # 2021—2023年 is told from its end
    named = Counter(year for block in blocks if block.planned_from is None for year in years_in(block.text))
    return max(named, key=lambda year: (named[year], year), default=0)


def years_in(text: str) -> list[int]:
    """The years that the text names outside 《》, in order."""
    return [int(match[1].translate(_DIGITS)) for match in _YEAR.finditer(_NAMED_IN.sub("", text))]
