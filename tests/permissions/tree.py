"""A tree of four organisations, an account for each role in one of them, and an entry of each kind in all four."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from lianze.ledger.evidence import store_file
from lianze.ledger.org_states import PersonState, UnitState
from lianze.ledger.states import Author, EntryState
from lianze.ledger.tokens import SCOPES, issue_token
from lianze.ledger.upsert import Pen
from lianze.ledger.write import write_new
from lianze.ledger.write_accounts import AccountState, create_account, write_grant
from lianze.ledger.write_org import create_organisation, write_people, write_units
from lianze.org.directory import read_directory
from lianze.org.keys import new_id
from lianze.org.models import Account, Organisation
from lianze.pack import Pack
from lianze.pack.definitions import Register
from lianze.rules.granting import grantable
from lianze.rules.transitions import first_state, steps_from

NOW = datetime(2024, 1, 2, 8, tzinfo=UTC)
AUTHOR = Author("样例")
RELATIONS = ("own", "parent", "child", "sibling")


@dataclass(frozen=True)
class Holder:
    """Somebody with one role in the office, logged in or with a token."""

    role: str
    account: Account
    secret: str


@dataclass(frozen=True)
class Tree:
    """The organisations by their relation to the office, entries by relation and register, and who asks."""

    organisations: dict[str, Organisation]
    units: dict[str, UUID]
    entries: dict[tuple[str, str], UUID]
    sha256: str
    holders: list[Holder]
    registers: list[Register]


def registers_of(pack: Pack) -> list[Register]:
    """An open register whose first step needs nothing, and every restricted one."""
    able = (r for r in pack.registers.values() if not r.restricted and can_step(r))
    return [next(able), *(r for r in pack.registers.values() if r.restricted)]


def can_step(register: Register) -> bool:
    return any(not step.needs for step in steps_from(register, first_state(register)))


def plant(pack: Pack) -> Tree:
    """Everything, written through the ledger."""
    parent = make("parent", "", pack)
    organisations = {"parent": parent, "own": make("own", parent.path, pack)}
    organisations |= {
        "child": make("child", organisations["own"].path, pack),
        "sibling": make("sibling", parent.path, pack),
    }
    registers = registers_of(pack)
    units: dict[str, UUID] = {}
    entries: dict[tuple[str, str], UUID] = {}
    sha256 = ""
    for relation, organisation in organisations.items():
        directory = read_directory(organisation.id, pack)
        units[relation] = next(iter(directory.units))
        sha256 = store_file(organisation.id, "%PDF-1.7 一份佐证".encode(), NOW)
        ready = [(new_id(), state_of(register, units[relation], sha256)) for register in registers]
        write_new(organisation.id, ready, AUTHOR, "", NOW)
        entries |= {(relation, state.register): entry_id for entry_id, state in ready}
    holders = [hold(organisations["own"], role, pack) for role in grantable(pack)]
    return Tree(organisations, units, entries, sha256, holders, registers)


def make(code: str, parent_path: str, pack: Pack) -> Organisation:
    """An organisation of one unit and two people."""
    organisation = create_organisation(code, f"单位{code}", code, "上级", parent_path, NOW, AUTHOR)
    pen = Pen(organisation.id, AUTHOR, "", NOW)
    write_units(pen, [UnitState("U1", "办公室", pack.vocabularies["unit_kind"].choice[0].id)])
    unit = next(iter(read_directory(organisation.id, pack).units))
    write_people(pen, [PersonState(f"P{n}", f"人员{n}", unit, date(2020, 1, 1)) for n in (1, 2)])
    return organisation


def state_of(register: Register, unit_id: UUID, sha256: str) -> EntryState:
    """A plain entry of the office's unit, in its first state."""
    kind = register.kind[0].id if register.kind else ""
    return EntryState(
        register.id,
        "一件事",
        date(2023, 5, 1),
        kind=kind,
        unit_id=unit_id,
        state=first_state(register),
        attachments=(("佐证.pdf", sha256),),
    )


def hold(office: Organisation, role: str, pack: Pack) -> Holder:
    """The account of one role, of a person of the office's unit where the role is one of the office."""
    directory = read_directory(office.id, pack)
    pen = Pen(office.id, AUTHOR, "", NOW)
    account = create_account(
        pen, AccountState(f"as-{role}", role, directory.people_named("P1")[0]), "a-long-password-1", is_own=True
    )
    write_grant(pen, account, role, date(2020, 1, 1))
    _, secret = issue_token(account, "test", SCOPES, 30, datetime.now(UTC))
    return Holder(role, account, secret)
