"""Finds everything in a paragraph that could be a numeral, in one pass, linear in its length.

A regex decides only what the characters themselves decide (dates, ordinals, codes); what a plain number means is decided by
the words around it, in classify.py. Repetitions are possessive or bounded, so no input can make them back-track.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple


class Token(NamedTuple):
    """A candidate: `kind` is the name of the group of the pattern that found it."""

    kind: str
    start: int
    end: int
    raw: str


_S = r"[ \u3000\u00a0]?"
_D = r"[0-9０-９]"
_ARABIC = rf"{_D}++(?:[,，]{_D}{{3}}(?!{_D}))*+(?:[.．]{_D}++)?+"
_H = r"[零〇一二两三四五六七八九十百千万亿]"
_N = rf"(?:{_D}{{1,4}}|{_H}{{1,5}})"
_DAY = rf"(?:{_D}{{1,2}}|[一二三四五六七八九十]{{1,3}})"
_YEAR4 = rf"(?:(?:19|20|１９|２０){_D}{{2}}|[一二][〇○零Oo０九一二三四五六七八]{{3}}){_S}"
_TO = r"[-—–－~～至到]{1,2}"

PARTS: tuple[tuple[str, str], ...] = (
    ("garbled", r"##\w{2,24}##|�++|锟斤拷|\{\{[^{}]{0,40}\}\}|&[a-z]{2,6};|<[a-z/][a-z0-9 ]{0,12}>|\\u[0-9a-f]{4}"),
    (
        "placeholder",
        r"第[XxＸ×]{1,4}[次届期批]?|(?<![A-Za-z0-9+＋\-])[XＸ]{1,8}(?![A-Za-z0-9])|(?<![A-Za-z0-9])[xｘ]{2,8}(?![A-Za-z0-9])"
        r"|(?<![0-9])[×✕╳]{1,8}(?!\s?[0-9])|(?<![*＊])[*＊]{2,}+(?=[\u4e00-\u9fff])|[_＿]{2,}+|[□△▲]{2,}+|(?<![0-9二一])[○〇]{2,}+(?![年一二三四五六七八九])",
    ),
    ("document", rf"[〔\[［（(](?:19|20){_D}{{2}}[〕\]］）)]{_S}第?{_S}{_D}{{1,5}}{_S}号"),
    (
        "date",
        rf"{_YEAR4}[年.\-/／]{_S}{_DAY}{_S}[月.\-/／]{_S}{_DAY}{_S}[日号]?(?:{_TO}(?:{_DAY}月)?{_DAY}[日号])?"
        rf"|{_YEAR4}年?{_S}{_TO}{_S}{_YEAR4}年?度?"
        rf"|{_YEAR4}年{_S}(?:{_DAY}{_S}月(?!度)(?:{_S}{_DAY}{_S}[日号](?!楼))?(?:{_TO}(?:{_DAY}月)?(?:{_DAY}[日号])?)?|度|[上下]半年|第?[一二三四1-4]季度)?"
        rf"|{_YEAR4}(?:级|届|版)"
        rf"|(?<!{_D}){_DAY}{_S}月?{_S}{_TO}{_S}{_DAY}{_S}月(?:份|底|{_DAY}[日号])?"
        rf"|(?<![0-9０-９.．一二三四五六七八九十每个]){_DAY}{_S}月(?![一度调学课题均])(?:{_S}{_DAY}{_S}[日号]|份|底|初)?(?:{_TO}{_DAY}[日号])?"
        rf"|(?<!{_D}){_D}{{1,2}}{_S}日(?![内均之])(?:{_TO}{_D}{{1,2}}{_S}日)?"
        rf"|(?<!{_D})(?<!比)(?<!比为)(?<!比例)(?<!例为)(?<!比约){_D}{{1,2}}[:：][0-5]\d(?::[0-5]\d)?(?!{_D})|(?<!{_D})(?:[01]?\d|2[0-4])时(?:[0-5]?\d分)?(?![间段])"
        rf"|[上下]半年|前[一二三两]个?季度|(?<![每一个两三四]){_S}第?[一二三四1-4]季度|第?[一二三四][、和至][一二三四]季度",
    ),
    ("freq", r"每(?=[^人名])"),
    (
        "marker",
        r"(?<![\u4e00-\u9fffA-Za-z0-9])(?:[一二三四五六七八九十]{1,3}(?:是|要(?!求|点)|抓|有)|其[一二三四五六七八九])|(?<=[。；：！，])[一二三四五六七八九十]{1,2}(?:是)",
    ),
    (
        "list",
        r"(?:(?<=[。；：！;:])|\A\s{0,8}#{0,6}\s?)(?:[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|\d{1,2}(?:[.．、](?!\d)|[.．](?=\d{1,4}[个名人位项条件起份家户场])|[.．、](?=20\d\d年)|[)）])|[一二三四五六七八九十]{1,3}[、．.])",
    ),
    ("circled", r"[①-⑳⑴-⒇⒈-⒛㈠-㈩]"),
    (
        "ordinal",
        rf"第{_S}(?:{_N}){_S}(?:[、,，和与及至到\-—]第?{_N})*+(?:季度|{_S}[届次批期轮季章条款项名位个种场号站场讲课])?"
        r"|[一二三四五六七八九十]{1,3}届|[一二三四五六七八九十]{1,3}次(?=全会|全体会议|会议精神|党代会|代表大会|全国|中央)|[一二三四五六七八九十]中全会"
        rf"|(?<!举办)(?<!举行)\d{{1,2}}届(?![，。；、]|\Z)|[Ⅰ-Ⅻⅰ-ⅻ]{_S}级?",
    ),
    (
        "code",
        rf"(?<![\w])1[3-9]\d{{9}}(?!\d)|(?<!\d)0\d{{2,3}}-\d{{7,8}}(?!\d)|(?<!\d)\d{{17}}[\dXx](?!\d)"
        rf"|(?<![0-9.])\d{{1,4}}(?:[+＋](?:\d{{1,4}}|[NnXx]))++|(?<=[A-Za-z]){_D}++(?:[.\-]\d++)*+|\d{{1,6}}(?=[A-Za-z])(?!m[²2]|km|KM|kg|KG|kW|[Mm]\b)[A-Za-z]++"
        rf"|(?<!\d){_D}{{1,4}}·{_D}{{1,4}}|{_D}{{1,5}}{_S}号(?![的召]).?|1\d{{4}}(?=热线|举报|电话|平台|监督|服务|便民|政务)|\d{{1,3}}(?:\.\d{{1,3}}){{2,}}+",
    ),
    (
        "fraction",
        rf"{_D}{{1,4}}[/／]{_D}{{1,4}}(?!{_D})|百分之(?:{_ARABIC}|{_H}{{1,5}}(?:点{_H}{{1,4}})?)|{_H}{{1,3}}分之{_H}{{1,3}}",
    ),
    ("arabic", rf"{_ARABIC}(?:{_S}[十百千万亿]{{1,3}}+)?+"),
    (
        "hanzi",
        r"[几数]?[零〇一二两三四五六七八九十百千万亿]++(?:点(?![名题子位评对验击面线])[零〇一二三四五六七八九]++[万亿]?|几)?+|几|数(?=[次名位个家场])",
    ),
)
PATTERN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in PARTS))


def tokens(text: str) -> Iterator[Token]:
    """Candidates from left to right, never overlapping."""
    for match in PATTERN.finditer(text):
        yield Token(match.lastgroup or "", match.start(), match.end(), match.group())
