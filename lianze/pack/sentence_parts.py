"""The text of a report's sentence: fixed stretches, and in brackets parts that stand or fall by their own figures.

`召开[座谈会{a}次|，上课{b}堂]，受到欢迎。` Parts of one bracket are separated by |. A part without records is left out by itself; the
first that stands takes the place, and the comma, of the first.
"""

import re
from dataclasses import dataclass

TOKEN = re.compile(r"\{([^{}]*)\}")
_GROUP = re.compile(r"\[([^\[\]]*)\]")
_LEAD = re.compile(r"[，、；]?(?:其中)?")


@dataclass(frozen=True)
class Part:
    """`lead` joins it to what stands before; `text` holds at least one figure."""

    lead: str
    text: str


Stretch = str | tuple[Part, ...]


def stretches_of(text: str) -> list[Stretch]:
    """Fixed text and groups of parts, in order."""
    found: list[Stretch] = []
    at = 0
    for group in _GROUP.finditer(text):
        found += [text[at : group.start()], tuple(map(_part, group[1].split("|")))]
        at = group.end()
    return [*found, text[at:]]


def _part(text: str) -> Part:
    lead = _LEAD.match(text)
    end = lead.end() if lead else 0
    return Part(text[:end], text[end:])


def tokens_of(text: str) -> list[str]:
    """Everything between braces, in order."""
    return TOKEN.findall(text)


def bracket_fault(text: str) -> str | None:
    """What is wrong with the brackets of a sentence, None where nothing is."""
    if re.search(r"[\[\]|]", _GROUP.sub("", text)):
        return (
            "方括号不成对或套用，或“|”在方括号之外 / brackets must come in pairs, not one in another, and hold every |"
        )
    for stretch in stretches_of(text):
        if not isinstance(stretch, str) and any(not tokens_of(part.text) for part in stretch):
            return "方括号里的每一部分都要有数据项 / every part in brackets needs a figure"
    return None
