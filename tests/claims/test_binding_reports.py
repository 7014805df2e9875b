"""Four reports in other words on the sample's year: what binds by itself is right, and an edited number is contradicted."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from lianze.claims.shapes import Checked, Mention
from tests.claims.annotated import OFFICES, STYLES, UNITS, Annotated, load_annotated
from tests.claims.binding_scoring import FRESH_REPORT, check, load_facts, load_reports, score_bindings

FACTS = load_facts()
REPORTS = [*load_reports(), *load_reports(FRESH_REPORT)]
OTHERS = [report for path in (*OFFICES, *UNITS, *STYLES) for report in load_annotated(path)]


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.title)
def test_automatic_bindings_are_right_and_many(report: Annotated) -> None:
    score = score_bindings(report, FACTS)
    assert score.precision >= 0.97, score.faults
    assert score.bound >= 0.55 * score.coverable, score.unbound


@pytest.mark.parametrize("report", OTHERS, ids=lambda report: report.title)
def test_in_reports_of_other_offices_no_number_binds_to_a_figure_it_does_not_mean(report: Annotated) -> None:
    assert score_bindings(report, FACTS).faults == []


@pytest.mark.parametrize("report", OTHERS, ids=lambda report: report.title)
def test_reports_that_agree_with_themselves_are_told_of_no_broken_relation(report: Annotated) -> None:
    assert [r for r in check(report, FACTS).relations if r.status == "broken"] == []


def test_reports_of_other_offices_still_bind_half_of_what_a_figure_covers() -> None:
    scores = [score_bindings(report, FACTS) for report in OTHERS]
    assert sum(s.bound for s in scores) >= 0.5 * sum(s.coverable for s in scores)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.title)
def test_numbers_of_others_and_of_other_years_never_bind_by_themselves(report: Annotated) -> None:
    nothing = {(one.line, one.start) for one in report.expected if one.figures == "-"}
    checked = check(report, FACTS)
    assert len(nothing) >= 12
    assert not [
        (mention.raw, mention.noun, verdict.binding.figure)
        for mention, verdict in zip(checked.mentions, checked.verdicts, strict=True)
        if verdict and verdict.binding.state == "auto" and (mention.line, mention.start) in nothing
    ]


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.title)
@pytest.mark.parametrize("step", [1, -1])
def test_a_bound_number_changed_by_one_is_contradicted(report: Annotated, step: int) -> None:
    checked = check(report, FACTS)
    for places in _one_a_paragraph(checked, step):
        again = check(_edited(report, [checked.mentions[place] for place in places], step), FACTS)
        for place in places:
            mention, before, after = checked.mentions[place], checked.verdicts[place], again.verdicts[place]
            assert before is not None and after is not None
            assert before.code == "confirmed", (report.title, mention.raw, mention.noun)
            found = (after.binding.figure, after.code)
            assert found == (before.binding.figure, "contradicted"), (mention.noun, mention.raw)
            assert before.difference is not None and after.difference == before.difference + Decimal(step)


def _one_a_paragraph(checked: Checked, step: int) -> list[list[int]]:
    """Every bound number that can be changed, in rounds that hold at most one of a paragraph: what is changed in another
    paragraph has no part in it."""
    rounds: list[list[int]] = []
    seen: Counter[int] = Counter()
    for place, (mention, verdict) in enumerate(zip(checked.mentions, checked.verdicts, strict=True)):
        if verdict is None or verdict.binding.state != "auto" or not mention.raw.isdigit() or mention.comparison:
            continue
        if int(mention.raw) + step < 0:
            continue
        rounds += [[]] if seen[mention.block] == len(rounds) else []
        rounds[seen[mention.block]].append(place)
        seen[mention.block] += 1
    return rounds


def _edited(report: Annotated, mentions: list[Mention], step: int) -> Annotated:
    blocks = list(report.blocks)
    for mention in mentions:
        block, number = blocks[mention.block], str(int(mention.raw) + step)
        blocks[mention.block] = replace(block, text=block.text[: mention.start] + number + block.text[mention.end :])
    return report._replace(blocks=blocks)


def test_section_numbers_count_only_where_the_report_follows_the_outline() -> None:
    """The same text under headings of its own binds nothing that only a heading number spoke for."""
    report = Annotated("另起炉灶", [replace(REPORTS[0].blocks[0], text="二、其他\n")], [])
    blocks = [*report.blocks, replace(REPORTS[0].blocks[0], line=2, text="梳理出问题9个。")]
    verdicts = check(report._replace(blocks=blocks), FACTS).verdicts
    assert not [verdict for verdict in verdicts if verdict and verdict.binding.state == "auto"]
