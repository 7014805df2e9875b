"""How the workbooks that we write look: fonts, fills, widths."""

import math
from collections.abc import Sequence
from functools import cached_property

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lianze.exchange.columns import Column

FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
DATE = "yyyy-mm-dd"
# Widths in characters by field type; Chinese characters count two.
WIDTHS = {"text": 18, "longtext": 30, "date": 12, "integer": 10, "decimal": 10, "boolean": 8, "choices": 24}
# A4 in Excel's numbering, and how many characters of its width stay legible when printed across.
A4, PAGE_WIDTH = 9, 170


class Look:
    """The formats of one workbook."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self.workbook = workbook

    def made(self, **properties: object) -> Format:
        """A format on the common font."""
        return self.workbook.add_format({**FONT, **properties})

    @cached_property
    def title(self) -> Format:
        return self.made(bold=True, font_size=16)

    @cached_property
    def header(self) -> Format:
        return self.made(bold=True, bg_color="#DCE6F1", border=1, align="center", text_wrap=True)

    @cached_property
    def needed(self) -> Format:
        return self.made(bold=True, bg_color="#F8DCDC", border=1, align="center", text_wrap=True)

    @cached_property
    def plain(self) -> Format:
        return self.made()

    @cached_property
    def text(self) -> Format:
        """Text as it is typed, so that 007 stays 007; not wrapped, since rows would have to grow by themselves."""
        return self.made(num_format="@")

    @cached_property
    def wrapped(self) -> Format:
        return self.made(num_format="@", text_wrap=True)

    @cached_property
    def date(self) -> Format:
        return self.made(num_format=DATE)


def column_width(column: Column) -> float:
    """Wide enough for what usually stands there and for half the title, which may wrap once."""
    if column.key == "title":
        return 40
    usual = 16 if column.many else WIDTHS.get(column.field.type, 14)
    if column.options.options:
        usual = min(26, 2 * max(len(option.title) for option in column.options.options) + 4)
    if column.key in ("number", "state", "unit", "owner", "person"):
        usual = 12
    return max(usual, len(column.title) + 3)


def print_across(sheet: Worksheet, widths: Sequence[float], title_rows: tuple[int, int]) -> None:
    """A4 across, as many pages wide as stay legible; titles and the first columns on every page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(max(1, math.ceil(sum(widths) / PAGE_WIDTH)), 0)
    sheet.repeat_rows(*title_rows)
    if len(widths) > 2:
        sheet.repeat_columns(0, 1)
    sheet.set_margins(0.4, 0.4, 0.6, 0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")
