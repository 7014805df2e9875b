"""How many entries satisfy each duty, by bearer and part of the year: one statement, one scan of a register for each way
an entry can count for somebody. After a write only the parts written to are counted again.

The year is cut wherever a period of any duty begins (`cuts_of`); parts are numbered from 0. The conditions are those of
figures, as the same SQL.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db import connection

from lianze.ledger.conditions import SAME_ENTRY, Ground, all_of, column_of, condition_sql
from lianze.ledger.dialect import DIALECTS, Dialect, Parameter, literal
from lianze.ledger.raw import as_numbers, as_uuid, fetch
from lianze.ledger.touched import Touched
from lianze.pack.definitions import Condition, Duty, Pack

ENTRIES = "entry e"
PEOPLE = f"participation p JOIN entry e ON {SAME_ENTRY}"


@dataclass(frozen=True)
class Tally:
    """Entries that satisfy one duty, and its occasions: by bearer (None: the organisation) one number a part."""

    hits: dict[UUID | None, list[int]] = field(default_factory=dict)
    occasions: dict[UUID | None, list[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Scan:
    """One pass over a register: `rows` is a FROM clause, `bearer` the id of whom an entry counts for."""

    register: str
    rows: str
    bearer: str


def scan_of(duty: Duty, dialect: Dialect) -> Scan:
    """Whom an entry counts for: people in a role, a person in a field, else its unit."""
    if duty.of.startswith("@"):
        return Scan(duty.register, PEOPLE, "p.person_id")
    if duty.of:
        return Scan(duty.register, ENTRIES, column_of(duty.of) or dialect.id_under("e", duty.of))
    return Scan(duty.register, ENTRIES, "e.unit_id")


def conditions_of(duty: Duty, pack: Pack, dialect: Dialect) -> tuple[str, str]:
    """What an entry must meet to satisfy the duty, and to be an occasion of it."""
    ground = Ground(pack, pack.registers[duty.register], dialect)

    def joined(conditions: Sequence[Condition]) -> str:
        role = f"p.role = {literal(duty.of[1:])} AND p.person_id IS NOT NULL" if duty.of.startswith("@") else ""
        return all_of([role, *(condition_sql(condition, ground) for condition in conditions)])

    return joined((*duty.base, *duty.where)), joined(duty.base) if duty.base else "FALSE"


@dataclass(frozen=True)
class Scans:
    """All passes for the duties of a pack, each with the conditions of its duties: two a duty, what satisfies it and what
    is an occasion of it."""

    duties: tuple[tuple[Duty, ...], ...]
    scans: tuple[Scan, ...]
    conditions: tuple[tuple[str, ...], ...]
    dialect: Dialect


# By scan, part of the year and bearer: two counts a duty of the scan.
Counts = dict[tuple[int, int, UUID | None], tuple[int, ...]]


@lru_cache
def scans_for(pack: Pack, vendor: str) -> Scans:
    """The passes for all duties that are switched on, made once a pack."""
    dialect = DIALECTS[vendor]
    gathered: defaultdict[Scan, list[Duty]] = defaultdict(list)
    for duty in pack.duties.values():
        if duty.enabled:
            gathered[scan_of(duty, dialect)].append(duty)
    conditions = (
        tuple(condition for duty in duties for condition in conditions_of(duty, pack, dialect))
        for duties in gathered.values()
    )
    return Scans(tuple(map(tuple, gathered.values())), tuple(gathered), tuple(conditions), dialect)


def count_entries(
    organisation_id: UUID,
    pack: Pack,
    cuts: Sequence[date],
    kept: Counts | None = None,
    touched: Touched = frozenset(),
) -> Counts:
    """Entries of the days from the first cut up to but not including the last: everything, or of what was kept only the
    parts in which a register was touched since."""
    scans = scans_for(pack, connection.vendor)
    if kept is None:
        return read_counts(organisation_id, scans, range(len(scans.scans)), cuts, range(len(cuts) - 1))
    stale = {(register, bisect_right(cuts, day) - 1) for register, day in touched if cuts[0] <= day < cuts[-1]}
    fresh = {key: counts for key, counts in kept.items() if (scans.scans[key[0]].register, key[1]) not in stale}
    for register, part in stale:
        numbers = [n for n, scan in enumerate(scans.scans) if scan.register == register]
        fresh |= read_counts(organisation_id, scans, numbers, cuts, range(part, part + 1))
    return fresh


def read_counts(
    organisation_id: UUID, scans: Scans, numbers: Sequence[int], cuts: Sequence[date], parts: range
) -> Counts:
    """What some of the passes count in adjoining parts of the year."""
    if not numbers:
        return {}
    width = max(len(scans.conditions[n]) for n in numbers)
    texts = [scan_sql(n, scans.scans[n], scans.conditions[n], width, len(cuts)) for n in numbers]
    values: dict[str, Parameter] = {f"cut_{n}": day for n, day in enumerate(cuts)}
    values |= {"first_day": cuts[parts.start], "day_after": cuts[parts.stop]}
    values["organisation"] = scans.dialect.id(organisation_id)
    found: Counts = {}
    for number, part, bearer, *cells in fetch("\nUNION ALL\n".join(texts), values):
        n, at, *counts = as_numbers((number, part, *cells))
        found[n, at, None if bearer is None else as_uuid(bearer)] = tuple(counts)
    return found


def tallies_of(counts: Counts, pack: Pack, cuts: Sequence[date]) -> dict[str, Tally]:
    """The counts by duty."""
    scans = scans_for(pack, connection.vendor)
    tallies = {duty.id: Tally() for duties in scans.duties for duty in duties}
    for (n, at, bearer), cells in counts.items():
        for duty, hits, occasions in zip(scans.duties[n], cells[::2], cells[1::2], strict=False):
            who = None if duty.who == "organisation" else bearer
            tally = tallies[duty.id]
            tally.hits.setdefault(who, [0] * len(cuts))[at] += hits
            tally.occasions.setdefault(who, [0] * len(cuts))[at] += occasions
    return tallies


def scan_sql(number: int, scan: Scan, conditions: Sequence[str], width: int, cuts: int) -> str:
    """One SELECT: its number, the part of the year, the bearer, then a count a condition, filled up to `width`."""
    columns = [f"COUNT(DISTINCT e.id) FILTER (WHERE {condition})" for condition in conditions]
    columns += ["0"] * (width - len(columns))
    within = " OR ".join(f"({condition})" for condition in dict.fromkeys(conditions) if condition != "FALSE")
    later = " ".join(f"WHEN e.happened_on < %(cut_{n + 1})s THEN {n}" for n in range(cuts - 2))
    part = f"CASE {later} ELSE {cuts - 2} END" if later else "0"
    return (
        f"SELECT {number}, {part}, {scan.bearer}, {', '.join(columns)}\nFROM {scan.rows}\n"
        f"WHERE e.organisation_id = %(organisation)s AND e.register = {literal(scan.register)} AND NOT e.withdrawn "
        f"AND e.happened_on >= %(first_day)s AND e.happened_on < %(day_after)s AND ({within})\nGROUP BY 2, 3"
    )
