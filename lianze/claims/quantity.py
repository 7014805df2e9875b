"""A numeral with what belongs to it: scale (万), looseness (余, 约, 以上), measure word."""

import re
from decimal import Decimal
from typing import NamedTuple

from lianze.claims.frame import WRAPPED
from lianze.claims.numerals import value_of
from lianze.claims.scan import Token
from lianze.claims.shapes import Comparison
from lianze.claims.terms import Terms


class Quantity(NamedTuple):
    """`end` is where the numeral ends, `measure_end` where the measure word does (= end where there is none)."""

    low: Decimal | None
    high: Decimal | None
    start: int
    end: int
    counted_in: str
    measure_end: int
    comparison: Comparison
    qualifiers: tuple[str, ...]


_LOOSE = re.compile(
    r"[ \u3000\u00a0]{0,2}(余|多|来|几)?([十百千]?[万亿]{1,2}(?!家[^庭户企])|[百千](?=[余多人名个次件份条]))?(余|多)?[ \u3000\u00a0]{0,2}"
)
_BRACKET = re.compile(r"[（(]([^（()）0-9]{1,4})[)）]|[/／](次)")
_FIRST = re.compile(r"[（(][1１][)）]")  # an enumeration's first item
_NUMBERED = "第表图注件款项条"
_BLANK = " \u3000\u00a0"
_TURNS = re.compile(r"次(?![要序级日生品会席数之元新])")
_CURRENCY = frozenset(["元", "美元", "欧元", "港元", "日元", "英镑", "块钱"])
_AFTER: tuple[tuple[str, Comparison], ...] = (
    ("wording.after_about", "about"),
    ("wording.after_least", "least"),
    ("wording.after_most", "most"),
)
_BEFORE: tuple[tuple[str, Comparison], ...] = (
    ("wording.before_least", "least"),
    ("wording.before_most", "most"),
    ("wording.before_less", "less"),
    ("wording.before_over", "over"),
    ("wording.before_near", "near"),
    ("wording.before_about", "about"),
)


def quantity_at(text: str, token: Token, terms: Terms) -> Quantity:
    """Read on from a number token. Value None where the characters are no numeral."""
    value = value_of(token.raw)
    low, high = value if value else (None, None)
    end = token.end
    if token.raw.startswith("百分之"):
        return _with_wording(text, Quantity(low, high, token.start, end, "%", end, "", ()), terms)
    wrapped = _wrapped(text, token, terms)
    if wrapped:
        return _with_wording(text, wrapped._replace(low=low, high=high), terms)
    match = _LOOSE.match(text, end)
    measure, measure_end, loose = "", end, ""
    if match:
        measure, measure_end, loose, end, low, high = _after(text, token, match, terms, low, high)
    comparison: Comparison = "more" if loose else ""
    quantity = Quantity(low, high, token.start, end, measure, measure_end, comparison, (loose,) if loose else ())
    return _with_wording(text, quantity, terms)


def _wrapped(text: str, token: Token, terms: Terms) -> Quantity | None:
    """办理（31）件, 参会（460余）人次: the measure word after the bracket; （2）组织 is an item's number."""
    match = WRAPPED.match(text, token.start - 1) if token.start and token.kind == "arabic" else None
    if (
        match is None
        or text[token.start - 2] in _NUMBERED
        or _FIRST.search(text, max(0, token.start - 90), token.end + 1)
    ):
        return None
    measure, measure_end = _measure(text, match.end(), terms)
    if measure not in terms.hanzi:
        return None
    loose = match[1] or ""
    comparison: Comparison = "more" if loose else ""
    return Quantity(None, None, token.start, token.end, measure, measure_end, comparison, (loose,) if loose else ())


def _after(
    text: str, token: Token, match: re.Match[str], terms: Terms, low: Decimal | None, high: Decimal | None
) -> tuple[str, int, str, int, Decimal | None, Decimal | None]:
    """Measure word, its end, 余 or 多, end of the numeral, value."""
    end, loose = token.end, (match[1] or match[3] or "")
    first = match.end(1) if match[1] else _skip_blank(text, token.end)
    measure, measure_end = (
        _measure(text, first, terms) if not match[2] or text[first : first + 2] in terms.measures else ("", 0)
    )
    if not measure:
        measure, measure_end = _measure(text, match.end(), terms)
        if match[2] and low is not None and high is not None:
            factor = value_of("1" + match[2])
            low, high = (low * factor[0], high * factor[0]) if factor else (low, high)
            end = match.end(2) if not match[1] else token.end
        elif not measure:
            loose = loose if loose in ("余", "多") and match[1] and not match[2] and token.kind == "arabic" else ""
    elif not match[1]:
        loose = ""
    if measure in _CURRENCY and not match[2]:
        shorter = _shorter(token.raw)
        if shorter:
            kept, scale = shorter
            value = value_of(kept)
            if value:
                return scale + measure, measure_end, loose, token.start + len(kept), *value
    return measure, measure_end or end, loose if measure or loose else "", end, low, high


def _shorter(raw: str) -> tuple[str, str] | None:
    """28.5万 before 元 is 28.5, counted in 万元; 三亿五千万 stays whole."""
    kept = raw.rstrip("万亿")
    scale = raw[len(kept) :]
    if not scale or "万" in kept or "亿" in kept or not kept:
        return None
    return kept, scale


def _skip_blank(text: str, at: int) -> int:
    while at < len(text) and at >= 0 and text[at] in " \u3000\u00a0":
        at += 1
    return at


def _measure(text: str, at: int, terms: Terms) -> tuple[str, int]:
    """The longest measure word at `at`, brackets made half-width (件（次） → 件(次)), and its end."""
    measure = terms.measures.at(text, at)
    if not measure or (measure in terms.bare and text[at - 1 : at] in _BLANK and text[at - 1 : at]):
        return "", 0  # “1 院党组…” is a row's number and its text
    measure = _compound(text, at, measure)
    end = at + len(measure)
    match = _BRACKET.match(text, end)
    if match:
        if match[2]:
            return measure + match[2], match.end()
        whole = f"{measure}({match[1]})"
        if whole in terms.measures or (match[1] in terms.measures and len(match[1]) <= 2):
            return whole, match.end()
    return ("%" if measure == "％" else measure), end


def _compound(text: str, at: int, measure: str) -> str:
    """8700台次: any thing can be counted by turns. 12个月报表: the month belongs to the noun."""
    end = at + len(measure)
    if measure == "个月" and text[end : end + 1] in ("报", "度"):
        return "个"
    if len(measure) == 1 and measure not in "次届层" and _TURNS.match(text, end):
        return measure + "次"
    return measure


def _with_wording(text: str, quantity: Quantity, terms: Terms) -> Quantity:
    """Add the looseness said before the number or after its measure word."""
    comparison, words = quantity.comparison, list(quantity.qualifiers)
    for key, rule in _AFTER:
        word = terms.words(key).at(text, quantity.measure_end)
        if word:
            comparison, words = rule, [*words, word]
            break
    start = quantity.start - (1 if quantity.start and text[quantity.start - 1] in " \u3000\u00a0" else 0)
    for key, rule in _BEFORE:
        word = terms.words(key).before(text, start)
        if word and not (word == "超" and text[start - 2 : start] == "高超"):
            comparison, words = rule, [*words, word]
            break
    if not comparison and quantity.low != quantity.high:
        comparison = "range"
    if comparison == "range" and text[quantity.start] in "几数":
        comparison = "several"
    return quantity._replace(comparison=comparison, qualifiers=tuple(words))
