"""What a change to the organisation comes to, row by row: somebody who leaves ends their posts, a closed unit its people's.

Nothing is written or refused here; `organising` looks at a plan's outcome, then carries it out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from lianze.ledger.names import initials_of, pinyin_of
from lianze.ledger.org_rows import RowChange, columns_of
from lianze.ledger.org_states import AppointmentState, PersonState, PortfolioState, UnitState
from lianze.org.directory import NOT_WITHDRAWN, Directory
from lianze.org.keys import new_id
from lianze.org.models import Appointment, Person, Portfolio, Post, Record, Unit

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Plan:
    """Rows to write, and the first day from which things are otherwise (None: nothing that has a day)."""

    changes: tuple[RowChange, ...]
    since: date | None = None

    def __add__(self, other: "Plan") -> "Plan":
        days = [day for day in (self.since, other.since) if day is not None]
        return Plan(self.changes + other.changes, min(days, default=None))


def changed(subject: str, row: Record, after: Mapping[str, object], action: str = "amend") -> RowChange:
    """A change of a row that is there."""
    return RowChange(subject, row.id, columns_of(row), after, action)


@dataclass(frozen=True)
class Planner:
    """Makes plans for one organisation as its directory stands."""

    directory: Directory

    @property
    def organisation_id(self) -> UUID:
        return self.directory.organisation_id

    @cached_property
    def appointments(self) -> list[Appointment]:
        """Those not withdrawn, with their posts."""
        rows = Appointment.objects.filter(NOT_WITHDRAWN, organisation_id=self.organisation_id)
        return list(rows.select_related("post__unit").order_by("start_on", "id"))

    @cached_property
    def posts(self) -> list[Post]:
        return list(Post.objects.filter(organisation_id=self.organisation_id).order_by("name", "id"))

    def unit(self, unit_id: UUID | None, state: UnitState, parent_id: UUID | None) -> Plan:
        """A new unit, or a unit's description; its days are changed by `close_unit` alone but for the first."""
        known = self.directory.units.get(unit_id) if unit_id else None
        after: dict[str, object] = {
            "code": state.code or (known.code if known else self.next_code("U", self.directory.units.values())),
            "name": state.name,
            "kind": state.kind,
            "parent_id": parent_id,
            "created_on": state.created_on,
            "closed_on": state.closed_on,
        }
        if known is not None:
            return Plan((changed("unit", known, after),))
        after["order"] = max((unit.order for unit in self.directory.units.values()), default=0) + 1
        return Plan((RowChange("unit", new_id(), None, after),), state.created_on)

    def close_unit(self, unit_id: UUID, closed_on: date, to: UUID | None) -> Plan:
        """The unit's last day; its people go to `to`, posts in it and charge of it end."""
        unit, after = self.directory.units[unit_id], closed_on + DAY
        staying = [person for person in self.directory.present_on(after) if person.unit_id == unit_id]
        moved = [changed("person", person, {"unit_id": to}) for person in staying] if to else []
        ended = [*self.ended(self.appointments, closed_on, unit_id=unit_id)]
        ended += self.ended(self.directory.portfolios, closed_on, unit_id=unit_id)
        return Plan((changed("unit", unit, {"closed_on": closed_on}), *moved, *ended), after)

    def person(self, person_id: UUID | None, state: PersonState) -> Plan:
        """Somebody new, or somebody's description."""
        known = self.directory.people.get(person_id) if person_id else None
        after: dict[str, object] = {
            "code": state.code or (known.code if known else self.next_code("P", self.directory.people.values())),
            "name": state.name,
            "pinyin": pinyin_of(state.name),
            "initials": initials_of(state.name),
            "unit_id": state.unit_id,
            "joined_on": state.joined_on,
            "left_on": state.left_on,
            "party_member_since": state.party_member_since,
            "relatives": list(state.relatives),
            "note": state.note,
        }
        if known is None:
            return Plan((RowChange("person", new_id(), None, after),), state.joined_on)
        return Plan((changed("person", known, after),), earliest(columns_of(known), after))

    def leave(self, person_id: UUID, left_on: date) -> Plan:
        """The last day; posts and portfolios that go on end with it."""
        person = self.directory.people[person_id]
        ended = [*self.ended(self.appointments, left_on, person_id=person_id)]
        ended += self.ended(self.directory.portfolios, left_on, person_id=person_id)
        return Plan((changed("person", person, {"left_on": left_on}), *ended), left_on + DAY)

    def ended(
        self,
        rows: Sequence[Appointment] | Sequence[Portfolio],
        last_day: date,
        *,
        person_id: UUID | None = None,
        unit_id: UUID | None = None,
    ) -> Iterator[RowChange]:
        """Those of a person or in a unit that go on beyond `last_day` end with it; one that begins later never does."""
        for row in rows:
            place = row.post.unit_id if isinstance(row, Appointment) else row.unit_id
            is_meant = row.person_id == person_id if person_id else place == unit_id
            if is_meant and (row.end_on is None or row.end_on > last_day):
                subject = "appointment" if isinstance(row, Appointment) else "portfolio"
                yield changed(subject, row, {"end_on": max(last_day, row.start_on - DAY)})

    def post(self, post_id: UUID | None, state: AppointmentState) -> Plan:
        """A post's own description; whoever holds it holds it under the new one."""
        known = next((post for post in self.posts if post.id == post_id), None)
        after = {"name": state.post, "unit_id": state.unit_id, "capacity": state.capacity, "rank": state.rank}
        return Plan((changed("post", known, after) if known else RowChange("post", new_id(), None, after),))

    def appoint(self, state: AppointmentState) -> Plan:
        """Somebody takes up a post, which is made where it is missing."""
        made, post_id = self.post_for(state)
        after = {"person_id": state.person_id, "post_id": post_id, "start_on": state.start_on, "end_on": state.end_on}
        return Plan((*made, RowChange("appointment", new_id(), None, after)), state.start_on)

    def amend_appointment(self, row: Appointment, state: AppointmentState) -> Plan:
        """What was recorded wrongly, put right."""
        made, post_id = self.post_for(state)
        after = {"person_id": state.person_id, "post_id": post_id, "start_on": state.start_on, "end_on": state.end_on}
        return Plan((*made, changed("appointment", row, after)), earliest(columns_of(row), after))

    def post_for(self, state: AppointmentState) -> tuple[tuple[RowChange, ...], UUID]:
        """The post that is meant, and the row to make where there is none yet."""
        wanted = (state.unit_id, state.post, state.capacity, state.rank)
        found = next((p.id for p in self.posts if (p.unit_id, p.name, p.capacity, p.rank) == wanted), None)
        if found is not None:
            return (), found
        plan = self.post(None, state)
        return plan.changes, plan.changes[0].id

    def transfer(self, row: Appointment, state: AppointmentState) -> Plan:
        """One post ends the day before the next begins; somebody who sat in the old post's unit moves along."""
        ended = changed("appointment", row, {"end_on": state.start_on - DAY})
        person = self.directory.people[row.person_id]
        moves = person.unit_id == row.post.unit_id != state.unit_id
        moved = (changed("person", person, {"unit_id": state.unit_id}),) if moves else ()
        return Plan((ended, *moved), state.start_on) + self.appoint(state)

    def end(self, row: Appointment | Portfolio, end_on: date) -> Plan:
        """The last day of a post or portfolio."""
        return Plan((changed(subject_of(row), row, {"end_on": end_on}),), end_on + DAY)

    def withdraw(self, row: Appointment | Portfolio) -> Plan:
        """A post or portfolio that never was: kept, and holding on no day."""
        after = {"end_on": row.start_on - DAY}
        return Plan((changed(subject_of(row), row, after, "withdraw"),), row.start_on)

    def portfolio(self, row: Portfolio | None, state: PortfolioState) -> Plan:
        """A new portfolio, or one put right."""
        after: dict[str, object] = {
            "person_id": state.person_id,
            "area": state.area,
            "unit_id": state.unit_id,
            "start_on": state.start_on,
            "end_on": state.end_on,
            "document": state.document,
        }
        if row is None:
            return Plan((RowChange("portfolio", new_id(), None, after),), state.start_on)
        return Plan((changed("portfolio", row, after),), earliest(columns_of(row), after))

    def next_code(self, letter: str, rows: Iterable[Unit] | Iterable[Person]) -> str:
        """The code after those in use: P01, P02 …"""
        codes = [row.code for row in rows]
        numbers = [int(code[1:]) for code in codes if code[:1] == letter and code[1:].isdecimal() and len(code) < 9]
        return f"{letter}{max(numbers, default=0) + 1:02d}"


def subject_of(row: Appointment | Portfolio) -> str:
    """What the log calls it."""
    return "appointment" if isinstance(row, Appointment) else "portfolio"


def earliest(before: Mapping[str, object], after: Mapping[str, object]) -> date | None:
    """The first day on which a correction makes a difference: the earlier of the first days, or of the days themselves."""
    names = [name for name, value in after.items() if before.get(name) != value]
    if not names:
        return None
    first = [columns.get(name) for columns in (before, after) for name in ("start_on", "joined_on")]
    days = [day for day in first if isinstance(day, date)]
    if set(names) <= {"end_on", "left_on"}:
        last = [columns[name] for columns in (before, after) for name in names]
        days = [day + DAY for day in last if isinstance(day, date)] or days
    return min(days, default=None)
