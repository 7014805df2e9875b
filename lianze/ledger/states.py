"""The whole state of an entry as one frozen shape, and its JSON form: what a revision keeps and a leaf commits to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from lianze.domain.columns import ENTRY_COLUMNS
from lianze.ledger.exact import plain
from lianze.tlog import JsonValue

FORMAT = 1
# A day that stands for “not given”, since an entry's state always has one.
NO_DAY = date.min
KEYS = {"unit": "unit_id", "owner": "owner_id"}


@dataclass(frozen=True)
class Author:
    """Who writes: an account, or a program on behalf of somebody (`account_id` None)."""

    name: str
    account_id: UUID | None = None


@dataclass(frozen=True)
class Part:
    """Somebody's part in an entry: a person of the organisation, or an outside name."""

    role: str
    person_id: UUID | None = None
    outside_name: str = ""
    position: str = ""
    capacity: str = ""


@dataclass(frozen=True)
class EntryState:
    """Everything an entry says. `data` holds JSON values by field name: dates as ISO text, decimals as plain text."""

    register: str
    title: str
    happened_on: date
    number: str = ""
    kind: str = ""
    unit_id: UUID | None = None
    owner_id: UUID | None = None
    ended_on: date | None = None
    due_on: date | None = None
    done_on: date | None = None
    state: str = ""
    level: str = ""
    quantity: Decimal | None = None
    amount: Decimal | None = None
    data: Mapping[str, JsonValue] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    links: tuple[tuple[str, UUID], ...] = ()
    attachments: tuple[tuple[str, str], ...] = ()
    withdrawn: bool = False


def value_of(state: EntryState, name: str) -> object:
    """The value of a field: from its column, else from `data`; None for a day that was not given."""
    if name in ENTRY_COLUMNS:
        value: object = getattr(state, KEYS.get(name, name))
        return None if value == NO_DAY else value
    return state.data.get(name)


def text_of(value: UUID | date | Decimal | None) -> str | None:
    """The one spelling of a value in JSON; money and quantities are text, since JSON numbers are floats."""
    if value is None:
        return None
    return format(plain(value), "f") if isinstance(value, Decimal) else str(value)


def json_of(state: EntryState) -> dict[str, JsonValue]:
    """The entry as JSON. Parts stay in order (speaking order matters); links and attachments are sorted."""
    return {
        "register": state.register,
        "number": state.number,
        "kind": state.kind,
        "title": state.title,
        "unit": text_of(state.unit_id),
        "owner": text_of(state.owner_id),
        "happened_on": text_of(state.happened_on),
        "ended_on": text_of(state.ended_on),
        "due_on": text_of(state.due_on),
        "done_on": text_of(state.done_on),
        "state": state.state,
        "level": state.level,
        "quantity": text_of(state.quantity),
        "amount": text_of(state.amount),
        "data": dict(state.data),
        "parts": [[p.role, text_of(p.person_id), p.outside_name, p.position, p.capacity] for p in state.parts],
        "links": [[relation, target] for relation, target in sorted((r, str(t)) for r, t in state.links)],
        "attachments": [[name, sha256] for name, sha256 in sorted(state.attachments)],
        "withdrawn": state.withdrawn,
    }


def envelope(
    *,
    subject: str,
    subject_id: UUID,
    number: int,
    action: str,
    author: Author,
    recorded_at: datetime,
    why: str,
    state: dict[str, JsonValue],
) -> dict[str, JsonValue]:
    """What a leaf commits to: the state, and who recorded it when and why."""
    return {
        "format": FORMAT,
        "subject": subject,
        "id": str(subject_id),
        "revision": number,
        "action": action,
        "author": author.name,
        "author_id": text_of(author.account_id),
        "recorded_at": recorded_at.isoformat(),
        "why": why,
        "state": state,
    }
