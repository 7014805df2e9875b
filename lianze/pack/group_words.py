"""Words that stand for a group (全体干部职工, 赵敏等20人) where names are asked for."""

import re

from lianze.pack.definitions import Pack

VOCABULARY = "group_word"
# In a choice's title: any text.
ANY = "…"


def group_pattern(pack: Pack) -> re.Pattern[str] | None:
    """What the whole of such a text looks like, by the vocabulary `group_word`; None in a pack without one."""
    known = pack.vocabularies.get(VOCABULARY)
    if known is None:
        return None
    return re.compile("|".join(".*".join(map(re.escape, choice.title.split(ANY))) for choice in known.choice))


def group_fault(name: str, pattern: re.Pattern[str] | None) -> str | None:
    """Why a text is no name; None where it may be one."""
    if pattern is None or pattern.fullmatch(name) is None:
        return None
    return f"“{name}”不是姓名，人数会因此数错；请逐一写出姓名，用“、”隔开 / stands for a group: write every name"
