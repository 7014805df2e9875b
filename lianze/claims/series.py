"""Numbers side by side: ranges (3至5天) become one, and a list (83.6、90.4和95分) shares its measure word."""

import re
from dataclasses import replace

from lianze.claims.quantity import quantity_at
from lianze.claims.scan import Token
from lianze.claims.shapes import Mention
from lianze.claims.terms import Terms

_TO = re.compile(r"\s?(?:[-—–－~～至到]|——)\s?")
_LABEL = re.compile(r"[、，]\s?[\u4e00-\u9fff]{1,3}\s?")
_LABELLED = re.compile(r"(?:[、，：:（(为]|\A)[\u4e00-\u9fff]{1,3}\s?\Z")
_VAGUE = re.compile("[一二两三四五六七八]、[二两三四五六七八九]")
_PLAIN = re.compile(r"[0-9０-９]{1,6}(?:\.[0-9]{1,3})?|[一二两三四五六七八九十]{1,3}")


def join_ranges(text: str, found: list[Token], terms: Terms) -> list[Token]:
    """Make one token of each range; 从17条到33条 is a change, not a range, and 2020-2023 a date before it comes here."""
    result: list[Token] = []
    for token in found:
        last = result[-1] if result else None
        if (
            last
            and last.kind == token.kind
            and token.kind in ("arabic", "hanzi")
            and (_is_range(text, last, token, terms) or _is_three_or_four(text, last, token, terms))
        ):
            result[-1] = Token(token.kind, last.start, token.end, text[last.start : token.end])
        else:
            result.append(token)
    return result


def _is_range(text: str, first: Token, second: Token, terms: Terms) -> bool:
    if not 0 < second.start - first.end <= 4 or not _PLAIN.fullmatch(first.raw):
        return False
    between = text[first.end : second.start]
    measure = quantity_at(text, second, terms).counted_in
    if measure and between.startswith(measure):
        between = between[len(measure) :]
    return (
        bool(measure) and bool(_TO.fullmatch(between)) and text[first.start - 1 : first.start] not in ("从", "由", "自")
    )


def _is_three_or_four(text: str, first: Token, second: Token, terms: Terms) -> bool:
    """有三、四个所: neighbours before one measure word are one vague number; 一、二、三项 and 三、四级 name."""
    if not _VAGUE.fullmatch(text, first.start, second.end) or text[first.start - 1 : first.start] in ("第", "、"):
        return False
    quantity = quantity_at(text, second, terms)
    return quantity.counted_in in terms.hanzi and text[quantity.measure_end : quantity.measure_end + 1] not in (
        "级",
        "制",
        "、",
    )


def share_measures(text: str, found: list[Mention], terms: Terms) -> list[Mention]:
    """Give bare numbers of a list the measure word of its last number, or what the noun before it is counted in."""
    result = list(found)
    for at in range(len(result) - 1, -1, -1):
        mention = result[at]
        if mention.reason == "zero_said":
            result[at] = replace(mention, counted_in=_usual(mention.noun, terms))
        if (
            mention.cls not in ("claim", "name")
            or mention.counted_in
            or mention.reason not in ("counted_bare", "no_measure_word")
        ):
            continue
        following = result[at + 1] if at + 1 < len(result) else None
        if (
            following
            and following.cls == "claim"
            and following.counted_in
            and (_are_listed(text, mention, following) or _are_labelled(text, mention, following))
        ):
            result[at] = replace(
                mention,
                cls="claim",
                reason="listed",
                counted_in=following.counted_in,
                noun=mention.noun or following.noun,
            )
        elif mention.low is not None:
            result[at] = _implied(text, mention, terms)
    return result


def _usual(noun: str, terms: Terms) -> str:
    """What a thing is counted in where only 零 stands before it (零投诉)."""
    return next((measure for word, measure in terms.heads if noun.startswith(word)), "件")


def _are_listed(text: str, mention: Mention, following: Mention) -> bool:
    return text[mention.end : following.start].strip() in ("、", "和", "与", "及", "，", ",", "/")


def _are_labelled(text: str, mention: Mention, following: Mention) -> bool:
    """高29、中47、低57个: numbers in a list, each with a short name before it."""
    between = text[mention.end : following.start]
    return bool(_LABEL.fullmatch(between)) and bool(_LABELLED.search(text[max(0, mention.start - 8) : mention.start]))


def _implied(text: str, mention: Mention, terms: Terms) -> Mention:
    near = text[max(0, mention.start - 24) : mention.start]
    for noun, measure in terms.implied:
        place = near.rfind(noun)
        if place >= 0 and not re.search(r"[。；]", near[place:]):
            return replace(
                mention, cls="claim", reason="implied_measure", counted_in=measure, noun=mention.noun or noun
            )
    return mention
