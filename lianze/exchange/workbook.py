"""A workbook's sheets as plain rows of values, read by python-calamine after `container` has let the file through."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from lianze.domain.errors import Refused
from lianze.exchange.columns import SheetPlan
from lianze.exchange.container import inspect
from lianze.exchange.headers import plan_named
from lianze.exchange.scan import Scan

# Sheets of our own template that hold no records.
COPIED = re.compile(r"\s\(\d+\)$")  # as Excel and WPS name a copy
OURS = ("填写说明", "填写示例", "选项")


@dataclass(frozen=True)
class Sheet:
    """A sheet of a register or of the organisation. Rows and columns count from 0, as in Excel less one."""

    name: str
    plan: SheetPlan
    rows: Sequence[Sequence[object]]
    scan: Scan


@dataclass(frozen=True)
class Workbook:
    """What the import reads: known sheets in the pack's order, and what it leaves alone, with the reason."""

    sheets: list[Sheet]
    notes: list[str] = field(default_factory=list)


def read_workbook(path: Path, plans: Sequence[SheetPlan]) -> Workbook:
    """The known, visible sheets. Refused for a file that can't be opened or has none of them."""
    package = inspect(path)
    notes = ["工作簿含宏，只读取数据，宏未运行 / macros were not run"] if package.has_macros else []
    found: list[Sheet] = []
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            for meta in workbook.sheets_metadata:
                plan = plan_named(meta.name, plans)
                if plan is None:
                    if meta.name not in OURS and holds_rows(workbook.get_sheet_by_name(meta.name)):
                        notes.append(
                            f"工作表“{meta.name}”不在可导入的表之列，未导入：请核对表名，或您的角色不能导入这张表 / not among the sheets that you can import: check its name, or your role"
                        )
                elif meta.visible != SheetVisibleEnum.Visible:
                    notes.append(f"工作表“{meta.name}”已隐藏，未导入 / hidden sheet left out")
                else:
                    rows = list(rows_of(workbook.get_sheet_by_name(meta.name)))
                    found.append(Sheet(meta.name, plan, rows, package.scans.get(meta.name, Scan())))
    except CalamineError as error:
        raise Refused(f"“{path.name}”无法读取，请用 Excel 或 WPS 另存为 .xlsx：{error} / unreadable") from error
    found = without_copies(found, notes)
    if not found:
        titles = "、".join(plan.title for plan in plans)
        raise Refused(f"“{path.name}”中没有可导入的工作表；工作表应名为：{titles} / no sheet of this pack")
    order = {plan.id: place for place, plan in enumerate(plans)}
    return Workbook(sorted(found, key=lambda sheet: order[sheet.plan.id]), notes)


def without_copies(sheets: Sequence[Sheet], notes: list[str]) -> list[Sheet]:
    """The sheets that are not whole copies of one before them; each copy is told, and so is one that was changed since."""
    kept: list[Sheet] = []
    for sheet in sheets:
        first = next((one for one in kept if one.plan.id == sheet.plan.id), None)
        if first is not None and first.rows == sheet.rows:
            notes.append(
                f"工作表“{sheet.name}”与“{first.name}”内容完全相同，只导入一份 / {sheet.name} is a copy of {first.name} and was left out"
            )
            continue
        if first is not None and COPIED.search(sheet.name):
            notes.append(
                f"工作表“{sheet.name}”像是“{first.name}”的副本，两张都读了：不需要的请删去 /"
                f" {sheet.name} looks like a copy of {first.name}; both were read: remove the one that is not meant"
            )
        kept.append(sheet)
    return kept


def holds_rows(sheet: CalamineSheet) -> bool:
    """Whether anything stands below the titles, which are the fullest row: an empty sheet of the template is no news."""
    filled = [sum(cell not in ("", None) for cell in row) for row in sheet.to_python()]
    return bool(filled) and any(filled[filled.index(max(filled)) + 1 :])


def rows_of(sheet: CalamineSheet) -> Iterator[list[object]]:
    """Every row from the first of the sheet; a cell merged downwards counts for each of its rows."""
    rows: list[list[object]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and row[left] == "":
                row[left] = rows[top][left]
    return iter(rows)


def is_blank(row: Sequence[object]) -> bool:
    """Whether nothing visible stands in a row."""
    return all(cell == "" or cell is None or (isinstance(cell, str) and not cell.strip()) for cell in row)
