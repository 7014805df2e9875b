"""What an entry must keep to: who speaks last, how many must be there, whose hands are apart, which day comes first, what is named."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Last:
    """Whoever holds one of `capacity` that day comes last among the people in `role`, if there at all."""

    role: str
    capacity: tuple[str, ...]


@dataclass(frozen=True)
class Turnout:
    """How many people of `population` (that day) are in one of `roles`: at least `share` of them all, such as “2/3”.

    `more`: more than that share. `positions`: only those who said one of these.
    """

    roles: tuple[str, ...]
    population: str
    share: str
    more: bool = False
    positions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Requirement:
    """What the entries of a register must keep to. Exactly one of `last`, `turnout`, `apart`, `order`
    and `needs`.

    `states`: held against entries in one of these (all entries, when empty): a step that leads there waits until it
    is kept. `advice`: told on the entry's page and never held against it. `kinds`: only of these, one that ends in “.” is a family. `field` with `values`: only where the field says
    one of them. `apart`: nobody is in two of these roles. `order`: dates of these fields, as far as given, don't go back.
    `needs`: fields and `@role`s that must be filled.
    """

    id: str
    title: str
    title_en: str
    source: str
    states: tuple[str, ...] = ()
    advice: bool = False
    kinds: tuple[str, ...] = ()
    field: str = ""
    values: tuple[str, ...] = ()
    last: Last | None = None
    turnout: Turnout | None = None
    apart: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
