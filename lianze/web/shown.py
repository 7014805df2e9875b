"""Values of entries as people read them: titles for ids, names for people, numbers with what they are counted in."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

from lianze.domain.columns import ENTRY_COLUMNS
from lianze.ledger.exact import plain
from lianze.ledger.models import Entry
from lianze.ledger.places import Names
from lianze.ledger.states import EntryState, Part
from lianze.pack import Pack
from lianze.pack.choosing import options_of
from lianze.pack.definitions import Field, Participant, Register
from lianze.web.language import Titled, both, named

KEYS = {"unit": "unit_id", "owner": "owner_id"}


def value_of(entry: Entry | EntryState, name: str) -> object:
    """A field's value, from its column or from `data`."""
    if name in ENTRY_COLUMNS:
        value: object = getattr(entry, KEYS.get(name, name))
        return value
    return entry.data.get(name)


def title_among(found: Iterable[Titled], wanted: object) -> str:
    """The title of the one with id `wanted`; the id itself where the pack no longer has it."""
    for one in found:
        if getattr(one, "id", None) == wanted:
            return named(one)
    return str(wanted or "")


def kind_text(register: Register, kind: str) -> str:
    """A kind's title."""
    return title_among(register.kind, kind)


def state_text(register: Register, state: str) -> str:
    """A state's title."""
    return title_among(register.state, state)


def field_text(field: Field, value: object, pack: Pack, names: Names) -> str:
    """One field's value; empty for none."""
    if value is None or value == "" or value == []:
        return ""
    match field.type:
        case "boolean":
            return both("是", "yes") if value else both("否", "no")
        case "choice":
            return title_among(options_of(field, pack).options, value)
        case "choices":
            chosen = value if isinstance(value, list | tuple) else [value]
            return both("、", ", ").join(title_among(options_of(field, pack).options, one) for one in chosen)
        case "unit":
            return names.units.get(id_of(value), "")
        case "person":
            return names.people.get(id_of(value), "")
        case "integer" | "decimal":
            return number_text(value, field.counted_in)
        case _:
            return value.isoformat() if isinstance(value, date) else str(value)


def number_text(value: object, counted_in: str = "") -> str:
    """A number with its measure word."""
    number = format(plain(Decimal(str(value))), ",f")
    return f"{number} {counted_in}".strip()


def id_of(value: object) -> UUID:
    """An id kept as such in a column, as text in `data`; one that is none is nobody's."""
    try:
        return value if isinstance(value, UUID) else UUID(str(value))
    except ValueError:
        return UUID(int=0)


def guest_text(name: str) -> str:
    """A guest, told from a colleague."""
    return both(f"{name}（外单位）", f"{name} (guest)")


def part_text(part: Part, rule: Participant, names: Names) -> str:
    """Somebody's part: the name, whether a guest's, and the position taken."""
    name = names.people.get(part.person_id, "") if part.person_id else guest_text(part.outside_name)
    return f"{name}（{title_among(rule.positions, part.position)}）" if part.position else name
