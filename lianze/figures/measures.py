"""What each measure asks of the database: aggregates over three kinds of row, and which entries stand behind it."""

# ruff: noqa: S608 (every value that comes from a pack goes through `literal`; what people type is a parameter)

from dataclasses import dataclass
from decimal import Decimal

from lianze.figures.periods import period_sql, sub_period_sql
from lianze.ledger.conditions import SAME_ENTRY, Ground, all_of, column_of, condition_sql, filled_sql, number_sql
from lianze.ledger.dialect import literal
from lianze.ledger.exact import to_stored
from lianze.pack.definitions import Condition, Figure

ENTRIES = "entry e"
PEOPLE = "participation p JOIN entry e ON e.organisation_id = p.organisation_id AND e.id = p.entry_id"
# One person in the millionths that sums are read in.
ONE = to_stored(Decimal(1))
# A person by id, an outside guest by name; no name looks like an id.
WHO = "COALESCE(CAST(p.person_id AS TEXT), p.outside_name)"
OWN_UNIT = "EXISTS (SELECT 1 FROM person n WHERE n.organisation_id = e.organisation_id AND n.id = {} AND n.unit_id = e.unit_id)"


@dataclass(frozen=True)
class Cell:
    """One aggregate: `aggregate` over the rows of `rows` (a FROM clause) for which `condition` and `period` hold.

    `different` is the expression whose different values are counted, "" where the aggregate adds up.
    """

    rows: str
    aggregate: str
    condition: str
    period: str
    different: str = ""


def different_cell(rows: str, value: str, condition: str, period: str) -> Cell:
    """How many different values the rows have."""
    return Cell(rows, f"COUNT(DISTINCT {value})", condition, period, value)


@dataclass(frozen=True)
class Plan:
    """How a figure is read: `hits` counts the entries behind it, `parts` are the numbers its value is made from.

    `behind` and `period` select those entries; `counted` holds for those of a share that are in its numerator.
    `adds` is what one of them adds, in millionths: to a sum, or as people; `apart` the value that a distinct figure
    tells apart, as text, and `type_of_value` the type of its field.
    """

    figure: Figure
    hits: Cell
    parts: tuple[Cell, ...]
    behind: str
    period: str
    counted: str = "TRUE"
    adds: str = "NULL"
    apart: str = "NULL"
    type_of_value: str = ""


@dataclass(frozen=True)
class People:
    """The people a figure is about: in a role of the entry, or in a field of it.

    `matching` says which participations, or which entries, count.
    """

    role: bool
    who: str
    matching: str


def plan_of(figure: Figure, ground: Ground, population: str) -> Plan:
    """The plan of a figure over a register; `population` names the parameter with the people it is about, "" for all."""
    where = conditions_sql(figure.where, ground)
    period = period_sql(figure)
    if figure.measure == "share":
        base = conditions_sql(figure.base, ground)
        counted = Cell(ENTRIES, "COUNT(*)", all_of([base, where]), period)
        return Plan(figure, Cell(ENTRIES, "COUNT(*)", base, period), (counted,), base, period, where)
    people = people_of(figure, ground, population)
    behind = all_of([where, contributing(figure, ground, people)])
    hits = Cell(ENTRIES, "COUNT(*)", behind, period)
    adds, apart = adds_sql(figure, ground, people), apart_sql(figure, ground, people)
    if people is not None:
        cells: tuple[Cell, ...] = (people_cell(figure, people, where, behind, period),)
    else:
        cells = entry_cells(figure, ground, behind, period)
    kept = ground.type_of(figure.of.removeprefix("@"))
    return Plan(figure, hits, cells, behind, period, adds=adds, apart=apart, type_of_value=kept)


def conditions_sql(conditions: tuple[Condition, ...], ground: Ground) -> str:
    """The conjunction of a list of conditions."""
    return all_of(condition_sql(condition, ground) for condition in conditions)


def people_of(figure: Figure, ground: Ground, population: str) -> People | None:
    """The people a figure is about; None when it is about entries."""
    if figure.measure not in ("participations", "coverage") and not figure.of.startswith("@"):
        return None
    name = figure.of.removeprefix("@")
    field = ground.type_of(name) == "person" and all(known.role != name for known in ground.register.participant)
    who = (column_of(name) or ground.dialect.id_under("e", name)) if field else "p.person_id"
    parts = [f"{who} IS NOT NULL" if field else f"p.role = {literal(name)}"]
    if population:
        parts.append(ground.dialect.is_one_of(who, population))
    if figure.measure == "coverage" and figure.by == "unit":
        parts.append(OWN_UNIT.format(who))
    return People(not field, who if field else WHO, all_of(parts))


def contributing(figure: Figure, ground: Ground, people: People | None) -> str:
    """What an entry must have to add anything: somebody in the role, or a value to sum or tell apart."""
    if people is not None and people.role:
        return f"EXISTS (SELECT 1 FROM participation p WHERE {SAME_ENTRY} AND {people.matching})"
    if people is not None:
        return people.matching
    if figure.measure == "sum":
        return f"{number_sql(figure.of, ground)} IS NOT NULL"
    return filled_sql(figure.of, ground) if figure.measure == "distinct" else ""


def adds_sql(figure: Figure, ground: Ground, people: People | None) -> str:
    """What one entry adds: its value to a sum, or how many people; of people told apart each once."""
    if people is not None and people.role:
        who = "*" if figure.measure == "participations" else f"DISTINCT {people.who}"
        return f"{ONE} * (SELECT COUNT({who}) FROM participation p WHERE {SAME_ENTRY} AND {people.matching})"
    if people is not None:
        return str(ONE) if figure.measure == "participations" else "NULL"
    return number_sql(figure.of, ground) if figure.measure == "sum" else "NULL"


def apart_sql(figure: Figure, ground: Ground, people: People | None) -> str:
    """The value of the field that a figure tells apart, or whose people it looks for."""
    if figure.measure not in ("distinct", "coverage") or (people is not None and people.role):
        return "NULL"
    name = figure.of.removeprefix("@")
    return f"CAST({column_of(name)} AS TEXT)" if column_of(name) else ground.dialect.text("e", name)


def people_cell(figure: Figure, people: People, where: str, behind: str, period: str) -> Cell:
    """Different people, or people-times."""
    if figure.measure != "participations":
        rows, condition = (PEOPLE, all_of([where, people.matching])) if people.role else (ENTRIES, behind)
        return different_cell(rows, people.who, condition, period)
    if not people.role:
        return Cell(ENTRIES, "COUNT(*)", behind, period)
    times = f"SUM((SELECT COUNT(*) FROM participation p WHERE {SAME_ENTRY} AND {people.matching}))"
    return Cell(ENTRIES, times, behind, period)


def entry_cells(figure: Figure, ground: Ground, behind: str, period: str) -> tuple[Cell, ...]:
    """The aggregates over entries that a value is made from, beside their number."""
    if figure.measure == "sum":
        return (Cell(ENTRIES, f"SUM({number_sql(figure.of, ground)})", behind, period),)
    if figure.measure == "distinct":
        return (distinct_cell(figure.of, ground, behind, period),)
    if figure.measure == "least_per":
        return tuple(Cell(ENTRIES, "COUNT(*)", all_of([behind, part]), period) for part in sub_period_sql(figure))
    return ()


def distinct_cell(name: str, ground: Ground, behind: str, period: str) -> Cell:
    """The number of different values of a field; of a field with several choices, of the choices."""
    if not column_of(name) and ground.type_of(name) == "choices":
        rows = f"{ENTRIES} {ground.dialect.elements('e', name)}"
        return different_cell(rows, "v.value", behind, period)
    value = column_of(name) or ground.dialect.text("e", name)
    return different_cell(ENTRIES, value, behind, period)
