"""Claims without a numeral: given only where one figure is meant beyond doubt, and never among the mentions."""

import json

import pytest

from lianze.claims.check import check_reading
from lianze.claims.reading import read_text
from lianze.claims.render_json import has_contradiction, render_json
from lianze.claims.shapes import Checked
from lianze.claims.terms import load_terms
from tests.claims import source
from tests.claims.binding_scoring import load_facts


def _check(text: str) -> Checked:
    return check_reading(read_text(text), load_terms(), load_facts())


@pytest.mark.parametrize(
    ("text", "figure", "verdict"),
    [
        ("经自查，未发现违规发放津补贴的情况。", "allowance.findings", "confirmed"),
        ("经排查，不存在“躺平式”干部。", "passive.findings", "confirmed"),
        ("对照检查，未发现形式主义官僚主义问题。", "formalism.findings", "contradicted"),
        ("党组会议均邀请纪检组到会指导。", "discipline.invited.share", "confirmed"),
        ("下基层调研全部主动交纳伙食费。", "research.meals_share", "contradicted"),
    ],
)
def test_zero_and_all_are_held_against_their_figure(text: str, figure: str, verdict: str) -> None:
    checked = _check(text)
    assert [(one.figure, one.binding, one.verdict) for one in checked.implied] == [(figure, "auto", verdict)]
    assert has_contradiction(checked) is (verdict == "contradicted")


@pytest.mark.parametrize(
    "text",
    [
        "全市侨联系统未发生违规发放津补贴问题。",
        "如未发现违规发放津补贴，应当书面说明。",
        "确保不存在违规发放津补贴。",
        "未发现问题。",
        "干部职工均签订承诺书。",
        "三、下一步打算\n力争不存在违规发放津补贴。",
        "规定调研均主动交纳伙食费。",
    ],
)
def test_what_others_do_what_is_wished_and_what_is_unclear_is_left_out(text: str) -> None:
    assert _check(text).implied == ()


def test_source_report_says_zero_three_times_and_all_once() -> None:
    checked = _check(source.text())
    assert [one.figure for one in checked.implied] == [
        "discipline.invited.share", "office.findings", "allowance.findings", "passive.findings",
    ]  # fmt: skip
    lines = source.text().split("\n")
    assert all(lines[one.line - 1][one.start : one.end] == one.raw for one in checked.implied)
    assert len(json.loads(render_json(checked))["implied"]) == 4


def test_without_a_ledger_nothing_is_implied() -> None:
    assert check_reading(read_text("不存在“躺平式”干部。"), load_terms()).implied == ()
