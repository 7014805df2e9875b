"""Numbers as offices write them: 1,200 · １２００ · 3.5万 · 十四 · 一百零五 · 二〇二三."""

import re
from decimal import Decimal

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10_000, "亿": 100_000_000}
ARABIC = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?([万亿]?)")
HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
LONGEST = 30


def half_width(text: str) -> str:
    """`text` with full-width digits, letters, signs and spaces made half-width; Chinese punctuation stays."""
    return text if text.isascii() else text.translate(HALF_WIDTH)


def number_of(text: str) -> Decimal | None:
    """The number that the whole of `text` writes, in digits or in words; None where it writes none."""
    text = half_width(text).replace(" ", "")
    if not text or len(text) > LONGEST:
        return None
    match = ARABIC.fullmatch(text)
    if match:
        sign, whole, fraction, scale = match.groups()
        return Decimal(sign + whole.replace(",", "") + (fraction or "")) * LARGE.get(scale, 1)
    if "点" in text:
        whole, _, fraction = text.partition("点")
        above = whole_of(whole)
        known = bool(fraction) and all(character in DIGITS for character in fraction)
        return Decimal(f"{above}." + "".join(str(DIGITS[c]) for c in fraction)) if known and above is not None else None
    value = whole_of(text)
    return None if value is None else Decimal(value)


def whole_of(text: str) -> int | None:
    """The whole number written in Chinese words, or digit by digit (二〇二三); None where it is none."""
    if not text:
        return None
    if all(character in DIGITS for character in text):
        return (
            int("".join(str(DIGITS[character]) for character in text)) if len(text) == 1 or "两" not in text else None
        )
    for name in ("亿", "万"):
        if name in text:
            above, _, below = text.rpartition(name)
            high, low = whole_of(above), whole_of(below.lstrip("零")) if below else 0
            return None if high is None or low is None or low >= LARGE[name] else high * LARGE[name] + low
    return below_ten_thousand(text)


def below_ten_thousand(text: str) -> int | None:
    """三千零五十 · 十四 · 一百零五."""
    total, digit, scale = 0, None, 10_000
    for character in text:
        if character in SMALL:
            # 十四 begins without its 一; anywhere else a place without a digit is a slip.
            if SMALL[character] >= scale or (digit is None and (total or character != "十")):
                return None
            scale = SMALL[character]
            total, digit = total + (1 if digit is None else digit) * scale, None
        elif character in DIGITS and digit in (None, 0):
            digit = DIGITS[character]
        else:
            return None
    return total + (digit or 0)
