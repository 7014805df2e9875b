"""Figures of one office against the same SQL by hand, and of a thousand offices against DuckDB on the same data."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from uuid import UUID

import django
import duckdb

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianze.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from bench.hand_sql import Pair, bench_pack, hand_queries, pairs  # noqa: E402
from bench.office_copies import columns_of, make_offices, parameter, quoted  # noqa: E402
from lianze.domain.periods import year_period  # noqa: E402
from lianze.figures.compute import compute_figures, compute_tree  # noqa: E402
from lianze.figures.directories import read_directories  # noqa: E402
from lianze.ledger.models import Entry, Participation  # noqa: E402
from tests.databases import Cluster, NoPostgreSQL, start_cluster, use_database  # noqa: E402

YEAR = year_period(2023)
OFFICES = int(os.environ.get("LIANZE_BENCH_OFFICES", "1000"))
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
Measured = dict[str, str | float | bool]


def run() -> list[Measured]:
    """Rows for SQLite, and for PostgreSQL where it is installed."""
    found, baseline = pairs(), 0.0
    rows: list[Measured] = []
    for database in (sqlite, postgresql):
        try:
            with database():
                ids = make_offices(OFFICES)
                baseline = baseline or seconds_of_duckdb(found)
                rows += [*one_office(ids[0], found), a_thousand(ids, found, baseline)]
        except NoPostgreSQL as missing:
            rows.append({"name": "PostgreSQL", "value": "-", "baseline": "-", "ratio": 0.0, "note": str(missing)})
    return rows


@contextmanager
def sqlite() -> Iterator[None]:
    """A database in a file, with every table."""
    folder = Path(tempfile.mkdtemp(prefix="lianze-bench-"))
    use_database("", {})
    connection.settings_dict["NAME"] = folder / "bench.sqlite3"
    try:
        call_command("migrate", verbosity=0)
        connection.cursor().execute("PRAGMA foreign_keys=OFF")
        yield
    finally:
        connection.close()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgresql() -> Iterator[Cluster]:
    """A server of its own; keys are not checked while a thousand offices are copied."""
    cluster = start_cluster()
    use_database(cluster.url, {})
    try:
        call_command("migrate", verbosity=0)
        connection.cursor().execute("SET session_replication_role = replica")
        yield cluster
    finally:
        connection.close()
        cluster.stop()


def seconds(work: Callable[[], object], times: int) -> float:
    """The median of `times` runs after one to warm up."""
    work()
    took = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        took.append(time.perf_counter() - started)
    return median(took)


def one_office(organisation_id: UUID, found: list[Pair]) -> list[Measured]:
    """Ninety figures of one office, with and without reading who is who."""
    pack, vendor = bench_pack(found), NAMES[connection.vendor]
    directory = read_directories([organisation_id], pack)[organisation_id]
    statements = hand_queries(found, "{} = %s")
    asked = [parameter(organisation_id)]
    require_same(organisation_id, found, [fetch(statement, asked)[0] for statement in statements])
    by_hand = seconds(lambda: [fetch(statement, asked) for statement in statements], 60)
    known = seconds(lambda: compute_figures(organisation_id, pack, YEAR, directory), 60)
    whole = seconds(lambda: compute_figures(organisation_id, pack, YEAR), 60)
    note = "aim ≤ 1.5; results with hits and status, which the SQL by hand does not give"
    name = f"{len(found)} figures of one office, {vendor}"
    return [
        row(name, known, f"{by_hand * 1000:.2f} ms, same SQL by hand", known / by_hand, note)
        | {"met": known <= 1.5 * by_hand},
        row(f"{name}, directory read too", whole, f"{by_hand * 1000:.2f} ms, same SQL by hand", whole / by_hand, ""),
    ]


def row(name: str, took: float, baseline: str, ratio: float, note: str) -> Measured:
    """One line of the table."""
    return {"name": name, "value": f"{took * 1000:.2f} ms", "baseline": baseline, "ratio": ratio, "note": note}


def fetch(statement: str, parameters: list[UUID | str]) -> list[tuple[object, ...]]:
    """Rows of a statement by hand."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def require_same(organisation_id: UUID, found: list[Pair], rows: list[tuple[object, ...]]) -> None:
    """Both ways must give the same numbers, or the comparison means nothing."""
    by_hand: dict[str, list[float]] = {}
    keys = list(dict.fromkeys((pair.figure.register, pair.people) for pair in found))
    for key, cells in zip(keys, rows, strict=True):
        cell = iter(cells[1:])
        for pair in (pair for pair in found if (pair.figure.register, pair.people) == key):
            by_hand[pair.figure.id] = [float(str(next(cell))) for _ in pair.columns]
    for result in compute_figures(organisation_id, bench_pack(found), YEAR):
        numbers = by_hand[result.figure]
        wanted = numbers[0] / numbers[1] if len(numbers) == 2 else min(numbers)
        if result.figure.startswith("s"):
            wanted /= 1_000_000
        assert abs(float(result.value or 0) - wanted) < 1e-9, (result, numbers)


def a_thousand(ids: list[UUID], found: list[Pair], baseline: float) -> Measured:
    """Every office's figures, live, in one pass."""
    pack = bench_pack(found)
    took = seconds(lambda: compute_tree(ids, pack, YEAR), 1)
    name = f"{len(found)} figures of {len(ids):,} offices × 500 entries, live, {NAMES[connection.vendor]}"
    note = "results of every office, with directories; DuckDB: the SQL by hand alone, all cores"
    return row(name, took, f"{baseline * 1000:.0f} ms, DuckDB", took / baseline, note)


def seconds_of_duckdb(found: list[Pair]) -> float:
    """The same figures by hand in DuckDB over the same rows, in memory, ids as text."""
    duck = duckdb.connect()
    duck.execute("SET enable_progress_bar = false")
    for table in (Entry, Participation):
        name = table._meta.db_table
        columns = [column for column in columns_of(table) if column != "data"]
        with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file, connection.cursor() as cursor:
            cursor.execute(f"SELECT {quoted(columns)} FROM {name}")
            file.write(",".join(columns) + "\n")
            while chunk := cursor.fetchmany(20_000):
                file.writelines(",".join("" if cell is None else str(cell) for cell in cells) + "\n" for cells in chunk)
            file.flush()
            duck.execute(f"CREATE TABLE {name} AS SELECT * FROM read_csv(?, sample_size=-1)", [file.name])
    statements = hand_queries(found, "{} IS NOT NULL")
    return seconds(lambda: [duck.execute(statement).fetchall() for statement in statements], 1)
