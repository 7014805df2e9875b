"""Days as offices write them: 2023年3月5日 · 2023.3.5 · 2023/3/5 · 20230305 · 二〇二三年三月五日."""

import re
from datetime import date, datetime

from lianze.pack.numerals import half_width, number_of, whole_of
from lianze.pack.shown import Fault, shown

FIRST_YEAR, LAST_YEAR = 1900, 2100
EXPECTED = "应为日期，如 2023-03-05 或 2023年3月5日 / expected a date such as 2023-03-05"
WRITTEN = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*[日号]?")
PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
IN_WORDS = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]"
)
NO_DAY = re.compile(r"\d{4}\s*[年./-]\s*\d{1,2}\s*月?")
NO_YEAR = re.compile(r"\d{1,2}\s*[月./-]\s*\d{1,2}\s*[日号]?")
# What may follow a day and says nothing more about it: the weekday, the hour.
REST = re.compile(
    r"[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?|[ T]?(?:上午|下午|晚上?)?\d{1,2}[:时]\d{0,2}(?::\d{2})?.*|上午|下午"
)
EXCEL_DAYS, MOST = (20_000, 80_000), 10**9


def parse_date(raw: object) -> date | Fault:
    """The day that a cell's value, a form's text or JSON text means."""
    if isinstance(raw, datetime):
        return in_range(raw.date())
    if isinstance(raw, date):
        return in_range(raw)
    if isinstance(raw, float | int) and not isinstance(raw, bool):
        return of_number(raw)
    return of_text(raw) if isinstance(raw, str) else Fault(f"“{shown(raw)}”不是日期；{EXPECTED}")


def of_number(raw: float) -> date | Fault:
    """20230305 typed as a number; a bare day count of Excel is refused, since it may count from 1900 or 1904."""
    if abs(raw) < MOST and raw == int(raw) and PACKED.fullmatch(str(int(raw))):
        return of_text(str(int(raw)))
    if EXCEL_DAYS[0] <= raw <= EXCEL_DAYS[1]:
        meant = date.fromordinal(date(1899, 12, 30).toordinal() + int(raw))
        return Fault(f"“{shown(raw)}”是未设日期格式的数字（可能是{meant}），请把单元格设为日期格式；{EXPECTED}")
    return Fault(f"“{shown(raw)}”是数字，不是日期；{EXPECTED}")


def of_text(raw: str) -> date | Fault:
    """The day that a text writes."""
    text = half_width(raw).strip()
    match = WRITTEN.match(text) or PACKED.match(text)
    if match and (match.end() == len(text) or REST.fullmatch(text[match.end() :].strip())):
        return day_of(raw, *(int(part) for part in match.groups()))
    words = IN_WORDS.match(text)
    if words and (words.end() == len(text) or REST.fullmatch(text[words.end() :].strip())):
        month, day = number_of(words[2]), number_of(words[3])
        if month is not None and day is not None:
            return day_of(raw, whole_of(words[1]) or 0, int(month), int(day))
    if NO_DAY.fullmatch(text):
        return Fault(f"“{shown(raw)}”缺少哪一日；{EXPECTED}")
    if NO_YEAR.fullmatch(text):
        return Fault(f"“{shown(raw)}”缺少年份；{EXPECTED}")
    return Fault(f"“{shown(raw)}”不是日期；{EXPECTED}")


def day_of(raw: str, year: int, month: int, day: int) -> date | Fault:
    """The day, or that the calendar has none."""
    try:
        return in_range(date(year, month, day))
    except ValueError:
        return Fault(f"“{shown(raw)}”：日历上没有这一天；{EXPECTED}")


def in_range(day: date) -> date | Fault:
    """A day far from any office's life is a slip of typing."""
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    return Fault(f"“{day}”年份不对，应在{FIRST_YEAR}至{LAST_YEAR}之间 / year out of range")
