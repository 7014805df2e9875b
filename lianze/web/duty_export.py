"""The matrix as a workbook: one sheet to print, one with a line for each bearer and period."""

import io

import xlsxwriter

from lianze.duties.compute import Standing
from lianze.web.duty_matrix import Block, View, blocks_of
from lianze.web.duty_words import late_words, period_title, state_words, sureness
from lianze.web.language import both, named

COLOURS = {"missed": "#fbeceb", "due": "#e4eef0"}
WIDE, NARROW = 34, 9
A4 = 9


def render_xlsx(view: View, standings: list[Standing]) -> bytes:
    """The workbook; nothing in it is a formula."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        write_matrix(book, view, blocks_of(view, standings))
        write_details(book, view, standings)
    return file.getvalue()


def write_matrix(book: xlsxwriter.Workbook, view: View, blocks: list[Block]) -> None:
    """The sheet to print: A4 across, one page wide."""
    sheet = book.add_worksheet(both("责任矩阵", "Duties"))
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(0, 2)
    sheet.set_column(0, 0, WIDE)
    sheet.set_column(1, 1, WIDE / 2)
    sheet.set_column(2, 13, NARROW)
    head = book.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True})
    plain = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
    title = both(
        f"{view.desk.organisation.name}　{view.year}年责任矩阵", f"{view.desk.organisation.name}: duties {view.year}"
    )
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    at = 2
    for block in blocks:
        for column, text in enumerate((block.title, both("谁", "Who"), *block.heads)):
            sheet.write_string(at, column, text, head)
        for line in block.lines:
            at += 1
            sheet.write_string(at, 0, named(line.duty), plain)
            sheet.write_string(at, 1, line.who, plain)
            column = 2
            for place in line.places:
                style = {"border": 1, "align": "center", "valign": "vcenter"}
                style |= {"bg_color": COLOURS[place.state]} if place.state in COLOURS else {}
                if place.wide > 1:
                    sheet.merge_range(at, column, at, column + place.wide - 1, place.mark, book.add_format(style))
                else:
                    sheet.write_string(at, column, place.mark, book.add_format(style))
                column += place.wide
        at += 2
    legend = both(
        "✓ 已办的次数；待、缺：已办／应办；多人多机构的，按已办的人（机构）数／应办的数",
        "✓ times done; due, ✗: done of owed; of several bearers, how many have done it",
    )
    sheet.write_string(at, 0, legend)


def write_details(book: xlsxwriter.Workbook, view: View, standings: list[Standing]) -> None:
    """One line a bearer and period; days stay days, numbers numbers."""
    sheet = book.add_worksheet(both("明细", "Details"))
    heads = both(
        "责任,谁,期间,起,止,办理期限,应办,已办,情况,依据,把握程度",
        "Duty,Who,Period,From,To,To be done by,Owed,Done,Stands,Source,How sure",
    ).split(",")
    bold, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
    for column, text in enumerate(heads):
        sheet.write_string(0, column, text, bold)
    lines = ((one, row, cell) for one in standings for row in one.rows for cell in row.cells)
    for at, (one, row, cell) in enumerate(lines, 1):
        who = row.bearer.name or both("本单位", "The organisation")
        for column, text in enumerate((named(one.duty), who, period_title(one.duty, cell.span, view.desk.pack))):
            sheet.write_string(at, column, text)
        for column, on in enumerate((cell.span.period.start, cell.span.period.last_day, cell.span.due_on), 3):
            sheet.write_datetime(at, column, on, day)
        sheet.write_number(at, 6, cell.required)
        sheet.write_number(at, 7, cell.hits)
        stands = f"{state_words(cell.state, cell.hits)} {late_words(cell.is_late, of_several=False)}".rstrip()
        for column, text in enumerate((stands, one.duty.source, sureness(one.duty)), 8):
            sheet.write_string(at, column, text)
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 0, WIDE)
    sheet.set_column(1, 10, 12)
