"""Many people at once, each with a first post: into an office that is there, or into one that is just being made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from lianze.domain.errors import Invalid, Problem
from lianze.ledger.actions import Desk
from lianze.ledger.oddities import oddities
from lianze.ledger.org_states import AppointmentState, Newcomer, PersonState
from lianze.ledger.organising import Effect, effects, require_organise
from lianze.ledger.upsert import Pen
from lianze.ledger.write_org import lock_organisation, write_appointments, write_people
from lianze.org.consistency import brought_in, faults_in
from lianze.org.directory import Directory, read_directory
from lianze.pack.definitions import Pack


@dataclass(frozen=True)
class Arrival:
    """Who comes, and what it does to the populations from the last of their first days on.

    `doubts` may be so, but want to be looked at before anything is written.
    """

    people: Sequence[Newcomer]
    effects: list[Effect]
    doubts: list[str]


def bring(desk: Desk, people: Sequence[Newcomer], why: str, dry_run: bool) -> Arrival:
    """Writes everybody or nobody; Invalid with everything that keeps it from being done. A dry run takes it back."""
    require_organise(desk)
    with transaction.atomic():
        lock_organisation(desk.organisation.id)
        before = read_directory(desk.organisation.id, desk.pack)
        if found := [*problems_of(people, before)]:
            raise Invalid(found)
        write_newcomers(Pen(desk.organisation.id, desk.author, why, desk.now), desk.pack, people)
        after = read_directory(desk.organisation.id, desk.pack)
        if sentences := brought_in(faults_in(before), faults_in(after)):
            raise Invalid([Problem("人员", "", sentence) for sentence in sentences])
        if dry_run:
            transaction.set_rollback(True)
    last = max(person.joined_on for person in people)
    odd = brought_in(list(oddities(before, desk.actor.day)), list(oddities(after, desk.actor.day)))
    return Arrival(people, list(effects(before, after, desk.pack, last)), [*namesakes(people, before), *odd])


def namesakes(people: Sequence[Newcomer], directory: Directory) -> Iterator[str]:
    """Who bears the name of somebody who is there, and a number of their own."""
    for person in people:
        known = "、".join(directory.people[twin].code for twin in directory.people_named(person.name))
        if known:
            yield (
                f"{person.place}：已有同名：{person.name}（{known}）——是同一人的，请删去这一行；确是另一个人，再确认 /"
                f" {person.name} is there already ({known}): take the line out if this is the same person"
            )


def problems_of(people: Sequence[Newcomer], directory: Directory) -> Iterator[Problem]:
    """What keeps them from joining this office: unknown units, people who are there already."""
    units = "、".join(unit.name for unit in sorted(directory.units.values(), key=lambda u: (u.order, u.code))[:12])
    codes = {person.code for person in directory.people.values()}
    for person in people:
        if directory.unit_named(person.unit) is None:
            told = f"没有叫“{person.unit}”的机构；应为{units}，新机构请先在“单位”页新建 / no unit of that name: make it first"
            yield Problem(person.place, "unit", told)
        if person.code in codes:
            yield Problem(person.place, "code", f"编号“{person.code}”已被使用 / the number is taken")
        elif not person.code and (twins := directory.people_named(person.name)):
            known = "、".join(directory.people[twin].code for twin in twins)
            told = f"“{person.name}”已在名单中（{known}）；同一个人请删去这一行，另一个人请填编号 / is there already"
            yield Problem(person.place, "name", told)


def write_newcomers(pen: Pen, pack: Pack, people: Sequence[Newcomer]) -> None:
    """The people and their first posts; who has no number gets the next."""
    directory = read_directory(pen.organisation_id, pack)
    free = free_codes({p.code for p in directory.people.values()} | {p.code for p in people})
    coded = [(person.code or next(free), person) for person in people]
    units = {unit.name: unit.id for unit in directory.units.values()}
    units |= {unit.code: unit.id for unit in directory.units.values() if unit.code not in units}
    write_people(
        pen,
        [PersonState(code, p.name, units[p.unit], p.joined_on, None, p.party_member_since) for code, p in coded],
    )
    ids = {person.code: person.id for person in read_directory(pen.organisation_id, pack).people.values()}
    write_appointments(
        pen, [AppointmentState(ids[code], p.post, units[p.unit], p.capacity, p.rank, p.joined_on) for code, p in coded]
    )


def free_codes(taken: set[str]) -> Iterator[str]:
    """P01, P02 … as far as nobody has them."""
    number = 0
    while True:
        number += 1
        if (code := f"P{number:02d}") not in taken:
            yield code
