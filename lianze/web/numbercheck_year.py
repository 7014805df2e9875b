"""The year that a report is held against: the one chosen, else the one the report itself is about."""

from lianze.claims import wording as w
from lianze.claims.blocks import with_sections
from lianze.claims.report_year import report_year
from lianze.claims.shapes import Checked, Reading
from lianze.claims.terms import load_terms
from lianze.web.language import both, is_english
from lianze.web.requests import DeskRequest
from lianze.web.year import FIRST, LAST

NONE = "none"  # the text alone, whatever year it is about


def year_of(request: DeskRequest, reading: Reading) -> int | None:
    """The year to hold it against; None for a check of the text alone."""
    text = request.POST.get("year", "")
    if text == NONE:
        return None
    year = int(text) if text.isdecimal() else report_year(with_sections(reading.blocks, load_terms()))
    return year if FIRST <= year <= LAST else None


def year_words(request: DeskRequest, checked: Checked) -> str:
    """How the year was found, where nobody chose it or another one was chosen; "" where there is nothing to say."""
    if checked.is_of_other_year:
        return w.other_year(checked, is_english())
    if request.POST.get("year", ""):
        return ""
    if checked.records_year:
        year = checked.records_year
        return both(f"年份取自报告：{year}年。", f"The year is the report's own: {year}.")
    return both(
        "报告没有写明年份，所以没有与台账核对；请选择年份再核。",
        "The report names no year, so it was not held against the registers: choose one.",
    )
