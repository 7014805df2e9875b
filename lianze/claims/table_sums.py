"""Rows and columns of tables that say they are a total (合计, 小计, 总计) against what they add up.

Said only where it is certain what is added: plain numbers in one unit, no shares or averages, no rows inside other rows. Where not one of
several totals of a table adds up, the table is built otherwise than it seems, and nothing is called broken.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from lianze.claims.grids import Cell, Row, grids_in
from lianze.claims.paragraph import Placed, is_plain, shown, value
from lianze.claims.shapes import Block, Mention, Relation, RelationStatus
from lianze.claims.terms import Terms

_BLANKS = re.compile(r"[\s\u3000]+")
_NOTHING = frozenset(("", "-", "—", "——", "－", "/", "／", "0", "无"))
_WITHIN = re.compile(r"^(?:其中|其 中|含|包括)")
_MAIN = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）])")
SEVERAL = 3  # totals of one table, from which on one of them at least must add up


class Total(NamedTuple):
    """A number that says it is the sum of others, each with its place in the list of mentions."""

    total: Placed
    parts: tuple[Placed, ...]


Numbers = dict[tuple[int, int], Placed]


def table_sums(blocks: Sequence[Block], mentions: Sequence[Mention], terms: Terms) -> Iterator[Relation]:
    """One relation for each total of a table."""
    for grid in grids_in(blocks):
        numbers = _numbers(grid, mentions)
        totals = [*_of_rows(grid, numbers, terms)], [*_of_columns(grid, numbers, terms)]
        for found in totals:
            relations = [_relation(one, terms) for one in found]
            is_clear = len(relations) < SEVERAL or any(one.status == "ok" for one in relations)
            yield from (one for one in relations if is_clear)


def _numbers(grid: list[Row], mentions: Sequence[Mention]) -> Numbers:
    """The claims that fill a cell, by block and offset of the cell."""
    ends = {(cell.block, cell.start): cell.end for row in grid for cell in row if cell.text}
    return {
        (one.block, one.start): (place, one)
        for place, one in enumerate(mentions)
        if one.cls == "claim" and is_plain(one) and max(one.end, one.measure_end) >= ends.get((one.block, one.start), 10**9)
    }  # fmt: skip


def _of_rows(grid: list[Row], numbers: Numbers, terms: Terms) -> Iterator[Total]:
    """小计 adds up the rows since the last total, 合计 those since the last 合计, the last 总计 all; a total that stands first
    adds up those that follow. No row is looked at more than three times."""
    first = next((at for at, row in enumerate(grid) if any(_at(cell, numbers) for cell in row)), len(grid))
    rows = grid[first:]
    sums = [at for at, row in enumerate(rows) if _is_sum_row(row, terms)]
    is_sum, since_any, since_whole = set(sums), 0, 0
    for at in sums:
        start, end = since_whole, at
        if at == 0:
            start, end = 1, sums[1] if len(sums) > 1 else len(rows)
        elif _ends_in("tables.sum_of_some", rows[at], terms):
            start = since_any
        elif at == sums[-1] and _ends_in("tables.sum_of_all", rows[at], terms):
            start = 0
        since_any = at + 1
        if not _ends_in("tables.sum_of_some", rows[at], terms):
            since_whole = at + 1
        members = [
            row for n, row in enumerate(rows[start:end], start) if n not in is_sum and not _WITHIN.match(_said(row))
        ]
        mains = {bool(_MAIN.match(_said(row))) for row in members}
        if len(members) > 1 and len(mains) == 1:
            yield from _added(rows[at], members, grid[:first], numbers, terms)


def _added(total: Row, members: list[Row], heads: list[Row], numbers: Numbers, terms: Terms) -> Iterator[Total]:
    for cell in total:
        whole = _at(cell, numbers)
        title = "".join(
            head.text for row in heads for head in row if head.column <= cell.column < head.column + head.span
        )
        if whole is None or cell.span != 1 or terms.pattern("tables.not_added").search(title):
            continue
        parts = _parts(
            [next((one for one in row if one.column == cell.column), None) for row in members], whole, numbers
        )
        if parts:
            yield Total(whole, parts)


def _of_columns(grid: list[Row], numbers: Numbers, terms: Terms) -> Iterator[Total]:
    """A column headed 小计 adds up the columns before it."""
    first = next((at for at, row in enumerate(grid) if any(_at(cell, numbers) for cell in row)), len(grid))
    heads = grid[first - 1] if first else []
    sums = {cell.column for cell in heads if _BLANKS.sub("", cell.text) in terms.words("tables.sum")}
    left_out = {cell.column for cell in heads if terms.pattern("tables.not_added").search(cell.text)}
    if len(sums) != 1 or any(cell.span != 1 for cell in heads):
        return
    column = min(sums)
    for row in grid[first:]:
        whole = next((found for cell in row if cell.column == column and (found := _at(cell, numbers))), None)
        before = [cell for cell in row if cell.column < column and cell.column not in left_out and _at(cell, numbers)]
        parts = _parts(list(before), whole, numbers) if whole else ()
        if whole and parts:
            yield Total(whole, parts)


def _parts(cells: list[Cell | None], whole: Placed, numbers: Numbers) -> tuple[Placed, ...]:
    """The cells' numbers; none where a cell is no number, or counts something else than the total."""
    parts: list[Placed] = []
    for cell in cells:
        if cell is None or (cell.text in _NOTHING and not _at(cell, numbers)):
            continue
        found = _at(cell, numbers)
        if found is None or found[1].counted_in != whole[1].counted_in or whole[1].counted_in == "%":
            return ()
        parts.append(found)
    return tuple(parts) if len(parts) > 1 else ()


def _relation(one: Total, terms: Terms) -> Relation:
    amount = sum((value(part) for _, part in one.parts), Decimal(0))
    stated = value(one.total[1])
    status, words = _judged(amount, stated, one, terms)
    sign = "=" if amount == stated else "≠"
    formula = f"{shown(stated)} {sign} " + " + ".join(shown(value(part)) for _, part in one.parts)
    return Relation("sum", (one.total[0], *(place for place, _ in one.parts)), formula, status, words)


def _judged(amount: Decimal, stated: Decimal, one: Total, terms: Terms) -> tuple[RelationStatus, str]:
    if amount == stated:
        return "ok", "表中合计等于各项之和 / the table's total is the sum of its items"
    numbers = [value(part) for _, part in one.parts]
    places = max(-int(number.as_tuple().exponent) for number in (stated, *numbers))
    words = f"表中合计写明{shown(stated)}，各项之和为{shown(amount)}"
    english = f"the table says {shown(stated)}, its items add up to {shown(amount)}"
    if places > 0 and abs(amount - stated) <= Decimal(len(numbers) + 1) / 2 * Decimal(1).scaleb(-places):
        return "soft", f"{words}，可能因四舍五入 / {english}; perhaps by rounding"
    if amount > stated and terms.family(one.total[1].counted_in) == "person":
        return "soft", f"{words}，可能有人重复计入 / {english}; perhaps some people are counted twice"
    return "broken", f"{words} / {english}"


def _at(cell: Cell, numbers: Numbers) -> Placed | None:
    return numbers.get((cell.block, cell.start))


def _said(row: Row) -> str:
    """The row's first words."""
    return next((_BLANKS.sub("", cell.text) for cell in row if cell.text and not cell.text.isdigit()), "")


def _is_sum_row(row: Row, terms: Terms) -> bool:
    return _ends_in("tables.sum", row, terms) and len(_said(row)) <= 8


def _ends_in(key: str, row: Row, terms: Terms) -> bool:
    said = _said(row)
    return bool(terms.words(key).before(said, len(said)))
