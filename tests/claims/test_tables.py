"""A number in a table counts what stands at the head of its row and column, in a DOCX and in lines of text alike."""

import io
from collections.abc import Callable

import docx
import pytest

from lianze.claims.check import check_reading
from lianze.claims.reading import read_bytes, read_text
from lianze.claims.shapes import Checked, Reading
from lianze.claims.terms import load_terms
from tests.claims.binding_scoring import load_facts

ROWS = [
    ["序号", "项目", "次数", "参加人次"],
    ["1", "集体学习", "22", "167"],
    ["2", "谈心谈话", "6", "12"],
]
YEARS = [["项目", "单位", "2022年", "2023年"], ["党组会议", "次", "9", "14"], ["“三公”经费支出", "万元", "3", "1.96"]]


def _text(rows: list[list[str]], mark: str) -> Reading:
    return read_text("\n".join(mark.join(row) for row in rows))


def _word(rows: list[list[str]]) -> Reading:
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for line, row in zip(table.rows, rows, strict=True):
        for cell, words in zip(line.cells, row, strict=True):
            cell.text = words
    target = io.BytesIO()
    document.save(target)
    return read_bytes(target.getvalue(), "a.docx")


Kind = Callable[[list[list[str]]], Reading]
KINDS: list[Kind] = [lambda rows: _text(rows, " | "), lambda rows: _text(rows, "\t"), _word]


def _read(reading: Reading) -> list[tuple[str, str, str, str]]:
    checked = check_reading(reading, load_terms(), load_facts(), None, 2023)
    _all_in_place(checked)
    return [
        (m.raw, m.counted_in, m.noun, v.binding.figure if v.binding.state == "auto" else "")
        for m, v in zip(checked.mentions, checked.verdicts, strict=True)
        if v
    ]


def _all_in_place(checked: Checked) -> None:
    for mention in checked.mentions:
        text = checked.blocks[mention.block].text
        assert text[mention.start : mention.end] == mention.raw
        assert mention.measure_end <= len(text)


@pytest.mark.parametrize("kind", KINDS, ids=["bars", "tabs", "docx"])
def test_a_cells_number_has_the_noun_of_its_row_and_the_measure_word_of_its_column(kind: Kind) -> None:
    assert _read(kind(ROWS)) == [
        ("22", "次", "集体学习", "study.collective.count"),
        ("167", "人次", "集体学习参加", ""),
        ("6", "次", "谈心谈话", "talk.heart.count"),
        ("12", "人次", "谈心谈话参加", ""),
    ]


@pytest.mark.parametrize("kind", KINDS, ids=["bars", "tabs", "docx"])
def test_a_column_of_measure_words_is_read_and_only_the_years_own_column_binds(kind: Kind) -> None:
    assert _read(kind(YEARS)) == [
        ("9", "次", "党组会议", ""),
        ("14", "次", "党组会议", "meeting.party_group.count"),
        ("3", "万元", "三公”经费支出", ""),
        ("1.96", "万元", "三公”经费支出", "expense.official.actual"),
    ]


def test_row_numbers_are_no_claims() -> None:
    mentions = check_reading(_word(ROWS), load_terms()).mentions
    assert [m.raw for m in mentions if m.cls != "claim"] == ["1", "2"]


def test_a_units_row_is_no_number_of_the_whole_office() -> None:
    rows = [["部门", "谈心谈话（次）"], ["财务科", "6"], ["合计", "6"]]
    assert [figure for *_, figure in _read(_word(rows))] == ["", "talk.heart.count"]


def test_what_was_planned_is_no_claim() -> None:
    rows = [["项目", "年初计划数", "完成数"], ["谈心谈话（次）", "4", "6"]]
    mentions = check_reading(_word(rows), load_terms()).mentions
    assert [(m.raw, m.cls) for m in mentions] == [("4", "plan"), ("6", "claim")]


def test_a_caption_says_what_a_table_is_counted_in() -> None:
    mentions = check_reading(read_text("附表（单位：万元）\n项目|金额\n培训费|0.57"), load_terms()).mentions
    assert [(m.raw, m.counted_in) for m in mentions if m.cls == "claim"] == [("0.57", "万元")]


@pytest.mark.parametrize(
    ("caption", "head", "cell", "measure"),
    [
        ("主要费用支出（万元）", "本年实际", "0.57", "万元"),
        ("各部门风险点统计表", "小计", "12", "个"),
        ("各部门风险点统计表（2023年）", "高", "2", "个"),
        ("主要费用支出（万元）", "占比", "12", "%"),
        ("观众情况", "本年（万人次）", "20", "人次"),
    ],
)
def test_a_caption_tells_the_measure_word_by_a_bracket_or_by_what_the_table_counts(
    caption: str, head: str, cell: str, measure: str
) -> None:
    mentions = check_reading(read_text(f"{caption}\n部门|{head}\n办公室|{cell}"), load_terms()).mentions
    assert [m.counted_in for m in mentions if m.cls == "claim"] == [measure]


def test_a_caption_of_a_table_of_risks_says_what_its_sums_count() -> None:
    text = "某局2023年工作总结\n一、廉政风险排查\n各科室风险点\n科室|高|中|低|小计\n办公室|6|1|0|7"
    assert [one[3] for one in _read(read_text(text))] == [
        "risk.unit.high",
        "risk.unit.mid",
        "risk.unit.low",
        "risk.unit.total",
    ]


def test_covered_columns_keep_their_heads_in_place() -> None:
    document = docx.Document()
    table = document.add_table(3, 4)
    for column, words in enumerate(["项目", "开展情况", "", ""]):
        table.rows[0].cells[column].text = words
    table.rows[0].cells[1].merge(table.rows[0].cells[2])
    for column, words in enumerate(["", "次数", "人次", "备注"]):
        table.rows[1].cells[column].text = words
    for column, words in enumerate(["谈心谈话", "6", "12", "略"]):
        table.rows[2].cells[column].text = words
    target = io.BytesIO()
    document.save(target)
    read = _read(read_bytes(target.getvalue(), "a.docx"))
    assert [(raw, measure) for raw, measure, *_ in read] == [("6", "次"), ("12", "人次")]


def test_a_column_without_a_unit_is_counted_as_the_text_counts_its_thing() -> None:
    reading = read_text("选聘楼栋长1640名，培训楼栋长2期，设岗哨46座。\n社区|楼栋长|居民小组数|岗哨\n桥北|141|18|11\n")
    counted = {raw: measure for raw, measure, *_ in _read(reading)}
    assert (counted["141"], counted["18"], counted["11"]) == ("名", "个", "座")
