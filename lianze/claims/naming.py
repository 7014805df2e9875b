"""Whether a claim's words name a figure: the same kind of thing, no forbidden word, and a synonym at the number."""

from functools import lru_cache

from lianze.claims.around import Around, plain
from lianze.claims.shapes import FigureFact, Mention
from lianze.claims.terms import Terms
from lianze.claims.year_figures import Figures, is_actor

_TRAILING = "共达了为约超过有计至已近逾"


def counts_alike(mention: Mention, fact: FigureFact, terms: Terms) -> bool:
    """Same family of measure words. Places (四县一区) and announced lists (五措施) are counted by their own noun."""
    if terms.family(fact.counted_in) == terms.family(mention.counted_in):
        return True
    if mention.counted_in in terms.words("narrowing.things_too") and terms.family(fact.counted_in) == "thing":
        return any(mention.noun.endswith(_word(synonym)) for synonym in fact.synonyms)
    return mention.reason in ("places", "announced") and mention.noun in fact.synonyms


def is_forbidden(fact: FigureFact, around: Around, terms: Terms) -> bool:
    """A forbidden word stands at the number; one that names who acts counts anywhere in the clause."""
    return any(word in around.at_number or (word in around.before and is_actor(word, terms)) for word in fact.forbid)


def named_by(fact: FigureFact, around: Around, figures: Figures) -> tuple[str, int, bool] | None:
    """The synonym that fits best, its points, and whether it is the head of what is counted."""
    best: tuple[str, int, bool] | None = None
    unsaid = around.noun in figures.units or not (around.noun or around.own)
    noun = around.inherited if unsaid and around.inherited else around.noun
    said = (
        "" if figures.terms.words("relations.aspects").at(noun, 0) else around.own.rstrip(_TRAILING)
    )  # 反馈问题4个方面
    held = _before_verbs(around, figures.terms) if figures.terms.words("verbs.cut").at(noun, 0) == noun != "" else ""
    for synonym in fact.synonyms:
        word = _word(synonym)
        if noun == word or said.endswith(word) or held.endswith(word):
            found = (word, 36 + min(len(word), 8), True)
        elif noun.endswith(word) or (len(noun) >= 2 and word.endswith(noun) and word in around.near):
            found = (word, 28 + min(len(word), 8), True)
        elif word in around.clause:
            found = (word, 20 + min(len(word), 8), around.before.rstrip(_TRAILING).endswith(word))
        elif _is_put_together(word, around):
            found = (word, 26 + min(len(word), 8), True)
        else:
            continue
        if best is None or (found[1], len(word)) > (best[1], len(best[0])):
            best = found
    return best


def _before_verbs(around: Around, terms: Terms) -> str:
    """党组会全年开18次: the thing stands before the verb and the time."""
    said = around.own.rstrip(_TRAILING)
    while tail := terms.words("verbs.cut").before(said, len(said)) or terms.words("narrowing.neutral").before(
        said, len(said)
    ):
        if any(tail.endswith(one) for one in ("党组", "党委", "会", "党员")):
            break
        said = said.removesuffix(tail)
    return said


def _is_put_together(word: str, around: Around) -> bool:
    """新建制度2项，修订7项: what is said at the number and the noun before it make up the word."""
    said = around.own.rstrip(_TRAILING).removeprefix("其中")
    return bool(said) and bool(around.inherited) and any(
        word == said + around.inherited[-length:] for length in range(2, len(around.inherited) + 1)
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _word(synonym: str) -> str:
    return plain(synonym)
