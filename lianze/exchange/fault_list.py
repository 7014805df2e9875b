"""The faults of a workbook as a list to work down: where, what is wrong, what is expected; on a page or as a workbook."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter

from lianze.exchange.columns import Column, SheetPlan
from lianze.exchange.faults import CellProblem
from lianze.exchange.guidance import takes
from lianze.exchange.headers import plan_named
from lianze.exchange.layout import Look, print_across

HEADS = (
    ("完成", "Done", 8),
    ("工作表", "Sheet", 16),
    ("行", "Row", 7),
    ("列", "Column", 8),
    ("列名", "Title", 16),
    ("问题", "What is wrong", 60),
    ("应填", "What is expected", 44),
)
NOT_FILLED = "不可不填 / must be filled"
Reader = Callable[[str], str]


@dataclass(frozen=True)
class FaultLine:
    """One fault with the column it is about, where there is one; `expected` in both languages."""

    problem: CellProblem
    plan: SheetPlan | None
    column: Column | None
    expected: str

    @property
    def place(self) -> str:
        """Where it is, in both languages."""
        one = self.problem
        row = f", row {one.row}" if one.row else ""
        column = f", column {one.column}" if one.column else ""
        title = f" “{one.title}”" if one.title else ""
        return f"{one.place} / {one.sheet}{row}{column}{title}"


def lines_of(problems: Iterable[CellProblem], plans: Sequence[SheetPlan]) -> list[FaultLine]:
    """The faults in their order."""
    found = []
    for problem in problems:
        plan = plan_named(problem.sheet, plans)
        columns = plan.columns if plan else ()
        column = next((one for one in columns if one.key == problem.rule), None)
        found.append(FaultLine(problem, plan, column, expected_of(column)))
    return found


def expected_of(column: Column | None) -> str:
    """What belongs into the column; "" where nothing more is known of it."""
    if column is None:
        return ""
    field = column.field
    helped = f"{field.help} / {field.help_en}" if field.help and field.help_en else field.help
    if column.key.startswith((">", "@")) or column.key == "evidence":
        return helped
    return takes(column) or helped or (NOT_FILLED if field.required else "")


def render_faults(lines: Iterable[FaultLine], read: Reader, heads: Sequence[str]) -> bytes:
    """A workbook of one sheet with a box to tick for each fault, ready to filter and to print; `read` picks a language."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        look, sheet = Look(book), book.add_worksheet(read("问题清单 / Faults"))
        widths = [width for *_, width in HEADS]
        for at, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, head, look.header)
        row = 0
        for row, line in enumerate(lines, 1):
            one = line.problem
            sheet.write_string(row, 0, "☐", look.wrapped)
            sheet.write_string(row, 1, one.sheet, look.wrapped)
            if one.row:
                sheet.write_number(row, 2, one.row)
            for column, text in enumerate((one.column, one.title, read(one.sentence), read(line.expected)), 3):
                sheet.write_string(row, column, text, look.wrapped)
        sheet.autofilter(0, 0, row, len(HEADS) - 1)
        sheet.freeze_panes(1, 0)
        print_across(sheet, widths, (0, 0))
    return file.getvalue()
