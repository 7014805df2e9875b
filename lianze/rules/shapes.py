"""Who asks, and about what: the frozen shapes that permissions and visibility decide on."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class HeldGrant:
    """A role held at an organisation for the days [start, end); `end` None: until revoked.

    `unit_ids` narrows it to those units (the granted one and all under it); empty: as far as the role's scope goes.
    """

    role: str
    organisation_path: str
    start: date
    end: date | None = None
    unit_ids: frozenset[UUID] = frozenset()

    def is_held(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True)
class Actor:
    """An account that asks for something on `day`. `unit_ids`: units its person belongs to that day.

    `relatives` are people of the organisation whom the person must stand aside for (回避).
    """

    account_id: UUID
    organisation_path: str
    day: date
    person_id: UUID | None = None
    unit_ids: frozenset[UUID] = frozenset()
    grants: tuple[HeldGrant, ...] = ()
    relatives: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Subject:
    """What is asked about: an entry, or with an empty `register` a report or the organisation itself.

    `author_*` recorded it (imported it, where it was imported; nobody, by the command line), `last_*` wrote its latest
    revision, `step_*` took its latest step: an account and the person behind it, since one person with two accounts is
    still one person. `owner_id` is the person in charge of it. `person_ids` are the people it is about (participants in a role
    marked `about`). `transition` is the step that is asked for.
    `unit_name`, where the asker is shown it anyway, is for the words of a refusal.
    """

    organisation_path: str
    register: str = ""
    unit_id: UUID | None = None
    owner_id: UUID | None = None
    author_id: UUID | None = None
    author_person_id: UUID | None = None
    last_actor_id: UUID | None = None
    last_person_id: UUID | None = None
    step_actor_id: UUID | None = None
    step_person_id: UUID | None = None
    person_ids: frozenset[UUID] = frozenset()
    transition: str = ""
    unit_name: str = ""
