"""Bindings and verdicts: the value never chooses the figure; a verdict follows the wording; memory is kept."""

from decimal import Decimal

import pytest

from lianze.claims.check import check_reading, unmentioned
from lianze.claims.reading import read_text
from lianze.claims.shapes import Binding, Checked, FigureFact, Verdict
from lianze.claims.terms import load_terms

TALKS = FigureFact(
    "talk.count", "提醒谈话次数", "次", Decimal(12), ("提醒谈话",), context=("谈话",), hits=12, entry_ids=("e1", "e2")
)


def _fact(value: str, measure: str = "次", hits: int = 1, covered: bool = True, share: bool = False) -> FigureFact:
    words = ("提醒谈话", "整改率", "干部")
    return FigureFact("f", "f", measure, Decimal(value), words, hits=hits, covered=covered, share=share)


def _check(text: str, *facts: FigureFact, memory: dict[str, list[Binding]] | None = None) -> Checked:
    return check_reading(read_text(text), load_terms(), facts, memory)


def _verdict(text: str, *facts: FigureFact, memory: dict[str, list[Binding]] | None = None) -> Verdict:
    return next(v for v in _check(text, *facts, memory=memory).verdicts if v is not None)


@pytest.mark.parametrize(
    ("text", "computed", "code"),
    [
        ("开展提醒谈话12次。", "12", "confirmed"),
        ("开展提醒谈话14次。", "12", "contradicted"),
        ("开展提醒谈话10余次。", "12", "within_wording"),
        ("开展提醒谈话10余次。", "20", "contradicted"),
        ("开展提醒谈话1200余次。", "1299", "within_wording"),
        ("开展提醒谈话1200余次。", "1300", "contradicted"),
        ("开展提醒谈话近20次。", "18", "within_wording"),
        ("开展提醒谈话近20次。", "17", "contradicted"),
        ("开展提醒谈话近20次。", "20", "contradicted"),
        ("开展提醒谈话约20次。", "22", "within_wording"),
        ("开展提醒谈话约20次。", "23", "contradicted"),
        ("开展提醒谈话超过60次。", "61", "within_wording"),
        ("开展提醒谈话超过60次。", "60", "contradicted"),
        ("开展提醒谈话12次以上。", "12", "confirmed"),
        ("开展提醒谈话不到12次。", "11", "within_wording"),
        ("开展提醒谈话不到12次。", "12", "contradicted"),
        ("开展提醒谈话三四十次。", "35", "within_wording"),
        ("开展提醒谈话三四十次。", "41", "contradicted"),
        ("开展提醒谈话数十次。", "7", "within_wording"),
        ("党组、机关分别开展提醒谈话4次。", "8", "confirmed"),
        ("党组、机关分别开展提醒谈话4次。", "9", "contradicted"),
    ],
)
def test_verdict_follows_the_wording(text: str, computed: str, code: str) -> None:
    assert _verdict(text, _fact(computed)).code == code


@pytest.mark.parametrize(
    ("text", "told", "difference"),
    [
        ("整改率61%。", "61", "0"),
        ("整改率60.9%。", "60.9", "0"),
        ("整改率60%。", "61", "-1"),
        ("整改率60.5%。", "60.9", "-0.4"),
    ],
)
def test_a_share_is_told_rounded_as_it_is_shown_or_written(text: str, told: str, difference: str) -> None:
    verdict = _verdict(text, _fact(str(Decimal(28) / 46), "%", share=True))
    assert (verdict.computed, verdict.difference) == (Decimal(told), Decimal(difference))
    assert verdict.code == ("confirmed" if difference == "0" else "contradicted")


def test_share_is_compared_at_the_decimals_it_is_stated_with() -> None:
    assert _verdict("整改率96.18%。", _fact("0.961783", "%", share=True)).code == "confirmed"
    assert _verdict("整改率96.28%。", _fact("0.961783", "%", share=True)).code == "contradicted"


def test_difference_and_entries_are_told() -> None:
    verdict = _verdict("开展提醒谈话14次。", TALKS)
    assert (verdict.stated, verdict.computed, verdict.difference) == (Decimal(14), Decimal(12), Decimal(2))
    assert verdict.entry_ids == ("e1", "e2")


def test_an_empty_ledger_proves_nothing() -> None:
    assert _verdict("开展提醒谈话12次。", _fact("0", hits=0, covered=False)).code == "no_records"
    assert _verdict("开展提醒谈话12次。", _fact("9", covered=False)).code == "short_of_records"
    assert _verdict("开展提醒谈话12次。", _fact("15", covered=False)).code == "contradicted"
    assert _verdict("开展提醒谈话12次。", _fact("0", hits=0)).code == "contradicted"


def test_persons_and_person_times_are_never_confused() -> None:
    assert _verdict("开展提醒谈话12人次。", TALKS).code == "no_figure"


@pytest.mark.parametrize("number", [1, 12, 500])
def test_stated_value_does_not_choose_the_figure(number: int) -> None:
    other = FigureFact("other", "集中学习", "次", Decimal(number), ("集中学习",), hits=1)
    assert _verdict(f"开展提醒谈话{number}次。", other, TALKS).binding.figure == "talk.count"


def test_two_figures_that_fit_alike_are_only_suggested_and_contradict_nothing() -> None:
    twin = FigureFact("talk.twin", "提醒谈话", "次", Decimal(3), ("提醒谈话",), context=("谈话",), hits=3)
    verdict = _verdict("开展提醒谈话14次。", TALKS, twin)
    assert (verdict.binding.state, verdict.code) == ("suggested", "not_checked")


def test_confirmed_binding_is_remembered_for_next_years_number() -> None:
    twin = FigureFact("talk.twin", "提醒谈话", "次", Decimal(3), ("提醒谈话",), context=("谈话",), hits=3)
    first = _verdict("2023年教育情况\n开展提醒谈话14次。", TALKS, twin).binding
    memory = {first.fingerprint: [Binding(first.fingerprint, "talk.twin", "confirmed", who="丁一")]}
    again = _verdict("2024年教育情况\n开展提醒谈话3次。", TALKS, twin, memory=memory)
    assert (again.binding.figure, again.binding.state, again.code) == ("talk.twin", "confirmed", "confirmed")


def test_refused_binding_is_not_offered_again() -> None:
    first = _verdict("开展提醒谈话14次。", TALKS).binding
    memory = {first.fingerprint: [Binding(first.fingerprint, "talk.count", "refused")]}
    assert _verdict("开展提醒谈话14次。", TALKS, memory=memory).code == "no_figure"


def test_forbidden_word_keeps_a_figure_away() -> None:
    fact = FigureFact("f", "谈话", "次", Decimal(3), ("谈话",), forbid=("任前",))
    assert _verdict("开展任前谈话3次。", fact).code == "no_figure"
    assert _verdict("开展提醒谈话3次。", fact).binding.figure == "f"


def test_figure_of_one_unit_is_bound_in_that_units_clause_only() -> None:
    facts = [
        FigureFact("risk", "风险", "项", Decimal(n), ("风险事项",), scope=unit)
        for unit, n in (("办公室", 7), ("经济科", 3))
    ]
    checked = _check("办公室共排查出风险事项7项；经济科共排查出风险事项4项。", *facts)
    verdicts = [v for v in checked.verdicts if v]
    assert [(v.binding.scope, v.code) for v in verdicts] == [("办公室", "confirmed"), ("经济科", "contradicted")]


def test_frequency_needs_every_part_of_the_year_and_names_the_empty_ones() -> None:
    quarters = (("一季度", Decimal(1)), ("二季度", Decimal(0)), ("三季度", Decimal(2)), ("四季度", Decimal(1)))
    fact = FigureFact("visit", "调研", "次", Decimal(0), ("实地调研",), context=("每季度",), hits=4, parts=quarters)
    verdict = _verdict("每季度到联系点开展实地调研工作。", fact)
    assert (verdict.code, verdict.caveats) == ("contradicted", ("二季度：0",))


def test_last_years_number_is_not_held_against_this_year() -> None:
    assert _verdict("去年开展提醒谈话14次。", TALKS).code == "no_figure"


def test_figures_the_report_does_not_mention_are_listed() -> None:
    silent = FigureFact("silent", "党课", "次", Decimal(2), ("党课",))
    assert unmentioned(_check("开展提醒谈话12次。", TALKS, silent), [TALKS, silent]) == [silent]
