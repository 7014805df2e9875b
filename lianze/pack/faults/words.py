"""Measure words: which exist, which count the same kind of thing, and what each record is counted in.

Unlike kinds never add: whatever is added, compared or summed must be counted in the same word or in an equivalent one.
"""

from collections.abc import Iterable

from lianze.pack import definitions as d
from lianze.pack.faults.scene import Scene, listed
from lianze.pack.kinds import covers

VOCABULARY = "measure_word"


class Words:
    """The measure words of a pack."""

    def __init__(self, scene: Scene) -> None:
        known = scene.pack.vocabularies.get(VOCABULARY)
        self.family = {choice.id: choice.same_as or choice.id for choice in known.choice} if known else {}

    def fault(self, word: str) -> str | None:
        """Why `word` is no measure word of the pack."""
        if word in self.family:
            return None
        return f"“{word}”不是量词表 measure_word 中的量词：{listed(self.family)} / {word} is no known measure word"

    def is_same(self, one: str, other: str) -> bool:
        """Whether the two count the same kind of thing."""
        return self.family.get(one, one) == self.family.get(other, other)


def check_words(scene: Scene) -> None:
    """The vocabulary itself: equivalents exist and do not chain."""
    vocabulary = scene.pack.vocabularies.get(VOCABULARY)
    if vocabulary is None:
        return
    own = {choice.id: choice.same_as for choice in vocabulary.choice}
    for i, choice in enumerate(vocabulary.choice):
        if choice.same_as and (choice.same_as not in own or own[choice.same_as]):
            sentence = f"“{choice.id}”应等同于一个不再等同于他词的量词 / same_as must name a word that has none itself"
            scene.say(vocabulary, ("choice", i, "same_as"), sentence)


def words_counted(register: d.Register, where: Iterable[d.Condition]) -> set[str]:
    """The words in which the entries that meet `where` are counted: those of the kinds it asks for."""
    kinds = list(register.kind)
    for condition in where:
        if condition.field == "kind" and condition.values and not condition.negate:
            kinds = [kind for kind in kinds if covers(condition.values, kind.id)]
    return {kind.counted_in or register.counted_in for kind in kinds} or {register.counted_in}
