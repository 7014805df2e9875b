"""Where numbers that belong to a name begin and end: headings, titles, set phrases, holidays, a rule's own noun."""

from lianze.claims.quantity import Quantity, quantity_at
from lianze.claims.scan import Token
from lianze.claims.terms import Terms

Span = tuple[int, int]

_BLANKS = " \u3000\t#"
_AFTER_HOLIDAY = "、，。”节前期劳国假和及）)；·"


def heading_number(token: Token) -> Span:
    """The number of a heading or list item, without blanks, full stop or closing bracket: 1 of “1.”, （一） of “（一）”."""
    bare = token.raw.lstrip(_BLANKS)
    start = token.end - len(bare)
    bare = bare.rstrip()
    bare = bare.rstrip(".．、") if bare[:1] in ("(", "（") else bare.rstrip(".．、)）")
    return start, start + len(bare)


def name_in_title(text: str, token: Token, done: int, terms: Terms) -> Span:
    """The number in 《…》 with the phrase or the rule's noun that it belongs to: 中央八项规定."""
    phrase = terms.words("names.phrases").around(text, token.start, token.start + 1)
    start, end = phrase if phrase and phrase[0] >= done else (token.start, token.end)
    if token.kind == "hanzi" and end == token.end:
        quantity = quantity_at(text, token, terms)
        if quantity.counted_in:
            end = end_of_rule(text, quantity, terms)
    return start, max(end, token.start + 1)


def end_of_rule(text: str, quantity: Quantity, terms: Terms) -> int:
    """The end of the noun that a named rule ends in (八项|规定), or of the measure word."""
    head = terms.pattern("names.heads_of_rules").match(text, quantity.measure_end)
    return head.end() if head else quantity.measure_end


def set_phrase_at(text: str, token: Token, done: int, terms: Terms) -> tuple[Span | None, Span | None]:
    """The set phrase that holds the token, and the word that only looks like a numeral; the longer of the two wins."""
    end = token.start + 1 if token.kind != "hanzi" else token.end
    phrase = terms.words("names.phrases").around(text, token.start, end)
    skip = terms.words("names.skip").around(text, token.start, token.end) if token.kind == "hanzi" else None
    if phrase and (phrase[0] < done or (skip and phrase[1] - phrase[0] < skip[1] - skip[0])):
        phrase = None
    return phrase, skip


def is_count_after_all(text: str, phrase: Span, token: Token, terms: Terms) -> bool:
    """三名|三名…: a phrase that ends inside the measure word of a longer count is no set phrase."""
    quantity = quantity_at(text, token, terms) if token.kind == "hanzi" else None
    return bool(quantity and quantity.counted_in and quantity.measure_end > phrase[1])


def holiday_end(text: str, start: int, terms: Terms) -> int:
    """The end of 五一, 十一 at `start` where the holiday is meant; 0 where it is not."""
    end = start + 2
    if text[start:end] not in terms.words("names.holidays"):
        return 0
    follows = text[end : end + 1]
    if (follows and follows not in _AFTER_HOLIDAY) or text[start - 1 : start] in ("第", "二", "十"):
        return 0
    return end


def is_announced(text: str, quantity: Quantity, span: Span, terms: Terms) -> bool:
    """采取了“五措施”…。一是…: a quoted number that the list after it counts out."""
    head = terms.pattern("relations.announced").match(text, quantity.measure_end)
    if head is None or head.end() != span[1] - 1 or text[span[0] - 1 : span[0]] != "了":
        return False
    return "一是" in text[span[1] : span[1] + 60]
