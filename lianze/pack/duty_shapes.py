"""What is owed and when: duties, holidays, days off, checklists. Each dataclass is one TOML table."""

from dataclasses import dataclass
from typing import Literal

from lianze.pack.figure_shapes import Condition, Mark


@dataclass(frozen=True)
class Duty:
    """What is owed: who, how often, and which entries satisfy it.

    `of`, where people owe it: whom an entry counts for, a field or `@role` of the register.
    `base`, of an occasion: which entries are its occasions; every one of them is to meet `where` too.
    `due`, of a yearly one: the month and day, `01-31`, up to which it is owed; "": the year's last.
    """

    id: str
    title: str
    title_en: str
    source: str
    mark: Mark
    who: str
    every: str
    at_least: int
    register: str
    of: str = ""
    where: tuple[Condition, ...] = ()
    base: tuple[Condition, ...] = ()
    due: str = ""
    enabled: bool = True


@dataclass(frozen=True)
class Holiday:
    """When a holiday, one of the vocabulary `holiday`, falls.

    calendar     solar: on `month` and `day` · lunar: on those of the lunar year · term: on the solar term `term`
    days_before  days off that the law gives before the day; `days` from the day on
    """

    id: str
    calendar: Literal["solar", "lunar", "term"]
    month: int = 0
    day: int = 0
    term: str = ""
    days_before: int = 0
    days: int = 1


@dataclass(frozen=True)
class DaysOff:
    """Days off as announced, instead of those the law gives: `first` to `last`, one span for all of `holidays`."""

    id: str
    holidays: tuple[str, ...]
    first: str
    last: str
    source: str


@dataclass(frozen=True)
class Aspect:
    """A group of checklist items."""

    title: str
    title_en: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Checklist:
    """Questions that a review answers."""

    id: str
    title: str
    title_en: str
    source: str
    aspect: tuple[Aspect, ...] = ()
