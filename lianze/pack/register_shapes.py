"""What a register is: fields, kinds, participants, links, states, transitions, pictures, requirements. Each dataclass is one TOML table."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from lianze.pack.requirement_shapes import Requirement

FieldType = Literal["text", "longtext", "date", "integer", "decimal", "boolean", "choice", "choices", "unit", "person"]


@dataclass(frozen=True)
class Choice:
    """One allowed value of a field: `id` is stored, `title` is shown and typed in the workbook.

    `same_as`, in the vocabulary `measure_word`: the word that counts the same kind of thing, so that both may be added.
    """

    id: str
    title: str
    title_en: str
    same_as: str = ""


@dataclass(frozen=True)
class Field:
    """One thing recorded about an entry: a column of the entry table when its name is one, else a key of `data`.

    `about`, for a person: the entry is about them; in a restricted register they and relatives stand aside (回避).
    """

    name: str
    title: str
    title_en: str
    type: FieldType
    required: bool = False
    kinds: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    vocabulary: str = ""
    counted_in: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    about: bool = False
    aliases: tuple[str, ...] = ()
    example: str = ""
    help: str = ""
    help_en: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of entry. Ids are dotted (`study.collective`), so that a prefix selects a family."""

    id: str
    title: str
    title_en: str
    counted_in: str = ""
    source: str = ""


@dataclass(frozen=True)
class Participant:
    """A role people play in an entry. `outside`: names that are not people of the organisation are accepted.

    `kinds`: the form asks for the role, and first, for these kinds; for others it stays away unless it is filled.
    `about`: the entry is about them; in a restricted register they and their relatives stand aside (回避).
    """

    role: str
    title: str
    title_en: str
    required: bool = False
    kinds: tuple[str, ...] = ()
    many: bool = True
    outside: bool = False
    about: bool = False
    positions: tuple[Choice, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class LinkRule:
    """A named relation from entries of this register to entries of `to`."""

    relation: str
    to: str
    title: str
    title_en: str
    required: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class State:
    """A state of an entry; `final` ones count as closed; the first of a register is where an entry starts."""

    id: str
    title: str
    title_en: str
    final: bool = False


@dataclass(frozen=True)
class Transition:
    """A step between states. `sets` names the date field that the step fills: with the day given with the step or, with
    `takes`, with what that other date field holds.

    `needs` must be filled before the step: field names, `@role`, `>relation`, or `evidence`. `clears` names the date
    fields that the step empties, `counts` the number that it adds one to. `same_person`: only whoever took the step
    before may take it.
    """

    id: str
    start: tuple[str, ...]
    to: str
    title: str
    title_en: str
    second_person: bool = False
    reason: bool = False
    roles: tuple[str, ...] = ()
    sets: str = ""
    takes: str = ""
    clears: tuple[str, ...] = ()
    counts: str = ""
    same_person: bool = False
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Overview:
    """A picture of a register: its entries counted by `rows` and `columns`, two of its filters that hold no person.

    `kind`: only of this kind. `not_final`: only what is not closed.
    """

    id: str
    title: str
    title_en: str
    rows: str
    columns: str
    kind: str = ""
    not_final: bool = False


@dataclass(frozen=True)
class Register:
    """A register (台账): from this one definition come form, list, sheet, API schema, reference page and validation.

    `key` names what makes two workbook rows without a number the same entry. `ahead_days`: how many days after the day
    of recording `happened_on` may lie; none where only what has been done is recorded. `extend` in a layered pack adds
    kinds, fields, participants, links and the like to the register of that id below instead of replacing it.
    """

    id: str
    title: str
    title_en: str
    source: str
    counted_in: str
    restricted: bool = False
    kind_required: bool = True
    ahead_days: int = 0
    key: tuple[str, ...] = ("kind", "title", "happened_on")
    kind: tuple[Kind, ...] = ()
    field: tuple[Field, ...] = ()
    participant: tuple[Participant, ...] = ()
    link: tuple[LinkRule, ...] = ()
    state: tuple[State, ...] = ()
    transition: tuple[Transition, ...] = ()
    columns: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    overview: tuple[Overview, ...] = ()
    requirement: tuple[Requirement, ...] = ()
    extend: bool = False
