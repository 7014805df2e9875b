"""The report of a year that is not over: the day in its title, no word of the whole year, nothing held against it too soon."""

from dataclasses import replace
from datetime import date

import pytest

from lianze.domain.periods import year_until
from lianze.ledger.actions import Desk
from lianze.pack.definitions import Outline, Paragraph, Running, Section, Sentence, Word
from lianze.pack.load import load_builtin
from lianze.reports.annual import AnnualReport, make_report, title_of
from lianze.reports.running import running_outline
from lianze.reports.typeset import model

SIGNED, UNTIL = date(2023, 7, 3), date(2023, 6, 30)
WHOLE = ("全年", "一年来", "年内", "报告期末", "下一年")


def texts_in(outline: Outline) -> list[str]:
    """Everything that the outline says."""
    paragraphs = [paragraph for section in outline.section for paragraph in section.paragraph]
    said = [sentence.text for paragraph in paragraphs for sentence in paragraph.sentence]
    return [outline.title, *(s.title for s in outline.section), *(p.lead for p in paragraphs), *said]


def prose_of(report: AnnualReport) -> str:
    """The report's text."""
    found: list[str] = []
    for block in report.blocks:
        if isinstance(block, model.Title):
            found += block.lines
        if isinstance(block, model.Paragraph | model.Heading):
            runs = block.runs + (block.body if isinstance(block, model.Heading) else ())
            found.append("".join(run.text for run in runs))
    return "\n".join(found)


def test_the_built_in_outline_has_another_word_for_each_of_the_whole_year() -> None:
    outline = load_builtin().outlines["annual"]
    assert any(word in text for text in texts_in(outline) for word in WHOLE)
    assert [text for text in texts_in(running_outline(outline)) if any(word in text for word in WHOLE)] == []


def test_longer_terms_come_before_shorter_ones_and_none_found_is_opened_with_the_day() -> None:
    sentences = (Sentence("全年重点工作，全年{a}次。"), Sentence("没有发现问题。", when_none="b"))
    section = Section("x", 1, "全年工作", paragraph=(Paragraph(sentences, lead="全年。"),))
    words = (Word("全年", "今年以来"), Word("全年重点", "今年重点"))
    outline = Outline("o", "{year}年报告", "Report", "", (section,), running=Running("", "截至{until}，", words))
    found = running_outline(outline)
    assert texts_in(found) == [
        "{year}年报告（截至{until}）",
        "今年以来工作",
        "今年以来。",
        "今年重点工作，今年以来{a}次。",
        "截至{until}，没有发现问题。",
    ]
    own = running_outline(replace(outline, running=Running("{until}小结")))
    assert texts_in(own) == ["{until}小结", *texts_in(outline)[1:]]


@pytest.mark.database
def test_half_a_year_says_so_and_counts_no_more(sample_desk: Desk) -> None:
    outline = sample_desk.pack.outlines["annual"]
    report = make_report(sample_desk, outline, 2023, SIGNED, until=UNTIL)
    text = prose_of(report)
    assert text.startswith(f"{sample_desk.organisation.name}2023年党风廉政建设责任制执行情况报告（截至2023年6月30日）")
    assert "现将截至2023年6月30日的责任制执行情况报告如下" in text and "今年以来安排干部职工集中学习" in text
    assert [word for word in WHOLE if word in text] == []
    assert "截至2023年6月30日，公务用车自查没有发现违规问题" in text and "年底对照清单" not in text
    whole = {(one.figure, one.scope): one for one in make_report(sample_desk, outline, 2023, SIGNED).printed}
    found = next(one for one in report.printed if one.figure == "study.collective.count")
    assert found.value is not None and found.value < (whole["study.collective.count", "organisation"].value or 0)
    assert report.as_json([])["until"] == "2023-06-30"
    title = title_of(sample_desk, outline, report.period, SIGNED)
    assert title.endswith("（截至2023年6月30日）")


@pytest.mark.database
def test_before_the_first_half_year_is_over_its_least_number_is_left_out(sample_desk: Desk) -> None:
    report = make_report(sample_desk, sample_desk.pack.outlines["annual"], 2023, SIGNED, until=date(2023, 6, 29))
    [left] = [one for one in report.left_out if "hearing.least_per_half_year" in one.figures]
    assert left.reason == "not_yet" and "每半年至少听取" not in prose_of(report)


@pytest.mark.database
def test_today_within_the_year_is_the_day_of_its_report(sample_desk: Desk) -> None:
    outline = sample_desk.pack.outlines["annual"]
    inside = replace(sample_desk, actor=replace(sample_desk.actor, day=date(2023, 6, 30)))
    assert make_report(inside, outline, 2023, SIGNED).period == year_until(2023, UNTIL)
    whole = make_report(sample_desk, outline, 2023, date(2023, 12, 28))
    early = make_report(inside, outline, 2023, date(2023, 12, 28), until=date(2023, 12, 31))
    assert not whole.period.is_cut and prose_of(early) == prose_of(whole) and "截至" not in prose_of(whole)
