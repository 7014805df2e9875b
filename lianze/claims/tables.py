"""Number cells of tables as sentences: row 提醒谈话, column 次数, cell 12 read as 提醒谈话12次.

A number in a cell says nothing by itself; what it counts stands at the head of its row and column. The rest of the number check
reads the sentence; `back` gives every number its place in the cell again.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from lianze.claims.captions import Caption, read_caption
from lianze.claims.grids import Cell, Row, grids_in
from lianze.claims.shapes import Block, Mention
from lianze.claims.table_units import OwnUse
from lianze.claims.terms import Terms

HEAD_LENGTH = 30  # characters; a longer cell is text, and heads nothing
_NUMBER = re.compile(
    r"([+＋\-－]?[0-9０-９][0-9０-９,]{0,14}(?:[.．][0-9０-９]{1,6})?)\s?(余|多)?\s?([^0-9０-９\s]{0,4})"
)
_UNIT = re.compile(r"\s*[（(](?:单位[:：])?([^（）()]{1,6})[)）]\s*\Z")
_NOISE = re.compile(r"[\s　]+|[（(][^（）()]*[)）]|^(?:其中|[0-9]{1,2}[.．、])[:：]?")

_DATED = ("年", "月", "日", "年度")


class Head(NamedTuple):
    """What a row or a column is about: its words, the measure word they end in, and as which sentence they are told."""

    words: str = ""
    measure: str = ""


class Piece(NamedTuple):
    """`length` characters from `told` on in the sentence stand from `start` on in the paragraph."""

    told: int
    start: int
    length: int


Places = dict[int, list[Piece]]


def tell_tables(blocks: Sequence[Block], terms: Terms) -> tuple[list[Block], Places]:
    """The blocks with every number cell told as a sentence, and by block which pieces of that stand where in the original."""
    told, places = list(blocks), {}
    own = OwnUse(blocks, terms)
    for grid in grids_in(blocks):
        leads = _leads(grid, blocks, terms, own)
        by_block: dict[int, Row] = defaultdict(list)
        for cell in (cell for row in grid for cell in row):
            by_block[cell.block].append(cell)
        for place, cells in by_block.items():
            if any(cell in leads or _is_measure(cell.text, terms) for cell in cells):
                told_cells = [cell for cell in cells if not _is_measure(cell.text, terms)]
                text, places[place] = _sentences(told_cells, leads)
                told[place] = replace(blocks[place], text=text)
    return told, places


def back(mentions: Iterable[Mention], blocks: Sequence[Block], places: Places) -> list[Mention | None]:
    """The mentions where they stand in the original; None for a numeral of a head that was told again with its cell."""
    return [_at_home(mention, blocks[mention.block], places) for mention in mentions]


def _at_home(mention: Mention, block: Block, places: Places) -> Mention | None:
    if mention.block not in places:
        return mention
    for piece in places[mention.block]:
        if piece.told <= mention.start < piece.told + piece.length:
            start = piece.start + mention.start - piece.told
            most = piece.start + piece.length
            end = min(most, start + mention.end - mention.start)  # 162.3 under 万人次 was told as 162.3万人次
            measure_end = min(most, piece.start + mention.measure_end - piece.told)
            return replace(mention, start=start, end=end, raw=block.text[start:end], measure_end=max(end, measure_end))
    return None


def _sentences(cells: Row, leads: dict[Cell, tuple[str, str]]) -> tuple[str, list[Piece]]:
    text, pieces = "", []
    for cell in cells:
        lead, measure = leads.get(cell, ("", ""))
        text += lead
        pieces.append(Piece(len(text), cell.start, len(cell.text)))
        text += cell.text + measure + "。"
    return text, pieces


def _leads(grid: list[Row], blocks: Sequence[Block], terms: Terms, own: OwnUse) -> dict[Cell, tuple[str, str]]:
    """For every number cell the words told before it, and the measure word told after it."""
    first = next((at for at, row in enumerate(grid) if any(_is_number(cell, terms) for cell in row)), len(grid))
    heads = grid[:first]
    caption = read_caption(grid, blocks, terms)
    titles = {cell.column: _title(cell.column, heads) for row in grid for cell in row}
    columns = {column: _column(title, titles.values(), caption, terms) for column, title in titles.items()}
    counted = {column for column, title in titles.items() if title in terms.words("tables.measure_column")}
    serial = {column for column, title in titles.items() if title in terms.words("tables.serial")}
    result: dict[Cell, tuple[str, str]] = {}
    for row in grid[first:]:
        said = next((cell.text for cell in row if cell.column in counted and _is_measure(cell.text, terms)), "")
        for cell in row:
            if cell.column in serial or not _is_number(cell, terms):
                continue
            head = _row_head(cell, row, counted | serial, bool(heads), terms)
            lead = _told(head, columns[cell.column], titles[cell.column], terms)
            if lead:
                usual = _usual(lead, terms)
                measure = columns[cell.column].measure or said or head.measure
                measure = measure or (usual if usual == "%" else caption.measure)
                measure = measure or own.measure_of(columns[cell.column].words.removesuffix("数"), usual)
                result[cell] = (
                    lead if measure or _has_measure(cell) else lead + "为",
                    "" if _has_measure(cell) else measure,
                )
    return result


def _told(row: Head, column: Head, title: str, terms: Terms) -> str:
    """Time first, then the row's words, then the column's: 2022年提醒谈话, 计划开展提醒谈话."""
    for key, words in (("tables.planned", "目标是"), ("tables.required", "标准为")):
        if terms.pattern(key).search(title):
            return f"{row.words}{words}"
    if terms.pattern("tables.time").search(column.words):
        when = terms.words("tables.plain").before(column.words, len(column.words))
        return f"{column.words.removesuffix(when)}{row.words}" if row.words else ""
    return row.words + column.words


def _is_number(cell: Cell, terms: Terms) -> bool:
    match = _NUMBER.fullmatch(cell.text)
    if match is None or match[3] in _DATED:
        return False
    return not match[3] or match[3] in terms.measures or match[3] == "％"


def _is_measure(text: str, terms: Terms) -> bool:
    """A measure word, or one with its scale (万人次)."""
    return text in terms.measures or (text[:1] in ("万", "亿") and text[1:] in terms.measures)


def _has_measure(cell: Cell) -> bool:
    match = _NUMBER.fullmatch(cell.text)
    return bool(match and match[3])


def _title(column: int, heads: list[Row]) -> str:
    """The lowest head over a column."""
    for row in reversed(heads):
        for cell in row:
            if cell.column <= column < cell.column + cell.span and cell.text:
                return cell.text
    return ""


def _column(title: str, titles: Iterable[str], caption: Caption, terms: Terms) -> Head:
    """A column's head. 小计 adds up what the caption says is counted; 高 under 各部室风险点 is 高风险, counted as they are."""
    if caption.things and title in terms.words("tables.sum"):
        return Head(caption.things, caption.counted_in)
    whole = _whole(title, titles, terms)
    if whole == title and caption.things:
        whole = _whole(title, (caption.things,), terms)
        return _head(whole, terms)._replace(measure=caption.counted_in) if whole != title else _head(title, terms)
    return _head(whole, terms)


def _whole(title: str, titles: Iterable[str], terms: Terms) -> str:
    """高 beside a column 风险事项 is 高风险."""
    for partition in terms.partitions:
        for part in partition.members:
            rest = part.removeprefix(title) if title and len(title) < len(part) else part
            if rest != part and any(rest in other for other in titles):
                return part
    return title


def _usual(lead: str, terms: Terms) -> str:
    """What the head's noun is counted in, where the table itself does not say."""
    words = (lead, lead.removesuffix("数"))
    return next((measure for noun, measure in terms.heads if any(one.endswith(noun) for one in words)), "")


def _row_head(cell: Cell, row: Row, beside: set[int], has_heads: bool, terms: Terms) -> Head:
    """The nearest words to the left; without heads above, only those right beside the number."""
    for other in reversed([one for one in row if one.column < cell.column and one.column not in beside]):
        if other.text and not _is_number(other, terms):
            return _head(other.text, terms) if len(other.text) <= HEAD_LENGTH else Head()
        if not has_heads:
            break
    return Head()


def _head(text: str, terms: Terms) -> Head:
    """提醒谈话（次）, 谈话人次, 党员人数, 数量: the words, and the measure word that they end in."""
    unit = _UNIT.search(text)
    if unit and (_is_measure(unit[1], terms) or unit[1] == "％"):
        return Head(_NOISE.sub("", text[: unit.start()]), unit[1])
    words = _NOISE.sub("", text)
    for end in (words, words.removesuffix("数")):
        measure = terms.measures.before(end, len(end))
        if terms.words("tables.nouns").before(end, len(end)):
            continue  # 党课, 居民小组: nouns that end like a measure word
        if measure in terms.hanzi and (end != words or len(measure) > 1 or end == measure):
            return Head(end.removesuffix(measure), measure)
    return Head("" if words in terms.words("tables.plain") else words)
