"""Whether a computed value bears out a stated one under its wording. c is stated, F computed."""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from lianze.claims.shapes import Mention
from lianze.claims.terms import Terms


class Outcome(NamedTuple):
    """`rule` says what a loose wording asks for, whether it holds or not, and nothing of an exact number; `note` is a caveat or ""."""

    holds: bool
    rule: str
    note: str = ""


def compare(mention: Mention, computed: Decimal, terms: Terms) -> Outcome:
    """Apply the rule of the mention's wording. Requires mention.low and mention.high."""
    low, high = _limits(mention)
    match mention.comparison:
        case "more":
            return Outcome(
                low <= computed < high + last_unit(high),
                "余、多：不少于所写数，且不足其末位再加一 / 余, 多: at least the number, less than one more of its last place",
            )
        case "near":
            return Outcome(
                _near(low, terms) <= computed < high, "近、接近：略小于所写数 / 近, 接近: a little less than the number"
            )
        case "about":
            span = max(Decimal(1), low * Decimal(terms.tolerance["about_share"]))
            return Outcome(
                low - span <= computed <= high + span, "约、左右：上下一成以内 / 约, 左右: within a tenth of the number"
            )
        case "over":
            far = computed > high * Decimal(terms.tolerance["over_note"])
            return Outcome(
                computed > high,
                "超过：多于所写数 / 超过: more than the number",
                "台账数远大于所写数 / the records hold far more" if far else "",
            )
        case "least":
            return Outcome(computed >= low, "不少于、以上：不小于所写数 / 不少于, 以上: no less than the number")
        case "most":
            return Outcome(computed <= high, "不超过、以内：不大于所写数 / 不超过, 以内: no more than the number")
        case "less":
            return Outcome(computed < high, "不到：小于所写数 / 不到: less than the number")
        case "range":
            return Outcome(low <= computed <= high, "范围：在所写两数之间 / a range: between the two numbers")
        case "several":
            return Outcome(computed >= 2, "数、几：不少于2 / 数, 几: at least 2")
    return Outcome(_equal(low, computed), "")


def _limits(mention: Mention) -> tuple[Decimal, Decimal]:
    low = mention.low if mention.low is not None else Decimal(0)
    return low, mention.high if mention.high is not None else low


def _near(stated: Decimal, terms: Terms) -> Decimal:
    return stated * Decimal(terms.tolerance["near_share"])


def _equal(stated: Decimal, computed: Decimal) -> bool:
    """Equal at the decimals that are stated: 96.18 bears out 96.1783."""
    places = max(0, -int(stated.as_tuple().exponent))
    if places == 0:
        return stated == computed or (computed % 1 != 0 and computed.quantize(Decimal(1), ROUND_HALF_UP) == stated)
    return computed.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) == stated


def last_unit(stated: Decimal) -> Decimal:
    """One unit of the last non-zero place: 100 for 1200, 1 for 43."""
    number = stated.normalize()
    return Decimal(1).scaleb(int(number.as_tuple().exponent)) if number else Decimal(1)
