"""The sample year's report: every number a figure that traces to entries, in the official format."""

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from lianze.domain.periods import year_period
from lianze.exchange.importing import import_workbook
from lianze.exchange.template import write_template
from lianze.figures.compute import compute_figures
from lianze.figures.results import find_result
from lianze.figures.trace import trace
from lianze.ledger.actions import Desk
from lianze.pack import load_pack
from lianze.pack.definitions import Paragraph, Section, Sentence
from lianze.pack.load import BUILTIN
from lianze.reports.annual import AnnualReport, make_report
from lianze.reports.typeset import model
from lianze.reports.typeset.pdf import render_pdf
from lianze.reports.typeset.tags import read_figure_tags
from tests.typeset.pages import read_pages

pytestmark = pytest.mark.database
SIGNED = date(2023, 12, 28)
DATED = re.compile(r"20\d\d年?")


def report_of(desk: Desk) -> AnnualReport:
    return make_report(desk, desk.pack.outlines["annual"], 2023, SIGNED)


def test_every_figure_in_the_document_is_what_the_ledger_computes_and_traces_to(sample_desk: Desk) -> None:
    report = report_of(sample_desk)
    tags = read_figure_tags(report.docx)
    results = compute_figures(sample_desk.organisation.id, sample_desk.pack, year_period(2023))
    assert len(tags) >= 100
    for figure, scope, text in tags:
        result = find_result(results, figure, scope)
        assert result is not None and result.value is not None
        assert float(text) == pytest.approx(float(result.value) * (100 if result.is_share else 1))
        rows = trace(figure, scope, sample_desk.organisation.id, sample_desk.pack, year_period(2023))
        assert len(rows) == result.hits > 0


def test_no_digit_stands_outside_figures_years_and_headings(sample_desk: Desk) -> None:
    report = report_of(sample_desk)
    for block in report.blocks:
        if isinstance(block, model.Paragraph | model.Heading):
            runs = block.runs + (block.body if isinstance(block, model.Heading) else ())
            prose = "".join(run.text for run in runs if isinstance(run, model.Run))
            assert not re.search(r"[0-9０-９]", DATED.sub("", prose)), prose


def test_parts_two_and_three_come_from_open_findings_and_next_steps(sample_desk: Desk) -> None:
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(report_of(sample_desk).docx)).paragraphs)
    assert "一岗双责与岗位日常工作结合不紧" in text
    assert "完善第一议题学习清单" in text


def test_an_empty_ledger_prints_no_zero_and_lists_what_is_missing(desk: Desk) -> None:
    report = report_of(desk)
    printed = [figure for figure, _, _ in read_figure_tags(report.docx)]
    about_records = [figure for figure in printed if desk.pack.figures[figure].source == "register"]
    assert about_records == []
    assert len(report.left_out) > 60
    assert {left.reason for left in report.left_out} == {"no_record"}


@pytest.mark.office
def test_full_pages_hold_22_lines_and_page_numbers_change_sides(sample_desk: Desk) -> None:
    pages = read_pages(render_pdf(report_of(sample_desk).docx))
    assert len(pages) >= 5
    for page in pages[1:-1]:
        assert len(page.body()) == 22
        foot = page.footer()
        is_right = foot[0].left > page.width / 2
        assert is_right == (page.number % 2 == 1)


OWN_PACK = {
    "pack.toml": 'id = "yunlan"\nversion = "1"\ntitle = "云澜市制度包"\ntitle_en = "Yunlan"\nextends = "cn-integrity"\n',
    "registers/umbrella.toml": """
id = "umbrella"
title = "爱心伞台账"
title_en = "Umbrellas"
source = "本单位规定"
counted_in = "次"
kind_required = false
key = ["title", "happened_on"]
columns = ["happened_on", "title", "quantity"]
field = [
  { name = "title", title = "事由", title_en = "Reason", type = "text", required = true },
  { name = "happened_on", title = "日期", title_en = "Date", type = "date", required = true },
  { name = "quantity", title = "数量", title_en = "Umbrellas", type = "integer", counted_in = "把" },
]
""",
    "figures/umbrella.toml": """
[[figure]]
id = "umbrella.times"
title = "借伞次数"
title_en = "Times lent"
register = "umbrella"
measure = "count"
counted_in = "次"
synonyms = ["借伞"]

[[figure]]
id = "umbrella.lent"
title = "借出爱心伞"
title_en = "Umbrellas lent"
register = "umbrella"
measure = "sum"
of = "quantity"
counted_in = "把"
synonyms = ["爱心伞"]
""",
    "vocabularies.toml": """
[[vocabulary]]
id = "measure_word"
title = "计量单位"
title_en = "Measure words"
extend = true
choice = [{ id = "把", title = "把", title_en = "umbrellas" }]
""",
    "additions.toml": """
[[addition]]
outline = "annual"
section = "work"

[[addition.paragraph]]
sentence = ["全年借伞{umbrella.times}次，借出爱心伞{umbrella.lent}把。"]
""",
}


def test_a_new_register_is_imported_counted_and_reported_by_toml_alone(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "yunlan"
    for name, text in OWN_PACK.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    desk = replace(desk, pack=load_pack([BUILTIN / "cn-integrity", folder]))
    workbook = tmp_path / "book.xlsx"
    write_template(desk.pack, workbook)
    assert "爱心伞台账" in openpyxl.load_workbook(workbook).sheetnames
    book = openpyxl.Workbook()
    sheet = book.create_sheet("爱心伞台账")
    for row in (["事由", "日期", "数量"], ["下雨", "2023年4月3日", "3把"], ["大雨", "2023-07-09", 4]):
        sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(workbook)
    import_workbook(desk, workbook)
    tags = read_figure_tags(report_of(desk).docx)
    assert ("umbrella.times", "organisation", "2") in tags
    assert ("umbrella.lent", "organisation", "7") in tags


def test_a_figure_that_waits_for_another_in_its_sentence_is_told(sample_desk: Desk) -> None:
    """The sample year has no personal promises; readings of the club would be lost with them."""
    outline = sample_desk.pack.outlines["annual"]
    sentence = Sentence(
        "举办诗歌朗诵会{event.recitation.count}次，签订承诺书{promise.personal.count}份，有内设机构{org.sections}个。"
    )
    section = Section("own", 1, "一节", "", (Paragraph((sentence,)),))
    report = make_report(sample_desk, replace(outline, section=(section,)), 2023, SIGNED)
    assert [one.figure for one in report.unprinted] == ["event.recitation.count"]
    assert report.as_json([])["unprinted"] != []


def test_the_pack_loses_no_recorded_figure(sample_desk: Desk) -> None:
    assert report_of(sample_desk).unprinted == ()
