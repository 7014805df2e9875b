"""Totals of tables: what must add up, and what nobody can know to be a sum."""

import pytest

from lianze.claims.check import check_reading
from lianze.claims.reading import read_text
from lianze.claims.shapes import Relation
from lianze.claims.terms import load_terms
from tests.claims.test_tables import KINDS, Kind

TALKS = [["科室", "谈话（次）", "占比"], ["办公室", "4", "40%"], ["经济科", "6", "60%"], ["合  计", "10", "100%"]]
RISKS = [["科室", "高", "中", "低", "小计"], ["办公室", "6", "1", "0", "7"], ["经济科", "2", "1", "1", "4"]]


def _sums(text: str) -> list[tuple[str, str]]:
    return [(one.formula, one.status) for one in check_reading(read_text(text), load_terms()).relations]


def _relations(kind: Kind, rows: list[list[str]]) -> list[Relation]:
    return list(check_reading(kind(rows), load_terms()).relations)


@pytest.mark.parametrize("kind", KINDS, ids=["bars", "tabs", "docx"])
@pytest.mark.parametrize(("total", "status"), [("10", "ok"), ("11", "broken"), ("9", "broken")])
def test_a_total_row_must_add_up_its_column(kind: Kind, total: str, status: str) -> None:
    rows = [*TALKS[:3], ["合  计", total, "100%"]]
    found = _relations(kind, rows)
    sign = "=" if status == "ok" else "≠"
    assert [(one.formula, one.status) for one in found] == [(f"{total} {sign} 4 + 6", status)]
    checked = check_reading(kind(rows), load_terms())
    assert [checked.mentions[place].raw for place in found[0].members] == [total, "4", "6"]


@pytest.mark.parametrize("kind", KINDS, ids=["bars", "tabs", "docx"])
def test_a_total_column_must_add_up_its_row(kind: Kind) -> None:
    marked = [RISKS[0], *([row[0], *(f"{cell}个" for cell in row[1:])] for row in RISKS[1:])]
    assert [one.status for one in _relations(kind, marked)] == ["ok", "ok"]
    marked[2][-1] = "5个"
    assert [one.status for one in _relations(kind, marked)] == ["ok", "broken"]


def test_subtotals_are_added_up_each_and_left_out_of_the_whole() -> None:
    rows = "项目|支出（万元）\n接待费|1\n用车费|2\n小计|3\n会议费|4\n培训费|1\n小计|5\n总计|8"
    assert _sums(rows) == [("3 = 1 + 2", "ok"), ("5 = 4 + 1", "ok"), ("8 = 1 + 2 + 4 + 1", "ok")]
    assert _sums(rows.replace("总计|8", "总计|9"))[-1] == ("9 ≠ 1 + 2 + 4 + 1", "broken")


def test_a_whole_starts_where_the_last_one_ended_and_the_grand_total_takes_in_all() -> None:
    rows = "项目|支出（万元）\n接待费|1\n用车费|2\n合计|3\n会议费|4\n培训费|1\n合计|5\n总计|8"
    assert _sums(rows) == [("3 = 1 + 2", "ok"), ("5 = 4 + 1", "ok"), ("8 = 1 + 2 + 4 + 1", "ok")]


def test_a_total_that_stands_first_adds_up_what_follows() -> None:
    assert _sums("项目|支出（万元）\n合计|3\n接待费|1\n用车费|2") == [("3 = 1 + 2", "ok")]


def test_a_row_within_another_is_not_added() -> None:
    rows = "项目|支出（万元）\n接待费|3\n其中：外事接待|1\n用车费|2\n合计|5"
    assert _sums(rows) == [("5 = 3 + 2", "ok")]


@pytest.mark.parametrize(
    "rows",
    [
        "科室|平均次数（次）\n办公室|4\n经济科|6\n合计|5",
        "科室|合格率（%）\n办公室|94\n经济科|96\n合计|95",
        "项目|单位|数量\n谈话|次|4\n党课|堂|6\n合计||12",
        "项目|支出（万元）\n一、办公室|3\n1.接待费|1\n2.用车费|2\n合计|3",
        "科室|谈话（次）\n办公室|4\n经济科|见附件\n合计|9",
        "科室|一季度（次）|二季度（次）|三季度（次）\n办公室|1|2|3\n经济科|1|2|3\n合计|9|9|9",
    ],
)
def test_where_it_is_not_certain_what_is_added_nothing_is_called_broken(rows: str) -> None:
    assert [status for _, status in _sums(rows) if status == "broken"] == []


def test_rounding_and_people_counted_twice_are_only_pointed_out() -> None:
    assert _sums("项目|支出（万元）\n接待费|1.24\n用车费|2.34\n合计|3.59")[0][1] == "soft"
    assert _sums("项目|支出（万元）\n接待费|1.24\n用车费|2.34\n合计|3.69")[0][1] == "broken"
    assert _sums("形态|人数\n谈话|4\n处分|2\n合计|5")[0][1] == "soft"
    assert _sums("形态|人数\n谈话|4\n处分|2\n合计|7")[0][1] == "broken"
