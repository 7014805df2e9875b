"""The office of the log's tests: a body, a section, five people, a year of entries with everything an entry can have.

王 (principal), 李 (member), 赵 (section head), 陈 and 孙 (staff). What attackers do is done by raw SQL or to files.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db import connection

from lianze.ledger.actions import Desk
from lianze.ledger.checkpoints import make_checkpoint
from lianze.ledger.evidence import store_file
from lianze.ledger.log_keys import ensure_keys
from lianze.ledger.log_sql import Value, stored_id
from lianze.ledger.models import Revision
from lianze.ledger.org_states import AppointmentState, PersonState, PortfolioState, UnitState
from lianze.ledger.states import Author, EntryState, Part
from lianze.ledger.upsert import Pen
from lianze.ledger.verify import Findings, verify_log
from lianze.ledger.verify_heads import Outside
from lianze.ledger.write import read_entry_state, write_change, write_new
from lianze.ledger.write_accounts import AccountState, create_account, write_grant
from lianze.ledger.write_org import (
    create_organisation,
    write_appointments,
    write_people,
    write_portfolios,
    write_units,
)
from lianze.org.actors import local_actor
from lianze.org.keys import new_id
from lianze.org.models import Organisation, Person, Unit
from lianze.pack.load import load_builtin
from lianze.tlog import Frontier, leaf_hash, render_canonical

START = datetime(2023, 3, 1, 8, 0, tzinfo=UTC)
AUTHOR = Author("测试", UUID(int=7))
NAMES = ("王", "李", "赵", "陈", "孙")


@dataclass
class Office:
    """An organisation with its log; `now` goes on by a minute with every write."""

    organisation: Organisation
    now: datetime = START
    units: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    entries: dict[str, UUID] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        return self.organisation.id

    def later(self) -> datetime:
        """The next minute."""
        self.now += timedelta(minutes=1)
        return self.now

    def desk(self) -> Desk:
        """The operator's desk."""
        return Desk(
            self.organisation, load_builtin(), local_actor(self.organisation, date(2023, 12, 31)), AUTHOR, self.later()
        )

    def write(self, title: str, **more: object) -> UUID:
        """One entry, found again under its title."""
        values: dict[str, object] = {
            "register": "activity",
            "kind": "study.collective",
            "title": title,
            "happened_on": date(2023, 3, 1),
            **more,
        }
        entry_id = self.entries[title] = new_id()
        write_new(self.id, [(entry_id, EntryState(**values))], AUTHOR, "", self.later())  # type: ignore[arg-type]
        return entry_id

    def change(self, title: str, action: str = "amend", why: str = "", **more: object) -> None:
        """The entry's next revision."""
        found = read_entry_state(self.id, self.entries[title])
        assert found is not None
        entry, state = found
        new = replace(state, **more)  # type: ignore[arg-type]
        now = self.later()
        write_change(
            self.id, entry.id, new, action=action, expected_version=entry.version, author=AUTHOR, why=why, now=now
        )

    def verify(self, outside: Outside | None = None) -> Findings:
        """What verification finds."""
        return verify_log(self.id, outside or Outside())

    def misfit(self, outside: Outside | None = None) -> tuple[str, str]:
        """Code and sentence of what does not fit; fails when everything does."""
        found = self.verify(outside).misfit
        assert found is not None, "verification found nothing"
        return found.code, str(found)


def make_office(code: str = "office", hasher: str = "sha-256") -> Office:
    """An office whose year is recorded, with keys and without a checkpoint yet."""
    organisation = create_organisation(code, f"某市{code}", code, "市委", "", START, AUTHOR, hasher)
    office = Office(organisation)
    ensure_keys(organisation, AUTHOR, office.later())
    people_of(office)
    guest = Part("guest", outside_name="外单位周某", position="")
    host = Part("host", office.people["王"], capacity="principal")
    parts = (host, Part("attendee", office.people["李"], capacity="member"), guest)
    sha256 = store_file(office.id, "会议签到表".encode(), office.later())
    office.write("三月学习", parts=parts, unit_id=office.units["BGS"], data={"place": "会议室", "hours": 2})
    linked = (("follows", office.entries["三月学习"]),)
    office.write("四月学习", links=linked, attachments=(("签到.txt", sha256),), happened_on=date(2023, 4, 1))
    office.write("五月谈话", kind="talk", happened_on=date(2023, 5, 1), data={"content": "谈话内容"})
    office.change("四月学习", happened_on=date(2023, 4, 2))
    office.change("五月谈话", action="withdraw", why="录错", withdrawn=True)
    return office


def people_of(office: Office) -> None:
    """Units, people, posts and portfolios, through the writer of the organisation."""
    pen = Pen(office.id, AUTHOR, "", office.later())
    write_units(pen, [UnitState("DZ", "党组", "body"), UnitState("BGS", "办公室", "section", parent="DZ")])
    office.units = dict(Unit.objects.filter(organisation_id=office.id).values_list("code", "id"))
    joined = date(2020, 1, 1)
    write_people(pen, [PersonState(f"P{i}", name, office.units["BGS"], joined) for i, name in enumerate(NAMES)])
    office.people = dict(Person.objects.filter(organisation_id=office.id).values_list("name", "id"))
    post = AppointmentState(office.people["王"], "书记", office.units["DZ"], "principal", "division_chief", joined)
    write_appointments(pen, [post])
    write_portfolios(pen, [PortfolioState(office.people["王"], "overall", None, joined)])
    account = create_account(
        pen, AccountState(f"wang-{office.organisation.code}", "王"), "a password of a test", is_own=True
    )
    write_grant(pen, account, "clerk", joined)


def sign(office: Office) -> None:
    """A checkpoint, as the command makes it."""
    make_checkpoint(office.organisation, office.later())


def is_postgresql() -> bool:
    """Whether this run is on PostgreSQL."""
    return connection.vendor == "postgresql"


def sql(text: str, *values: Value) -> int:
    """What an attacker with the database types; returns how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(text, [stored_id(value) if isinstance(value, UUID) else value for value in values])
        return int(cursor.rowcount)


def leaf_of(office: Office, title: str, number: int = 1) -> int:
    """Where an entry's revision stands in the log."""
    rows = Revision.objects.filter(organisation_id=office.id, subject_id=office.entries[title], number=number)
    return rows.get().leaf_index


def forge(office: Office, leaf: int, old: str, new: str) -> None:
    """Rewrites a revision and everything that follows from it inside the database: salt, commitment, leaf, head."""
    row = Revision.objects.get(organisation_id=office.id, leaf_index=leaf)
    document = json.loads((row.canonical or "").replace(old, new))
    canonical = render_canonical(document)
    commitment, hashed = leaf_hash(canonical, bytes(row.salt or b""))
    sql(
        "UPDATE revision SET canonical = %s, commitment = %s, leaf = %s WHERE organisation_id = %s AND leaf_index = %s",
        canonical.decode(),
        commitment,
        hashed,
        office.id,
        leaf,
    )
    rewrite_head(office)


def rewrite_head(office: Office) -> None:
    """Makes the stored head that of whatever leaves there are."""
    frontier = Frontier()
    for leaf in (
        Revision.objects.filter(organisation_id=office.id).order_by("leaf_index").values_list("leaf", flat=True)
    ):
        frontier.append(bytes(leaf))
    sql("UPDATE log_head SET frontier = %s WHERE organisation_id = %s", frontier.to_bytes(), office.id)


def cut_tail(office: Office, titles: Sequence[str]) -> None:
    """Removes entries with all their revisions, which must be the last, and rewrites the head."""
    for title in titles:
        for table in ("participation", "link", "attachment"):
            sql(f"DELETE FROM {table} WHERE organisation_id = %s AND entry_id = %s", office.id, office.entries[title])
        sql("DELETE FROM entry WHERE organisation_id = %s AND id = %s", office.id, office.entries[title])
        sql("DELETE FROM revision WHERE organisation_id = %s AND subject_id = %s", office.id, office.entries[title])
    rewrite_head(office)
