"""The annual report claims no act that no record of the year stands behind."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lianze.domain.periods import year_period
from lianze.figures.compute import compute_figures
from lianze.figures.results import FigureResult, Status
from lianze.ledger.actions import Desk
from lianze.ledger.models import Entry
from lianze.pack import load_builtin
from lianze.pack.definitions import Figure, Sentence
from lianze.pack.sentence_parts import tokens_of
from lianze.reports.annual import make_report
from lianze.reports.facts import Facts, Item, Key, key_of
from lianze.reports.sentences import say
from lianze.reports.typeset import model
from tests.exchange.offices import ABOUT, bring

PACK = load_builtin()
SENTENCES = [s for section in PACK.outlines["annual"].section for p in section.paragraph for s in p.sentence]
TEXTS = {name: name for name in ("year", "last_year", "next_year", "organisation", "short", "superior", "date", "unit")}
UNIT = Item("unit:A", {"unit": "办公室"})
# Claims no act: it opens the report.
OPENING = "现将一年来责任制执行情况报告如下："
# Rests on the portfolios, which are recorded with their days and looked at on the year's last day.
OF_PORTFOLIOS = "portfolio.listed.principal"


def keys_of(sentence: Sentence) -> list[Key]:
    """Every figure the sentence prints or rests on, with its scope."""
    named = [*sentence.when, *sentence.when_full, *filter(None, [sentence.when_none])]
    tokens = [token for token in tokens_of(sentence.text) if token not in TEXTS]
    return [key_of(token, UNIT) for token in (*tokens, *named)]


def is_of_the_year(figure: Figure) -> bool:
    """Whether it is gone with the year's entries, or says “none found” only by a look of the year."""
    looked = PACK.figures.get(figure.looked)
    by_entries = figure.source == "register" and figure.period in ("happened", "done")
    return by_entries or (looked is not None and is_of_the_year(looked))


def results_of(sentence: Sentence, kept: bool) -> Iterator[tuple[Key, FigureResult]]:
    """Everything recorded; without `kept` all but the year's entries."""
    for name, scope in keys_of(sentence):
        status: Status = "none_found" if name == sentence.when_none else "value"
        if not kept and is_of_the_year(PACK.figures[name]):
            status = "no_record"
        value = {"value": Decimal(1), "none_found": Decimal(0), "no_record": None}[status]
        yield (name, scope), FigureResult(name, scope, value, "次", "", "", 1, status)


def said(sentence: Sentence, kept: bool) -> str:
    return say(sentence, "", UNIT, Facts(TEXTS, dict(results_of(sentence, kept)), lambda _: ())).text


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence.text[:20])
def test_a_sentence_goes_with_the_years_entries_that_it_rests_on(sentence: Sentence) -> None:
    if sentence.each in PACK.registers:
        return  # said of entries one by one: without them there is nothing to say it of
    assert said(sentence, kept=True)
    if sentence.text != OPENING and sentence.when_none != OF_PORTFOLIOS:
        assert said(sentence, kept=False) == ""


def test_everybody_is_only_claimed_with_a_coverage() -> None:
    for sentence in SENTENCES:
        if any(word in sentence.text for word in ("全体干部", "全覆盖", "逐人", "逐一")):
            assert sentence.when_full, sentence.text


@pytest.mark.database
def test_an_office_with_people_and_posts_but_no_entries_has_done_nothing(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path / "book.xlsx", ABOUT)
    assert not Entry.objects.filter(organisation_id=desk.organisation.id).exists()
    report = make_report(desk, desk.pack.outlines["annual"], 2023, date(2023, 12, 28))
    assert [type(block) for block in report.blocks] == [model.Title, model.Addressee, model.Paragraph, model.Signature]
    assert isinstance(report.blocks[2], model.Paragraph)
    assert model.plain_text(report.blocks[2].runs) == OPENING
    assert report.printed == ()
    assert len(report.left_out) > 90


REVIEW = ["编号", "类型", "检查事项", "检查日期", "完成日期", "结论", "状态"]


@pytest.mark.database
@pytest.mark.parametrize(
    ("result", "finished", "status"),
    [
        ("未发现问题", True, "none_found"),
        ("未发现问题", False, "no_record"),
        ("尚未完成", False, "no_record"),
        ("发现问题", True, "no_record"),
    ],
)
def test_nothing_was_found_only_where_every_look_is_finished_and_found_nothing(
    result: str, finished: bool, status: Status, desk: Desk, tmp_path: Path
) -> None:
    day, state = date(2023, 8, 14), "已完成" if finished else "进行中"
    rows = [
        ["JC1", "津补贴自查", "津补贴自查一", day, day, "未发现问题", "已完成"],
        ["JC2", "津补贴自查", "津补贴自查二", day, day if finished else None, result, state],
    ]
    bring(desk, tmp_path / "book.xlsx", {**ABOUT, "检查自查台账": [REVIEW, *rows]})
    found = compute_figures(desk.organisation.id, desk.pack, year_period(2023))
    results = {one.figure: one for one in found if one.scope == "organisation"}
    assert results["allowance.findings"].status == status
    assert results["allowance.checks"].value == 2


FINDING = ["编号", "类型", "问题", "发现日期", "状态"]


@pytest.mark.database
def test_a_small_office_is_told_of_what_it_recorded_alone(desk: Desk, tmp_path: Path) -> None:
    """two studies, a research trip and a finding of political ecology; no review, training, talk or discussion"""
    day = date(2023, 3, 6)
    rows = [
        ["H1", "集中学习", "学习财务制度", day, "办公室", "曾晓明", "李建国"],
        ["H2", "集中学习", "学习保密制度", day, "办公室", "曾晓明", "李建国"],
        ["H3", "基层调研", "到村里调研", day, "办公室", "曾晓明", "李建国"],
    ]
    found = [["W1", "政治生态问题", "谈心谈话不够", day, "待整改"]]
    titles = ["编号", "类型", "主题", "日期", "组织单位", "主持人", "参加人员"]
    bring(desk, tmp_path / "book.xlsx", {**ABOUT, "活动台账": [titles, *rows], "问题清单": [FINDING, *found]})
    report = make_report(desk, desk.pack.outlines["annual"], 2023, date(2023, 12, 28))
    text = "".join(
        model.plain_text(block.runs + (block.body if isinstance(block, model.Heading) else ()))
        for block in report.blocks
        if isinstance(block, model.Paragraph | model.Heading)
    )
    assert "集中学习2次" in text and "基层调研1次" in text and "政治生态问题1个" in text
    for word in ("政治生态分析", "研讨", "培训", "宣讲", "轻车简从", "形式主义", "“躺平式”"):
        assert word not in text
    assert {one.figure for one in report.unprinted} & {"formalism.items", "formalism.aspects"} == set()
