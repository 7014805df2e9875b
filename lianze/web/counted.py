"""Counts in two directions, drawn as a table: one small square an entry, or bars where there are too many to tell apart."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

# Above this many in the fullest cell the squares would no longer be a picture.
MOST_SQUARES = 30


@dataclass(frozen=True)
class Tally:
    """A cell: how many entries, the address of exactly these, and `bar`, its part of the fullest cell in percent."""

    count: int
    address: str
    bar: int = 0

    @property
    def squares(self) -> range:
        return range(self.count)


@dataclass(frozen=True)
class Row:
    """A row with its name and what it adds up to."""

    title: str
    cells: tuple[Tally, ...]
    total: Tally


@dataclass(frozen=True)
class Grid:
    """Rows under column heads. `has_squares`: few enough entries to draw each."""

    heads: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    has_squares: bool


def make_grid(
    rows: Iterable[tuple[str, str]],
    columns: Iterable[tuple[str, str]],
    counts: Mapping[tuple[str, str], int],
    address: Callable[[str, str], str],
) -> Grid:
    """A grid of the rows that have entries; `rows` and `columns` are value and title, `counts` by their values."""
    heads = tuple(columns)
    most = max(counts.values(), default=0)
    lines = []
    for value, title in rows:
        numbers = [(column, counts.get((value, column), 0)) for column, _ in heads]
        cells = tuple(Tally(n, address(value, column), -(-100 * n // max(most, 1))) for column, n in numbers)
        total = sum(cell.count for cell in cells)
        if total:
            lines.append(Row(title, cells, Tally(total, address(value, ""))))
    return Grid(heads, tuple(lines), most <= MOST_SQUARES)
