"""10 次, 2023 年: spaces that typesetting, PDF or a habit of typing puts around a number. They say nothing and are read over."""

import re
from collections.abc import Sequence
from dataclasses import replace

from lianze.claims.shapes import Block, Checked, Implied, Mention

_SPACE = re.compile(
    r"(?<=[\u4e00-\u9fff，。；：、（）“”《》])[ \u00a0\u2009\u202f]{1,2}(?=[0-9０-９])"
    r"|(?<=[0-9０-９%％])[ \u00a0\u2009\u202f]{1,2}(?=[\u4e00-\u9fff㎡%％])"
)
# 2 460户, 1 2 0人: thousands parted by a space, or digits spaced out, between a word and a measure word. Not after what is numbered; 税款, 事项 are not.
_SPACED = re.compile(
    r"(?<=[\u4e00-\u9fff，])(?<![表图件注条号页第章])(?<!第.款)(?<!第..款)(?<!(?<!事)项)[ \u00a0]?(?:[0-9０-９]{1,3}(?:[ \u00a0][0-9０-９]{3})++|[0-9０-９](?:[ \u00a0][0-9０-９])++)(?=(?:[.．][0-9０-９]{1,4})?[ \u00a0]?[\u4e00-\u9fff])"
)
Places = Sequence[int]  # by offset in the closed text, one more than its length: offset in the text as written


def close_spaces(block: Block) -> tuple[Block, Places]:
    """The block without these spaces, and where each of its characters stands in the block as written."""
    gaps = {at for match in _SPACE.finditer(block.text) for at in range(*match.span())}
    gaps |= {at for m in _SPACED.finditer(block.text) for at in range(*m.span()) if block.text[at] in " \u00a0"}
    if not gaps:
        return block, range(len(block.text) + 1)
    places = [at for at in range(len(block.text) + 1) if at not in gaps]
    fewer = [0] * (len(block.text) + 1)
    for at in range(len(block.text)):
        fewer[at + 1] = fewer[at] + (at in gaps)
    tags = tuple((start - fewer[start], end - fewer[end], tag) for start, end, tag in block.tags)
    return replace(block, text="".join(block.text[at] for at in places[:-1]), tags=tags), places


def reopen(checked: Checked, written: Sequence[Block], places: Sequence[Places]) -> Checked:
    """The answer with the blocks as they were written, and every offset into them."""
    blocks = tuple(
        replace(block, text=old.text, tags=old.tags) for block, old in zip(checked.blocks, written, strict=True)
    )
    lines = {block.line: place for place, block in enumerate(blocks)}
    mentions = tuple(_moved(one, blocks[one.block], places[one.block]) for one in checked.mentions)
    implied = tuple(_moved_saying(one, blocks[lines[one.line]], places[lines[one.line]]) for one in checked.implied)
    return replace(checked, blocks=blocks, mentions=mentions, implied=implied)


def _moved(mention: Mention, block: Block, places: Places) -> Mention:
    start, end = places[mention.start], _end(mention.end, places)
    measure_end = _end(mention.measure_end, places)
    return replace(mention, start=start, end=end, measure_end=measure_end, raw=block.text[start:end])


def _moved_saying(said: Implied, block: Block, places: Places) -> Implied:
    start, end = places[said.start], _end(said.end, places)
    return replace(said, start=start, end=end, raw=block.text[start:end])


def _end(end: int, places: Places) -> int:
    end = min(end, len(places) - 1)  # an end may lie behind the text where a reader looked further than it goes
    return places[end - 1] + 1 if end else 0
