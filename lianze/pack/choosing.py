"""One of a list, named by its id or by its title as people type it."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from lianze.pack.definitions import Field, Pack
from lianze.pack.shown import Fault, shown, written
from lianze.pack.spelling import folded

FEW = 12


class Named(Protocol):
    """What choices, kinds and states have in common."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def title_en(self) -> str: ...


@dataclass(frozen=True)
class Options:
    """What may be chosen, in the order shown."""

    options: Sequence[Named]

    @cached_property
    def ids(self) -> frozenset[str]:
        return frozenset(option.id for option in self.options)

    @cached_property
    def titles(self) -> dict[str, str]:
        """Title by id."""
        return {option.id: option.title for option in self.options}

    @cached_property
    def _known(self) -> dict[str, str]:
        spellings = [(name, o.id) for o in self.options for name in (o.title_en, o.id, o.title)]
        return {folded(name): id_ for name, id_ in spellings} | {o.title: o.id for o in self.options}

    def find(self, text: str) -> str | None:
        """The id that `text` names by id, Chinese or English title."""
        return self._known.get(text) or self._known.get(folded(text))

    def parse(self, raw: object) -> str | Fault:
        """The id that `raw` names."""
        found = self.find(written(raw))
        return found if found is not None else Fault(f"没有“{shown(raw)}”这一项；{self.expected(shown(raw))}")

    def expected(self, text: str = "") -> str:
        """The list, or where it is long what `text` may have meant."""
        titles = [option.title for option in self.options]
        near = titles if len(titles) <= FEW else difflib.get_close_matches(text, titles, 4, 0.4)
        named = "、".join(near or titles[:FEW])
        begin = "应为" if len(near) == len(titles) else ("是否为" if near else "应为下列之一：")
        return f"{begin}{named}{'' if near else '等'} / choose one of the list"


def options_of(field: Field, pack: Pack) -> Options:
    """What a field's values are chosen from: its own choices, else its vocabulary."""
    vocabulary = pack.vocabularies.get(field.vocabulary)
    return Options(field.choices or (vocabulary.choice if vocabulary else ()))


def ordered(ids: Iterable[str], options: Options) -> tuple[str, ...]:
    """Each id once, in the order of the definition."""
    chosen = set(ids)
    return tuple(option.id for option in options.options if option.id in chosen)
