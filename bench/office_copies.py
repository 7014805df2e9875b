"""A thousand offices quickly: one is written row by row, the others are copies of it made inside the database."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random
from uuid import UUID

from django.db import connection, models

from lianze.ledger.models import Entry, Participation
from lianze.org.models import Appointment, Organisation, Person, Post, Unit
from lianze.pack.load import load_builtin

NOW = datetime(2024, 1, 1, tzinfo=UTC)
TABLES: tuple[type[models.Model], ...] = (Unit, Person, Post, Appointment, Entry, Participation)
CAPACITIES = ("principal", "member", "section_head", "section_head", "staff", "staff", "staff", "staff")
ENTRIES = 500
PARTS = 4


def office_id(number: int) -> UUID:
    """The first eight digits of every id of an office say which it is."""
    return UUID(int=number << 96 | 1)


def make_offices(offices: int) -> list[UUID]:
    """Creates `offices` organisations of eight people with 500 entries of a year and 2,000 participations each."""
    ids = [office_id(number) for number in range(offices)]
    Organisation.objects.bulk_create(
        Organisation(id=i, path=f"{n:04d}", code=f"{n}", name=f"{n}", short_name=f"{n}", created_at=NOW)
        for n, i in enumerate(ids)
    )
    write_first(ids[0])
    for table in TABLES:
        copy_rows(table)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return ids


def write_first(organisation_id: UUID) -> None:
    """The office that the others are copies of."""
    random, numbers = Random(7), (UUID(int=n) for n in count(10))
    of = {"organisation_id": organisation_id}
    unit = Unit.objects.create(id=next(numbers), code="u", name="u", kind="section", **of)
    people = []
    for i, capacity in enumerate(CAPACITIES):
        person = Person(id=next(numbers), code=f"p{i}", name=f"p{i}", unit=unit, joined_on=date(2015, 1, 1), **of)
        post = Post(id=next(numbers), name=f"{i}", unit=unit, capacity=capacity, **of)
        person.save(force_insert=True)
        post.save(force_insert=True)
        held = Appointment(id=next(numbers), person=person, post=post, start_on=date(2015, 1, 1), **of)
        held.save(force_insert=True)
        people.append((person.id, capacity))
    entries = list(entries_of(organisation_id, unit.id, numbers, random))
    Entry.objects.bulk_create(entries)
    Participation.objects.bulk_create(
        Participation(id=next(numbers), entry_id=entry.id, person_id=who, role=role, capacity=capacity, order=i, **of)
        for entry in entries
        for i, (who, capacity) in enumerate(random.sample(people, PARTS))
        for role in ["attendee" if i else "host"]
    )


def entries_of(organisation_id: UUID, unit_id: UUID, numbers: Iterator[UUID], random: Random) -> Iterator[Entry]:
    """Activities and findings of every kind, spread over the year."""
    registers = load_builtin().registers
    kinds = [(r, kind.id) for r in ("activity", "activity", "finding") for kind in registers[r].kind]
    for _ in range(ENTRIES):
        register, kind = random.choice(kinds)
        yield Entry(
            id=next(numbers),
            organisation_id=organisation_id,
            register=register,
            kind=kind,
            title="记录",
            unit_id=unit_id,
            happened_on=date(2023, 1, 1) + timedelta(days=random.randrange(365)),
            state=random.choice(["open", "closed"]),
            quantity=random.randrange(1, 9),
            recorded_at=NOW,
            changed_at=NOW,
            version=1,
        )


def copy_rows(table: type[models.Model]) -> None:
    """Copies the first office's rows to every other, with the other's first eight digits in all ids."""
    name = table._meta.db_table
    columns = columns_of(table)
    values = ", ".join("o.id" if column == "organisation_id" else copied(column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {name} ({quoted(columns)}) SELECT {values} FROM {name} x, organisation o "
            "WHERE x.organisation_id = %s AND o.id <> %s",
            [parameter(office_id(0))] * 2,
        )


def columns_of(table: type[models.Model]) -> list[str]:
    """The columns of a table."""
    return [str(field.column) for field in table._meta.concrete_fields]


def quoted(columns: list[str]) -> str:
    """Columns in SQL."""
    return ", ".join(f'"{column}"' for column in columns)


def copied(column: str) -> str:
    """A column of a copy."""
    if column != "id" and not column.endswith("_id"):
        return f'x."{column}"'
    if connection.vendor == "postgresql":
        return f'(substr(o.id::text, 1, 8) || substr(x."{column}"::text, 9))::uuid'
    return f'substr(o.id, 1, 8) || substr(x."{column}", 9)'


def parameter(value: UUID) -> UUID | str:
    """An id as the database wants it."""
    return value if connection.vendor == "postgresql" else value.hex
