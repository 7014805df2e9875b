"""Relations between the numbers of one text: every finder, in the order in which they are shown."""

from collections.abc import Callable, Iterator

from lianze.claims.bounds import bounds_in
from lianze.claims.changes import changes_in
from lianze.claims.lists import lists_in
from lianze.claims.paragraph import Paragraph, paragraphs
from lianze.claims.parts import parts_in, unannounced_in
from lianze.claims.shapes import Block, Mention, Relation
from lianze.claims.shares import shares_in
from lianze.claims.slips import leftovers_in, restated_in, slips_in
from lianze.claims.table_sums import table_sums
from lianze.claims.terms import Terms

Finder = Callable[[Paragraph], Iterator[Relation]]
FINDERS: tuple[Finder, ...] = (parts_in, unannounced_in, bounds_in, lists_in, shares_in, changes_in)


def read_relations(blocks: list[Block], mentions: list[Mention], terms: Terms) -> list[Relation]:
    """All relations the text itself states or implies; none is guessed across a change of scope."""
    result: list[Relation] = []
    for paragraph in paragraphs(blocks, mentions, terms):
        for finder in FINDERS:
            result += finder(paragraph)
    known = {frozenset(one.members) for one in result}
    result += [one for one in table_sums(blocks, mentions, terms) if frozenset(one.members) not in known]
    result += slips_in(mentions)
    result += leftovers_in(mentions)
    result += restated_in(mentions)
    return result
