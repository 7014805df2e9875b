"""What besides the noun speaks for a figure, in points: its section, who acts, and the words around."""

import re

from lianze.claims.around import ACTORS, Around
from lianze.claims.shapes import Block, FigureFact, Mention
from lianze.claims.terms import Terms

LONG = 4  # characters from which a word that only one figure has says enough by itself
_WHOLE = {"party_group", "members"}  # who stands for the office where a sentence names nobody
_TOTAL = frozenset(("共", "合计", "累计", "各类", "全年", "总计"))


def is_borne_out(mention: Mention, fact: FigureFact, around: Around, terms: Terms) -> bool:
    """Whether more than the noun speaks for the figure; short nouns (问题, 措施, 党课) are common to many and need more."""
    if fact.scope or (bool(fact.context) and is_plain_total(fact, around, terms)):
        return True
    hits = _hits(fact, around, terms) + is_done_by(fact, around, terms)
    return hits >= (2 if len(mention.noun) <= 2 else 1) or (not fact.context and len(mention.noun) > 2)


def section_points(block: Block, fact: FigureFact, with_sections: bool) -> int:
    here = "".join(block.section)
    if not with_sections or not fact.section or not here:
        return 0
    if here == fact.section:
        return 12
    return 5 if here[:4] == fact.section[:4] else 0


def actor_points(fact: FigureFact, around: Around, terms: Terms) -> int:
    """Who did it: agreement helps, an actor said in the clause that differs hurts most.

    A figure whose title names the actor (主要领导廉政党课次数) is one part of a total: unsaid, it is not meant.
    """
    if not fact.actor:
        return 0
    parts = re.split("[、，]", fact.actor)
    kinds = [{kind for kind in ACTORS if part in terms.words(f"actors.{kind}")} for part in parts]
    wanted = set().union(*kinds)
    if not wanted:
        return 4 if fact.actor in around.near else 0
    if len(kinds) > 1 and not (_all_said(kinds, around) or re.search("分别|各自", around.clause)):
        return -26
    if "members" in wanted and "分管领导" in fact.context:
        wanted.add("deputies")
    if around.actor in wanted:
        return 14 if around.actor in around.doers else 10
    if around.doers & wanted:
        return 6
    if not around.actor:
        named = any(part in fact.title for part in parts)
        return -26 if named and "party_group" not in wanted else 0 if wanted & _WHOLE else -8
    return -26 if around.doers else -10


def _all_said(kinds: list[set[str]], around: Around) -> bool:
    return all(kind & around.doers for kind in kinds)


def context_points(fact: FigureFact, around: Around, telling: bool, terms: Terms) -> int:
    if not fact.context:
        return 0
    hits = _hits(fact, around, terms)
    if hits:
        return 4 * min(hits, 4)
    if telling or is_plain_total(fact, around, terms) or any(word in around.far for word in fact.context):
        return 0
    return -25


def _hits(fact: FigureFact, around: Around, terms: Terms) -> int:
    if is_scattered(fact, terms):
        return sum(word in around.clause for word in fact.context if word in _TOTAL)
    return sum(word in around.near for word in fact.context)


def is_scattered(fact: FigureFact, terms: Terms) -> bool:
    """A total over every source of problems (inspections, reviews): the clause itself must call it one."""
    sources = terms.pattern("narrowing.many_sources")
    return not _TOTAL.isdisjoint(fact.context) and any(sources.search(word) for word in fact.synonyms)


def is_plain_total(fact: FigureFact, around: Around, terms: Terms) -> bool:
    """A total over everybody, where the sentence names nobody: 共 need not be said beside a long word (廉政谈话12次)."""
    if fact.actor or around.somebody or not _TOTAL.issuperset(fact.context):
        return False
    return len(around.noun) >= LONG and not is_scattered(fact, terms)


def is_done_by(fact: FigureFact, around: Around, terms: Terms) -> bool:
    """Whether the clause says that the figure's actor acts."""
    return any(fact.actor in terms.words(f"actors.{kind}") for kind in around.doers)
