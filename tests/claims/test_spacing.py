"""Spaces around a number, as PDF and typesetting put them, change nothing but the places of what is found."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from lianze.claims.check import check_reading
from lianze.claims.reading import read_text
from lianze.claims.shapes import Checked, FigureFact, Reading
from lianze.claims.terms import load_terms
from tests.claims.annotated import DEVELOPERS, OFFICES, Annotated, load_annotated

TALKS = FigureFact("talk.count", "提醒谈话", "次", Decimal(4), ("提醒谈话",), hits=4)


def _spaced(text: str) -> str:
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=[0-9])|(?<=[0-9%])(?=[\u4e00-\u9fff])", " ", text)


def _told(checked: Checked) -> list[object]:
    mentions = [(m.block, m.low, m.cls, m.noun, m.counted_in, m.scope) for m in checked.mentions]
    return [mentions, [(one.kind, one.formula, one.status, one.members) for one in checked.relations]]


@pytest.mark.parametrize(
    "report", [r for path in (DEVELOPERS, *OFFICES) for r in load_annotated(path)], ids=lambda one: one.title
)
def test_a_report_with_spaces_around_its_numbers_is_read_alike(report: Annotated) -> None:
    blocks = tuple(report.blocks)
    spaced = Reading(tuple(replace(block, text=_spaced(block.text)) for block in blocks))
    assert _told(check_reading(spaced, load_terms())) == _told(check_reading(Reading(blocks), load_terms()))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("抽查商户2 460户次。", 2460),
        ("召开会议2 1次。", 21),
        ("谈话１ 2 0人次。", 120),
        ("处理投诉8，642件。", 8642),
        ("见附件2 150人名单。", 150),
        ("支出12 345.6万元。", Decimal("12345.6")),
    ],
)
def test_spaces_and_a_wide_comma_inside_a_number_are_no_end_of_it(text: str, value: Decimal) -> None:
    checked = check_reading(read_text(text), load_terms())
    assert [m.low for m in checked.mentions if m.counted_in] == [value]
    assert all(text[m.start : m.end] == m.raw for m in checked.mentions)


def test_offsets_are_of_the_text_as_written_and_tags_stay_at_their_numbers() -> None:
    text = "全年 谈话 4 次，风险 1 项，其中高风险 1 项，配套措施 1 条。"
    block = replace(read_text(text).blocks[0], tags=((6, 7, "talk.count|"),))
    checked = check_reading(Reading((block,)), load_terms(), [TALKS])
    assert checked.blocks[0].text == text
    assert [text[m.start : m.end] for m in checked.mentions] == ["4", "1", "1", "1"]
    assert [text[m.start : m.measure_end] for m in checked.mentions] == ["4 次", "1 项", "1 项", "1 条"]
    assert checked.verdicts[0] is not None
    assert checked.verdicts[0].binding.state == "confirmed"
    assert [relation.formula for relation in checked.relations] == ["1 = 1", "1 ≥ 1"]


def test_thousands_after_an_amount_of_tax_are_closed_and_after_a_numbered_paragraph_not() -> None:
    taxed = check_reading(read_text("查补税款1 268.4万元。"), load_terms()).mentions
    assert [str(m.low) for m in taxed] == ["1268.4"]
    assert [m.raw for m in check_reading(read_text("按第二款1 268件办理。"), load_terms()).mentions][-1] == "268"
