"""高、中、低风险分别为17、11、7项: each number of a 分别 gets its own noun, where as many stand before as numbers after."""

import re
from collections.abc import Sequence
from dataclasses import replace

from lianze.claims.shapes import Mention

LISTED = 60  # characters of list looked at on either side
_HEAD = re.compile(r"([\u4e00-\u9fff“”（）、和与及]{3,60})分别(?:为|是|有|达|共|计|达到)?(?:[:：])?\Z")
_AND = re.compile(r"、|和(?!谐)|与|以及|及(?!时)")
_NEXT = re.compile(r"[、，,和与及\s]{1,2}")


def name_respectively(text: str, found: Sequence[Mention]) -> list[Mention]:
    """The mentions, those of a 分别 with their nouns; where nouns and numbers do not pair off, nothing is changed."""
    result = list(found)
    at = 0
    while at < len(result):
        names = _names_before(text, result[at])
        run = _run(text, result, at) if names else []
        if names and len(names) == len(run):
            for place, name in zip(run, names, strict=True):
                result[place] = replace(result[place], noun=name, reason="respective")
        at += max(1, len(run))
    return result


def _names_before(text: str, mention: Mention) -> list[str]:
    if mention.cls != "claim":
        return []
    start = max(0, mention.start - LISTED)
    if text.find("分别", start, mention.start) < 0:
        return []
    said = re.split(r"[。；;，,：:\n]", text[start : mention.start])[-1]
    head = _HEAD.search(said)
    if head is None:
        return []
    names = [name for name in _AND.split(head[1]) if name]
    return _with_common_end(names) if len(names) > 1 else []


def _with_common_end(names: list[str]) -> list[str]:
    """高, 中, 低风险: what the last has more than those before it belongs to all of them."""
    length = len(names[-2])
    end = names[-1][length:]
    first = names[0][-length:] if len(names) > 2 else names[0]
    return [name + end for name in (first, *names[1:-1])] + [names[-1]]


def _run(text: str, found: Sequence[Mention], at: int) -> list[int]:
    """Places of the numbers that follow one another with nothing but 、 or 和 between."""
    places = [at]
    for place in range(at + 1, len(found)):
        last, this = found[place - 1], found[place]
        if this.cls != "claim" or not _NEXT.fullmatch(text[last.measure_end : this.start]):
            break
        places.append(place)
    return places
