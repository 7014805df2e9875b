"""The year's figures that a report is held against, and what their words say beside one another."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from lianze.claims.around import ACTORS, Around, plain
from lianze.claims.shapes import FigureFact, Mention
from lianze.claims.terms import Terms


class Figures:
    """The year's figures, with what their words say beside one another."""

    def __init__(self, facts: Sequence[FigureFact], terms: Terms) -> None:
        self.facts, self.terms = facts, terms
        self._by_family: dict[str, list[FigureFact]] = defaultdict(list)
        for fact in facts:
            self._by_family[terms.family(fact.counted_in)].append(fact)
        owners = {
            (terms.family(fact.counted_in), plain(word), fact.figure)
            for fact in facts
            if not fact.parts
            for word in fact.synonyms
        }
        self._owners = Counter((family, word) for family, word, _ in owners)
        self.units = {plain(fact.scope_name or fact.scope) for fact in facts if fact.scope} - {""}

    def counted_like(self, mention: Mention) -> Sequence[FigureFact]:
        """The figures that may count the same kind of thing: all of them where the noun itself is the measure word."""
        if mention.reason in ("places", "announced"):
            return self.facts
        if mention.counted_in in self.terms.words("narrowing.things_too"):
            return self._by_family.get("thing", ())
        return self._by_family.get(self.terms.family(mention.counted_in), ())

    def is_only_here(self, fact: FigureFact, word: str) -> bool:
        """Whether no other figure counted in the same kind of thing goes by that word."""
        return self._owners[self.terms.family(fact.counted_in), word] == 1

    def unit_said(self, mention: Mention, around: Around) -> str:
        """The unit a claim is about: what leads its own words (经济科3项), else what the sentence handed down."""
        own = around.own.removeprefix("其中")
        lead = max((unit for unit in self.units if own.startswith(unit)), key=len, default="")
        if lead and not is_actor(lead, self.terms):
            return lead
        return mention.scope


def is_actor(name: str, terms: Terms) -> bool:
    return any(name in terms.words(f"actors.{kind}") for kind in ACTORS)
