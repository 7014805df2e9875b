"""Tables as rows of cells: those of a DOCX, and lines of text whose cells are parted by | or by tabs."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from lianze.claims.shapes import Block

_RULE = re.compile(r"[\s|:\-—+]*")


class Cell(NamedTuple):
    """One cell: `text` is `blocks[block].text[start:end]`. `span`: how many columns it covers."""

    block: int
    start: int
    end: int
    text: str
    column: int
    span: int = 1


Row = list[Cell]


def grids_in(blocks: Sequence[Block]) -> Iterator[list[Row]]:
    """Every table of at least two rows."""
    yield from _of_word(blocks)
    for is_row, group in groupby(range(len(blocks)), key=lambda place: _is_row(blocks[place])):
        places = list(group)
        if is_row and len(places) > 1:
            yield [row for place in places if (row := _of_text(place, blocks[place].text))]


def _is_row(block: Block) -> bool:
    return block.kind in ("paragraph", "heading") and ("|" in block.text or "\t" in block.text.strip())


def _of_text(place: int, text: str) -> Row:
    """The cells of a line; a line of dashes under a header has none."""
    if _RULE.fullmatch(text):
        return []
    lead = len(text) - len(text.lstrip(" |"))
    mark = "|" if "|" in text else "\t"
    row, start = [], lead
    for column, piece in enumerate(text[lead:].rstrip(" |").split(mark)):
        said = piece.strip()
        at = start + len(piece) - len(piece.lstrip())
        row.append(Cell(place, at, at + len(said), said, column))
        start += len(piece) + 1
    return row


def _of_word(blocks: Sequence[Block]) -> Iterator[list[Row]]:
    tables: dict[int, dict[int, Row]] = defaultdict(lambda: defaultdict(list))
    for place, block in enumerate(blocks):
        if block.cell:
            table, row, column, span = block.cell
            said = block.text.strip()
            at = block.text.find(said)
            tables[table][row].append(Cell(place, at, at + len(said), said, column, span))
    for rows in tables.values():
        if len(rows) > 1:
            yield [rows[row] for row in sorted(rows)]
