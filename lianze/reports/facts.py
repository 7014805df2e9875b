"""What a report is made of, and what could not be said."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lianze.figures.results import ORGANISATION, FigureResult
from lianze.pack.definitions import Sentence

Key = tuple[str, str]  # figure id and scope


@dataclass(frozen=True)
class Item:
    """One repetition of an `each` sentence: the scope its `@unit` figures take, and texts for its other tokens."""

    scope: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class LeftOut:
    """A sentence that was not printed, or a part of one that was; why, and the figures that decided it."""

    section: str
    text: str
    reason: str
    figures: tuple[str, ...]
    is_part: bool = False


@dataclass(frozen=True)
class Facts:
    """Everything a report is made of. `items` answers what an `each` sentence repeats over."""

    texts: Mapping[str, str]
    results: Mapping[Key, FigureResult]
    items: Callable[[Sentence], Sequence[Item]]

    def status_of(self, key: Key) -> str:
        """value, zero, none_found, not_yet or no_record; a figure that was not computed has no record."""
        result = self.results.get(key)
        if result is not None and result.status == "not_yet":
            return "not_yet"
        if result is None or result.value is None:
            return "no_record"
        return "zero" if result.status == "value" and not result.value else result.status


def key_of(token: str, item: Item) -> Key:
    """Figure id and scope of a token: `id` is the organisation's, `id@unit` the repeated unit's."""
    figure, at, _ = token.partition("@")
    return figure, item.scope if at else ORGANISATION
