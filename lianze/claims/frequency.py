"""每半年听取1次, 每季度, 一年两次: how often something is done, which is no total."""

import re
from typing import NamedTuple

from lianze.claims.frame import Frame
from lianze.claims.quantity import quantity_at
from lianze.claims.scan import Token
from lianze.claims.terms import Terms

REACH = 26  # characters from 每… to its number; farther apart they are two statements


class Frequency(NamedTuple):
    """`end` is after the measure word, or after 每季度 where no number follows in the clause."""

    end: int
    unit: str
    number: Token | None


_COUNT = re.compile(r"[两2]?(?:个)?")
_NUMBER = re.compile(r"[0-9０-９]{1,4}(?:[-—~至到][0-9０-９]{1,4})?|[一二两三四五六七八九十几]{1,3}")
_TOTAL = re.compile(r"共|累计|合计|总计|全年[^，]{0,4}共|已")


def frequency_at(text: str, at: int, frame: Frame, terms: Terms) -> Frequency | None:
    """The frequency that begins with the 每 at `at`, or None where 每 counts no stretch of time."""
    count = _COUNT.match(text, at + 1)
    unit_at = count.end() if count else at + 1
    unit = terms.words("frequency.units").at(text, unit_at) or terms.words("frequency.units").at(text, at + 1)
    if not unit:
        return None
    end = unit_at + len(unit) if text.startswith(unit, unit_at) else at + 1 + len(unit)
    limit = min(frame.clause_end(at), at + REACH)
    for match in _NUMBER.finditer(text, end, limit):
        token = Token("arabic" if match[0][0].isdigit() else "hanzi", match.start(), match.end(), match[0])
        quantity = quantity_at(text, token, terms)
        if quantity.counted_in in terms.words("frequency.inside"):
            if _TOTAL.search(text, end, match.start()):
                break
            if quantity.comparison in ("more", "about", "near"):
                break  # 每日就餐3200人余: what is told loosely has been counted; a duty is told exactly
            if token.raw == "一" and quantity.counted_in in ("个", "名", "项", "条"):
                break
            return Frequency(quantity.measure_end, unit, token)
    return Frequency(end, unit, None)


_IN_A = re.compile(
    r"(?:一|每|1)(年|季度|季|个月|月|周|学期|半年)(?:至少)?([一二两三四五六1-9])(次|讲|学|评|报|谈|课|查|训|考|会)|半年一次"
)


def in_a_period(text: str, at: int) -> re.Match[str] | None:
    """一年两次, 半年一次 at `at`."""
    return _IN_A.match(text, at)
