"""A fault in a workbook, with its place as Excel names it."""

from dataclasses import dataclass

from lianze.domain.errors import Problem
from lianze.exchange.scan import column_letters


@dataclass(frozen=True)
class CellProblem(Problem):
    """A fault at a sheet, a row (from 1, as Excel counts; 0: the whole sheet) and a column (letters; "": the row).
    `is_unknown`: the cell names a person or unit that is not there and could be added."""

    sheet: str = ""
    row: int = 0
    column: str = ""
    title: str = ""
    is_unknown: bool = False


def cell_problem(sheet: str, row: int, column: int | None, title: str, rule: str, sentence: str) -> CellProblem:
    """The fault at `row` and `column`, both from 0; `row` -1 and `column` None where there is none."""
    letters = "" if column is None else column_letters(column)
    place = f"{sheet} 第{row + 1}行" if row >= 0 else sheet
    if letters or title:
        place += f" {letters}列" if letters else ""
        place += f"“{title}”" if title else ""
    return CellProblem(place, rule, sentence, sheet=sheet, row=row + 1, column=letters, title=title)
