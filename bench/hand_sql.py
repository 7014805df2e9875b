"""Ninety figures twice: as the pack would define them, and as SQL that a person would write for one database at hand."""

from dataclasses import dataclass, replace
from itertools import pairwise

from lianze.pack.definitions import Condition, Figure, Measure, Pack
from lianze.pack.load import load_builtin

YEAR = "{e}happened_on >= '2023-01-01' AND {e}happened_on < '2024-01-01'"
QUARTERS = ("2023-01-01", "2023-04-01", "2023-07-01", "2023-10-01", "2024-01-01")
PART = "SELECT {what} FROM participation p WHERE p.organisation_id = e.organisation_id AND p.entry_id = e.id"


@dataclass(frozen=True)
class Pair:
    """A figure, and the columns that answer it by hand; `people` when they are over participations."""

    figure: Figure
    columns: tuple[str, ...]
    people: bool = False


def kind_of(kind: str) -> str:
    """A kind, or a family of kinds."""
    return f"e.kind >= '{kind}' AND e.kind < '{kind[:-1]}/'" if kind.endswith(".") else f"e.kind = '{kind}'"


def figure(name: str, measure: Measure, register: str, kind: str, *more: Condition, **keys: str) -> Figure:
    """A figure about one kind."""
    where = (Condition(field="kind", values=(kind,)), *more)
    made = Figure(name, name, name, measure, "次", register, where=where)
    return replace(made, **keys)  # type: ignore[arg-type]


def pairs() -> list[Pair]:
    """Counts by kind, sums, people, conditions on people, quarters and shares, over two registers."""
    registers = load_builtin().registers
    found = [
        Pair(figure(f"n{i}", "count", r, k), (f"count(*) FILTER (WHERE {kind_of(k)})",))
        for r in ("activity", "finding")
        for i, k in enumerate([kind.id for kind in registers[r].kind], 100 if r == "finding" else 0)
    ]
    for i, kind in enumerate(("study.", "branch.", "meeting.", "talk.", "research.", "education.")):
        found.append(Pair(figure(f"f{i}", "count", "activity", kind), (f"count(*) FILTER (WHERE {kind_of(kind)})",)))
    for i, kind in enumerate(("study.", "branch.", "education.")):
        attending = PART.format(what="count(*)") + " AND p.role = 'attendee'"
        times = f"coalesce(sum(({attending})) FILTER (WHERE {kind_of(kind)}), 0)"
        people = f"count(DISTINCT p.person_id) FILTER (WHERE p.role = 'attendee' AND {kind_of(kind)})"
        found.append(Pair(figure(f"p{i}", "participations", "activity", kind, of="attendee"), (times,)))
        found.append(Pair(figure(f"d{i}", "distinct", "activity", kind, of="@attendee"), (people,), people=True))
    for i, kind in enumerate(("research.", "study.reading_class")):
        days = f"coalesce(sum(e.quantity) FILTER (WHERE {kind_of(kind)}), 0)"
        found.append(Pair(figure(f"s{i}", "sum", "activity", kind, of="quantity"), (days,)))
    for i, kind in enumerate(("meeting.", "lecture.", "talk.", "study.")):
        led = Condition(participant="host", capacity=("principal",))
        by = PART.format(what="1") + " AND p.role = 'host' AND p.capacity = 'principal'"
        column = f"count(*) FILTER (WHERE {kind_of(kind)} AND EXISTS ({by}))"
        found.append(Pair(figure(f"h{i}", "count", "activity", kind, led), (column,)))
    for i, kind in enumerate(("study.centre_group", "branch.general")):
        columns = tuple(
            f"count(*) FILTER (WHERE {kind_of(kind)} AND e.happened_on >= '{a}' AND e.happened_on < '{b}')"
            for a, b in pairwise(QUARTERS)
        )
        found.append(Pair(figure(f"q{i}", "least_per", "activity", kind, every="quarter"), columns))
    for i, kind in enumerate(("theme.", "ecology", "formalism")):
        share = Figure(f"c{i}", "n", "n", "share", "%", "finding", base=(Condition(field="kind", values=(kind,)),))
        share = replace(share, where=(Condition(field="state", values=("closed",)),))
        base = kind_of(kind)
        columns = (
            f"count(*) FILTER (WHERE {base} AND e.state = 'closed')",
            f"count(*) FILTER (WHERE {base})",
        )
        found.append(Pair(share, columns))
    return found


def bench_pack(found: list[Pair]) -> Pack:
    """The built-in pack with these figures alone."""
    figures = {pair.figure.id: pair.figure for pair in found}
    return replace(load_builtin(), figures=figures, checks={}, hash="bench")


def hand_queries(found: list[Pair], organisations: str) -> list[str]:
    """One SELECT a register and one over people, as a person would write them; `organisations` is the condition."""
    statements = []
    for register, people in dict.fromkeys((pair.figure.register, pair.people) for pair in found):
        chosen = [pair for pair in found if (pair.figure.register, pair.people) == (register, people)]
        columns = ",\n  ".join(column for pair in chosen for column in pair.columns)
        joined = "participation p JOIN entry e ON e.organisation_id = p.organisation_id AND e.id = p.entry_id"
        source = joined if people else "entry e"
        within = f"e.register = '{register}' AND NOT e.withdrawn AND {YEAR.format(e='e.')}"
        statements.append(
            f"SELECT e.organisation_id,\n  {columns}\nFROM {source}\nWHERE {organisations.format('e.organisation_id')}"
            f" AND {within}\nGROUP BY e.organisation_id"
        )
    return statements
