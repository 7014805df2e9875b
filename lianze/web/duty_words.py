"""Duties in words: who, how often, which period, where it stands."""

from datetime import date

from lianze.domain.periods import COMMON_YEAR
from lianze.duties.compute import State
from lianze.duties.periods import Span
from lianze.pack import Pack
from lianze.pack.definitions import Duty
from lianze.web.explain import condition_words, subject_words
from lianze.web.language import both, named
from lianze.web.shown import title_among

QUARTERS = "一二三四"


def period_title(duty: Duty, span: Span, pack: Pack) -> str:
    """A period's name within its year; a holiday's with its day; a year's with the day that the duty names."""
    start = span.period.start
    if duty.due:
        return by_day(span.due_on)
    match duty.every:
        case "month":
            return month_title(start)
        case "quarter":
            number = start.month // 3
            return both(f"{QUARTERS[number]}季度", f"Q{number + 1}")
        case "half_year":
            return both("上半年", "first half") if start.month == 1 else both("下半年", "second half")
        case "holiday":
            return holiday_title(span, pack)
        case _:
            return both("全年", "the year")


def month_title(day: date) -> str:
    """A month's name."""
    return both(f"{day.month}月", f"{day:%b}")


def by_day(day: date) -> str:
    """Up to a day of the year."""
    return both(f"{day.month}月{day.day}日前", f"by {day.day} {day:%b}")


def holiday_title(span: Span, pack: Pack) -> str:
    """The holidays that a reminder leads up to, and the first one's day."""
    known = pack.vocabularies.get("holiday")
    names = [title_among(known.choice if known else (), holiday) for holiday in span.holidays]
    day = span.holiday_on
    return f"{both('、', ', ').join(names)} {day:%m-%d}" if day else both("、", ", ").join(names)


def often(duty: Duty) -> str:
    """How often it is owed, how many times, and by which day of the year where the duty names one."""
    if duty.every == "occasion":
        return both("每次发生时", "each time it arises")
    each = {
        "year": both("每年", "each year"),
        "half_year": both("每半年", "each half year"),
        "quarter": both("每季度", "each quarter"),
        "month": both("每月", "each month"),
        "holiday": both("每个节日前", "before each holiday"),
    }[duty.every]
    by = by_day(date.fromisoformat(f"{COMMON_YEAR}-{duty.due}")) if duty.due else ""
    return both(f"{each}{by}至少 {duty.at_least} 次", f"at least {duty.at_least} {each} {by}".rstrip())


def who_owes(duty: Duty, pack: Pack) -> str:
    """Who owes it."""
    if duty.who in pack.populations:
        people = named(pack.populations[duty.who])
        return both(f"{people}，每人", f"{people}, each")
    if duty.who == "organisation":
        return both("本单位", "the organisation")
    kinds = pack.vocabularies.get("unit_kind")
    kind = both("机构", "unit") if duty.who == "unit" else title_among(kinds.choice if kinds else (), duty.who)
    return both(f"每个{kind}", f"each {kind}")


def sureness(duty: Duty) -> str:
    """What the duty's mark says."""
    return {
        "S": both("规定原文写明", "stated in the rule named"),
        "D": both("由规定推导", "derived from the rule"),
        "M": both("待核实", "not confirmed"),
        "?": both("各地说法不一", "sources disagree"),
    }[duty.mark]


def satisfied_by(duty: Duty, pack: Pack) -> list[str]:
    """Which entries satisfy it, and whom they count for."""
    register = pack.registers[duty.register]
    lines = [
        both(f"看“{register.title}”的记录，按发生日期计", f"Entries of “{register.title_en}”, by the day they happened")
    ]
    if duty.base:
        occasions = "；".join(condition_words(condition, duty.register, pack) for condition in duty.base)
        lines.append(both("发生的次数，", "Occasions. ") + occasions)
    elif duty.every == "occasion":
        lines.append(
            both(
                "台账看不出发生过几次，只列已办的",
                "The ledger cannot tell how often it arises; what was done is listed",
            )
        )
    lines += [condition_words(condition, duty.register, pack) for condition in duty.where]
    if duty.of:
        whom = subject_words(duty.of, register, pack)
        lines.append(both(f"算在“{whom}”名下", f"Counts for “{whom}”"))
    return lines


def state_words(cell_state: State, hits: int) -> str:
    """Where a bearer stands with a period."""
    return {
        "done": both("已办", "done"),
        "due": both("待办", "due"),
        "missed": both("不足", "short") if hits else both("未见记录", "no record"),
        "ahead": both("未到", "not begun"),
        "none": both("不要求", "nothing required"),
    }[cell_state]


def late_words(late: int, of_several: bool) -> str:
    """That it was done only after the last day to act; of several bearers, by how many. "" for none."""
    if not late:
        return ""
    return both("逾期", "late") + (f" {late}" if of_several else "")


def mark_of(state: State, done: int, owed: int, late: str = "") -> str:
    """A cell in a few signs: readable without colour, and narrow enough for twelve months."""
    return {
        "done": f"✓ {done} {late}".rstrip(),
        "due": both("待", "due") + f" {done}/{owed}",
        "missed": both("缺", "✗") + f" {done}/{owed}",
        "ahead": both("未到", "later"),
        "none": str(done) if done else "—",
    }[state]


def time_left(span: Span, day: date) -> str:
    """How long there is to act."""
    days = (span.due_on - day).days
    if days == 0:
        return both("今天到期", "due today")
    return both(f"还有 {days} 天", f"{days} days left" if days > 1 else "1 day left")
