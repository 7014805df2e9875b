"""Pages at ten thousand and at a million entries of one office on PostgreSQL: statements, processor, p50 and p95.

Both offices stand in databases of their own behind `lianze serve`; eight people ask at once, of the small and of the
large office in turn, so that what else the machine does falls on both.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from statistics import median

from bench.figures import Measured, postgresql  # starts Django

from django.conf import settings  # isort: skip
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.grown_office import make_grown_office
from bench.serving import HOST, KEY, Page, Server, cpu_ms, served
from lianze.ledger.models import Entry
from lianze.org.models import Account, Organisation, Person, Unit
from lianze.web.exports import MOST
from tests.databases import Cluster, NoPostgreSQL, use_database

SMALL = 10_000
LARGE = int(os.environ.get("LIANZE_BENCH_ENTRIES", "1000000"))
ROUNDS, EACH = 3, 6
QUERIES, CPU_MS, GROWTH = 12, 30, 1.3
BACKEND = "django.contrib.auth.backends.ModelBackend"
NOTE = "aims: ≤ 12 queries, ≤ 30 ms CPU, ≤ 1.3 × (p50; 8 clients)"


@dataclass
class Office:
    """One of the two, with what was measured there, by page."""

    entries: int
    server: Server
    client: Client
    pages: list[Page]
    statements: dict[str, int] = field(default_factory=dict)
    times: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)
    database_cpu: dict[str, float] = field(default_factory=dict)


def run() -> list[Measured]:
    """A row a page: the large office's numbers, with the small one's as the baseline."""
    try:
        with postgresql() as cluster:
            return measured(cluster)
    except NoPostgreSQL as missing:
        return [{"name": "pages", "value": "-", "baseline": "-", "ratio": 0.0, "note": str(missing)}]


def measured(cluster: Cluster) -> list[Measured]:
    """Every page of both offices, then what a write costs the page after it, and an export."""
    settings.ALLOWED_HOSTS, settings.SECRET_KEY = ["testserver"], KEY
    with office(cluster, "small", SMALL) as small, office(cluster, "large", LARGE) as large:
        both = (small, large)
        for at in range(len(small.pages)):
            for _ in range(ROUNDS):
                for one in both:
                    ask(one, one.pages[at], cluster)
        rows = [row(page.name, small, large) for page in small.pages]
        return [*rows, after_a_write(small, large), export(large)]


@contextmanager
def office(cluster: Cluster, name: str, entries: int) -> Iterator[Office]:
    """An office of that many entries in a database of its own, served."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    url = cluster.url.replace("/lianze?", f"/{name}?")
    point_at(url)
    call_command("migrate", verbosity=0)
    connection.cursor().execute("SET session_replication_role = replica")
    organisation = make_grown_office(entries)
    client = Client()
    client.force_login(Account.objects.get(username="clerk"), backend=BACKEND)
    pages = pages_of(organisation)
    counted = {page.name: statements(client, page) for page in pages}
    point_at(cluster.url)
    with served(url, client.cookies["lianze_session"].value) as server:
        yield Office(entries, server, client, pages, counted)


def point_at(url: str) -> None:
    """Turns this process to another database."""
    connection.close()
    use_database(url, {})


def pages_of(organisation: Organisation) -> list[Page]:
    """What people ask for."""
    of = {"organisation_id": organisation.id}
    person, unit = Person.objects.filter(**of).order_by("code").last(), Unit.objects.filter(**of).first()
    finding = Entry.objects.filter(register="finding", withdrawn=False, **of).latest("id")
    last = Entry.objects.filter(**of).latest("happened_on").happened_on
    assert person and unit
    sent = {"kind": "study.collective", "title": "学习", "happened_on": "2023-05-08", "unit": unit.name}
    return [
        Page("workbench", "/"),
        Page("list", "/registers/activity/"),
        Page("list, a family of kinds", "/registers/activity/?kind=study."),
        Page("list, a person", f"/registers/activity/?person={person.id}"),
        Page("list, a section and a year", f"/registers/activity/?unit={unit.id}&from=2020-01-01&to=2020-12-31"),
        Page("list, a state", "/registers/finding/?state=closed"),
        Page("list, a choice that nothing has", "/registers/expense/?side=nothing"),
        Page("list, a common word", "/registers/activity/?q=学习"),
        Page("list, a word that is nowhere", "/registers/activity/?q=从未出现"),
        Page("search, a common word", "/search/?q=学习"),
        Page("search, a word that is nowhere", "/search/?q=从未出现"),
        Page("entry", f"/entries/{finding.id}/"),
        Page("form of a new entry", "/registers/activity/new/"),
        Page("figures", f"/figures/?year={last.year}"),
        Page("a figure and its entries", f"/figures/study.collective.count/?year={last.year}"),
        Page("timeline", f"/timeline/?year={last.year}"),
        Page("calendar", f"/calendar/?month={last:%Y-%m}"),
        Page("create", "/registers/activity/new/", sent),
    ]


def statements(client: Client, page: Page) -> int:
    """How many statements the page asks when it is asked again; without those that begin and end a transaction."""
    send: Callable[[], object] = lambda: client.get(page.address)  # noqa: E731
    if page.sent is not None:
        send = lambda: client.post(page.address, dict(page.sent or {}))  # noqa: E731
    send()
    with CaptureQueriesContext(connection) as asked:
        send()
    return sum(not re.match(r"SAVEPOINT|RELEASE|BEGIN|COMMIT", query["sql"]) for query in asked.captured_queries)


def ask(one: Office, page: Page, cluster: Cluster) -> None:
    """One round; the first of a page is preceded by one that nobody counts."""
    if page.name not in one.times:
        one.server.times(page, 1)
    server, database = cpu_ms(one.server.process.pid), cpu_ms(cluster.server.pid)
    times = one.server.times(page, EACH)
    one.cpu[page.name] = one.cpu.get(page.name, 0) + cpu_ms(one.server.process.pid) - server
    one.database_cpu[page.name] = one.database_cpu.get(page.name, 0) + cpu_ms(cluster.server.pid) - database
    one.times.setdefault(page.name, []).extend(times)


def told(one: Office, name: str) -> str:
    """What was measured of one page in one office."""
    times = sorted(one.times[name])
    cpu, database = one.cpu[name] / len(times), one.database_cpu[name] / len(times)
    p50, p95 = median(times), times[int(len(times) * 0.95) - 1]
    said = f"{one.statements[name]} queries, {cpu:.0f} ms CPU (+ {database:.0f} ms in the database)"
    return f"{said}, p50 {p50:.0f} ms, p95 {p95:.0f} ms"


def row(name: str, small: Office, large: Office) -> Measured:
    """One line of the table."""
    growth = median(large.times[name]) / median(small.times[name])
    cpu = large.cpu[name] / len(large.times[name])
    return {
        "name": f"page: {name}, {large.entries:,} entries",
        "value": told(large, name),
        "baseline": f"{small.entries:,} entries: {told(small, name)}",
        "ratio": growth,
        "note": NOTE,
        "met": large.statements[name] <= QUERIES and round(cpu) <= CPU_MS and round(growth, 2) <= GROWTH,
    }


def after_a_write(small: Office, large: Office) -> Measured:
    """The page of figures right after something was recorded."""
    took = [alone(one) for one in (small, large)]
    return {
        "name": f"page: figures after a write, {large.entries:,} entries",
        "value": f"{took[1]:.0f} ms",
        "baseline": f"{small.entries:,} entries: {took[0]:.0f} ms",
        "ratio": took[1] / took[0],
        "note": "one client; only the month written to is counted again; no aim",
    }


def alone(one: Office) -> float:
    """Milliseconds of the page of figures for one client after a write, by the worker that answers; of three the best."""
    pages = {page.name: page for page in one.pages}
    found = []
    for _ in range(3):
        connection = HTTPConnection(HOST, one.server.port, timeout=120)
        one.server.ask(pages["create"], connection)
        found.append(one.server.ask(pages["figures"], connection))
        connection.close()
    return min(found)


def export(large: Office) -> Measured:
    """A list of a hundred thousand lines as a file."""
    connection = HTTPConnection(HOST, large.server.port, timeout=120)
    took = large.server.ask(Page("export", "/registers/activity/export.csv"), connection)
    connection.close()
    lines = min(MOST, large.entries // 3)
    return {
        "name": f"export as CSV, {large.entries:,} entries",
        "value": f"{took / 1000:.1f} s for {lines:,} lines",
        "baseline": f"{lines / took * 1000:,.0f} lines/s",
        "ratio": took / lines,
        "note": "ratio: ms a line; no more than a thousand entries are in memory; no aim",
    }
