"""A pack's figures as SQL: one conditional-aggregate query per register and period rule, made once per pack and database
and then only executed with other parameters.

A register has at most four queries of one rule: over its entries and over the people in them, each for the organisation
and, where the pack has figures by unit, grouped by unit. Rules stand apart, since those that reach back beyond the
period would make the others read all years. Every SELECT names the organisation, so that the same text runs on SQLite,
PostgreSQL and, distributed by organisation, on Citus.
"""

from dataclasses import dataclass
from typing import NamedTuple

from lianze.figures.measures import Cell, Plan, plan_of
from lianze.ledger.conditions import Ground
from lianze.ledger.dialect import DIALECTS, Dialect, literal
from lianze.pack.definitions import Figure, Pack

# From the figures of this measure or source no query is made: the pack and the directory know the answer.
WITHOUT_ENTRIES = ("norm", "items")
KEPT = 16
# Asked of entries alone: participations are joined by it.
ORGANISATION = "e.organisation_id"
OF_ONE = f"{ORGANISATION} = %(organisation)s"
DAYS = "e.happened_on >= %(first_day)s AND e.happened_on <= %(last_of_days)s"


class Key(NamedTuple):
    """What cells of one query have in common: the register, the FROM clause, whether they go by unit, the period rule."""

    register: str
    rows: str
    by_unit: bool
    period: str


@dataclass(frozen=True)
class Query:
    """One compiled query. Its rows are organisation, unit (None unless `by_unit`), then one column per cell.

    `one` reads the organisation of the parameter `organisation`, `many` all those of `organisations`. `monthly` reads the
    one organisation's entries of the days `first_day` to `last_of_days`; its rows are unit, month, then one column a cell.
    """

    register: str
    by_unit: bool
    cells: tuple[Cell, ...]
    one: str
    many: str
    monthly: str


@dataclass(frozen=True)
class Place:
    """Where a cell is found: in which query's rows, in which column."""

    query: int
    column: int


@dataclass(frozen=True, eq=False)
class Compiled:
    """All queries of a pack for one database; there is one such object as long as the pack is in use.

    `places` gives, by figure, where its hits and then its parts are found; `populations` the parameter of each
    population that is named.
    """

    pack: Pack
    dialect: Dialect
    plans: dict[str, Plan]
    queries: tuple[Query, ...]
    places: dict[str, tuple[Place, ...]]
    populations: dict[str, str]


_compiled: dict[tuple[str, str], Compiled] = {}


def compiled_for(pack: Pack, vendor: str) -> Compiled:
    """The pack's queries, compiled the first time they are asked for."""
    key = (pack.hash, vendor)
    if key not in _compiled:
        while len(_compiled) >= KEPT:
            _compiled.pop(next(iter(_compiled)))
        _compiled[key] = compile_pack(pack, DIALECTS[vendor])
    return _compiled[key]


def is_over_entries(figure: Figure) -> bool:
    """Whether the figure is read from entries."""
    return figure.source == "register" and figure.measure not in WITHOUT_ENTRIES


def compile_pack(pack: Pack, dialect: Dialect) -> Compiled:
    """Compiles every figure over entries, and joins them into queries."""
    figures = [figure for figure in pack.figures.values() if is_over_entries(figure)]
    about = dict.fromkeys(figure.population for figure in figures if figure.population)
    populations = {population: f"population_{i}" for i, population in enumerate(about)}
    plans = {
        figure.id: plan_of(
            figure,
            Ground(pack, pack.registers[figure.register], dialect),
            populations.get(figure.population, ""),
        )
        for figure in figures
    }
    gathering = Gathering()
    places = {
        plan.figure.id: tuple(
            gathering.add(plan.figure.register, plan.figure.by == "unit", cell) for cell in (plan.hits, *plan.parts)
        )
        for plan in plans.values()
    }
    return Compiled(pack, dialect, plans, gathering.queries(dialect), places, populations)


class Gathering:
    """Cells gathered into queries, each once."""

    def __init__(self) -> None:
        self.keys: dict[Key, dict[Cell, int]] = {}

    def add(self, register: str, by_unit: bool, cell: Cell) -> Place:
        """Where the cell is found."""
        key = Key(register, cell.rows, by_unit, cell.period)
        cells = self.keys.setdefault(key, {})
        return Place(list(self.keys).index(key), cells.setdefault(cell, len(cells)))

    def queries(self, dialect: Dialect) -> tuple[Query, ...]:
        """One for all cells that can be read together."""
        return tuple(query_of(key, tuple(cells), dialect) for key, cells in self.keys.items())


def query_of(key: Key, cells: tuple[Cell, ...], dialect: Dialect) -> Query:
    """One SELECT over entries of one period rule, which an index answers; and the same by month."""
    where = f"e.register = {literal(key.register)} AND NOT e.withdrawn AND ({key.period})"
    where += " AND e.unit_id IS NOT NULL" if key.by_unit else ""
    unit, month = ["e.unit_id"] if key.by_unit else [], dialect.month("e.happened_on")
    summed = [sum_sql(cell) for cell in cells]

    def statement(heads: list[str], columns: list[str], condition: str, groups: list[str]) -> str:
        head = "SELECT " + ",\n  ".join([", ".join(heads), *columns])
        return f"{head}\nFROM {key.rows}\nWHERE {condition} AND {where}\nGROUP BY {', '.join(groups)}"

    heads, groups = [ORGANISATION, *(unit or ["NULL"])], [ORGANISATION, *unit]
    gathered = [gathered_sql(cell, dialect) if cell.different else sum_sql(cell) for cell in cells]
    return Query(
        register=key.register,
        by_unit=key.by_unit,
        cells=cells,
        one=statement(heads, summed, OF_ONE, groups),
        many=statement(heads, summed, dialect.is_one_of(ORGANISATION, "organisations"), groups),
        monthly=statement([*(unit or ["NULL"]), month], gathered, f"{OF_ONE} AND {DAYS}", [*unit, month]),
    )


def sum_sql(cell: Cell) -> str:
    """One column: an aggregate over the rows that the cell is about."""
    return f"COALESCE({cell.aggregate}{filter_sql(cell)}, 0)"


def gathered_sql(cell: Cell, dialect: Dialect) -> str:
    """One column: the different values themselves, which months cannot be added up without."""
    return dialect.gathered(cell.different) + filter_sql(cell)


def filter_sql(cell: Cell) -> str:
    """What limits an aggregate to the cell's rows."""
    return "" if cell.condition == "TRUE" else f" FILTER (WHERE {cell.condition})"
