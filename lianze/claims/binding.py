"""Which figure a claim speaks of. The stated value is never looked at: it would launder errors.

A figure is a candidate when it is counted in the same kind of thing and one of its synonyms stands at the number. Candidates
are scored by how well noun, section, actor, scope and the words around agree. *auto* asks for a sufficient score, a margin over
the next figure, the head of the noun and a resolved scope; anything less is *suggested*, for a person to accept.
"""

import re
from collections.abc import Mapping, Sequence

from lianze.claims.around import Around
from lianze.claims.narrowing import is_part_of_year
from lianze.claims.scoring import Hints, Scored, score
from lianze.claims.shapes import Binding, Block, FigureFact, Mention
from lianze.claims.terms import Terms
from lianze.claims.year_figures import Figures

SURE = 42  # score from which a binding may be automatic
MARGIN = 8  # points between the best figure and the next
WHOLE_OFFICE = "organisation"  # the scope that content controls name where a figure is not one unit's
CLEAR = 36  # score from which a claim shows where its figure's section would be
ENOUGH = 5  # clear claims that show whether a report follows the outline

Remembered = Mapping[str, Sequence[Binding]]


def fingerprint_of(mention: Mention, block: Block, terms: Terms) -> str:
    """Heading, noun, kind of measure, scope and actor: what stays the same when next year's number differs."""
    heading = re.sub(r"[0-9０-９\s]+年?度?", "", block.heading)[:24]
    return "|".join((heading, mention.noun, terms.family(mention.counted_in), mention.scope, mention.actor))


def bind(
    mention: Mention, block: Block, figures: Figures, remembered: Remembered, around: Around, hints: Hints
) -> Binding:
    """The binding of one claim: by content control, by memory, by score, in this order."""
    fingerprint = fingerprint_of(mention, block, figures.terms)
    tagged = _by_tag(mention, figures.facts, fingerprint)
    if tagged:
        return tagged
    memory = remembered.get(fingerprint, ())
    known = {(fact.figure, fact.scope) for fact in figures.facts}
    for binding in memory:
        if binding.state == "confirmed" and (binding.figure, binding.scope) in known:
            return binding
    refused = {binding.figure for binding in memory if binding.state == "refused"}
    candidates = [c for c in score_all(mention, block, figures, around, hints) if c.fact.figure not in refused]
    if not candidates:
        return Binding(fingerprint, "", "none")
    best = candidates[0]
    second = candidates[1].points if len(candidates) > 1 else 0
    whole = not hints.part_of_year and not is_part_of_year(mention, block)
    sure = best.points >= SURE and best.points - second >= MARGIN and best.sure and whole
    return Binding(fingerprint, best.fact.figure, "auto" if sure else "suggested", best.points, best.fact.scope)


def _by_tag(mention: Mention, facts: Sequence[FigureFact], fingerprint: str) -> Binding | None:
    figure, _, scope = mention.tag.partition("|")
    unit = "" if scope == WHOLE_OFFICE else scope
    for fact in facts:
        if figure and fact.figure == figure and fact.scope == unit:
            return Binding(fingerprint, fact.figure, "confirmed", 100, fact.scope)
    return None


def score_all(mention: Mention, block: Block, figures: Figures, around: Around, hints: Hints) -> list[Scored]:
    """Candidates, best first; figures without a word in common are left out."""
    if around.not_this_year:
        return []
    found = (score(mention, block, fact, around, figures, hints) for fact in figures.counted_like(mention))
    return sorted((one for one in found if one), key=lambda one: -one.points)


def follows_outline(claims: Sequence[tuple[Mention, Block, Around]], figures: Figures) -> bool:
    """Whether the report is laid out as the pack's outline: most of its clear claims stand in their figure's section.

    In a report with headings of its own, the same heading number says nothing.
    """
    clear = [
        (candidates[0].fact.section, "".join(block.section))
        for mention, block, around in claims
        if (candidates := score_all(mention, block, figures, around, Hints()))
        and candidates[0].points >= CLEAR
        and candidates[0].fact.section
    ]
    return len(clear) >= ENOUGH and sum(a == b for a, b in clear) * 2 >= len(clear)
