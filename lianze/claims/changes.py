"""同比, 较上年, 从…降至…: a change against the two values it lies between."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from lianze.claims.paragraph import Paragraph, Placed, is_plain, shown, value
from lianze.claims.shapes import Relation, RelationStatus

_DOWN = re.compile(r"(?:减少|下降|降低|压减|精简|降幅|减幅|缩减|压缩)(?:了|达|为)?\s?\Z")
_UP = re.compile(r"(?:增加|上升|增长|提高|提升|增幅|升幅)(?:了|达|为)?\s?\Z")
_LAST_YEAR = re.compile(r"(?:上年|去年|上一年度?|20\d\d\s?年)(?:同期)?(?:的|为)?\s?\Z")
_FALLS_TO = re.compile(r"(?:降至|降到|下降至|下降到|减少到|减少至|减至|精简到|精简至|压减到|压减至|压缩到|压缩至)\s?\Z")
_RISES_TO = re.compile(r"(?:增至|增加到|增加至|升至|上升到|上升至|提高到|提升到|提升至|增长到|增长至)\s?\Z")


def changes_in(paragraph: Paragraph) -> Iterator[Relation]:
    """Differences, rates of change and directions. What lacks one of its values stays unchecked."""
    for at, placed in enumerate(paragraph.counted):
        clause = paragraph.clause(placed[1])
        sign = -1 if _DOWN.search(clause) else 1 if _UP.search(clause) else 0
        earlier = [p for p in paragraph.counted[max(0, at - 4) : at] if paragraph.same_segment(p[1], placed[1])]
        if sign and placed[1].cls == "claim":
            relation = _change(paragraph, placed, earlier, sign)
        else:
            relation = _direction(paragraph, placed, earlier, clause)
        if relation:
            yield relation


def _change(paragraph: Paragraph, placed: Placed, earlier: list[Placed], sign: int) -> Relation | None:
    """Held against the amount that bears it out; where none does, against the only one there is, else nothing is said."""
    last = next((p for p in earlier if _LAST_YEAR.search(paragraph.clause(p[1])) and p[1].counted_in != "%"), None)
    amounts = [p for p in earlier if p is not last and _is_amount(paragraph, p, placed)]
    amounts = [p for p in amounts if not _is_allowed(paragraph, p)] or amounts
    if last is None:
        amounts = amounts[-1:]
    tried = [one for now in amounts if (one := _against(paragraph, placed, now, last, earlier, sign))]
    holding = [one for one in tried if one.status == "ok"]
    return next(iter(holding), tried[0] if len(tried) == 1 else None)


def _against(
    paragraph: Paragraph, placed: Placed, now: Placed, last: Placed | None, earlier: list[Placed], sign: int
) -> Relation | None:
    if placed[1].counted_in == "%":
        return _rate(paragraph, placed, now, last, earlier, sign)
    if last is None or not paragraph.alike(placed[1], now[1]) or not paragraph.alike(last[1], now[1]):
        return None
    expected = value(last[1]) + sign * value(placed[1])
    formula = f"{shown(value(last[1]))} {'+' if sign > 0 else '-'} {shown(value(placed[1]))} = {shown(expected)}"
    return _result("difference", (now, last, placed), formula, expected == value(now[1]), f"{shown(value(now[1]))}")


def _is_amount(paragraph: Paragraph, placed: Placed, change: Placed) -> bool:
    return (
        placed[1].counted_in != "%" and not _is_change(paragraph, placed) and not _is_aside(paragraph, placed, change)
    )


def _is_allowed(paragraph: Paragraph, placed: Placed) -> bool:
    """预算9万元，实际支出4.25万元，比上年5.45万元减少1.2万元: what was spent is compared with last year, not the budget."""
    clause = paragraph.clause(placed[1])
    allowed, used = paragraph.terms.pattern("relations.allowed"), paragraph.terms.pattern("relations.used")
    return bool(allowed.search(clause)) and not used.search(clause)


def _is_aside(paragraph: Paragraph, placed: Placed, change: Placed) -> bool:
    """214件（含热线转办131件），同比减少47件: what brackets held before them changes nothing after them."""
    between = paragraph.between(placed[1], change[1])
    closes = re.search(r"[）)]", between)
    return bool(closes) and not re.search(r"[（(]", between[: closes.start() if closes else 0])


def _is_change(paragraph: Paragraph, placed: Placed) -> bool:
    clause = paragraph.clause(placed[1])
    return bool(_DOWN.search(clause) or _UP.search(clause))


def _rate(
    paragraph: Paragraph, rate: Placed, now: Placed, last: Placed | None, earlier: list[Placed], sign: int
) -> Relation | None:
    """(this − last) / last; last year's value is stated, or follows from the stated difference."""
    difference = next((p for p in earlier if _is_change(paragraph, p) and paragraph.alike(p[1], now[1])), None)
    members: tuple[Placed, ...]
    if last is not None and paragraph.alike(last[1], now[1]):
        base, moved, members = value(last[1]), abs(value(now[1]) - value(last[1])), (rate, now, last)
    elif difference is not None:
        base, moved = value(now[1]) - sign * value(difference[1]), value(difference[1])
        members = (rate, now, difference)
    else:
        return None
    if base <= 0:
        return None
    stated = value(rate[1])
    step = Decimal(1).scaleb(min(0, int(stated.as_tuple().exponent)))
    exact = (moved * 100 / base).quantize(step, ROUND_HALF_UP)
    return _result(
        "rate",
        members,
        f"{shown(moved)} / {shown(base)} = {exact}%",
        abs(exact - stated) <= step,
        f"{shown(stated)}%",
    )


def _direction(paragraph: Paragraph, placed: Placed, earlier: list[Placed], clause: str) -> Relation | None:
    """从0.8%降至0.2%: the second value lies on the side that the word says."""
    falls, rises = _FALLS_TO.search(clause), _RISES_TO.search(clause)
    before = earlier[-1] if earlier else None
    if not (falls or rises) or before is None or not paragraph.alike(before[1], placed[1]):
        return None
    if not re.search(r"[从由]", paragraph.clause(before[1])[-16:]):
        return None
    holds = (value(before[1]) > value(placed[1])) is bool(falls)
    return _result("direction", (before, placed), f"{shown(value(before[1]))} → {shown(value(placed[1]))}", holds, "")


def _result(kind: str, members: tuple[Placed, ...], formula: str, holds: bool, stated: str) -> Relation:
    exact = all(is_plain(m) for _, m in members)
    status: RelationStatus = "ok" if holds else "broken" if exact else "soft"
    told = (
        f"写明{stated}，计算不符 / {stated} stated, not what follows"
        if stated
        else "变化方向不符 / the change goes the other way"
    )
    words = "变化相符 / the change agrees" if holds else told
    return Relation(kind, tuple(p for p, _ in members), formula, status, words)
