"""Changes to units, people, posts and portfolios: asked of the one guard, looked at as a whole, then written.

A change is carried out in a transaction and its outcome looked at there: `look` takes it back again, `carry_out` keeps it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from lianze.domain.errors import Invalid, Problem, Stale
from lianze.ledger.actions import Desk
from lianze.ledger.oddities import oddities
from lianze.ledger.org_plans import Plan
from lianze.ledger.org_rows import RowChange, write_rows
from lianze.ledger.upsert import Pen, read_numbers
from lianze.ledger.write_org import lock_organisation
from lianze.org.consistency import brought_in, conflicts_in, faults_in, shared_areas
from lianze.org.directory import Directory, read_directory
from lianze.pack.definitions import Figure, Norm, Pack
from lianze.rules import Subject

PLACE = "单位"


@dataclass(frozen=True)
class Effect:
    """How many people a population (None: everybody) has from the day of the change, and had without it."""

    population: str | None
    before: int
    after: int


@dataclass(frozen=True)
class Outlook:
    """What a plan comes to. `questions` may be so, but want a reason; `effects` count people from `since` on."""

    changes: tuple[RowChange, ...]
    since: date | None
    questions: list[str]
    effects: list[Effect]
    before: Directory
    after: Directory


def require_organise(desk: Desk) -> None:
    """Refused, with the reason in words, unless the actor may change the organisation."""
    desk.require("organise", Subject(desk.organisation.path))


def look(desk: Desk, plan: Plan) -> Outlook:
    """What the plan would come to; Invalid with everything that keeps it from being carried out."""
    with transaction.atomic():
        outlook = carried_out(desk, plan, "")
        transaction.set_rollback(True)
    return outlook


def carry_out(desk: Desk, plan: Plan, why: str, subject_id: UUID | None = None, seen: int = 0) -> Outlook:
    """Writes the plan. `seen`: the revision of `subject_id` that was on the screen; Stale when there is a later one."""
    with transaction.atomic():
        lock_organisation(desk.organisation.id)
        if subject_id is not None and read_numbers(desk.organisation.id, [subject_id]).get(subject_id, 0) != seen:
            raise Stale("这一条刚刚被他人修改，请返回重新打开 / somebody changed this meanwhile; open it again")
        outlook = carried_out(desk, plan, why)
        if outlook.questions and not why.strip():
            raise Invalid([Problem(PLACE, "why", "请写明理由 / give the reason")])
    return outlook


def carried_out(desk: Desk, plan: Plan, why: str) -> Outlook:
    """The plan's rows written, in a transaction, and what came of it."""
    require_organise(desk)
    changes = tuple(change for change in plan.changes if change.differs)
    if not changes:
        raise Invalid([Problem(PLACE, "", "没有改动 / nothing is changed")])
    before = read_directory(desk.organisation.id, desk.pack)
    write_rows(Pen(desk.organisation.id, desk.author, why, desk.now), changes)
    after = read_directory(desk.organisation.id, desk.pack)
    if found := brought_in(faults_in(before), faults_in(after)):
        raise Invalid([Problem(PLACE, "", sentence) for sentence in found])
    questions = new_questions(before, after, desk)
    since = plan.since or desk.actor.day
    return Outlook(changes, plan.since, questions, list(effects(before, after, desk.pack, since)), before, after)


def new_questions(before: Directory, after: Directory, desk: Desk) -> list[str]:
    """What a change brings in that may be so, but wants to be looked at."""
    asked = ([*questions_in(one, desk.pack), *oddities(one, desk.actor.day)] for one in (before, after))
    return brought_in(*asked)


def questions_in(directory: Directory, pack: Pack) -> Iterator[str]:
    """What may be so, but is against a rule or seldom meant."""
    areas = {choice.id: choice for choice in pack.vocabularies["area"].choice} if "area" in pack.vocabularies else {}
    for conflict in conflicts_in(directory, pack):
        area = areas.get(conflict.portfolio.area)
        zh, en = (area.title, area.title_en) if area else (conflict.portfolio.area,) * 2
        name, start, end = conflict.person.name, conflict.start, conflict.end
        yield (
            f"主要负责人“{name}”直接分管“{zh}”（{start}—{end or '今'}），不符合：{pack.area_source} /"
            f" the principal {name} is directly in charge of {en} (from {start} to {end or 'now'}), against: {pack.area_source}"
        )
    for one, other in shared_areas(directory):
        area = areas.get(one.area)
        zh, en = (area.title, area.title_en) if area else (one.area, one.area)
        first, second = directory.people[one.person_id].name, directory.people[other.person_id].name
        yield (
            f"“{zh}”同时由“{first}”“{second}”分管，是否漏了前一人的止日？ /"
            f" {first} and {second} are both in charge of {en}: was an end forgotten?"
        )
    yield from unranked(directory, pack)


def unranked(directory: Directory, pack: Pack) -> Iterator[str]:
    """Posts without a rank, whose holders a norm that goes by rank would leave out of its sum."""
    for figure, norm in ranked_norms(pack):
        keys = {value.key for value in norm.value}
        population = pack.populations.get(figure.population)
        counted = population.capacity if population else ()
        for holdings in directory.holdings.values():
            for one in holdings:
                day = one.start_on
                capacity = directory.capacity_on(one.person_id, day)
                is_counted = not counted or capacity in counted
                if is_counted and capacity not in keys and not directory.rank_on(one.person_id, day):
                    name = directory.people[one.person_id].name
                    yield (
                        f"“{name}”的“{one.post}”没有职级，不计入“{figure.title}”，请返回选择职级 /"
                        f" {name} has no rank as {one.post} and is left out of “{figure.title_en}”: go back and choose one"
                    )


def ranked_norms(pack: Pack) -> Iterator[tuple[Figure, Norm]]:
    """Figures that add up a norm in force whose limits go by rank."""
    ranks = {choice.id for choice in pack.vocabularies["rank"].choice} if "rank" in pack.vocabularies else set()
    for figure in pack.figures.values():
        norm = pack.norms.get(figure.of) if figure.measure == "norm" else None
        if norm is not None and norm.enabled and any(value.key in ranks for value in norm.value):
            yield figure, norm


def effects(before: Directory, after: Directory, pack: Pack, day: date) -> Iterator[Effect]:
    """Everybody and each population of the pack whose people differ on `day`."""
    there, here = before.present_on(day), after.present_on(day)
    if {p.id for p in there} != {p.id for p in here}:
        yield Effect(None, len(there), len(here))
    for population in pack.populations.values():
        old, new = before.population(population, day), after.population(population, day)
        if {p.id for p in old} != {p.id for p in new}:
            yield Effect(population.id, len(old), len(new))
