"""Totals and what they are made of, however the sentence is built; and sentences that only look wrong."""

import pytest

from lianze.claims.check import check_reading
from lianze.claims.reading import read_text
from lianze.claims.terms import load_terms


def _found(text: str) -> list[tuple[str, str]]:
    relations = check_reading(read_text(text), load_terms()).relations
    return [(relation.kind, relation.status) for relation in relations]


def _troubles(text: str) -> list[tuple[str, str]]:
    return [(kind, status) for kind, status in _found(text) if status != "ok"]


SPENT = "三公经费{}实际支出4.25万元，{}比上年5.45万元减少1.2万元，下降22%。"


@pytest.mark.parametrize(
    ("before", "after"), [("预算9万元，", ""), ("", "低于预算9万元，"), ("核定预算支出9万元，", "")]
)
def test_what_was_spent_is_compared_with_last_year_and_not_the_budget(before: str, after: str) -> None:
    assert {("difference", "ok"), ("rate", "ok")} <= set(_found(SPENT.format(before, after)))
    assert _troubles(SPENT.format(before, after)) == []


def test_a_wrong_change_beside_a_budget_is_still_seen() -> None:
    wrong = SPENT.format("预算9万元，", "").replace("1.2", "1.3")
    assert _troubles(wrong) == [("difference", "broken")]
    assert _troubles("三公经费预算9万元，比上年10万元减少2万元。") == [("difference", "broken")]


LEVELS = [
    ("高{}项", "中{}项", "低{}项"),
    ("高风险{}个", "中风险{}个", "低风险{}个"),
    ("一级{}项", "二级{}项", "三级{}项"),
    ("一级风险{}项", "二级风险{}项", "三级风险{}项"),
    ("“高”{}项", "“中”{}项", "“低”{}项"),
]


@pytest.mark.parametrize("separator", ["，", "、"])
@pytest.mark.parametrize("levels", LEVELS, ids=lambda levels: levels[0])
@pytest.mark.parametrize(("lead", "end"), [("，其中", ""), ("，", ""), ("（", "）")], ids=["其中", "bare", "bracket"])
@pytest.mark.parametrize(("low", "status"), [(3, "broken"), (4, "ok"), (5, "broken")])
def test_levels_of_risk_leave_nothing_over_whatever_stands_between_them(
    separator: str, levels: tuple[str, str, str], lead: str, end: str, low: int, status: str
) -> None:
    parts = separator.join(level.format(count) for level, count in zip(levels, (6, 5, low), strict=True))
    assert _found(f"岗位风险15项{lead}{parts}{end}。") == [("sum", status)]


@pytest.mark.parametrize(
    "text",
    [
        "发现问题9个，已整改10个。",
        "查找出问题9个，制定措施12条，已完成整改10个。",
        "自查发现9个问题，整改到位10个。",
        "收到意见1件，办结2件。",
        "男12人、女9人，共20人。",
        "开展谈话3次，男12人、女9人，共20人。",
        "高风险6个、中风险5个、低风险5个，合计15个。",
        "教职工20人，男12人、女9人。",
        "一季度5次、二季度6次、三季度4次、四季度7次，全年21次。",
        "全年召开会议21次，其中第一季度5次，第二季度6次，第三季度4次，第四季度7次。",
        "全年开展督查6次，上半年3次，下半年2次。",
        "上半年3次，下半年2次，全年6次。",
        "一是学习。二是检查。三是整改。四是通报。以上五项工作均已完成。",
        "抓住元旦、春节、清明、五一、端午、中秋、国庆等6个重要节日，严明纪律。",
        "紧盯元旦、春节、清明、“五一”、端午、中秋和国庆6个节点。",
    ],
)
def test_a_total_that_cannot_be_is_seen(text: str) -> None:
    assert "broken" in [status for _, status in _troubles(text)]


@pytest.mark.parametrize(
    "text",
    [
        "发现问题9个，已整改8个，正在整改1个。",
        "发现问题9个，连同往年遗留问题已整改10个。",
        "发现问题9个，涉及单位4个，已整改10个。",
        "受理信访举报12件，办结15件（含上年结转3件）。",
        "男12人、女9人，共21人。",
        "涉及岗位15个，高风险6个、中风险10个、低风险14个。",
        "开展谈话男12人、女9人，查处20人。",
        "全年召开会议21次，其中一季度5次、二季度6次。",
        "测评得分上半年92分、下半年94分，全年93分。",
        "一是学习。二是检查。三是整改。四是通报。以上两项工作均已完成。",
        "抓住元旦、春节、五一、中秋、国庆等7个重要节日，严明纪律。",
        "抓住元旦春节、五一端午、中秋国庆等3个时间节点。",
        "查处医院16家，其中一级2家、二级5家、三级8家。",
        "运用四种形态40人次，其中第一种形态38人次、第三种形态1人次。",
    ],
)
def test_a_sentence_that_may_well_be_right_is_left_in_peace(text: str) -> None:
    assert _troubles(text) == []


def test_more_letters_settled_than_came_in_may_be_carried_over_and_is_only_pointed_out() -> None:
    assert _troubles("受理信访举报12件，办结15件。") == [("done", "soft")]


def test_people_of_two_half_years_may_be_the_same() -> None:
    assert _troubles("全年培训20人，上半年12人，下半年10人。") == [("sum", "soft")]
