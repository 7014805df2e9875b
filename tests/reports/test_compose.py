"""Sentences are printed when their figures have records, and otherwise left out with the reason."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from lianze.figures.results import FigureResult, Status
from lianze.pack.definitions import Outline, Paragraph, Section, Sentence
from lianze.reports.compose import Composition, compose
from lianze.reports.facts import Facts, Item
from lianze.reports.typeset import model


def result(figure: str, value: int | None, status: Status, scope: str = "organisation") -> FigureResult:
    number = None if value is None else Decimal(value)
    return FigureResult(figure, scope, number, "次", figure, figure, value or 0, status)


def composed(
    sentences: Sequence[Sentence],
    results: Sequence[FigureResult],
    items: Sequence[Item] = (),
    numbered: bool = False,
    lead: str = "",
) -> Composition:
    """A report of one paragraph."""
    paragraph = Paragraph(tuple(sentences), lead=lead, numbered=numbered)
    outline = Outline("o", "{short}报告", "", "{superior}", (Section("s", 1, "一节", "", (paragraph,)),))
    texts = {"short": "本会", "superior": "市委", "year": "2023"}
    facts = Facts(texts, {(r.figure, r.scope): r for r in results}, lambda sentence: items)
    return compose(outline, facts, None)


def text_of(composition: Composition) -> str:
    """The last block as a reader sees it."""
    last = composition.blocks[-1]
    assert isinstance(last, model.Paragraph | model.Heading)
    return model.plain_text(last.runs) + (model.plain_text(last.body) if isinstance(last, model.Heading) else "")


@pytest.mark.parametrize(
    ("status", "value", "when_none", "printed", "reason"),
    [
        ("value", 3, "", True, ""),
        ("none_found", 0, "", False, "none_found"),
        ("no_record", None, "", False, "no_record"),
        ("none_found", 0, "a", True, ""),
        ("value", 3, "a", False, "found"),
        ("no_record", None, "a", False, "no_record"),
        ("value", 0, "", False, "zero"),
    ],
)
def test_a_zero_is_said_only_where_somebody_looked(
    status: Status, value: int | None, when_none: str, printed: bool, reason: str
) -> None:
    text = "没有发现问题。" if when_none else "开会{a}次。"
    composition = composed([Sentence(text, when_none=when_none), Sentence("尾句。")], [result("a", value, status)])
    assert ("开会3次。" in text_of(composition) or "没有发现问题。" in text_of(composition)) == printed
    assert [left.reason for left in composition.left_out] == ([] if printed else [reason])


def test_a_sentence_resting_on_a_figure_needs_it_though_it_prints_no_number() -> None:
    composition = composed(
        [Sentence("上报了结果。", when=("a",)), Sentence("尾句。")], [result("a", None, "no_record")]
    )
    assert text_of(composition) == "尾句。"
    assert composition.left_out[0].figures == ("a",)


@pytest.mark.parametrize(
    ("share", "said", "reasons"),
    [("1", "覆盖全体，谈话3次。", []), ("0.875", "谈话3次。", ["not_full"]), (None, "谈话3次。", ["no_record"])],
)
def test_everybody_is_said_only_at_a_hundred_per_cent(share: str | None, said: str, reasons: list[str]) -> None:
    value, status = (Decimal(share), "value") if share else (None, "no_record")
    coverage = FigureResult("c", "organisation", value, "%", "", "", 3, status, is_share=True)  # type: ignore[arg-type]
    composition = composed(
        [Sentence("覆盖全体，", when_full=("c",)), Sentence("谈话{a}次。")], [coverage, result("a", 3, "value")]
    )
    assert text_of(composition) == said
    assert [left.reason for left in composition.left_out] == reasons


def test_numbering_closes_up_over_sentences_left_out() -> None:
    sentences = [Sentence("开会{a}次。"), Sentence("谈话{b}次。"), Sentence("学习{c}次。")]
    results = [result("a", 1, "value"), result("b", None, "no_record"), result("c", 2, "value")]
    assert text_of(composed(sentences, results, numbered=True)) == "一是开会1次。二是学习2次。"


def test_a_sentence_repeats_for_each_unit_with_that_units_figures() -> None:
    items = [Item("unit:A", {"unit": "办公室"}), Item("unit:B", {"unit": "经济科"})]
    results = [result("r", 7, "value", "unit:A"), result("r", 3, "value", "unit:B")]
    composition = composed([Sentence("{unit}风险{r@unit}项。", each="unit")], results, items)
    assert text_of(composition) == "办公室风险7项。经济科风险3项。"
    assert list(composition.printed) == [("r", "unit:A"), ("r", "unit:B")]


def test_what_repeats_over_nothing_is_told() -> None:
    composition = composed([Sentence("{title}。", each="finding"), Sentence("尾句。")], [])
    assert [(left.reason, left.text) for left in composition.left_out] == [("no_record", "…。")]


def test_every_number_printed_is_a_figure_run_with_its_scope() -> None:
    composition = composed([Sentence("{year}年开会{a}次。")], [result("a", 3, "value")])
    runs = composition.blocks[-1].runs  # type: ignore[union-attr]
    figures = [run for run in runs if isinstance(run, model.FigureRun)]
    assert [(run.text, run.figure, run.scope) for run in figures] == [("3", "a", "organisation")]


def test_a_share_is_printed_in_per_cent() -> None:
    share = FigureResult("s", "organisation", Decimal("0.75"), "%", "", "", 4, "value", is_share=True)
    assert text_of(composed([Sentence("占{s}%。")], [share])) == "占75%。"


def test_a_paragraph_that_nothing_is_left_of_is_not_printed_nor_its_heading() -> None:
    composition = composed([Sentence("开会{a}次。")], [], lead="会议。")
    assert [type(block) for block in composition.blocks] == [model.Title, model.Addressee]


@pytest.mark.parametrize(
    ("recorded", "said"),
    [
        ("abc", "本会召开座谈会3次，上课3堂、讲座3次，受到欢迎。"),
        ("bc", "本会召开上课3堂、讲座3次，受到欢迎。"),
        ("ac", "本会召开座谈会3次、讲座3次，受到欢迎。"),
        ("a", "本会召开座谈会3次，受到欢迎。"),
        ("c", "本会召开讲座3次，受到欢迎。"),
        ("", "尾句。"),
    ],
)
def test_a_part_without_records_is_left_out_by_itself(recorded: str, said: str) -> None:
    results = [result(name, 3, "value") if name in recorded else result(name, None, "no_record") for name in "abc"]
    composition = composed(
        [Sentence("{short}召开[座谈会{a}次|，上课{b}堂|、讲座{c}次]，受到欢迎。"), Sentence("尾句。")], results
    )
    assert text_of(composition).startswith(said)
    assert [key for key, _ in composition.printed] == list(recorded)
    told = [(left.is_part, left.figures) for left in composition.left_out]
    if recorded:
        assert told == [(True, (name,)) for name in "abc" if name not in recorded]
    else:
        assert told == [(False, ("a", "b", "c"))]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("查出{a}项[，其中高{b}项|、低{a}项]。", "查出3项，其中低3项。"),
        ("查出{a}项[，其中高{b}项]，已整改。", "查出3项，已整改。"),
        ("[高{b}项]，查出{a}项。", "查出3项。"),
        ("对节日，[开会{b}次]。查出{a}项。", "对节日。查出3项。"),
    ],
)
def test_commas_close_up_over_a_part_left_out(text: str, said: str) -> None:
    assert text_of(composed([Sentence(text)], [result("a", 3, "value")])) == said


def test_what_is_left_out_names_the_sentence_it_belongs_to() -> None:
    items = [Item("unit:A", {"unit": "办公室"})]
    sentence = Sentence("{unit}风险{r@unit}项[，其中高{h@unit}项]，已排查。", each="unit")
    (left,) = composed([sentence], [result("r", 7, "value", "unit:A")], items).left_out
    assert (left.text, left.reason, left.is_part) == ("办公室风险…项：高…项", "no_record", True)


def test_what_is_recorded_and_printed_nowhere_is_told() -> None:
    results = [result("a", 3, "value"), result("b", 2, "value"), result("z", 0, "none_found")]
    lost = composed([Sentence("开会{a}次，谈话{b}次，学习{c}次，零{z}次。"), Sentence("谈话{b}次。")], results)
    assert list(lost.unprinted) == [("a", "organisation")]


def report_of(*paragraphs: Paragraph, results: Sequence[FigureResult]) -> list[str]:
    """The lines of one section under a heading of the second level."""
    outline = Outline("o", "报告", "", "", (Section("s", 2, "一节", "", paragraphs),))
    blocks = compose(outline, Facts({}, {(r.figure, r.scope): r for r in results}, lambda _: ()), None).blocks
    headings = [block for block in blocks if isinstance(block, model.Heading)]
    return [f"{one.number or ''} {model.plain_text(one.runs)}{model.plain_text(one.body)}" for one in headings]


def test_a_heading_whose_paragraph_is_gone_opens_the_next_one_under_it() -> None:
    first = Paragraph((Sentence("总抓{a}次。"),), lead="第一责任人。")
    rest = Paragraph((Sentence("谈话{b}次。"), Sentence("党课{b}次。")), numbered=True)
    other = Paragraph((Sentence("其他{b}次。"),), lead="一岗双责。")
    said = report_of(first, rest, other, results=[result("a", None, "no_record"), result("b", 2, "value")])
    assert said == ["1 一节", "1 第一责任人。一是谈话2次。二是党课2次。", "2 一岗双责。其他2次。"]


def test_a_heading_is_not_taken_over_by_a_paragraph_with_its_own() -> None:
    first = Paragraph((Sentence("总抓{a}次。"),), lead="第一责任人。")
    other = Paragraph((Sentence("其他{b}次。"),), lead="一岗双责。")
    said = report_of(first, other, results=[result("a", None, "no_record"), result("b", 2, "value")])
    assert said == ["1 一节", " 一岗双责。其他2次。"]
