"""The sample year as the workbook that an office would hand in, so that the demo goes through the real import."""

import csv
import shutil
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from lianze.exchange.columns import Column, SheetPlan, plans_of
from lianze.exchange.layout import Look, column_width, print_across
from lianze.exchange.sample.office import FOLDER, SAMPLE
from lianze.pack.definitions import Pack
from lianze.pack.load import load_builtin

# Offices mix real dates with dates typed as text: every so many rows of the sample is typed.
TYPED_EVERY = 9
HEADER_ROW = 2


def write_sample(path: Path, evidence_folder: Path, pack: Pack | None = None) -> None:
    """Writes the sample year's workbook, and its evidence files into a folder. The same bytes every time."""
    workbook = xlsxwriter.Workbook(path, {"in_memory": True})
    workbook.set_properties({"title": f"{SAMPLE.name}{SAMPLE.year}年台账", "created": datetime(SAMPLE.year, 12, 28)})  # noqa: DTZ001 (Excel knows no time zones)
    look = Look(workbook)
    for plan in plans_of(pack or load_builtin()):
        source = FOLDER / f"{plan.id}.tsv"
        if source.is_file():
            with source.open(encoding="utf-8", newline="") as file:
                write_sheet(workbook, look, plan, list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)))
    workbook.close()
    evidence_folder.mkdir(parents=True, exist_ok=True)
    for kept in sorted((FOLDER / "evidence").iterdir()):
        shutil.copyfile(kept, evidence_folder / kept.name)


def write_sheet(workbook: xlsxwriter.Workbook, look: Look, plan: SheetPlan, rows: list[list[str]]) -> None:
    """One sheet: a merged title, who filled it in, the column titles, the rows."""
    sheet = workbook.add_worksheet(plan.title)
    titles, last = rows[0], len(rows[0]) - 1
    known = {column.title: column for column in plan.columns}
    sheet.merge_range(0, 0, 0, last, f"{SAMPLE.short_name}{SAMPLE.year}年{plan.title}", look.title)
    sheet.merge_range(1, 0, 1, last, f"填报单位：{SAMPLE.name}", look.plain)
    for position, title in enumerate(titles):
        column = known.get(title)
        sheet.write_string(HEADER_ROW, position, title + ("*" if column and column.field.required else ""), look.header)
        sheet.set_column(position, position, column_width(column) if column else 12)
    for place, row in enumerate(rows[1:], HEADER_ROW + 1):
        for position, (title, text) in enumerate(zip(titles, row, strict=True)):
            if text:
                write_cell(sheet, look, place, position, known.get(title), text)
    sheet.freeze_panes(HEADER_ROW + 1, 2)
    widths = [column_width(known[title]) if title in known else 12 for title in titles]
    print_across(sheet, widths, (0, HEADER_ROW))


def write_cell(
    sheet: xlsxwriter.worksheet.Worksheet, look: Look, row: int, position: int, column: Column | None, text: str
) -> None:
    """A real date, a number, or text."""
    kind = column.field.type if column else "text"
    if kind == "date" and row % TYPED_EVERY:
        sheet.write_datetime(row, position, date.fromisoformat(text), look.date)
    elif kind == "date":
        day = date.fromisoformat(text)
        sheet.write_string(row, position, f"{day.year}年{day.month}月{day.day}日", look.text)
    elif kind in ("integer", "decimal"):
        sheet.write_number(row, position, float(Decimal(text)), look.plain)
    else:
        sheet.write_string(row, position, text, look.text)
