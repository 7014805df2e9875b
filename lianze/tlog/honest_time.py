"""Honest time: how long after something happened it was recorded. Information about a ledger, never about a person."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from lianze.tlog.package import HonestTime, ListedEntry

BOUNDS_DAYS: Final = (7, 30)


def compute_honest_time(
    entries: Iterable[ListedEntry], labels: Mapping[str, str], utc_offset_minutes: int
) -> tuple[HonestTime, ...]:
    """For each register among the entries, sorted by its id, how many were recorded how late.

    A register without a label is shown by its id.
    """
    found: dict[str, Counter[int]] = {}
    for first, latest in first_and_latest(entries).values():
        days = (_local(first.recorded_at, utc_offset_minutes).date() - latest.happened_on).days
        found.setdefault(latest.register, Counter())[sum(days > bound for bound in BOUNDS_DAYS)] += 1
    return tuple(
        HonestTime(register, labels.get(register, register), count[0], count[1], count[2])
        for register, count in sorted(found.items())
    )


def first_and_latest(entries: Iterable[ListedEntry]) -> dict[str, tuple[ListedEntry, ListedEntry]]:
    """By entry id: the listed revisions with the lowest and highest number."""
    found: dict[str, tuple[ListedEntry, ListedEntry]] = {}
    for entry in sorted(entries, key=lambda one: one.revision):
        found[entry.id] = (found.get(entry.id, (entry, entry))[0], entry)
    return found


def _local(moment: datetime, utc_offset_minutes: int) -> datetime:
    return moment.astimezone(UTC) + timedelta(minutes=utc_offset_minutes)
