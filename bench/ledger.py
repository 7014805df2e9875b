"""A write with its revision and leaf against the same write without; verification from the tables; growth of the log.

Each database runs in a child with a data folder of its own. With and without alternate in short blocks, so that what
else the machine does falls on both; PostgreSQL keeps its own settings for durability.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from bench.rows import Row

if TYPE_CHECKING:
    from uuid import UUID

    from lianze.ledger.states import EntryState
    from lianze.tlog import JsonValue

BLOCKS, WRITES = 60, 20
GROWN = 30_000
NOW = datetime(2023, 12, 31, tzinfo=UTC)
CHILD = "from bench.ledger import measure; measure({folder!r}, {url!r})"
Entries = list[tuple["UUID", "EntryState"]]


class Measured(TypedDict):
    """What a child prints: milliseconds a write and their ratio, leaves a second, milliseconds a write early and late."""

    with_leaf: float
    without: float
    ratio: float
    verified: float
    hashed: float
    early: float
    late: float


def run() -> list[Row]:
    """Both databases; PostgreSQL only where its programs are."""
    found = rows_of("SQLite", child(""))
    with cluster() as url:
        if url:
            found += rows_of("PostgreSQL", child(url))
    return found


@contextmanager
def cluster() -> Iterator[str]:
    """A server of its own with its usual durability; "" where there is none."""
    from tests import databases

    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        databases.FAST.pop(name, None)
    try:
        made = databases.start_cluster()
    except databases.NoPostgreSQL:
        yield ""
        return
    try:
        yield made.url.replace(f"/{databases.USER}?", "/postgres?")
    finally:
        made.stop()


def child(url: str) -> Measured:
    """What one child measures."""
    with tempfile.TemporaryDirectory(prefix="lianze-bench-") as folder:
        command = [sys.executable, "-c", CHILD.format(folder=folder, url=url)]
        said = subprocess.run(command, cwd=Path(__file__).parents[1], check=True, stdout=subprocess.PIPE, text=True)
    measured: Measured = json.loads(said.stdout.splitlines()[-1])
    return measured


def rows_of(name: str, m: Measured) -> list[Row]:
    """The table's lines for one database."""
    return [
        {
            "name": f"{name}: write of an entry with 3 participations, its revision and leaf",
            "value": f"{m['with_leaf']:.2f} ms",
            "baseline": f"{m['without']:.2f} ms: the same write without revision and leaf",
            "ratio": m["ratio"],
            "note": "lower is better; aim 1.5; median of neighbouring blocks",
            "met": m["ratio"] <= 1.5,
        },
        {
            "name": f"{name}: leaves verified from the tables, rows compared",
            "value": f"{m['verified']:,.0f}/s",
            "baseline": f"{m['hashed']:,.0f}/s: canonical JSON and SHA-256 alone of the same documents",
            "ratio": m["verified"] / m["hashed"],
            "note": "higher is better; reads and compares every table as well",
        },
        {
            "name": f"{name}: write at {GROWN:,} leaves",
            "value": f"{m['late']:.2f} ms",
            "baseline": f"{m['early']:.2f} ms at 1,000 leaves",
            "ratio": m["late"] / m["early"],
            "note": "aim ≤ 1.3: an append does not grow with the log",
            "met": m["late"] / m["early"] <= 1.3,
        },
    ]


def measure(folder: str, url: str) -> None:
    """In the child: prints what was measured as JSON."""
    import os

    os.environ |= {"LIANZE_DATA": folder, "LIANZE_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "lianze.settings"}
    import django

    django.setup()
    from lianze.cli.init import initialise
    from lianze.org.models import Organisation

    initialise("office", "某市某会", "某会", "市委")
    organisation_id = Organisation.objects.get().id
    with_leaf, without, ratio = measure_writes(organisation_id)
    early = best(lambda: write(organisation_id))
    grow(organisation_id)
    late = best(lambda: write(organisation_id))
    verified, hashed = measure_verification(organisation_id)
    found: Measured = {
        "with_leaf": with_leaf,
        "without": without,
        "ratio": ratio,
        "verified": verified,
        "hashed": hashed,
        "early": early,
        "late": late,
    }
    sys.stdout.write(json.dumps(found))


def entries(count: int) -> Entries:
    """Meetings with three participants each."""
    from lianze.ledger.states import EntryState, Part
    from lianze.org.keys import new_id

    parts = tuple(
        Part("attendee", outside_name=name, capacity="staff") for name in ("外单位甲", "外单位乙", "外单位丙")
    )
    data: dict[str, JsonValue] = {
        "place": "三楼会议室",
        "content": "传达学习上级会议精神，研究贯彻落实意见",
        "themes": ["a", "b"],
        "paid": True,
    }
    state = EntryState("activity", "第一次会议", date(2023, 3, 1), kind="study.collective", data=data, parts=parts)
    return [(new_id(), state) for _ in range(count)]


def write(organisation_id: "UUID") -> None:
    """One entry, as the program writes it."""
    from lianze.ledger import write as writer
    from lianze.ledger.states import Author

    writer.write_new(organisation_id, entries(1), Author("bench"), "", NOW)


def measure_writes(organisation_id: "UUID") -> tuple[float, float, float]:
    """Milliseconds of a write with and without its leaf, medians of alternating blocks, and the median of their ratios."""
    from unittest.mock import patch

    from lianze.ledger import write as writer

    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(BLOCKS):
        times[0].append(milliseconds(lambda: write(organisation_id)))
        with patch.object(writer, "append_revisions"):
            times[1].append(milliseconds(lambda: write(organisation_id)))
    forget_rows_without_leaf(organisation_id)
    ratios = [a / b for a, b in zip(*times, strict=True)]
    return statistics.median(times[0]), statistics.median(times[1]), statistics.median(ratios)


def forget_rows_without_leaf(organisation_id: "UUID") -> None:
    """Removes what the comparison left, which verification would name."""
    from lianze.ledger.models import Entry, Participation, Revision

    kept = Revision.objects.filter(organisation_id=organisation_id).values("subject_id")
    own = Entry.objects.filter(organisation_id=organisation_id).exclude(id__in=kept).values_list("id", flat=True)
    bare = list(own)
    for first in range(0, len(bare), 500):
        part = bare[first : first + 500]
        Participation.objects.filter(organisation_id=organisation_id, entry_id__in=part).delete()
        Entry.objects.filter(organisation_id=organisation_id, id__in=part)._raw_delete("default")


def milliseconds(work: Callable[[], None], times: int = WRITES) -> float:
    """Of one call, over a block of them."""
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times * 1000


def best(work: Callable[[], None]) -> float:
    """Milliseconds of one call in the quickest of ten blocks: what else the machine does only ever adds."""
    return min(milliseconds(work) for _ in range(10))


def grow(organisation_id: "UUID") -> None:
    """Brings the log to its late size."""
    from django.db import transaction

    from lianze.ledger.models import Revision
    from lianze.ledger.states import Author
    from lianze.ledger.write_many import write_all_new

    missing = GROWN - Revision.objects.filter(organisation_id=organisation_id).count()
    with transaction.atomic():
        write_all_new(organisation_id, entries(missing), Author("bench"), "", NOW, lambda _: None)


def measure_verification(organisation_id: "UUID") -> tuple[float, float]:
    """Leaves a second of the whole verification, and of canonical JSON and hash alone."""
    import hashlib

    from lianze.ledger.models import Revision
    from lianze.ledger.verify import verify_log
    from lianze.tlog import render_canonical

    start = time.perf_counter()
    found = verify_log(organisation_id)
    verified = found.size / (time.perf_counter() - start)
    if found.misfit is not None:
        raise found.misfit
    rows = Revision.objects.filter(organisation_id=organisation_id)
    documents = [json.loads(text or "") for text in rows.values_list("canonical", flat=True)]
    start = time.perf_counter()
    for document in documents:
        hashlib.sha256(render_canonical(document)).digest()
    return verified, len(documents) / (time.perf_counter() - start)
