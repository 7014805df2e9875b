"""Parts that leave nothing over: 高, 中, 低; 男, 女; 上半年, 下半年. With or without 其中 they must add up to their total."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lianze.claims.paragraph import Paragraph, Placed
from lianze.claims.shapes import Mention
from lianze.claims.terms import Partition

REACH = 12  # characters between a total and the first of its parts
_LEAD = re.compile(r"^(?:其中|包括|分别|有|为|含|第)+|[“”\"‘’\s（）()：:，,、。]|(?:有|为|共|各|计)+$")
_TOTAL = re.compile(r"[）)]?[，,。；]?\s?[\u4e00-\u9fff]{0,6}(?:共|合计|总计|累计|全年|总数)[\u4e00-\u9fff]{0,6}\Z")


class Split(NamedTuple):
    """What is known of some parts as a whole."""

    exhaustive: bool = False
    exclusive: bool = False


def split_of(paragraph: Paragraph, total: Mention, parts: Sequence[Mention]) -> Split:
    """Parts that 其中 announces: one member of a partition may be left unsaid, because there is none of it."""
    for partition in paragraph.terms.partitions:
        if total.counted_in in partition.not_in:
            continue
        named = [member_of(paragraph, part, partition) for part in parts]
        if all(named) and len(set(named)) == len(named) and (not partition.bare or _is_of(paragraph, total, partition)):
            unsaid = len(partition.members) - len(named)
            whole = len(named) >= 2 and unsaid <= (0 if partition.all_named else 1)
            return Split(whole, _is_exclusive(paragraph, total, partition))
    return Split()


def unannounced(paragraph: Paragraph) -> Iterator[tuple[Placed, list[Placed], Split]]:
    """总数15项，高6项、中5项、低3项; 男12人、女9人，共20人: every member in a row, and nothing else in these clauses."""
    counted = paragraph.counted
    said = [m.noun if m.reason == "respective" else _said_of(paragraph, m) for _, m in counted]
    for partition in paragraph.terms.partitions:
        size = len(partition.members)
        for at in range(len(counted) - size + 1):
            if said[at] not in partition.members or set(said[at : at + size]) != set(partition.members):
                continue
            parts = counted[at : at + size]
            total = _total_before(paragraph, at, partition) or _total_after(paragraph, at + size, partition)
            if total and not any(place in paragraph.parts for place, _ in parts):
                yield total, parts, Split(True, _is_exclusive(paragraph, total[1], partition))


def member_of(paragraph: Paragraph, part: Mention, partition: Partition) -> str:
    """The member that the number is said of: by its noun, else by its own words before it, else after it (6项为高风险)."""
    if part.noun in partition.members:
        return part.noun
    before = _said_of(paragraph, part)
    if partition.bare:
        return before if before in partition.members else ""
    after = re.split("[、，,0-9]", paragraph.after(part)[:8], maxsplit=1)[0]
    return next((word for said in (before, after) for word in partition.members if word in said), "")


def _said_of(paragraph: Paragraph, part: Mention) -> str:
    """The number's own words without what only leads on (其中)."""
    return _LEAD.sub("", _LEAD.sub("", paragraph.own_words(part)))


def _is_of(paragraph: Paragraph, total: Mention, partition: Partition, said: str = "") -> bool:
    """Whether the total counts what this partition parts, by its own words or those `said` with it."""
    called = paragraph.own_words(total) + total.noun + said
    return not partition.of.words or any(word in called for word in partition.of.words)


def _is_exclusive(paragraph: Paragraph, total: Mention, partition: Partition) -> bool:
    people = paragraph.terms.family(total.counted_in) == "person"
    return partition.exclusive and not (partition.people_overlap and people)


def _total_before(paragraph: Paragraph, at: int, partition: Partition) -> Placed | None:
    if at == 0:
        return None
    total, first = paragraph.counted[at - 1], paragraph.counted[at][1]
    between = paragraph.between(total[1], first)
    near = len(between) <= REACH and not re.search("[；;。]", between)
    fits = _adds_up(paragraph, total[1], at, partition) and _is_of(paragraph, total[1], partition)
    return total if near and fits else None


def _total_after(paragraph: Paragraph, at: int, partition: Partition) -> Placed | None:
    if at == len(paragraph.counted):
        return None
    last, total = paragraph.counted[at - 1][1], paragraph.counted[at]
    start = at - len(partition.members)
    fits = _adds_up(paragraph, total[1], start, partition)
    if not fits or not _is_of(paragraph, total[1], partition, partition.members[0]):
        return None
    return total if _TOTAL.fullmatch(paragraph.between(last, total[1])) else None


def _adds_up(paragraph: Paragraph, total: Mention, at: int, partition: Partition) -> bool:
    """Whether total and parts are counted alike, in something of which parts add up."""
    parts = paragraph.counted[at : at + len(partition.members)]
    return total.counted_in not in partition.not_in and all(paragraph.alike(total, part) for _, part in parts)
