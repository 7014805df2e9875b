"""How well a figure fits a claim, in points: noun, section, actor, unit and the words around. Never the value."""

import re
from typing import NamedTuple

from lianze.claims.around import Around, plain
from lianze.claims.bearing_out import LONG, actor_points, context_points, is_borne_out, is_scattered, section_points
from lianze.claims.naming import counts_alike, is_forbidden, named_by
from lianze.claims.narrowing import is_narrowed
from lianze.claims.shapes import Block, FigureFact, Mention
from lianze.claims.year_figures import Figures

KIN = 10  # points for a figure of the same family as the one before
_OTHERS = re.compile(r"每[人名位个家]|人均|平均|户均|驻在")
# 三个支部各开展主题党日12次: so many each, and more together.
_EACH = re.compile(r"(?:各(?![类项个级种科股单部支位界方地县市区镇乡村处室所站院校党])|(?<!平)均)[^各]{0,14}\Z")


class Scored(NamedTuple):
    """`sure`: besides the points, the head of the noun agrees and something beside the noun speaks for the figure."""

    points: int
    fact: FigureFact
    sure: bool


class Hints(NamedTuple):
    """`sections`: the report follows the pack's outline. `last`: figure and scope of the number before in the same sentence.

    Figures of one family (an id up to its last dot: risk.post.high, risk.post.low) are told together, and each once.
    `part_of_year`: the whole report is about less than a year.
    """

    sections: bool = False
    last: tuple[str, str] = ("", "")
    part_of_year: bool = False


def score(
    mention: Mention, block: Block, fact: FigureFact, around: Around, figures: Figures, hints: Hints
) -> Scored | None:
    """None where the figure is out of the question: other kind of thing, other unit, a forbidden word, no common word."""
    terms = figures.terms
    if not counts_alike(mention, fact, terms) or bool(fact.parts) != (mention.cls == "frequency"):
        return None
    unit = figures.unit_said(mention, around)
    if is_forbidden(fact, around, terms) or (fact.scope and plain(fact.scope_name or fact.scope) != unit):
        return None
    named = named_by(fact, around, figures)
    if named is None:
        return None
    word, points, head = named
    telling = head and _tells(word, fact, around, figures)
    again = (fact.figure, fact.scope) == hints.last
    kin = bool(hints.last[0]) and not again and fact.figure.rpartition(".")[0] == hints.last[0].rpartition(".")[0]
    here = hints.sections and bool(fact.section) and "".join(block.section) == fact.section
    points += section_points(block, fact, hints.sections) + actor_points(fact, around, terms)
    points += context_points(fact, around, telling or kin, terms) + (KIN if kin else -KIN if again else 0)
    points += 18 if fact.scope else -15 if unit else 0
    points += (3 if fact.counted_in == mention.counted_in else 0) + (10 if telling else 0)
    sure = (
        head
        and (telling or here or kin or is_borne_out(mention, fact, around, terms))
        and (bool(fact.scope) or not unit or any(unit in word for word in (*fact.synonyms, *fact.context)))
        and not _OTHERS.search(around.clause)
        and not (_EACH.search(around.before) and mention.counted_in != "%")
        and ((telling and here) or not is_narrowed(word, fact, around, terms))
    )
    if fact.parts:
        points, sure = points + 12, True
    return Scored(points, fact, sure and not around.elsewhere) if points > 0 else None


def _tells(word: str, fact: FigureFact, around: Around, figures: Figures) -> bool:
    """Whether the word says enough by itself: a long one, no other figure's, and nothing before it speaks of another thing."""
    terms = figures.terms
    return (
        len(word) >= LONG
        and figures.is_only_here(fact, word)
        and terms.family(fact.counted_in) != "person"
        and not is_scattered(fact, terms)
        and not any(other in around.led_by for other in fact.forbid)
    )
