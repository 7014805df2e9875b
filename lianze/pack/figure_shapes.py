"""What is counted and what it is held against: conditions, figures, populations, norms, checks. Each dataclass is one TOML table."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Measure = Literal["count", "sum", "distinct", "participations", "share", "coverage", "least_per", "norm", "items"]
PeriodRule = Literal["happened", "done", "as_of", "since", "any"]
Source = Literal["register", "people", "units", "appointments", "portfolios", "checklists"]
Mark = Literal["S", "D", "M", "?"]


@dataclass(frozen=True)
class Condition:
    """One condition on an entry; all conditions of a list must hold.

    Exactly one subject: `field` (a column or data key), `participant` (somebody in that role) or `link` (a relation
    that leads from the entry). `values` are alternatives; for kinds one that ends in “.” is a prefix. `capacity`
    restricts a participant to the capacity held that day; `register`, `kind` and `state` restrict a link's target.
    """

    field: str = ""
    participant: str = ""
    link: str = ""
    values: tuple[str, ...] = ()
    set: bool | None = None
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    capacity: tuple[str, ...] = ()
    register: str = ""
    kind: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    negate: bool = False


@dataclass(frozen=True)
class Figure:
    """A number computed from records, with what it is counted in.

    measure   count: entries · sum: of the field `of` · distinct: different values of `of` (a field, or `@role` for
              different people) · participations: people-times in role `of` · share: entries of `where` among those of
              `base`, 0–1 · coverage: different people in role `of` among the population, 0–1 · least_per: the
              smallest count in any sub-period `every` · norm: sum of the norm `of` over the population · items:
              entries of the checklist `of` (`id` its items, `id#aspects` its aspects)
    period    happened / done: that date lies in the period · as_of: exists on the last day · since: from the date
              `since` to the last day · any: at any time up to the last day
    looked    figure whose entries (all of them, behind a share) show that somebody looked, so that zero means “none found” rather than “no record”
    by        "" for the organisation, "unit" for one value a unit
    unit_kind of a figure by unit: which kind of unit it is about; others only where something is recorded there
    required  what the rule asks for, where it asks for a number
    """

    id: str
    title: str
    title_en: str
    measure: Measure
    counted_in: str
    register: str = ""
    source: Source = "register"
    of: str = ""
    where: tuple[Condition, ...] = ()
    base: tuple[Condition, ...] = ()
    period: PeriodRule = "happened"
    since: str = ""
    every: str = ""
    by: str = ""
    unit_kind: str = ""
    population: str = ""
    looked: str = ""
    required: Decimal | None = None
    places: int = 0
    reading: str = ""
    reading_en: str = ""
    section: str = ""
    actor: str = ""
    synonyms: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()


@dataclass(frozen=True)
class Population:
    """A named set of people on the period's last day: by capacity, rank, or Party membership."""

    id: str
    title: str
    title_en: str
    capacity: tuple[str, ...] = ()
    party_member: bool | None = None
    unit_kind: str = ""


@dataclass(frozen=True)
class NormValue:
    """A limit for one rank or category."""

    key: str
    value: Decimal


@dataclass(frozen=True)
class Norm:
    """A limit with its source and its first day of validity; `mark` says how sure we are."""

    id: str
    title: str
    title_en: str
    counted_in: str
    source: str
    mark: Mark
    valid_from: str
    valid_until: str = ""
    enabled: bool = True
    value: tuple[NormValue, ...] = ()


@dataclass(frozen=True)
class Check:
    """A relation that must hold between figures, as `a = b + c`, `a >= b` or `a <= b`."""

    id: str
    title: str
    title_en: str
    formula: str
    by: str = ""
