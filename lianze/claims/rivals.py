"""Two different numbers for one figure: at most one of them can be it."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from lianze.claims.binding import MARGIN
from lianze.claims.shapes import Binding, Mention

Key = tuple[Hashable, ...]


def without_rivals(
    mentions: Sequence[Mention], bindings: Sequence[Binding | None], sentences: Sequence[int]
) -> list[Binding | None]:
    """The bindings, those only suggested that a rival is named as well as or better. `sentences`: where each one's begins.

    Anywhere in a report only a rival that leads clearly puts the other out: a number said twice is no rival of itself. In one sentence,
    where a total and its parts stand together (完善制度14项（新建6项、修订8项）), both go unless one leads clearly.
    """
    result = list(bindings)
    for whole in (True, False):
        best: dict[Key, dict[Decimal | None, int]] = defaultdict(dict)
        keys: dict[int, Key] = {}
        for place, (mention, binding) in enumerate(zip(mentions, bindings, strict=True)):
            if binding and binding.state == "auto" and mention.cls == "claim":
                where = () if whole else (mention.block, sentences[place])
                keys[place] = (binding.figure, binding.scope, *where)
                scores = best[keys[place]]
                scores[mention.low] = max(scores.get(mention.low, 0), binding.score)
        tops = {key: _two_best(scores.items()) for key, scores in best.items()}
        for place, key in keys.items():
            binding = bindings[place]
            rival = next((score for low, score in tops[key] if low != mentions[place].low), None)
            needed = 1 - MARGIN if whole else MARGIN
            if binding and rival is not None and binding.score - rival < needed:
                result[place] = replace(binding, state="suggested")
    return result


def _two_best(scores: Iterable[tuple[Decimal | None, int]]) -> list[tuple[Decimal | None, int]]:
    return sorted(scores, key=lambda one: -one[1])[:2]
