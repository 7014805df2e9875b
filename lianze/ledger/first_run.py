"""The first run, asked on a page or in a terminal: organisation, sections, people and the first account at once."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lianze.domain.errors import Problem
from lianze.ledger.log_keys import ensure_keys
from lianze.ledger.newcomers import write_newcomers
from lianze.ledger.org_states import Newcomer, PersonState, UnitState
from lianze.ledger.states import Author
from lianze.ledger.upsert import Pen
from lianze.ledger.write_accounts import AccountState, create_account, write_grant
from lianze.ledger.write_org import create_organisation, write_people, write_units
from lianze.org.directory import read_directory
from lianze.org.models import Account, Organisation
from lianze.org.passwords import password_faults
from lianze.pack import Pack
from lianze.rules.granting import separation_gaps
from lianze.rules.shapes import HeldGrant

AUTHOR = Author("首次设置")
# One person begins with everything needed to work and to let others in; what that does not keep apart is said.
FIRST_ROLES = ("clerk", "sysadmin", "secadmin", "auditor")

NAMELESS = "请填写单位全称 / give the organisation's name"


@dataclass(frozen=True)
class FirstRun:
    """What is asked. `people` are names with the section each belongs to, "" for the first; `newcomers` are those of a
    workbook."""

    name: str
    short_name: str
    superior: str
    sections: list[str]
    people: list[tuple[str, str]]
    username: str
    password: str
    code: str = "office"
    newcomers: Sequence[Newcomer] = ()

    @property
    def units(self) -> list[str]:
        """The sections, those of a workbook's people after the typed ones, or one that is the whole office."""
        named = dict.fromkeys([*self.sections, *(person.unit for person in self.newcomers)])
        return list(named) or [self.short_name or self.name]


def read_lines(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def read_people(text: str) -> list[tuple[str, str]]:
    """A person a line: the name, then blanks, a comma or a tab, and the section. A name may be spread out: 李　明."""
    return [name_and_section(line) for line in read_lines(text)]


def name_and_section(line: str) -> tuple[str, str]:
    """What stands last is the section, unless nothing but single characters stands there."""
    *first, last = re.split(r"[\s,，]+", line)
    if not first or (len(last) == 1 and all(len(part) == 1 for part in first)):
        first, last = [*first, last], ""
    blank = " " if line.isascii() else ""
    return blank.join(first), last


def sections_fault(line: str) -> str | None:
    """Why a line is not the name of one section."""
    if not re.search(r"[、,，;；\t]", line):
        return None
    return f"“{line}”像是几个机构，请每行只写一个 / {line}: looks like several sections; write one a line"


def problems_of(asked: FirstRun) -> list[Problem]:
    """Everything that keeps the organisation from being made."""
    return office_problems(asked) + account_problems(asked.username, asked.password)


def office_problems(asked: FirstRun) -> list[Problem]:
    """The same without the account."""
    found = []
    if not asked.name:
        found.append(Problem("单位", "name", NAMELESS))
    for line in asked.sections:
        if (sentence := sections_fault(line)) is not None:
            found.append(Problem("内设机构", "sections", sentence))
    for name, section in asked.people:
        if (sentence := section_fault(name, section, asked.units)) is not None:
            found.append(Problem("人员", "people", sentence))
    typed = Counter(name for name, _ in asked.people)
    found += [Problem("人员", "people", twice(name)) for name, count in typed.items() if count > 1]
    for person in asked.newcomers:
        if (meant := "".join(person.unit.split())) != person.unit and meant in asked.units:
            sentence = f"“{person.unit}”多了空格，应为“{meant}” / {person.unit}: a blank too many; {meant}"
            found.append(Problem(person.place, "people", sentence))
        if person.name in typed and not person.code:
            sentence = f"“{person.name}”在名单和Excel中都有，请只留一处 / {person.name} is typed and in the workbook"
            found.append(Problem(person.place, "people", sentence))
    return found


def twice(name: str) -> str:
    """Why a name cannot be typed twice."""
    return f"“{name}”已经写过；同名的另一人以后在“单位”页新增 / {name} is there: add a namesake later"


def section_fault(name: str, section: str, units: Sequence[str]) -> str | None:
    """Why somebody cannot stand in that section."""
    if not section or section in units:
        return None
    return (
        f"“{name}”所在的“{section}”不在内设机构中；应为{'、'.join(units)} /"
        f" {name}: no section of that name; there are {', '.join(units)}"
    )


def account_problems(username: str, password: str) -> list[Problem]:
    """Everything that keeps the first account from being made."""
    found = [Problem("账号", "username", sentence) for sentence in username_faults(username)]
    return found + [Problem("密码", "password", sentence) for sentence in password_faults(password)]


def username_faults(username: str) -> list[str]:
    """Why that can't be the first account's user name."""
    if not username:
        return ["请填写第一个账号的用户名 / give the first account's user name"]
    is_taken = Account.objects.filter(username=username).exists()
    return ["这个用户名已被使用 / the user name is taken"] if is_taken else []


def separation_of(pack: Pack, day: date) -> list[str]:
    """What one account with all the first roles does not keep apart."""
    held = tuple(HeldGrant(role, "0000", date.min) for role in FIRST_ROLES if role in pack.roles)
    return separation_gaps((held,), day, pack)


@transaction.atomic
def make_office(asked: FirstRun, pack: Pack, day: date, now: datetime) -> Organisation:
    """The organisation, its units and people, the keys of its log and the first account, all or nothing."""
    short = asked.short_name or asked.name
    organisation = create_organisation(asked.code, asked.name, short, asked.superior, "", now, AUTHOR)
    pen = Pen(organisation.id, AUTHOR, "", now)
    kinds = pack.vocabularies["unit_kind"].choice if "unit_kind" in pack.vocabularies else ()
    kind = kinds[0].id if kinds else ""
    write_units(pen, [UnitState(f"U{at:02d}", name, kind, order=at) for at, name in enumerate(asked.units, 1)])
    units = {unit.name: unit.id for unit in read_directory(organisation.id, pack).units.values()}
    joined = date(day.year, 1, 1)
    write_people(
        pen,
        [
            PersonState(f"P{at:02d}", name, units[section or asked.units[0]], joined)
            for at, (name, section) in enumerate(asked.people, 1)
        ],
    )
    if asked.newcomers:
        write_newcomers(pen, pack, asked.newcomers)
    ensure_keys(organisation, AUTHOR, now)
    make_first_account(organisation, asked.username, asked.password, pack, day, now)
    return organisation


def codes_given(organisation: Organisation, pack: Pack) -> list[str]:
    """The people of an office with their numbers, by which a workbook names them."""
    people = read_directory(organisation.id, pack).people.values()
    return [f"{person.name} {person.code}" for person in sorted(people, key=lambda one: one.code)]


@transaction.atomic
def make_first_account(
    organisation: Organisation, username: str, password: str, pack: Pack, day: date, now: datetime
) -> Account:
    """The account that lets everybody else in; the person of the same name is behind it."""
    pen = Pen(organisation.id, AUTHOR, "", now)
    person = next(iter(read_directory(organisation.id, pack).people_named(username)), None)
    account = create_account(pen, AccountState(username, username, person), password, is_own=True)
    for role in FIRST_ROLES:
        if role in pack.roles:
            write_grant(pen, account, role, day)
    return account


def has_account() -> bool:
    """Whether any account was ever made, closed ones included; until then, and never again, the first run is open."""
    return Account.objects.exists()


def uppermost() -> Organisation | None:
    """The organisation that was made without an account, the uppermost of several."""
    return Organisation.objects.filter(closed_at__isnull=True).order_by("path").first()
