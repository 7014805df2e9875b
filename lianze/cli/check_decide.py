"""`lianze check --confirm N=FIGURE@UNIT --refuse N=FIGURE`: what a person says a number means, read from the command line.

N is the number's place in the list of mentions, from 0, as the text output shows it in brackets and the JSON by its order.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from lianze.claims.shapes import Checked, FigureFact
from lianze.domain.errors import Invalid, Problem

_DECISION = re.compile(r"(\d{1,6})=([A-Za-z0-9_.]{1,120})(?:@(.{1,120}))?")


class Decision(NamedTuple):
    """One decision. `scope` is a fact's scope, "" for the whole office."""

    fingerprint: str
    figure: str
    scope: str
    confirmed: bool


def read_decisions(
    confirm: Sequence[str], refuse: Sequence[str], checked: Checked, facts: Sequence[FigureFact]
) -> list[Decision]:
    """All decisions of a call; Invalid, before anything is kept, with every one that names no claim or no figure."""
    problems: list[Problem] = []
    result: list[Decision] = []
    for words, confirmed in ((confirm, True), (refuse, False)):
        for word in words:
            decision = _decision(word, confirmed, checked, facts)
            if isinstance(decision, Problem):
                problems.append(decision)
            else:
                result.append(decision)
    if problems:
        raise Invalid(problems)
    return result


def _decision(word: str, confirmed: bool, checked: Checked, facts: Sequence[FigureFact]) -> Decision | Problem:
    match = _DECISION.fullmatch(word)
    if match is None:
        return Problem(word, "claims.decision", "应写作 序号=数据项[@机构] / write N=FIGURE or N=FIGURE@UNIT")
    place = int(match[1])
    verdict = checked.verdicts[place] if place < len(checked.verdicts) else None
    if verdict is None:
        return Problem(word, "claims.no_claim", f"第{place}处不是数据 / number {place} is no claim")
    scopes = [fact.scope for fact in facts if fact.figure == match[2] and _is_unit(fact, match[3] or "")]
    if not scopes:
        return Problem(word, "claims.no_figure", f"没有数据项{word[len(match[1]) + 1 :]} / no such figure")
    return Decision(verdict.binding.fingerprint, match[2], scopes[0], confirmed)


def _is_unit(fact: FigureFact, said: str) -> bool:
    """Whether a figure is that unit's, by code, by name, or is the whole office's where no unit is said."""
    return said in (fact.scope, fact.scope.removeprefix("unit:"), fact.scope_name) if fact.scope else not said
