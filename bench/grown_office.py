"""The sample year's office, grown inside the database: copies of its entries over ten years, up to this one."""

from datetime import UTC, datetime

from django.db import connection, models

from bench.office_copies import columns_of, quoted
from lianze.exchange.sample.accounts import make_demo_accounts
from lianze.ledger.models import Entry, Link, Participation, Revision
from lianze.org.models import Organisation
from lianze.pack import load_builtin
from tests.web.office import make_office

YEARS = 10
# Copies of leaves stand this many logs behind the real one, which goes on growing while pages are measured.
APART = 1_000
SAMPLE_YEAR = 2023
TABLES: tuple[type[models.Model], ...] = (Entry, Participation, Link, Revision)
DAYS = ("happened_on", "ended_on", "due_on", "done_on")


def make_grown_office(entries: int) -> Organisation:
    """The office with `entries` entries, everybody's part in them, their links and their revisions (without texts)."""
    office = make_office()
    make_demo_accounts(office, load_builtin(), datetime.now(UTC))
    first = Entry.objects.filter(organisation_id=office.id).count()
    leaves = Revision.objects.filter(organisation_id=office.id).count()
    asked = {"last": max(0, entries // first - 1), "leaves": leaves, "years": datetime.now(UTC).year - SAMPLE_YEAR}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(copy_sql(table), asked)
            cursor.execute(f"VACUUM ANALYZE {table._meta.db_table}")
    return office


def copy_sql(table: type[models.Model]) -> str:
    """Adds the copies 1 to `last` of every row; copy n lies n mod ten years before this year."""
    columns = columns_of(table)
    values = ", ".join(copied(table, column) for column in columns)
    only = "WHERE x.subject = 'entry'" if table is Revision else ""
    name = table._meta.db_table
    return (
        f"INSERT INTO {name} ({quoted(columns)}) SELECT {values} FROM {name} x, generate_series(1, %(last)s) n {only}"
    )


def copied(table: type[models.Model], column: str) -> str:
    """A column of copy n. Ids say which copy they are of and sort before those of the first."""
    if column in ("id", "entry_id", "target_id", "subject_id"):
        return f"(lpad(to_hex(n), 8, '0') || substr(x.{column}::text, 9))::uuid"
    if column == "number" and table is Entry:
        return "CASE WHEN x.number = '' THEN '' ELSE x.number || '-' || n END"
    if column in DAYS:
        return f"(x.{column} + make_interval(years => %(years)s - n %% {YEARS}))::date"
    changed = {
        "title": "x.title || ' ' || n",
        "leaf_index": f"x.leaf_index + (n + {APART}) * %(leaves)s",
        "canonical": "NULL",
        "salt": "NULL",
    }
    return changed.get(column, f'x."{column}"')
