"""Which rows an actor may see, as a shape that the ledger turns into SQL and that `covers` reads in Python.

A row is seen when at least one reach covers it. Registers are named one by one, never excluded, so that a register this
pack does not know stays unseen. Organisation paths are fixed-width steps of [0-9A-Z] in byte order.
"""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from lianze.pack import Pack
from lianze.pack.definitions import Role
from lianze.rules.shapes import Actor, HeldGrant, Subject

BEFORE_FIRST = "!"  # sorts before 0: only P itself lies in [P, P + "!")
AFTER_LAST = "["  # sorts after Z: P and every path below it lie in [P, P + "[")


@dataclass(frozen=True)
class Reach:
    """Rows that one grant opens: path in [low, high), register among `registers`, and the unit or ownership asked.

    `unit_ids` None: any unit, and rows without one. `own`: only rows the actor recorded or is responsible for.
    """

    low: str
    high: str
    registers: frozenset[str]
    unit_ids: frozenset[UUID] | None = None
    own: bool = False


@dataclass(frozen=True)
class Visibility:
    """Everything an actor may see; no reach, nothing. `own` rows: author is `account_id` or owner is `person_id`."""

    account_id: UUID
    person_id: UUID | None
    reaches: tuple[Reach, ...]


def visibility_of(actor: Actor, pack: Pack) -> Visibility:
    """The rows `actor` may read on its day."""
    reaches = [reach_of("read", grant, actor, pack) for grant in actor.grants]
    kept = tuple(dict.fromkeys(reach for reach in reaches if reach is not None))
    return Visibility(actor.account_id, actor.person_id, kept)


def reach_of(action: str, grant: HeldGrant, actor: Actor, pack: Pack) -> Reach | None:
    """How far `grant` carries `action`; None when it is not held that day or its role does not have the action."""
    role = pack.roles.get(grant.role)
    if role is None or action not in role.actions or not grant.is_held(actor.day):
        return None
    reading = action == "read" and role.read_scope != ""
    scope = role.read_scope if reading else role.scope
    low = grant.organisation_path
    high = low + (AFTER_LAST if scope == "subtree" else BEFORE_FIRST)
    units: frozenset[UUID] | None = None if reading else (grant.unit_ids or None)
    if scope == "unit":
        units = grant.unit_ids or actor.unit_ids
    return Reach(low, high, open_to(role, pack), units, own=scope == "own")


def open_to(role: Role, pack: Pack) -> frozenset[str]:
    """Ids of the registers that `role` may know of: all but the restricted ones it does not list."""
    return registers_by_role(pack)[role.id]


@lru_cache
def registers_by_role(pack: Pack) -> dict[str, frozenset[str]]:
    """The same for every role, made once a pack."""
    registers = pack.registers.values()
    return {
        role.id: frozenset(r.id for r in registers if not r.restricted or r.id in role.restricted)
        for role in pack.roles.values()
    }


def covers(visibility: Visibility, subject: Subject) -> bool:
    """Whether the row is among those described; what the ledger's SQL must agree with."""
    return any(reaches_row(reach, visibility, subject) for reach in visibility.reaches)


def reaches_row(reach: Reach, asker: Visibility | Actor, subject: Subject) -> bool:
    """Whether `reach` covers the entry `subject`."""
    return subject.register in reach.registers and reaches_place(reach, asker, subject)


def reaches_place(reach: Reach, asker: Visibility | Actor, subject: Subject) -> bool:
    """Whether `reach` covers where `subject` stands, whatever its register."""
    if not reach.low <= subject.organisation_path < reach.high:
        return False
    if reach.unit_ids is not None and subject.unit_id not in reach.unit_ids:
        return False
    return not reach.own or is_own(asker, subject)


def is_own(asker: Visibility | Actor, subject: Subject) -> bool:
    """Whether the asker recorded the entry or is responsible for it."""
    if subject.author_id is not None and subject.author_id == asker.account_id:
        return True
    return subject.owner_id is not None and subject.owner_id == asker.person_id


def may_see(actor: Actor, subject: Subject, pack: Pack) -> bool:
    """Whether `actor` may know of the entry at all."""
    return covers(visibility_of(actor, pack), subject)


def may_see_notes(actor: Actor, subject: Subject, pack: Pack) -> bool:
    """Whether the notes of a visible entry may be shown: in a restricted register never one's own or a relative's."""
    return may_see(actor, subject, pack) and not is_concerned(actor, subject, pack)


def is_concerned(actor: Actor, subject: Subject, pack: Pack) -> bool:
    """Whether the entry is a restricted one about the actor or a relative, for which the actor stands aside (回避)."""
    register = pack.registers.get(subject.register)
    if register is None or not register.restricted:
        return False
    return actor.person_id in subject.person_ids or bool(subject.person_ids & actor.relatives)
