"""Values of numerals: Arabic, Chinese, mixed, ranges written side by side (三四十), vague ones (数十, 十几)."""

import re
from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
DIGITS |= {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
SCALES = {"万": 10**4, "亿": 10**8}
HANZI = "零〇一二两三四五六七八九十百千万亿几数"
LONGEST = 30  # digits; what is longer is no count of anything

Range = tuple[Decimal, Decimal]


def value_of(raw: str) -> Range | None:
    """(low, high) of one numeral as written, or None where it is none. High is low unless the numeral is a range."""
    text = raw.translate(_HALF)
    if not text or len(text) > LONGEST:
        return None
    span = _SPAN.fullmatch(text)
    if span:
        first, last = value_of(span[1]), value_of(span[3])
        return (first[0], last[1]) if first and last and first[0] <= last[1] else None
    if "分之" in text:
        return _fraction(text)
    if text[0].isdigit():
        return _arabic(text)
    return _hanzi(text)


_HALF = str.maketrans("０１２３４５６７８９．％，／", "0123456789.%,/", " \u3000\u00a0")
_SPAN = re.compile(
    r"([0-9.]+|[一二两三四五六七八九十百]+)([^0-9.\-—–－~～至到]{0,2})(?:[\-—–－~～至到]|——)([0-9.]+|[一二两三四五六七八九十百]+)"
)
_ARABIC = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)([十百千万亿]*)\Z")


def _arabic(text: str) -> Range | None:
    if "/" in text:
        above, _, below = text.partition("/")
        if not (above.isdigit() and below.isdigit() and int(below)):
            return None
        share = Decimal(above) / Decimal(below)
        return share, share
    match = _ARABIC.match(text)
    if match is None:
        return None
    value = Decimal(match[1].replace(",", ""))
    for scale in match[2]:
        value *= UNITS.get(scale) or SCALES[scale]
    return value, value


def _fraction(text: str) -> Range | None:
    """三分之一 is a third; 百分之八十 is 80, counted in %."""
    below, _, above = text.partition("分之")
    top = value_of(above)
    bottom = Decimal(100) if below == "百" else (value_of(below) or (Decimal(0), Decimal(0)))[0]
    if top is None or not bottom:
        return None
    if below == "百":
        return top
    return top[0] / bottom, top[1] / bottom


def _hanzi(text: str) -> Range | None:
    if "点" in text:
        return _with_point(text)
    if all(c in DIGITS for c in text):
        return _digits_only(text)
    if text[0] in "几数":
        return _several(text)
    if text.endswith("几"):
        low = _plain(text[:-1])
        return None if low is None else (Decimal(low + 1), Decimal(low + 9))
    if "、" in text:
        return _digits_only(text.replace("、", ""))
    return _side_by_side(text) or _same(_plain(text))


def _with_point(text: str) -> Range | None:
    whole, _, rest = text.partition("点")
    scale = 1
    while rest and rest[-1] in SCALES:
        scale *= SCALES[rest[-1]]
        rest = rest[:-1]
    number = _plain(whole)
    if number is None or not whole or not rest or any(c not in DIGITS for c in rest):
        return None
    value = Decimal(f"{number}." + "".join(str(DIGITS[c]) for c in rest)) * scale
    return value, value


def _digits_only(text: str) -> Range | None:
    """三 is 3; 三四 is 3 to 4; 二〇二三 is read digit by digit."""
    if len(text) == 1:
        return _same(DIGITS[text])
    if len(text) == 2 and _are_neighbours(text[0], text[1]):
        return Decimal(DIGITS[text[0]]), Decimal(DIGITS[text[1]])
    if len(text) >= 3:
        return _same(int("".join(str(DIGITS[c]) for c in text)))
    return None


def _several(text: str) -> Range | None:
    """数十 is 20 to 99, 几 is 2 to 9; 数 alone is no numeral without a measure word, which the caller sees to."""
    if len(text) == 1:
        return Decimal(2), Decimal(9)
    unit = 1
    for c in text[1:]:
        if c not in UNITS and c not in SCALES:
            return None
        unit *= UNITS.get(c) or SCALES[c]
    return Decimal(2 * unit), Decimal(10 * unit - 1)


_NEIGHBOURS = re.compile(r"(.*?)([一二两三四五六七八九])([一二三四五六七八九])([十百千]?[万亿]?)\Z")


def _are_neighbours(first: str, second: str) -> bool:
    """两三, 七八, and the fixed 三五 are one vague number; 一三 is not."""
    return DIGITS[first] > 0 and (DIGITS[second] - DIGITS[first] == 1 or first + second == "三五")


def _side_by_side(text: str) -> Range | None:
    """三四十 is 30 to 40, 十七八 is 17 to 18."""
    match = _NEIGHBOURS.match(text)
    if match is None or not _are_neighbours(match[2], match[3]):
        return None
    low = _plain(match[1] + match[2] + match[4])
    high = _plain(match[1] + match[3] + match[4])
    return None if low is None or high is None else (Decimal(low), Decimal(high))


def _plain(text: str) -> int | None:
    """The value of a well-formed Chinese integer (三亿五千万, 一百二, 两千零五), None otherwise."""
    total = section = 0
    digit: int | None = None
    last_unit = 0
    for c in text:
        if c in DIGITS:
            if digit:
                return None
            digit, last_unit = DIGITS[c], (1 if DIGITS[c] == 0 else last_unit)
        elif c in UNITS:
            section += UNITS[c] * (1 if digit is None and not section else digit or 1)
            digit, last_unit = None, UNITS[c]
        elif c in SCALES:
            section += digit or 0
            if c == "万" and total % SCALES["亿"]:
                return None
            if c == "亿" or total < SCALES["亿"]:
                total = (total + section or 1) * SCALES[c]
            else:
                total += section * SCALES[c]
            section, digit, last_unit = 0, None, SCALES[c]
        else:
            return None
    if digit and last_unit >= 100:
        digit *= last_unit // 10  # 一百二 is 120, 一万二 is 12,000
    return total + section + (digit or 0)


def _same(number: int | None) -> Range | None:
    return None if number is None else (Decimal(number), Decimal(number))
