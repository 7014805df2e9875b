"""Claims without a numeral: 不存在…, 未发现… say zero; 均…, 全部… say a hundred per cent.

Only those that name one figure beyond doubt are given: a word of it, long enough to be its own, and no other figure's. All others
are left out rather than guessed.
"""

import re
from collections.abc import Iterator, Sequence

from lianze.claims.around import plain, speaks_of_others
from lianze.claims.frame import Frame
from lianze.claims.shapes import Block, FigureFact, Implied, VerdictCode
from lianze.claims.terms import Terms

LONG = 5  # characters from which a figure's word is its own
REACH = 40  # characters looked at after 未发现 and around 均


def read_implied(blocks: Sequence[Block], facts: Sequence[FigureFact], terms: Terms) -> list[Implied]:
    """All of a text, in reading order; plans and headings say nothing about the year."""
    return [
        one
        for block in blocks
        if block.planned_from != 0 and block.kind != "heading"
        for one in (*_zeros(block, facts, terms), *_alls(block, facts, terms))
    ]


def _zeros(block: Block, facts: Sequence[FigureFact], terms: Terms) -> Iterator[Implied]:
    frame = Frame(block.text)
    for match in terms.pattern("implied.zero").finditer(block.text):
        end = min(frame.clause_end(match.start()), match.end() + REACH)
        said = block.text[match.end() : end]
        if (
            _is_ahead(block, match.start())
            or _is_conditional(frame, match.start(), end)
            or speaks_of_others(match.start(), frame, terms)
        ):
            continue
        found = _the_one(said, [fact for fact in facts if not fact.share and not fact.scope and not fact.parts])
        if found:
            word, fact = found
            raw = block.text[match.start() : end]
            yield Implied(block.line, match.start(), end, raw, word, fact.figure, "auto", _zero_verdict(fact))


def _alls(block: Block, facts: Sequence[FigureFact], terms: Terms) -> Iterator[Implied]:
    frame = Frame(block.text)
    for match in terms.pattern("implied.all").finditer(block.text):
        start, end = frame.clause_start(match.start()), frame.clause_end(match.start())
        start, end = max(start, match.start() - REACH), min(end, match.end() + REACH)
        raw = block.text[start:end]
        if (
            re.search(r"[0-9０-９%％]", raw)
            or _is_ahead(block, match.start())
            or _is_conditional(frame, match.start(), end)
        ):
            continue
        found = None if speaks_of_others(match.start(), frame, terms) else _the_one(raw, [f for f in facts if f.share])
        if found:
            word, fact = found
            yield Implied(block.line, start, end, raw, word, fact.figure, "auto", _all_verdict(fact))


_HELD_BACK = re.compile(
    r"如果?|若|凡|一旦|确保|力争|保证|要求|坚决|杜绝|防止|应当?|必须|须|是否|不得|严禁|务必|原则上|规定"
)


def _is_ahead(block: Block, at: int) -> bool:
    return block.planned_from is not None and at >= block.planned_from


def _is_conditional(frame: Frame, at: int, end: int) -> bool:
    """如未发现…, 确保不存在…, 未发现问题的单位: nothing is said of what was."""
    return bool(_HELD_BACK.search(frame.before(at))) or frame.text[:end].endswith("的")


def _the_one(said: str, facts: Sequence[FigureFact]) -> tuple[str, FigureFact] | None:
    """The one figure of which a word of its own stands in `said`; None where there are two, or none."""
    text = plain(said).replace("、", "")
    found: dict[str, tuple[str, FigureFact]] = {}
    for fact in facts:
        words = [word for word in map(plain, fact.synonyms) if len(word) >= LONG and word in text]
        if words and not any(word in text for word in fact.forbid):
            found[fact.figure] = (max(words, key=len), fact)
    longest = [
        one for one in found.values() if not any(one[0] != other[0] and one[0] in other[0] for other in found.values())
    ]
    return longest[0] if len(longest) == 1 else None


def _zero_verdict(fact: FigureFact) -> VerdictCode:
    if fact.value:
        return "contradicted"
    return "confirmed" if fact.value is not None and fact.covered else "no_records"


def _all_verdict(fact: FigureFact) -> VerdictCode:
    if fact.value is None:
        return "no_records"
    return "confirmed" if fact.value == 1 else "contradicted" if fact.covered else "short_of_records"
