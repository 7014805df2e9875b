"""Rows of a sheet as typed values, before anyone is looked up in the ledger."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lianze.exchange.columns import Column, SheetPlan
from lianze.exchange.faults import CellProblem, cell_problem
from lianze.exchange.headers import Header, is_needed, read_header
from lianze.exchange.workbook import Sheet, is_blank
from lianze.pack.shown import Fault
from lianze.pack.values import Value, parse_value

MOST_REMEMBERED = 4_096


@dataclass
class Draft:
    """One row: `values` by column key, None for an empty cell. `faulty` names the keys whose faults are told already."""

    row: int
    values: dict[str, Value]
    faulty: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class DraftSheet:
    """A sheet's rows, and where its columns stand."""

    name: str
    plan: SheetPlan
    drafts: list[Draft]
    positions: dict[str, int]

    @cached_property
    def missing(self) -> frozenset[str]:
        """Columns that must be there and aren't, which the header's faults tell."""
        return frozenset(c.key for c in self.plan.columns if is_needed(c) and c.key not in self.positions)

    def problem(self, draft: Draft, key: str, sentence: str) -> CellProblem:
        """A fault of one row: in the column of `key` where the sheet has it, else of the row."""
        column = next((column for column in self.plan.columns if column.key == key), None)
        draft.faulty.add(key)
        return cell_problem(
            self.name, draft.row, self.positions.get(key), column.title if column else "", key, sentence
        )


def drafts_of(sheet: Sheet, problems: list[CellProblem]) -> DraftSheet:
    """Every row that isn't blank; what can't be parsed is noted in `problems`."""
    header = read_header(sheet.plan, sheet.name, sheet.rows, problems)
    if header is None:
        return DraftSheet(sheet.name, sheet.plan, [], {})
    positions = {column.key: position for position, column in header.columns.items()}
    found = DraftSheet(sheet.name, sheet.plan, [], positions)
    readers = [(position, column.key, Reader(column)) for position, column in header.columns.items()]
    untitled = [p for p in range(len(sheet.rows[header.row])) if not str(sheet.rows[header.row][p]).strip()]
    marked = {row for row, _ in sheet.scan.unevaluated} | {row for row, _ in sheet.scan.errors}
    for at in range(header.row + 1, len(sheet.rows)):
        row = sheet.rows[at]
        if is_blank(row) and at not in marked:
            continue
        draft = Draft(at, {})
        for position, key, reader in readers:
            value = reader.read(row[position] if position < len(row) else None)
            if isinstance(value, Fault):
                problems.append(found.problem(draft, key, value.sentence))
                value = None
            draft.values[key] = value
        problems.extend(without_title(sheet, at, untitled))
        if at in marked:
            problems.extend(of_formulas(sheet, header, found, draft))
        found.drafts.append(draft)
    return found


class Reader:
    """Parses the cells of one column; the same text is parsed once, since columns repeat themselves."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self.known: dict[str, Value | Fault] = {}

    def read(self, raw: object) -> Value | Fault:
        """The typed value of a cell."""
        if raw is None or raw == "":
            return None
        if not isinstance(raw, str):
            return parse_value(self.column.field, raw, self.column.options)
        if raw not in self.known:
            if len(self.known) > MOST_REMEMBERED:
                self.known.clear()
            self.known[raw] = parse_value(self.column.field, raw, self.column.options)
        return self.known[raw]


def without_title(sheet: Sheet, at: int, untitled: list[int]) -> Iterator[CellProblem]:
    """Content in a column that has no title would be lost silently."""
    for position in untitled:
        if str(sheet.rows[at][position]).strip():
            sentence = "这一列没有列名，内容无法导入；请补列名或删去 / a column without a title"
            yield cell_problem(sheet.name, at, position, "", "header", sentence)


def of_formulas(sheet: Sheet, header: Header, found: DraftSheet, draft: Draft) -> Iterator[CellProblem]:
    """Cells of a row that Excel shows as errors, and formulas whose results were never stored."""
    for position, column in header.columns.items():
        at = (draft.row, position)
        if at in sheet.scan.unevaluated:
            sentence = (
                "公式没有计算结果；请用 Excel 或 WPS 打开并保存，或改为填写数值 / formula without a stored result"
            )
            yield found.problem(draft, column.key, sentence)
        elif at in sheet.scan.errors:
            yield found.problem(draft, column.key, f"单元格显示为错误值 {sheet.scan.errors[at]} / an error value")
