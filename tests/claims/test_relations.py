"""Relations between numbers of one text: when they hold, are soft, are broken, and when nothing may be said."""

import pytest

from lianze.claims.check import check_reading
from lianze.claims.reading import read_text
from lianze.claims.shapes import Relation
from lianze.claims.terms import load_terms


def _relations(text: str) -> list[Relation]:
    return list(check_reading(read_text(text), load_terms()).relations)


def _found(text: str) -> list[tuple[str, str]]:
    return [(relation.kind, relation.status) for relation in _relations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("排查风险7项，其中高风险6项，中风险1项。", ("sum", "ok")),
        ("排查风险8项，其中高风险6项，中风险1项。", ("sum", "broken")),
        ("排查风险6项，其中高风险6项，中风险1项。", ("sum", "broken")),
        ("处分20人，其中科级5人、股级6人。", ("sum", "ok")),
        ("处分10人，其中党纪处分8人，政务处分5人。", ("sum", "soft")),
        ("处分10人，其中党纪处分12人。", ("sum", "broken")),
        ("处分334人次（320人），其中党纪处分315人、组织处理5人。", ("sum", "ok")),
        ("参训200余人，其中党员210人。", ("sum", "soft")),
        ("共有单位95个（乡镇街道30个、市直65个）。", ("sum", "ok")),
        ("查找问题5个，制定整改措施11条。", ("measures", "ok")),
        ("查找问题5个，制定整改措施4条。", ("measures", "broken")),
        ("查找出5个问题，已完成整改3个问题。", ("done", "ok")),
        ("查找出5个问题，已完成整改6个问题。", ("done", "broken")),
        ("核定面积105㎡，实际使用面积80㎡。", ("limit", "ok")),
        ("核定面积105㎡，实际使用面积120㎡。", ("limit", "broken")),
        ("三公经费预算40万元，实际支出42万元。", ("limit", "soft")),
        ("从思想、政治、作风3个方面分析原因。", ("enumeration", "ok")),
        ("从思想、政治、作风4个方面分析原因。", ("enumeration", "broken")),
        ("内设3个科室（办公室、财务科、人事科）。", ("enumeration", "ok")),
        ("重点抓三项工作：一是学习。二是检查。三是整改。", ("enumeration", "ok")),
        ("重点抓四项工作：一是学习。二是检查。三是整改。", ("enumeration", "broken")),
        ("教职工231人，其中党员208人，占教职工总数的90.04%。", ("share", "ok")),
        ("教职工231人，其中党员208人，占教职工总数的91.04%。", ("share", "broken")),
        ("在校生1200人，教职工231人，其中党员208人，占教职工总数的90.04%。", ("share", "ok")),
        ("发现问题52个，已整改49个，整改率94.2%。", ("share", "ok")),
        ("发现问题52个，已整改49个，整改率98.2%。", ("share", "broken")),
        ("三公经费支出431万元，比上年433万元减少2万元。", ("difference", "ok")),
        ("三公经费支出431万元，比上年433万元减少3万元。", ("difference", "broken")),
        ("支出1969万元，较上年2190万元减少221万元，下降10.1%。", ("rate", "ok")),
        ("支出1969万元，较上年2190万元减少221万元，下降12.1%。", ("rate", "broken")),
        ("差错率从0.8%降至0.2%。", ("direction", "ok")),
        ("差错率从0.2%降至0.8%。", ("direction", "broken")),
        ("落实“一会一课”制度。", ("set_phrase", "soft")),
        ("贯彻党的XX大精神。", ("placeholder", "soft")),
    ],
)
def test_relation_has_its_status(text: str, expected: tuple[str, str]) -> None:
    assert expected in _found(text)


@pytest.mark.parametrize(
    "text",
    [
        "办公室查找风险5项；经济科制定防控措施3条。",
        "查找问题5个。一是加强学习。二是制定整改措施3条。",
        "对党员、干部开展思想、作风2个方面教育。",
        "从思想、政治、作风等5个方面分析原因。",
        "主要领导谈话4次，分管领导谈话4次。",
        "从6个方面查找问题，从5个方面分析原因。",
        "办公室中风险1项；经济科中风险1项。",
        "处分5人，下降20%。",
        "发放问卷300份，回收290份，满意率98%。",
    ],
)
def test_nothing_is_said_where_nothing_follows(text: str) -> None:
    assert _found(text) == []


def test_restated_total_must_agree() -> None:
    once = "全年共开展廉政谈话12次。"
    assert _found(f"{once}\n全年共开展廉政谈话12次。") == [("restated", "ok")]
    assert _found(f"{once}\n全年共开展廉政谈话13次。") == [("restated", "broken")]


def test_relation_names_its_members() -> None:
    text = "排查风险7项，其中高风险6项，中风险1项。"
    checked = check_reading(read_text(text), load_terms())
    assert [[checked.mentions[at].raw for at in relation.members] for relation in checked.relations] == [
        ["7", "6", "1"]
    ]
    assert checked.relations[0].formula == "7 = 6 + 1"


def test_units_that_lead_parallel_clauses_are_counted() -> None:
    text = "共有内设机构{}个，办公室排查风险7项；经济科排查风险3项；联络科排查风险4项。"
    assert ("enumeration", "ok") in _found(text.format(3))
    assert ("enumeration", "broken") in _found(text.format(4))
