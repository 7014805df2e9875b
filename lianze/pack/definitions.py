"""The shapes of a pack. Each dataclass is one TOML table; its fields are the keys; docs/pack-format.md explains them.

Every text for people comes as `title` (Chinese) and `title_en` (English). `source` names the rule that asks for it.
"""

from dataclasses import dataclass
from typing import Literal

from lianze.pack.duty_shapes import Aspect, Checklist, DaysOff, Duty, Holiday
from lianze.pack.figure_shapes import (
    Check,
    Condition,
    Figure,
    Mark,
    Measure,
    Norm,
    NormValue,
    PeriodRule,
    Population,
    Source,
)
from lianze.pack.outline_shapes import Addition, Outline, Paragraph, Running, Section, Sentence, Word
from lianze.pack.register_shapes import (
    Choice,
    Field,
    FieldType,
    Kind,
    LinkRule,
    Overview,
    Participant,
    Register,
    State,
    Transition,
)
from lianze.pack.requirement_shapes import Last, Requirement, Turnout

__all__ = [
    "Addition",
    "Aspect",
    "Check",
    "Checklist",
    "Choice",
    "Condition",
    "DaysOff",
    "Duty",
    "Field",
    "FieldType",
    "Figure",
    "Holiday",
    "Kind",
    "Last",
    "LinkRule",
    "Mark",
    "Measure",
    "Mechanism",
    "Norm",
    "NormValue",
    "Outline",
    "Overview",
    "Pack",
    "Paragraph",
    "Participant",
    "PeriodRule",
    "Population",
    "Register",
    "Requirement",
    "Role",
    "Running",
    "Scope",
    "Section",
    "Sentence",
    "Source",
    "State",
    "Transition",
    "Turnout",
    "Vocabulary",
    "Word",
]

Scope = Literal["own", "unit", "organisation", "subtree"]


@dataclass(frozen=True)
class Role:
    """What an account may do. `scope`: own entries, own unit, the organisation, or its sub-tree.

    `read_scope`: how far reading goes where that is further than acting; empty: the same. `restricted`: ids of the
    restricted registers the role may know of; the others do not exist for it. `excludes`: never held together.
    `second_factor`: whether its account must log in with more than a password.
    """

    id: str
    title: str
    title_en: str
    scope: Scope
    read_scope: Literal["", "own", "unit", "organisation", "subtree"] = ""
    actions: tuple[str, ...] = ()
    restricted: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    second_factor: Literal["optional", "required"] = "optional"


@dataclass(frozen=True)
class Vocabulary:
    """A shared list of choices: levels, capacities, ranks, areas, unit kinds, measure words.

    `extend` in a layered pack adds choices to the vocabulary of that id below instead of replacing it.
    """

    id: str
    title: str
    title_en: str
    choice: tuple[Choice, ...] = ()
    extend: bool = False


@dataclass(frozen=True)
class Mechanism:
    """One of the 57 things the responsibility system does, and what carries it here."""

    id: str
    title: str
    title_en: str
    registers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pack:
    """A whole pack, layered and checked. `hash` is SHA-256 over the file names and bytes of all its layers, in hex."""

    id: str
    version: str
    title: str
    title_en: str
    hash: str
    registers: dict[str, Register]
    figures: dict[str, Figure]
    populations: dict[str, Population]
    duties: dict[str, Duty]
    holidays: dict[str, Holiday]
    days_off: dict[str, DaysOff]
    checklists: dict[str, Checklist]
    norms: dict[str, Norm]
    checks: dict[str, Check]
    roles: dict[str, Role]
    vocabularies: dict[str, Vocabulary]
    outlines: dict[str, Outline]
    mechanisms: dict[str, Mechanism]
    listed_areas: tuple[str, ...]
    area_source: str

    def __hash__(self) -> int:
        """So that what follows from a pack alone is made once (`functools.lru_cache`)."""
        return hash(self.hash)
