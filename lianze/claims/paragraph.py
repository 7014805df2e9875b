"""One paragraph as the relation finders see it: its frame and its counted numbers with their places in the whole list."""

from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from lianze.claims.frame import Frame
from lianze.claims.shapes import Block, Mention
from lianze.claims.terms import Terms

Placed = tuple[int, Mention]  # a mention with its place in the list of all of them
_COUNTED = frozenset(("claim", "standard"))


class Paragraph:
    """`counted` holds (place in the list of all mentions, mention) of claims and standards that have a value; `parts` is filled by parts_in, which runs first."""

    __slots__ = ("all", "counted", "first", "frame", "mentions", "parts", "terms", "text")

    def __init__(self, block: Block, first: int, count: int, mentions: list[Mention], terms: Terms) -> None:
        self.text, self.terms, self.first, self.mentions = block.text, terms, first, mentions
        self.frame = Frame(block.text)
        self.parts: set[int] = set()  # places of numbers found to be parts of a total
        self.all = list(enumerate(mentions[first : first + count], first))
        self.counted = [(place, m) for place, m in self.all if m.cls in _COUNTED and m.low is not None]

    def clause(self, mention: Mention) -> str:
        """The clause up to the number."""
        return self.frame.before(mention.start)

    def sentence(self, mention: Mention) -> str:
        """The whole sentence, at most 400 characters of it."""
        start = max(self.frame.sentence_start(mention.start), mention.start - 200)
        return self.text[start : min(self.frame.sentence_end(mention.start), mention.start + 200)]

    def own_words(self, mention: Mention) -> str:
        """What stands between the number before and this one, in its clause."""
        at = bisect_left(self.counted, mention.start, key=lambda placed: placed[1].start)
        start = self.counted[at - 1][1].measure_end if at else 0
        return self.text[max(start, mention.start - len(self.clause(mention))) : mention.start]

    def after(self, mention: Mention) -> str:
        """The clause from the measure word on."""
        return self.frame.after(mention.measure_end)

    def between(self, first: Mention, second: Mention) -> str:
        """The text between two numbers of this paragraph, at most 200 characters of it."""
        return self.text[first.measure_end : second.start][:200]

    def same_segment(self, first: Mention, second: Mention) -> bool:
        """No `；`, no end of sentence between."""
        return self.frame.segment_start(first.start) == self.frame.segment_start(second.start)

    def same_sentence(self, first: Mention, second: Mention) -> bool:
        """No end of sentence between."""
        return self.frame.sentence_start(first.start) == self.frame.sentence_start(second.start)

    def alike(self, first: Mention, second: Mention) -> bool:
        """Counted in the same kind of thing."""
        return bool(first.counted_in) and self.terms.family(first.counted_in) == self.terms.family(second.counted_in)


def paragraphs(blocks: list[Block], mentions: list[Mention], terms: Terms) -> Iterator[Paragraph]:
    """Paragraphs that hold at least one number."""
    for place, group in groupby(range(len(mentions)), key=lambda i: mentions[i].block):
        members = list(group)
        yield Paragraph(blocks[place], members[0], len(members), mentions, terms)


def shown(number: Decimal | None) -> str:
    """A number as people write it: no exponent, no trailing zeros after the point."""
    if number is None:
        return "?"
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def is_plain(mention: Mention) -> bool:
    """An exact number: no 余, 约, 以上, range."""
    return not mention.comparison and mention.low == mention.high


def value(mention: Mention) -> Decimal:
    """The lower bound of a mention that has a value."""
    return mention.low if mention.low is not None else Decimal(0)
