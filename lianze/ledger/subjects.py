"""Entries as the rules see them, in two or three queries however many they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from lianze.ledger.filters import parse_id
from lianze.ledger.models import Entry, Participation, Revision
from lianze.ledger.states import EntryState
from lianze.org.actors import LOCAL
from lianze.org.models import Account, Organisation
from lianze.pack.definitions import Pack
from lianze.rules import Subject

# The columns of an entry that its subject is made from.
SUBJECT = ("id", "organisation_id", "register", "unit_id", "owner_id", "author_id", "data")


def read_subject(organisation: Organisation, entry: Entry, pack: Pack, transition: str = "") -> Subject:
    """One entry as the rules see it, for an action that is or is not a step."""
    return replace(read_subjects(organisation, [entry], pack)[entry.id], transition=transition)


def read_subjects(organisation: Organisation, entries: Sequence[Entry], pack: Pack) -> dict[UUID, Subject]:
    """Each entry as the rules see it, by id."""
    ids = [entry.id for entry in entries]
    revisions = with_person(Revision.objects.filter(organisation_id=organisation.id, subject_id__in=ids))
    hands = hands_in([Hand._make(row) for row in revisions.order_by("number").values_list(*Hand._fields)], pack)
    parts = read_parts(organisation.id, entries, pack)
    return {
        entry.id: subject_of(organisation, entry, hands, people_about(entry, parts.get(entry.id, ()), pack))
        for entry in entries
    }


class Hand(NamedTuple):
    """The account that wrote one revision, what it did, and who uses it."""

    subject_id: UUID
    author_id: UUID | None
    action: str
    person: UUID | None


@dataclass(frozen=True)
class Hands:
    """The account that wrote each entry's latest revision, the one that took its latest step, and who uses each."""

    last: Mapping[UUID, UUID | None]
    step: Mapping[UUID, UUID | None]
    people: Mapping[UUID | None, UUID | None]


def hands_in(rows: Sequence[Hand], pack: Pack) -> Hands:
    """Who wrote revisions, in order."""
    steps = {step.id for register in pack.registers.values() for step in register.transition}
    people: dict[UUID | None, UUID | None] = {row.author_id: row.person for row in rows}
    last = {row.subject_id: row.author_id for row in rows}
    return Hands(last, {row.subject_id: row.author_id for row in rows if row.action in steps}, people)


def with_person(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    """The revisions with `person`: the id of who uses the account that wrote each."""
    account = Account.objects.filter(id=OuterRef("author_id"))
    return revisions.annotate(person=Subquery(account.values("person_id")))


def subject_of(organisation: Organisation, entry: Entry, hands: Hands, about: frozenset[UUID]) -> Subject:
    """One entry as the rules see it, from what was read of it. Who recorded it wrote its first revision. What no account
    did was done at the machine itself, and is one hand."""
    last, step = hand_in(hands.last, entry.id), hand_in(hands.step, entry.id)
    return Subject(
        organisation_path=organisation.path,
        register=entry.register,
        unit_id=entry.unit_id,
        owner_id=entry.owner_id,
        author_id=entry.author_id or LOCAL,
        author_person_id=person_behind(entry.author_id, hands),
        last_actor_id=last,
        last_person_id=hands.people.get(last),
        step_actor_id=step,
        step_person_id=hands.people.get(step),
        person_ids=about,
    )


def hand_in(hands: Mapping[UUID, UUID | None], entry_id: UUID) -> UUID | None:
    """The account whose hand it was, or the machine's; None where nobody did it."""
    return hands[entry_id] or LOCAL if entry_id in hands else None


def person_behind(account_id: UUID | None, hands: Hands) -> UUID | None:
    """Who uses the account; asked for where no revision read tells it."""
    if account_id is None or account_id in hands.people:
        return hands.people.get(account_id)
    return Account.objects.filter(id=account_id).values_list("person_id", flat=True).first()


def read_parts(
    organisation_id: UUID, entries: Sequence[Entry], pack: Pack
) -> dict[UUID, list[tuple[str, UUID | None]]]:
    """Role and person of everybody in the entries whose registers have roles that say whom an entry is about."""
    wanted = [entry.id for entry in entries if roles_about(entry, pack)]
    found: dict[UUID, list[tuple[str, UUID | None]]] = {}
    if wanted:
        rows = Participation.objects.filter(organisation_id=organisation_id, entry_id__in=wanted)
        for entry_id, role, person in rows.values_list("entry_id", "role", "person_id"):
            found.setdefault(entry_id, []).append((role, person))
    return found


def people_about(entry: Entry | EntryState, parts: Iterable[tuple[str, UUID | None]], pack: Pack) -> frozenset[UUID]:
    """Whom an entry is about: people in a role or a field that its register marks so."""
    register = pack.registers.get(entry.register)
    if register is None:
        return frozenset()
    roles = roles_about(entry, pack)
    named = {person for role, person in parts if role in roles}
    values = [entry.owner_id if f.name == "owner" else entry.data.get(f.name) for f in register.field if f.about]
    named |= {parse_id(str(value)) for value in values if value}
    return frozenset(found for found in named if found is not None)


def people_in_state(state: EntryState, pack: Pack) -> frozenset[UUID]:
    """People whom an entry that is not written yet would be about."""
    return people_about(state, [(part.role, part.person_id) for part in state.parts], pack)


def roles_about(entry: Entry | EntryState, pack: Pack) -> set[str]:
    """The roles of its register that say whom an entry is about."""
    register = pack.registers.get(entry.register)
    return {part.role for part in register.participant if part.about} if register else set()
