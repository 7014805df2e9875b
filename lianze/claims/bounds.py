"""One number that may not pass another: measures ≥ problems, done ≤ found, used ≤ allowed."""

import re
from collections.abc import Iterator

from lianze.claims.paragraph import Paragraph, Placed, is_plain, shown, value
from lianze.claims.shapes import Mention, Relation, RelationStatus

_LEAD = re.compile(r"^[，,、。\s]?(?:其中|截至目前|目前|到年底|年底前|现|均|全部|已|经)*")
_PAIRS = (
    ("found", "finished", "已完成的应不多于查找出的 / no more should be done than was found"),
    (
        "received",
        "settled",
        "办结的应不多于收到的（含上年结转的请写明） / no more should be settled than came in, unless carried over",
    ),
)


def bounds_in(paragraph: Paragraph) -> Iterator[Relation]:
    """All bounds of a paragraph; each number is held against the nearest one before it that fits."""
    for at, (place, mention) in enumerate(paragraph.counted):
        earlier = paragraph.counted[max(0, at - 12) : at][::-1]
        for finder in (_measures, _done, _rest, _used):
            relation = finder(paragraph, place, mention, earlier)
            if relation:
                yield relation
                break


def _is_problem(paragraph: Paragraph, mention: Mention) -> bool:
    words = paragraph.terms.words("relations.problems")
    return paragraph.terms.family(mention.counted_in) == "thing" and bool(words.before(mention.noun, len(mention.noun)))


def _measures(paragraph: Paragraph, place: int, mention: Mention, earlier: list[Placed]) -> Relation | None:
    """At least one measure for each problem that the same stretch names."""
    words = paragraph.terms.words("relations.measures")
    if paragraph.terms.family(mention.counted_in) != "thing" or not words.before(mention.noun, len(mention.noun)):
        return None
    for other, found in earlier:
        if not paragraph.same_segment(found, mention):
            return None
        if words.before(found.noun, len(found.noun)) or (found.scope, found.item) != (mention.scope, mention.item):
            return None
        if _is_problem(paragraph, found) and other not in paragraph.parts:
            return _bound(
                "measures",
                (place, mention),
                (other, found),
                "措施应不少于问题（风险） / there should be no fewer measures than problems or risks",
            )
    return None


def _done(paragraph: Paragraph, place: int, mention: Mention, earlier: list[Placed]) -> Relation | None:
    """No more is done than was found."""
    near = paragraph.clause(mention)[-14:] + paragraph.after(mention)[:10]
    if not _is_problem(paragraph, mention) or not paragraph.terms.pattern("relations.done").search(near):
        return None
    if re.search(r"未(?:完成|整改|解决|办结|销号)", near):
        return None
    for other, found in earlier:
        between = paragraph.between(found, mention)
        if "；" in between or between.count("。") > 1 or found.item != mention.item or found.scope != mention.scope:
            return None
        if _is_problem(paragraph, found):
            if paragraph.terms.pattern("relations.found").search(paragraph.clause(found) + paragraph.after(found)[:8]):
                return _bound(
                    "done",
                    (other, found),
                    (place, mention),
                    "已完成的应不多于查找出的 / no more should be done than was found",
                )
            return None
    return None


def _rest(paragraph: Paragraph, place: int, mention: Mention, earlier: list[Placed]) -> Relation | None:
    """问题9个，已整改8个; 意见3件，办结2件: the number's own words say only what was done with the things told before."""
    said = _LEAD.sub("", paragraph.own_words(mention)).removesuffix("了")
    pair = next((pair for pair in _PAIRS if said in paragraph.terms.words(f"relations.{pair[1]}")), None)
    for other, whole in earlier if pair else ():
        if not paragraph.same_segment(whole, mention) or (whole.item, whole.scope) != (mention.item, mention.scope):
            return None
        if not paragraph.alike(whole, mention) or paragraph.terms.pattern("relations.measures").search(whole.noun):
            continue  # 问题9个，制定措施12条，已整改8个
        before = paragraph.clause(whole) + paragraph.after(whole)[:8]
        if other in paragraph.parts or not pair or not paragraph.terms.pattern(f"relations.{pair[0]}").search(before):
            return None
        if pair[0] == "found" and not _is_problem(paragraph, whole):
            return None
        if paragraph.terms.pattern("relations.left_over").search(paragraph.sentence(mention)):
            return None
        carried = paragraph.terms.pattern("relations.carried").search(before)
        return _bound("done", (other, whole), (place, mention), pair[2], not carried)
    return None


def _used(paragraph: Paragraph, place: int, mention: Mention, earlier: list[Placed]) -> Relation | None:
    """What is in use stays within what the standard allows."""
    if mention.cls != "claim" or not paragraph.terms.pattern("relations.used").search(paragraph.clause(mention)):
        return None
    for other, allowed in earlier:
        if not paragraph.same_sentence(allowed, mention):
            return None
        clause = paragraph.clause(allowed)
        if paragraph.alike(allowed, mention) and paragraph.terms.pattern("relations.allowed").search(clause):
            if paragraph.terms.pattern("relations.allowed").search(paragraph.clause(mention)):
                return None
            strict = paragraph.terms.family(mention.counted_in) == "area"
            return _bound(
                "limit",
                (other, allowed),
                (place, mention),
                "实际应不超过核定 / no more should be used than is allowed",
                strict,
            )
    return None


def _bound(kind: str, greater: Placed, less: Placed, rule: str, strict: bool = True) -> Relation:
    more, fewer = value(greater[1]), value(less[1])
    holds = more >= fewer
    exact = is_plain(greater[1]) and is_plain(less[1])
    status: RelationStatus = "ok" if holds else "broken" if strict and exact else "soft"
    formula = f"{shown(more)} {'≥' if holds else '<'} {shown(fewer)}"
    return Relation(kind, (greater[0], less[0]), formula, status, rule)
