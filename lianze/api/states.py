"""Between an entry's JSON and its state."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from lianze.domain.columns import ENTRY_COLUMNS
from lianze.ledger.exact import plain
from lianze.ledger.models import Entry
from lianze.ledger.states import EntryState, Part
from lianze.pack.definitions import Field, Register
from lianze.tlog import JsonValue

KEYS = {"unit": "unit_id", "owner": "owner_id"}
TEXTS = ("title", "level")


def state_in(sent: Mapping[str, Any], register: Register, base: EntryState) -> EntryState:
    """The state that checked JSON says, laid over `base`, which keeps number, state and evidence."""
    columns: dict[str, Any] = {}
    data: dict[str, JsonValue] = {}
    for field in register.field:
        value = sent["fields"].get(field.name)
        if field.name in ENTRY_COLUMNS:
            columns[KEYS.get(field.name, field.name)] = column_value(field, value)
        elif value not in (None, "", []):
            data[field.name] = data_value(value)
    parts = tuple(
        Part(rule.role, taken["person"], "" if taken["person"] else taken["name"], taken["position"])
        for rule in register.participant
        for taken in sent["participants"][rule.role]
    )
    links = [(link.relation, target) for link in register.link for target in sent["links"][link.relation]]
    kind = sent.get("kind", "")
    return replace(base, **columns, kind=kind, data=data, parts=parts, links=tuple(dict.fromkeys(links)))


def column_value(field: Field, value: Any) -> Any:
    """The value as its column keeps it."""
    if value is None:
        return "" if field.name in TEXTS else None
    return Decimal(value) if field.type in ("decimal", "integer") else value


def data_value(value: Any) -> JsonValue:
    """The value as `data` keeps it."""
    return str(value) if isinstance(value, UUID | date) else value


def json_of(entry: Entry, state: EntryState, register: Register, seen: Mapping[UUID, str], notes: bool) -> Any:
    """An entry as JSON; links only to entries among `seen`."""
    return {
        "id": str(entry.id),
        "register": entry.register,
        "number": state.number,
        "kind": state.kind,
        "state": state.state,
        "version": entry.version,
        "withdrawn": state.withdrawn,
        "recorded_at": entry.recorded_at.isoformat(),
        "changed_at": entry.changed_at.isoformat(),
        "notes": notes,
        "fields": {field.name: field_json(field, state) for field in register.field},
        "participants": {
            rule.role: [part_json(part) for part in state.parts if part.role == rule.role]
            for rule in register.participant
        },
        "links": {
            link.relation: [
                str(target) for relation, target in state.links if relation == link.relation and target in seen
            ]
            for link in register.link
        },
        "evidence": [{"name": name, "sha256": sha256} for name, sha256 in sorted(state.attachments)],
    }


def field_json(field: Field, state: EntryState) -> JsonValue:
    """One field's value; None for an empty one."""
    value: Any = state.data.get(field.name)
    if field.name in ENTRY_COLUMNS:
        value = getattr(state, KEYS.get(field.name, field.name))
    if value is None or value == "":
        return None
    if isinstance(value, Decimal):
        return int(value) if field.type == "integer" else format(plain(value), "f")
    return str(value) if isinstance(value, UUID | date) else value


def part_json(part: Part) -> dict[str, JsonValue]:
    """Somebody's part."""
    return {
        "person": str(part.person_id) if part.person_id else None,
        "name": part.outside_name,
        "position": part.position,
    }
