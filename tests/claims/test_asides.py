"""Relations that a reader would not ask for: asides, complements, changes and names that hold a share in them."""

import pytest

from lianze.claims.check import check_reading
from lianze.claims.reading import read_text
from lianze.claims.terms import load_terms


def _troubles(text: str) -> list[tuple[str, str]]:
    relations = check_reading(read_text(text), load_terms()).relations
    return [(relation.kind, relation.status) for relation in relations if relation.status != "ok"]


@pytest.mark.parametrize(
    "text",
    [
        "食品抽检1860批次，不合格31批次，合格率98.33%。",
        "受理投诉214件（含热线转办131件），同比减少47件、下降18.0%。",
        "受理信访举报22件，已办结20件，按期办结率100%。",
        "停用药品7个品规、高值耗材13种。",
        "发现问题73个，涉及11个类别，其中制度类29个、执行类38个、其他6个，已整改65个，限期整改8个。",
        "平均住院日由7.9天缩短至7.2天，药占比24.6%。",
        "运用第一种形态31人次、第二种形态6人次、第三种形态1人次，第一种形态占比81.6%。",
        "记录情况213条，比上年增加87条，其中院领导9条、中层干部52条、普通干警152条。",
        "每百元医疗收入消耗卫生材料费22.3元，较去年同期的25.1元减少2.8元。",
    ],
)
def test_text_that_agrees_with_itself_is_left_in_peace(text: str) -> None:
    assert _troubles(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("食品抽检1860批次，合格1829批次，合格率98.93%。", "share"),
        ("受理投诉214件（含热线转办131件），同比减少47件、下降28.0%。", "rate"),
        ("运用第一种形态31人次、第二种形态6人次、第三种形态1人次，合计38人次，第一种形态占比91.6%。", "share"),
        ("记录情况213条，比上年增加87条，其中院领导9条、中层干部52条、普通干警162条。", "sum"),
    ],
)
def test_the_same_text_with_a_wrong_number_is_not(text: str, kind: str) -> None:
    assert kind in [found for found, _ in _troubles(text)]


@pytest.mark.parametrize(
    "text",
    [
        "一、工作情况\n开展检查3次。\n二、问题和下步打算\n有2个所迟报3次。下一步，要重点抓3件事。要办2期轮训班。",
        "同志们：\n全年开展检查3次，2个所迟报3次。\n第三，明年怎么干。要抓3件大事。要办2期轮训班。",
    ],
)
def test_shortcomings_are_told_and_what_comes_after_them_is_planned(text: str) -> None:
    mentions = check_reading(read_text(text), load_terms()).mentions
    classes = [m.cls for m in mentions if m.counted_in and m.cls in ("claim", "plan")]
    assert classes == ["claim", "claim", "claim", "plan", "plan"]
