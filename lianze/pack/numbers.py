"""Exact numbers with what they are counted in: 14 · 十四人次 · 1,200 · 35000元 where 万元 is counted."""

import math
import re
from decimal import Decimal

from lianze.pack.definitions import Field
from lianze.pack.numerals import half_width, number_of
from lianze.pack.shown import Fault, shown

PLACES = 6
LARGEST = Decimal(10) ** 12
# Other spellings of a word, and money in a unit that converts without loss.
SPELLINGS = {"平方米": "㎡", "m²": "㎡", "m2": "㎡", "平米": "㎡", "日": "天", "％": "%"}
SCALED = {("元", "万元"): Decimal("0.0001"), ("亿元", "万元"): Decimal(10_000), ("万元", "元"): Decimal(10_000)}
WORD = re.compile(r"[^\d.,零〇○一二两三四五六七八九十百千万亿点+-]+$")


def parse_number(field: Field, raw: object) -> Decimal | Fault:
    """The exact number of at most six places, in what the field is counted in."""
    number = of_text(field, raw) if isinstance(raw, str) else of_number(raw)
    if number is None:
        return Fault(f"“{shown(raw)}”不是数；{expected(field)}")
    if isinstance(number, Fault):
        return number
    if abs(number) > LARGEST or (exponent := number.normalize().as_tuple().exponent) == "F":
        return Fault(f"“{shown(raw)}”太大；{expected(field)}")
    if isinstance(exponent, int) and -exponent > PLACES:
        return Fault(f"“{shown(raw)}”小数超过{PLACES}位；{expected(field)}")
    if field.type == "integer" and number != number.to_integral_value():
        return Fault(f"“{shown(raw)}”不是整数；{expected(field)}")
    return range_fault(field, number) or plain(number)


def plain(number: Decimal) -> Decimal:
    """`number` without trailing zeros or an exponent, so that equal numbers are spelled alike."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def range_fault(field: Field, number: Decimal) -> Fault | None:
    """What is wrong with a number outside the field's limits."""
    below = field.minimum is not None and number < field.minimum
    above = field.maximum is not None and number > field.maximum
    return Fault(f"“{shown(number)}”超出范围；{expected(field)}") if below or above else None


def expected(field: Field) -> str:
    """What the field takes, in words."""
    kind = "整数" if field.type == "integer" else "数"
    low = "" if field.minimum is None else f"不小于{field.minimum}"
    high = "" if field.maximum is None else f"不大于{field.maximum}"
    limits = "、".join(part for part in (low, high) if part)
    unit = f"以{field.counted_in}计的" if field.counted_in else ""
    return f"应为{unit}{kind}{'，' + limits if limits else ''} / expected {english(field)}"


def english(field: Field) -> str:
    """The same in English."""
    kind = "a whole number" if field.type == "integer" else "a number"
    low = "" if field.minimum is None else f" of at least {field.minimum}"
    high = "" if field.maximum is None else f" up to {field.maximum}"
    return kind + low + high


def of_number(raw: object) -> Decimal | None:
    """A number of Excel or JSON; what binary fractions add in the 15th digit is taken away."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | Decimal):
        return Decimal(raw) if Decimal(raw).is_finite() else None
    return Decimal(format(raw, ".15g")) if isinstance(raw, float) and math.isfinite(raw) else None


def of_text(field: Field, raw: str) -> Decimal | Fault | None:
    """A number in digits or words with its measure word, which must be the field's or convert to it."""
    text = half_width(raw).replace(" ", "").strip("¥")
    number = number_of(text)
    if number is not None:
        # “3.5万” in a field counted in 万元 means 3.5, as offices leave out the 元.
        short = text.endswith("万") and field.counted_in == "万元"
        return number_of(text[:-1]) if short else number
    for word in sorted({field.counted_in, *SPELLINGS, "元", "亿元", "万元"} - {""}, key=len, reverse=True):
        if text.endswith(word) and (number := number_of(text[: -len(word)])) is not None:
            return converted(field, number, SPELLINGS.get(word, word), raw)
    return wrong_word(field, text, raw)


def converted(field: Field, number: Decimal, word: str, raw: str) -> Decimal | Fault:
    """`number` in what the field is counted in."""
    if word == field.counted_in:
        return number
    scale = SCALED.get((word, field.counted_in))
    return Fault(f"“{shown(raw)}”单位不符；{expected(field)}") if scale is None else number * scale


def wrong_word(field: Field, text: str, raw: str) -> Fault | None:
    """A number with some other word after it; None for what is no number at all."""
    word = WORD.search(text)
    if word and word.start() and number_of(text[: word.start()]) is not None:
        return Fault(f"“{shown(raw)}”单位是“{word[0]}”；{expected(field)}")
    return None
