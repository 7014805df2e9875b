"""Documents per second: ours in the official format against python-docx with the same paragraphs, plain."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import UTC, datetime

import docx

from bench.rows import Row
from lianze.reports.typeset.docx import render_docx
from lianze.reports.typeset.model import Block, Document, FigureRun, Heading, Paragraph, Run, Title
from lianze.reports.typeset.numbering import number_headings
from lianze.reports.typeset.pdf import find_office, render_pdfs

AT = datetime(2023, 12, 8, tzinfo=UTC)
SENTENCE = "各科室对照责任清单逐项登记、逐项销号，做到事事有记录、件件有着落，"
PARAGRAPHS = 28  # five pages
FIGURES = 3  # in each paragraph
PDFS = 8


def report() -> Document:
    """Five pages with a heading every seventh paragraph and 84 figures as content controls."""
    blocks: list[Block] = [Title(("云溪市归国华侨联合会2023年党风廉政建设责任制执行情况报告",))]
    for index in range(PARAGRAPHS):
        if index % 7 == 0:
            blocks.append(Heading(1, (Run("工作开展情况"),)))
        runs = [
            run
            for part in range(FIGURES)
            for run in (Run(SENTENCE), FigureRun(str(index + part), f"figure.{part}", "yunxi@2023", "数据项"))
        ]
        blocks.append(Paragraph((*runs, Run("次。"))))
    return Document(blocks=number_headings(blocks))


def plain(texts: list[str]) -> bytes:
    """The same words as python-docx writes them by default."""
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def per_second(work: Callable[[], object], seconds: float = 2.0) -> float:
    """How often `work` ran in a second, over at least `seconds`, after one run that fills the caches."""
    work()
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        work()
        count += 1
    return count / (time.perf_counter() - start)


def run() -> list[Row]:
    """DOCX per second, and PDF per second in one batch, where LibreOffice is present."""
    document = report()
    file = render_docx(document, AT)
    texts = [paragraph.text for paragraph in docx.Document(io.BytesIO(file)).paragraphs]
    ours, theirs = per_second(lambda: render_docx(document, AT)), per_second(lambda: plain(texts))
    rows: list[Row] = [
        {
            "name": "DOCX of five pages",
            "value": f"{ours:.0f}/s",
            "baseline": f"python-docx, same paragraphs without format or figures: {theirs:.0f}/s",
            "ratio": ours / theirs,
            "note": "higher is better; ours holds 84 content controls",
        }
    ]
    return rows + pdf_rows(file) if find_office() else rows


def pdf_rows(file: bytes) -> list[Row]:
    """PDF in a batch against a start of LibreOffice for each."""
    batch = PDFS * per_second(lambda: render_pdfs([file] * PDFS), 3.0)
    single = per_second(lambda: render_pdfs([file]), 3.0)
    return [
        {
            "name": "PDF of five pages",
            "value": f"{batch:.1f}/s",
            "baseline": f"one start of LibreOffice each: {single:.1f}/s",
            "ratio": batch / single,
            "note": f"higher is better; batch of {PDFS}",
        }
    ]
