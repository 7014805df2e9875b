"""Values, measure words and looseness of numerals as they are written."""

from decimal import Decimal

import pytest

from lianze.claims.extract import read_mentions
from lianze.claims.numerals import value_of
from lianze.claims.shapes import Block, Mention
from lianze.claims.terms import load_terms


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("三亿五千万", 350000000, 350000000),
        ("一百二", 120, 120),
        ("两千零五", 2005, 2005),
        ("两三", 2, 3),
        ("三五", 3, 5),
        ("三四十", 30, 40),
        ("十七八", 17, 18),
        ("数十", 20, 99),
        ("十几", 11, 19),
        ("百", 100, 100),
        ("一万二", 12000, 12000),
        ("一万亿", 10**12, 10**12),
        ("一百零八", 108, 108),
        ("二〇二三", 2023, 2023),
        ("1,100万", 11000000, 11000000),
        ("28.5万", 285000, 285000),
        ("３５", 35, 35),
        ("5-6", 5, 6),
        ("3至5", 3, 5),
        ("百分之八十", 80, 80),
    ],
)
def test_numeral_has_its_value(written: str, low: int, high: int) -> None:
    assert value_of(written) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize("written", ["三一", "", "点五", "万三万三", "9" * 31, "5至3"])
def test_what_is_no_numeral_has_no_value(written: str) -> None:
    assert value_of(written) is None


def test_thirds_are_one_third_written_either_way() -> None:
    assert value_of("1/3") == value_of("三分之一") == (Decimal(1) / 3, Decimal(1) / 3)


def _claim(text: str) -> Mention:
    return next(m for m in read_mentions([Block(1, text)], load_terms()) if m.cls == "claim")


@pytest.mark.parametrize(
    ("text", "low", "high", "counted_in", "comparison"),
    [
        ("开展谈话百余人次。", "100", "100", "人次", "more"),
        ("印发资料1200余份。", "1200", "1200", "份", "more"),
        ("清退资金28.5万余元。", "28.5", "28.5", "万元", "more"),
        ("清退资金23471.60万元。", "23471.60", "23471.60", "万元", ""),
        ("受教育2万多人次。", "20000", "20000", "人次", "more"),
        ("发送短信6.8万条。", "68000", "68000", "条", ""),
        ("拨付经费三百万元。", "300", "300", "万元", ""),
        ("开展活动近20场。", "20", "20", "场", "near"),
        ("约600人参加学习。", "600", "600", "人", "about"),
        ("累计超过60天。", "60", "60", "天", "over"),
        ("点击量超14万。", "140000", "140000", "次", "over"),
        ("走访3至5天，开展调研。", "3", "5", "天", "range"),
        ("开展检查5-6次。", "5", "6", "次", "range"),
        ("谈话三四十人。", "30", "40", "人", "range"),
        ("开展检查数十次。", "20", "99", "次", "several"),
        ("谈话函询69件（次）。", "69", "69", "件(次)", ""),
        ("作品4967篇(条)。", "4967", "4967", "篇(条)", ""),
        ("使用面积80.6㎡。", "80.6", "80.6", "㎡", ""),
        ("整改率达百分之八十。", "80", "80", "%", ""),
        ("发文减少50%以上。", "50", "50", "%", "least"),
        ("开展集中学习 22 次。", "22", "22", "次", ""),
        ("开展集中学习２２次。", "22", "22", "次", ""),
        ("谈话94人/次。", "94", "94", "人次", ""),
        ("召开了一次党组会议。", "1", "1", "次", ""),
        ("发放资金200余万元。", "200", "200", "万元", "more"),
        ("警示教育大会参会（460余）人次。", "460", "460", "人次", "more"),
        ("办理信访（31）件。", "31", "31", "件", ""),
        ("覆盖群众200余万人次。", "2000000", "2000000", "人次", "more"),
    ],
)
def test_claim_carries_measure_word_and_looseness(
    text: str, low: str, high: str, counted_in: str, comparison: str
) -> None:
    claim = _claim(text)
    assert (claim.low, claim.high) == (Decimal(low), Decimal(high))
    assert (claim.counted_in, claim.comparison) == (counted_in, comparison)


def test_a_list_shares_the_measure_word_at_its_end() -> None:
    mentions = read_mentions([Block(1, "三个科室分别排查风险7、3和4项。")], load_terms())
    assert [(m.raw, m.counted_in) for m in mentions if m.cls == "claim"][-3:] == [("7", "项"), ("3", "项"), ("4", "项")]


@pytest.mark.parametrize("text", ["要做到（1）条件具备、（2）项目落地。", "按第（3）项办理。", "见附件（2）份样式。"])
def test_a_number_in_brackets_that_is_an_items_number_is_no_claim(text: str) -> None:
    assert [m for m in read_mentions([Block(1, text)], load_terms()) if m.cls == "claim"] == []


def test_a_list_without_measure_word_takes_what_its_noun_is_counted_in() -> None:
    mentions = read_mentions([Block(1, "平均分分别为83.6、90.4和95。")], load_terms())
    assert [(str(m.low), m.counted_in) for m in mentions] == [("83.6", "分"), ("90.4", "分"), ("95", "分")]
