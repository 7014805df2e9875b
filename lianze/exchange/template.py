"""The empty workbook of a pack: every sheet with its titles, notes, drop-downs and formats, ready to print and fill."""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from lianze.exchange.columns import Column, SheetPlan, plans_of
from lianze.exchange.guidance import example_of, note_of, sentences_of
from lianze.exchange.layout import A4, Look, column_width, print_across
from lianze.pack.choosing import Options
from lianze.pack.dates import FIRST_YEAR, LAST_YEAR
from lianze.pack.definitions import Pack

TITLE_ROW, HEADER_ROW, LAST_ROW = 0, 1, 3_000
GUIDE_WIDTH = 72
GUIDE, EXAMPLES, LISTS = "填写说明", "填写示例", "选项"


def write_template(pack: Pack, path: Path, known: Collection[str] | None = None) -> None:
    """Writes the workbook, of all registers or of those `known` to whoever asks."""
    with xlsxwriter.Workbook(path) as workbook:
        workbook.set_properties({"title": f"{pack.title}（空白工作簿）", "comments": f"{pack.id} {pack.version}"})
        Template(workbook, pack, plans_of(pack, known)).write()


@dataclass
class Lists:
    """The hidden sheet whose columns the drop-downs take their items from; a list is written once."""

    sheet: Worksheet
    ranges: dict[tuple[str, ...], str] = field(default_factory=dict)

    def range_of(self, items: tuple[str, ...]) -> str:
        """Where the items stand, as a formula."""
        if items not in self.ranges:
            position = len(self.ranges)
            self.sheet.write_column(0, position, items)
            letters = xl_col_to_name(position, col_abs=True)
            self.ranges[items] = f"={LISTS}!{letters}$1:{letters}${len(items)}"
        return self.ranges[items]


class Template:
    """One workbook in the making."""

    def __init__(
        self, workbook: xlsxwriter.Workbook, pack: Pack, plans: list[SheetPlan], sentences: Iterable[str] = ()
    ) -> None:
        self.workbook = workbook
        self.pack = pack
        self.plans = plans
        self.sentences = sentences or sentences_of(plans)
        self.look = Look(workbook)

    def write(self) -> None:
        """Every sheet, the guide first, the lists last."""
        self.guide(self.workbook.add_worksheet(GUIDE))
        sheets = [(plan, self.workbook.add_worksheet(plan.title)) for plan in self.plans]
        self.examples(self.workbook.add_worksheet(EXAMPLES))
        self.lists = Lists(self.workbook.add_worksheet(LISTS))
        self.lists.sheet.very_hidden()
        for plan, sheet in sheets:
            self.fill(plan, sheet)

    def fill(self, plan: SheetPlan, sheet: Worksheet) -> None:
        """One sheet to be filled in."""
        last = len(plan.columns) - 1
        sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, last, plan.title, self.look.title)
        sheet.set_row(TITLE_ROW, 28)
        sheet.set_row(HEADER_ROW, 34)
        for position, column in enumerate(plan.columns):
            needed = column.field.required
            look = self.look.needed if needed else self.look.header
            sheet.write_string(HEADER_ROW, position, column.title + ("*" if needed else ""), look)
            sheet.write_comment(HEADER_ROW, position, note_of(column), {"x_scale": 2, "y_scale": 1.6})
            is_date = column.field.type == "date"
            is_number = column.field.type in ("integer", "decimal")
            body = self.look.date if is_date else self.look.plain if is_number else self.look.text
            sheet.set_column(position, position, column_width(column), body)
            rule = self.rule_of(column)
            if rule is not None:
                sheet.data_validation(HEADER_ROW + 1, position, LAST_ROW, position, rule)
        sheet.freeze_panes(HEADER_ROW + 1, 2)
        sheet.autofilter(HEADER_ROW, 0, HEADER_ROW, last)
        print_across(sheet, [column_width(column) for column in plan.columns], (TITLE_ROW, HEADER_ROW))

    def rule_of(self, column: Column) -> dict[str, object] | None:
        """What Excel checks while somebody types; the import checks again."""
        source = self.source_of(column)
        if source is not None:
            # A unit or person typed before its own sheet is filled may stay; a choice outside the list may not.
            kind = "warning" if column.field.type in ("unit", "person") else "stop"
            return self.told({"validate": "list", "source": source, "error_type": kind}, "请从下拉列表中选择")
        if column.field.type == "date":
            span = {"minimum": date(FIRST_YEAR, 1, 1), "maximum": date(LAST_YEAR, 12, 31)}
            rule = {"validate": "date", "criteria": "between", "error_type": "warning", **span}
            return self.told(rule, "请填日期，如 2023-03-05")
        if column.field.type in ("integer", "decimal") and column.field.minimum is not None:
            low = float(column.field.minimum)
            rule = {"validate": "decimal", "criteria": ">=", "value": low, "error_type": "warning"}
            return self.told(rule, f"请填不小于{column.field.minimum}的数")
        return None

    def told(self, rule: dict[str, object], message: str) -> dict[str, object]:
        """The rule with its message."""
        return rule | {"error_title": "请核对", "error_message": message}

    def source_of(self, column: Column) -> str | list[str] | None:
        """Where the drop-down of a column takes its items from."""
        if column.field.type == "boolean":
            return ["是", "否"]
        if column.field.type == "unit":
            return f"=机构!$A${HEADER_ROW + 2}:$A$200"
        if column.field.type == "person":
            return f"=人员!$A${HEADER_ROW + 2}:$A$1000"
        if column.field.type == "choice" and column.options.options:
            return self.lists.range_of(titles_of(column.options))
        return None

    def guide(self, sheet: Worksheet) -> None:
        """How to fill it in."""
        sheet.set_column(0, 0, GUIDE_WIDTH)
        sheet.set_row(0, 30)
        sheet.write_string(0, 0, f"{self.pack.title}：填写说明", self.look.title)
        for row, sentence in enumerate(self.sentences, 1):
            # Nobody measures text for us: a Chinese character is two wide, a line 18 points high.
            sheet.set_row(row, 18 * max(1, math.ceil(2.2 * len(sentence) / GUIDE_WIDTH)))
            sheet.write_string(row, 0, sentence, self.look.wrapped)
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)

    def examples(self, sheet: Worksheet) -> None:
        """An example of every column, down the page, so that it can be read and printed; not imported."""
        titles = ("表", "列", "必填", "示例", "说明")
        widths = (16, 18, 6, 36, 60)
        for position, (title, width) in enumerate(zip(titles, widths, strict=True)):
            sheet.set_column(position, position, width)
            sheet.write_string(HEADER_ROW, position, title, self.look.header)
        sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, len(titles) - 1, "填写示例（本表不会被导入）", self.look.title)
        row = HEADER_ROW
        for plan in self.plans:
            for column in plan.columns:
                row += 1
                needed = "是" if column.field.required else ""
                cells = (
                    plan.title,
                    column.title,
                    needed,
                    example_of(column, plan),
                    note_of(column).replace("\n", "；"),
                )
                sheet.write_row(row, 0, cells, self.look.text)
        sheet.freeze_panes(HEADER_ROW + 1, 2)
        print_across(sheet, widths, (TITLE_ROW, HEADER_ROW))


def titles_of(options: Options) -> tuple[str, ...]:
    """What the drop-down shows."""
    return tuple(option.title for option in options.options)
