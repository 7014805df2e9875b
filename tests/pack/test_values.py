"""Values as people type them, and the sentences that faulty ones get."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianze.pack.choosing import Options
from lianze.pack.definitions import Choice, Field, FieldType
from lianze.pack.numerals import number_of
from lianze.pack.shown import Fault
from lianze.pack.spelling import folded, trimmed
from lianze.pack.values import json_value, parse_value

LEVELS = Options(
    (Choice("high", "高风险", "High"), Choice("mid", "中风险", "Medium"), Choice("low", "“低”风险", "Low"))
)
ONES = "零一二三四五六七八九"


def field(kind: FieldType, counted_in: str = "", minimum: int | None = None, maximum: int | None = None) -> Field:
    """A field of that type."""
    low, high = (None if limit is None else Decimal(limit) for limit in (minimum, maximum))
    return Field("x", "某项", "Something", kind, counted_in=counted_in, minimum=low, maximum=high)


def in_words(number: int) -> str:
    """A whole number below ten thousand as it is said: 十四, 一百零五."""
    if number < 10:
        return ONES[number]
    text, zero = "", False
    for name, scale in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // scale % 10
        if digit:
            text += (
                ("零" if zero and text else "") + ("" if (digit, name, text) == (1, "十", "") else ONES[digit]) + name
            )
        zero = not digit
    return text


def sentence(parsed: object) -> str:
    """What a fault says."""
    assert isinstance(parsed, Fault), parsed
    return parsed.sentence


@pytest.mark.parametrize("raw", [None, "", "   ", "\u3000", "\u200b", "\n"])
@pytest.mark.parametrize("kind", ["text", "date", "integer", "boolean", "choice", "choices", "unit"])
def test_what_looks_empty_is_empty(kind: FieldType, raw: object) -> None:
    assert parse_value(field(kind), raw, LEVELS) is None


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  学习\u3000", "学习"),
        (12.0, "12"),
        (True, "是"),
        (date(2023, 3, 5), "2023-03-05"),
        ("一\n二", "一 二"),
        ("a\x00b", "ab"),
    ],
)
def test_text_is_what_was_seen_in_the_cell(raw: object, text: str) -> None:
    assert parse_value(field("text"), raw) == text


def test_text_too_long_or_impossible_to_keep_is_a_fault() -> None:
    assert "最多500字" in sentence(parse_value(field("text"), "长" * 501))
    assert "无法保存" in sentence(parse_value(field("text"), "\ud800"))
    assert parse_value(field("longtext"), "一\r\n二") == "一\n二"


@pytest.mark.parametrize(
    ("raw", "counted_in", "number"),
    [
        ("十四人次", "人次", 14),
        ("３次", "次", 3),
        ("1,200", "", 1200),
        ("一千二百", "", 1200),
        ("两", "", 2),
        (80.60000000000001, "㎡", "80.6"),
        ("28平方米", "㎡", 28),
        ("3.5万元", "万元", "3.5"),
        ("3.5万", "万元", "3.5"),
        ("35000元", "万元", "3.5"),
        ("三点五天", "天", "3.5"),
        ("1.2万", "", 12000),
        ("-2", "", -2),
    ],
)
def test_numbers_in_digits_words_and_units(raw: object, counted_in: str, number: object) -> None:
    assert parse_value(field("decimal", counted_in), raw) == Decimal(str(number))


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("若干", "不是数；应为以次计的数"),
        ("3人", "单位是“人”"),
        ("3-5次", "不是数"),
        ("约14次", "不是数"),
        (float("nan"), "不是数"),
        (True, "不是数"),
        (1e15, "太大"),
        ("0.1234567", "小数超过6位"),
        (-1, "超出范围"),
        ("九十", "超出范围；应为以次计的数，不小于0、不大于60"),
    ],
)
def test_what_is_no_number_says_what_is_expected(raw: object, told: str) -> None:
    assert told in sentence(parse_value(field("decimal", "次", 0, 60), raw))


def test_an_integer_is_whole() -> None:
    assert parse_value(field("integer"), 3.0) == 3
    assert type(parse_value(field("integer"), "3")) is int
    assert "不是整数" in sentence(parse_value(field("integer"), 2.5))


@pytest.mark.parametrize(
    "raw",
    [
        "2023年3月5日",
        "2023.3.5",
        "2023-03-05",
        "2023/3/5",
        "20230305",
        "２０２３年３月５号",
        "二零二三年三月五日",
        "2023-03-05 14:30",
        "2023年3月5日（周日）",
        "2023-03-05T00:00:00+08:00",
        20230305,
        date(2023, 3, 5),
        datetime(2023, 3, 5, 9),  # noqa: DTZ001 (Excel knows no time zones)
    ],
)
def test_days(raw: object) -> None:
    assert parse_value(field("date"), raw) == date(2023, 3, 5)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("2023年3月", "缺少哪一日"),
        ("3月5日", "缺少年份"),
        ("2023-02-30", "日历上没有这一天"),
        ("23.3.5", "不是日期"),
        ("2023.3.5-3.7", "不是日期"),
        (44990.0, "可能是2023-03-05"),
        (3, "是数字"),
        ("1023-03-05", "年份不对"),
        ([], "不是日期"),
    ],
)
def test_what_is_no_day_says_what_is_expected(raw: object, told: str) -> None:
    assert told in sentence(parse_value(field("date"), raw))


@pytest.mark.parametrize(
    ("raw", "value"),
    [("是", True), ("√", True), (1.0, True), ("否", False), ("×", False), (False, False), ("Yes", True)],
)
def test_yes_and_no(raw: object, value: bool) -> None:
    assert parse_value(field("boolean"), raw) is value
    assert "应为“是”或“否”" in sentence(parse_value(field("boolean"), "也许"))


@pytest.mark.parametrize("raw", ["low", "“低”风险", '"低"风险', "「低」 风险", "LOW"])
def test_a_choice_by_id_or_title_however_quoted(raw: str) -> None:
    assert parse_value(field("choice"), raw, LEVELS) == "low"


def test_an_unknown_choice_lists_what_there_is() -> None:
    told = sentence(parse_value(field("choice"), "最高", LEVELS))
    assert "没有“最高”这一项；应为高风险、中风险、“低”风险" in told


def test_several_choices_each_once_in_the_order_of_the_list() -> None:
    assert parse_value(field("choices"), "中风险、high，高风险", LEVELS) == ("high", "mid")
    assert parse_value(field("choices"), ["low", "mid"], LEVELS) == ("mid", "low")
    assert "没有“无”这一项" in sentence(parse_value(field("choices"), "high、无", LEVELS))


@given(st.integers(0, 9999))
def test_numbers_in_words_read_back(number: int) -> None:
    assert number_of(in_words(number)) == number


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6))
def test_numbers_read_back_from_text_float_and_json(number: Decimal) -> None:
    parsed = parse_value(field("decimal"), str(number))
    assert parsed == number
    assert isinstance(parsed, Decimal)
    assert parse_value(field("decimal"), json_value(parsed)) == parsed
    assert "E" not in str(json_value(parsed))


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_days_read_back_from_every_spelling(day: date) -> None:
    spellings = [
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
    ]
    assert {parse_value(field("date"), spelling) for spelling in spellings} == {day}


@given(
    st.text(max_size=40),
    st.sampled_from(["text", "date", "integer", "decimal", "boolean", "choice", "choices", "unit"]),
)
def test_any_text_gives_a_value_or_a_sentence(raw: str, kind: FieldType) -> None:
    parsed = parse_value(field(kind), raw, LEVELS)
    assert parsed is None or parsed != ""
    if isinstance(parsed, Fault):
        assert len(parsed.sentence) > 8


@given(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.lists(st.integers()),
        st.dictionaries(st.text(), st.none()),
    )
)
def test_any_json_gives_a_value_or_a_sentence(raw: object) -> None:
    for kind in ("text", "longtext", "date", "integer", "decimal", "boolean", "choice", "choices", "person"):
        found = parse_value(field(kind), raw, LEVELS)
        assert bool(found.sentence) if isinstance(found, Fault) else found is not None or not raw


def test_a_number_of_thousands_of_digits_is_a_fault_like_any_other() -> None:
    for kind in ("date", "integer", "decimal", "boolean", "choice"):
        assert sentence(parse_value(field(kind), 10**5000, LEVELS))


@given(st.text())
def test_trimming_and_folding_are_settled_after_one_go(raw: str) -> None:
    assert trimmed(trimmed(raw)) == trimmed(raw)
    assert folded(folded(raw)) == folded(raw)
