"""Which sheet is which, and which of its rows holds the column titles."""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lianze.exchange.columns import Column, SheetPlan
from lianze.exchange.faults import CellProblem, cell_problem
from lianze.pack.shown import shown
from lianze.pack.spelling import folded

SEARCHED_ROWS = 30
REMARKS = re.compile(r"[(\[【〔].*?[)\]】〕]")
MARKS = re.compile(r"[*＊※★:：]")
NUMBERING = re.compile(r"^(?:\d+|[一二三四五六七八九十]+)[.、．]|(?:19|20)\d\d年?(?:度)?$|^(?:19|20)\d\d年(?:度)?")
# Columns that only count rows.
COUNTING = ("序号", "序", "no", "no.")


@dataclass(frozen=True)
class Header:
    """The row of titles (from 0) and the column that stands at each position."""

    row: int
    columns: dict[int, Column]


def bare(title: object) -> str:
    """A title without `*`, brackets, blanks and case."""
    return MARKS.sub("", REMARKS.sub("", folded(str(title))))


def plan_named(name: str, plans: Iterable[SheetPlan]) -> SheetPlan | None:
    """The plan of a sheet that may be called “1. 活动台账（2023年）”."""
    wanted = NUMBERING.sub("", NUMBERING.sub("", bare(name)))
    return next((plan for plan in plans if wanted in (bare(plan.title), plan.id)), None)


def titles_of(plan: SheetPlan) -> dict[str, Column]:
    """Every spelling of a column's title; a title wins over another column's alias."""
    known: dict[str, Column] = {}
    for column in plan.columns:
        for alias in (*column.field.aliases, column.field.title_en):
            known.setdefault(bare(alias), column)
            known.setdefault(folded(alias), column)
    for column in plan.columns:
        known[folded(column.title)] = known[bare(column.title)] = column
    return known


def find_header(plan: SheetPlan, rows: Sequence[Sequence[object]]) -> int | None:
    """The row with most known titles; None when no row has two."""
    known = titles_of(plan)
    counts = [sum(column_of(cell, known) is not None for cell in row) for row in rows[:SEARCHED_ROWS]]
    most = max(counts, default=0)
    return counts.index(most) if most >= min(2, len(plan.columns)) else None


def column_of(cell: object, known: dict[str, Column]) -> Column | None:
    """The column that a title names."""
    if not isinstance(cell, str) or not cell.strip():
        return None
    return known.get(folded(cell)) or known.get(bare(cell))


def read_header(
    plan: SheetPlan, sheet: str, rows: Sequence[Sequence[object]], problems: list[CellProblem]
) -> Header | None:
    """The sheet's columns; None when it has no header row. Unknown, repeated and missing titles are faults."""
    at = find_header(plan, rows)
    if at is None:
        wanted = "、".join(column.title for column in plan.columns[:6])
        sentence = f"没有找到标题行；应有一行写着{wanted}等列名 / no row with the column titles"
        problems.append(cell_problem(sheet, -1, None, "", "header", sentence))
        return None
    known, columns = titles_of(plan), dict[int, Column]()
    for position, cell in enumerate(rows[at]):
        column = column_of(cell, known)
        title = str(cell).strip()
        if column is not None and any(column.key == other.key for other in columns.values()):
            sentence = f"“{shown(title)}”这一列出现两次 / this column stands there twice"
            problems.append(cell_problem(sheet, at, position, shown(title), "header", sentence))
        elif column is not None:
            columns[position] = column
        elif title and bare(title) not in COUNTING:
            problems.append(unknown_title(plan, sheet, at, position, title))
    problems.extend(missing_titles(plan, sheet, at, columns.values()))
    return Header(at, columns)


def unknown_title(plan: SheetPlan, sheet: str, row: int, position: int, title: str) -> CellProblem:
    """A title that the register doesn't have, with those it may have meant."""
    near = difflib.get_close_matches(title, [column.title for column in plan.columns], 3, 0.4)
    known = "、".join(column.title for column in plan.columns)
    hint = f"是否为{'、'.join(near)}？" if near else f"可用：{known}；"
    sentence = f"不认识的列“{shown(title)}”；{hint}不需要的列请删去 / unknown column"
    return cell_problem(sheet, row, position, shown(title), "header", sentence)


def missing_titles(plan: SheetPlan, sheet: str, row: int, found: Iterable[Column]) -> list[CellProblem]:
    """Columns that must be filled and aren't there."""
    keys = {column.key for column in found}
    return [
        cell_problem(sheet, row, None, column.title, column.key, f"缺少“{column.title}”这一列 / this column is missing")
        for column in plan.columns
        if is_needed(column) and column.key not in keys
    ]


def is_needed(column: Column) -> bool:
    """Whether every row must fill the column, so that a sheet without it can't be right."""
    return column.field.required and not column.field.kinds
