"""What an entry's form starts with: today, my section, me, what the address names, or what was said last time."""

from uuid import UUID

from lianze.ledger.actions import Desk
from lianze.ledger.filters import parse_id
from lianze.ledger.models import Entry
from lianze.ledger.read import visible_entries
from lianze.ledger.rows import read_states
from lianze.org.directory import Directory
from lianze.pack.definitions import Register
from lianze.web.controls import Typed
from lianze.web.posting import typed_of
from lianze.web.requests import DeskRequest


def first_typed(request: DeskRequest, register: Register, directory: Directory) -> Typed:
    """What the form starts with: today, my section, me; whatever the address names goes before."""
    desk = request.desk
    me = directory.people.get(desk.actor.person_id) if desk.actor.person_id else None
    names = {known.name for known in register.field}
    typed: dict[str, list[str]] = {"happened_on": [desk.actor.day.isoformat()]}
    if me and "unit" in names and me.unit_id in directory.units:
        typed["unit"] = [directory.units[me.unit_id].name]
    if me and "owner" in names and not register.restricted:
        typed["owner"] = [me.name if len(directory.people_named(me.name)) == 1 else me.code]
    given = {name: request.GET.getlist(name) for name in request.GET}
    allowed = {"kind", *names, *(f">{link.relation}" for link in register.link)}
    allowed |= {f"@{part.role}" for part in register.participant}
    typed |= {name: found for name, found in given.items() if name in allowed}
    if "kind" not in typed and len(register.kind) == 1:
        typed["kind"] = [register.kind[0].id]
    if source := parse_id(request.GET.get("copy", "")):
        typed |= copied(desk, register, directory, "", source)
    return typed


def copied(
    desk: Desk, register: Register, directory: Directory, kind: str, source: UUID | None = None
) -> dict[str, list[str]]:
    """What the last entry of the kind (or `source`) said, without its title, days, long texts and evidence."""
    entry = last_entry(desk, register, kind, source)
    if entry is None:
        return {}
    typed = typed_of(read_states(desk.organisation.id, [entry])[entry.id], register, directory)
    own = {known.name for known in register.field if known.type in ("date", "longtext") or known.name == "title"}
    return {name: found for name, found in typed.items() if found and name not in own and not name.startswith(">")}


def last_entry(desk: Desk, register: Register, kind: str, source: UUID | None = None) -> Entry | None:
    """The latest entry of the kind, or the one asked for."""
    rows = visible_entries(desk.organisation, desk.actor, desk.pack).filter(register=register.id, withdrawn=False)
    if source is not None:
        return rows.filter(id=source).first()
    return rows.filter(kind=kind).order_by("-happened_on", "-id").first() if kind else None
