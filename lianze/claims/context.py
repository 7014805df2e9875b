"""Noun, actor, scope and period of a number, from the words around it.

Inheritance: clause ← segment ← sentence ← list item. `；` and a new list item end what was inherited.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lianze.claims.frame import Frame
from lianze.claims.quantity import Quantity
from lianze.claims.terms import Terms

NOUN_LENGTH = 16
_TAKES_PART = frozenset(("参加", "参与", "接受"))


class Setting(NamedTuple):
    """What a number inherits."""

    actor: str
    scope: str
    period: str


_CUT = re.compile(r"[^\u4e00-\u9fffⅠ-Ⅻ“”《》A-Za-z·（）()]")
_TITLE = re.compile(r"《([^《》]{2,60})》[^，。；、]{0,2}\Z")
_LEADING = re.compile(
    r"^(?:其中|出(?![国差台境])|到(?![位会场岗])|过(?![问程错失硬])|共(?![建享青])|已|均|约(?![谈束])|的|了(?![解结])|并|和(?!谐)|及(?!时)"
    r"|与(?!会)|有(?![关效限])|是|为(?![民期])|达(?!标)|由|至|各类|各|等(?!级)|年度?(?![轻龄终底初])|本年度|全年|今年|年内|目前|每)+"
)
_TRAILING = re.compile(
    r"(?:[了共达约近超逾已计至为有各均]|分别|(?<![处积得评学扣部记])分|超过|累计|合计|总计|不少于|至少|不到|其中|达到|平均|分别为|先后|为期|历时|用时)+$"
)


def noun_of(frame: Frame, quantity: Quantity, previous_end: int, terms: Terms) -> str:
    """What is counted: the words after the measure word, or, where a clause ends there, the words before the number."""
    after = _noun_after(frame, quantity, terms)
    if after and not (quantity.counted_in in ("次", "人次", "场次", "%", "天") and len(after) < 2):
        return after
    return _noun_before(frame, quantity, previous_end, terms) or after


def _noun_after(frame: Frame, quantity: Quantity, terms: Terms) -> str:
    text = frame.after(quantity.measure_end)
    for word in quantity.qualifiers:
        text = text.removeprefix(word)
    if text.startswith(("的", "，", "、")):
        text = text[1:] if text[0] == "的" else ""
    rest = _CUT.split(text, maxsplit=1)[0]
    cut = next(cuts_in(rest, terms), None)
    if cut and cut.start() == 0:
        return _taken_part_in(rest[cut.end() :], terms) if cut[0] in _TAKES_PART else ""
    if cut:
        rest = rest[: cut.start()]
    more = terms.pattern("verbs.after").search(rest, 2)
    if more:
        rest = rest[: more.start()]
    return rest[:NOUN_LENGTH].strip("“”（）()")


def _taken_part_in(rest: str, terms: Terms) -> str:
    """300人次参加网上答题: counted in persons, what they took part in says of what; a lone verb says nothing."""
    cut = next(cuts_in(rest, terms), None)
    more = terms.pattern("verbs.after").search(rest)
    end = min([len(rest), *(match.start() for match in (cut, more) if match)])
    return rest[:end][:NOUN_LENGTH].strip("了“”（）()")


def _noun_before(frame: Frame, quantity: Quantity, previous_end: int, terms: Terms) -> str:
    start = max(frame.clause_start(quantity.start), quantity.start - 30, previous_end)
    title = _TITLE.search(frame.text[start : quantity.start])
    if title:
        return title[1][-2 * NOUN_LENGTH :]
    text = _CUT.split(frame.text[start : quantity.start])[-1].rstrip("（(")
    text = _TRAILING.sub("", text)
    text = text[text.rfind("》等") + 2 :] if "》等" in text[:-2] else text
    at = 0
    for match in cuts_in(text, terms):
        if match.end() < len(text) and text[match.end() :] != "率":
            at = match.end()
    return _LEADING.sub("", text[at:])[-NOUN_LENGTH:].strip("“”《》（）()")


def cuts_in(text: str, terms: Terms) -> Iterator[re.Match[str]]:
    """Verbs that part a noun from what is done to it; the 作 of 作风 and the 上 of 上级 part nothing."""
    bound, at = terms.pattern("verbs.bound"), 0
    held = [(match.start(), match.end()) for match in bound.finditer(text)]
    for match in terms.pattern("verbs.cut").finditer(text):
        while at < len(held) and held[at][1] <= match.start():
            at += 1
        if at == len(held) or not (held[at][0] <= match.start() and match.end() <= held[at][1]) or len(match[0]) > 1:
            yield match


_MET = re.compile(r"(?:与|对(?![照标])|向|同(?!志|步|时)|约谈|听取|提醒|到|赴|深入|下沉)[\u4e00-\u9fff、]{0,10}\Z")


def is_met(clause: str, at: int) -> bool:
    """与班子成员谈话, 约谈中层干部: who stands at `at` is met, and does not act."""
    return bool(_MET.search(clause[max(0, at - 14) : at]))


def is_counted(clause: str, end: int) -> bool:
    """民主评议党员1次, 共有党员5名: who stands right before the number is what is counted."""
    return not clause[end:].strip("共达了为约超过有计至已近逾")


def people_in(kind: str, clause: str, terms: Terms) -> Iterator[re.Match[str]]:
    """Where the clause names people of that kind; a 纪委书记 or 副局长 is not the main leader."""
    lower, meetings = terms.words("actors.lower"), terms.words("actors.meetings")
    for match in terms.pattern(f"actors.{kind}").finditer(clause):
        if meetings.around(clause, match.start(), match.end()):
            continue
        if kind != "main_leader" or not lower.around(clause, match.start(), match.end()):
            yield match


_PERIOD = re.compile(
    r"上半年|下半年|[一二三四]季度|全年|今年以来|今年|本年度|年内|去年|上年度?|近[一二三四五两\d]{1,2}年|年初|年底|年中|(?:20\d\d)\s?年|[0-9]{1,2}月份?"
)


class Settings:
    """Keeps actor, scope and period while a paragraph is read from left to right."""

    __slots__ = ("_frame", "_item_at", "_outside", "_read_to", "_terms", "actor", "period", "scope")

    def __init__(self, frame: Frame, terms: Terms) -> None:
        self._frame, self._terms = frame, terms
        self._read_to = self._item_at = 0
        self._outside: tuple[int, str] | None = None
        self.actor = self.scope = self.period = ""

    def at(self, offset: int) -> Setting:
        """Read on to `offset` and return what a number there inherits."""
        frame, text = self._frame, self._frame.text
        if frame.sentence_start(offset) > self._read_to:
            self.actor = ""
        if frame.segment_start(offset) > self._read_to:
            self.scope = ""
        for start in (start for start in self._clauses(offset) if start >= frame.sentence_start(offset)):
            end = min(offset, frame.clause_end(start), start + 60)
            self._bracket(start)
            self._read(text[start:end], end == offset)
        self._read_to = offset
        return Setting(self.actor, self.scope, self.period)

    def _bracket(self, start: int) -> None:
        """学习9次（1月12日、3月8日），集中学习36次: a period said in brackets ends with them."""
        text = self._frame.text
        if self._outside and re.search("[）)]", text[self._outside[0] : start]):
            self.period, self._outside = self._outside[1], None
        if text[start - 1 : start] in ("（", "("):
            self._outside = self._outside or (start, self.period)

    def new_item(self) -> None:
        """一是, 二是: nothing is inherited across."""
        self.actor = self.scope = ""

    def _clauses(self, offset: int) -> list[int]:
        """Starts of the last clauses between the last number and this one, at most four."""
        starts: list[int] = []
        at = offset
        while len(starts) < 4:
            start = self._frame.clause_start(at)
            starts.append(start)
            if start <= self._read_to or start == 0:
                break
            at = start - 1
        return starts[::-1]

    def _read(self, clause: str, at_number: bool) -> None:
        for kind in (
            "main_leader",
            "members",
            "deputies",
            "section_heads",
            "party_group",
            "branch",
            "party_members",
            "staff",
            "discipline",
        ):
            match = next(people_in(kind, clause, self._terms), None)
            if (
                match
                and match.start() <= 8
                and not is_met(clause, match.start())
                and not (at_number and is_counted(clause, match.end()))
            ):
                self.actor = kind
                break
        scope = self._scope(clause)
        if scope:
            self.scope = scope
        period = _PERIOD.search(clause)
        if period:
            self.period = period[0]

    def _scope(self, clause: str) -> str:
        """The internal unit that leads the clause: 经济科共排查出 …"""
        match = self._terms.pattern("scopes.suffixes").search(clause, 1, 12)
        if match is None:
            return ""
        name = clause[: match.end()]
        if (
            self._terms.words("scopes.not_scope").before(name, len(name))
            or self._terms.pattern("verbs.cut").search(name)
            or not re.fullmatch(r"[\u4e00-\u9fffXx]{2,12}", name)
        ):
            return ""
        rest = clause[match.end() : match.end() + 3]
        if name.startswith(("对", "到", "在", "向", "与", "全", "各", "我", "赴", "为", "由", "本")) or rest[:1] in (
            "、",
            "和",
            "负",
            "领",
            "的",
            "与",
            "及",
        ):
            return ""
        return name if self._terms.pattern("verbs.cut").match(clause, match.end()) or not rest else ""
