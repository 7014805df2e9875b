"""Conditions of the pack as SQL over a row `e` of `entry`. Each expression is true or false, never unknown in a way that
a negation would turn round: a condition on a field that is not filled is false, its negation true."""

# ruff: noqa: S608 (every value that comes from a pack goes through `literal`; what people type is a parameter)

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from lianze.domain.columns import ENTRY_COLUMNS
from lianze.ledger.dialect import Dialect, listed, literal
from lianze.ledger.exact import to_stored
from lianze.pack.definitions import Condition, Pack, Register

TEXT_COLUMNS = ("number", "kind", "title", "state", "level")
ID_COLUMNS = ("unit", "owner")
EXACT_COLUMNS = ("quantity", "amount")


@dataclass(frozen=True)
class Ground:
    """What conditions are read against: the register they are about, the pack, and the database."""

    pack: Pack
    register: Register
    dialect: Dialect

    def type_of(self, name: str) -> str:
        """The type of a field; "text" for a key that the register does not define."""
        return next((field.type for field in self.register.field if field.name == name), "text")

    @property
    def capacities(self) -> tuple[str, ...]:
        """Capacities, the highest first."""
        known = self.pack.vocabularies.get("capacity")
        return tuple(choice.id for choice in known.choice) if known else ()


def column_of(name: str) -> str:
    """The column of `e` that a field is stored in; "" when it is a key of `data`."""
    if name not in ENTRY_COLUMNS:
        return ""
    return f"e.{name}_id" if name in ID_COLUMNS else f"e.{name}"


def all_of(conditions: Iterable[str]) -> str:
    """The conjunction, cheap parts first: databases read it from the left and stop at the first that fails."""
    parts = sorted({part for part in conditions if part}, key=lambda part: ("SELECT" in part, len(part), part))
    return " AND ".join(parts) or "TRUE"


def condition_sql(condition: Condition, ground: Ground) -> str:
    """One condition."""
    if condition.field:
        parts = field_parts(condition, ground)
        found = " AND ".join(part for part in parts if part)
    elif condition.participant:
        found = participant_sql(condition)
    else:
        found = link_sql(condition)
    wanted = condition.set is not False or bool(condition.field)
    return f"({found})" if wanted != condition.negate else f"NOT COALESCE({found}, FALSE)"


def field_parts(condition: Condition, ground: Ground) -> list[str]:
    """What a condition asks of a field; with nothing else said, that it is filled."""
    name = condition.field
    parts = [limits_sql(condition, ground)]
    if condition.values:
        parts.append(values_sql(condition, ground))
    if condition.capacity:
        parts.append(capacity_sql(condition, ground))
    if condition.set is False:
        parts.append(f"NOT {filled_sql(name, ground)}")
    elif condition.set or not any(parts):
        parts.append(filled_sql(name, ground))
    return parts


def filled_sql(name: str, ground: Ground) -> str:
    """Whether a field has a value: neither missing nor empty text nor an empty list."""
    column = column_of(name)
    if column:
        return f"({column} <> '')" if name in TEXT_COLUMNS else f"({column} IS NOT NULL)"
    return f"(COALESCE({ground.dialect.text('e', name)}, '') NOT IN ('', '[]'))"


def values_sql(condition: Condition, ground: Ground) -> str:
    """Whether a field has one of the values."""
    name, values, kind = condition.field, condition.values, ground.type_of(condition.field)
    if name == "kind":
        return kinds_sql("e.kind", values)
    if name == "unit":
        same = "u.organisation_id = e.organisation_id AND u.id = e.unit_id"
        return (
            f"EXISTS (SELECT 1 FROM unit u WHERE {same} AND (u.code IN {listed(values)} OR u.kind IN {listed(values)}))"
        )
    if name == "owner":
        same = "n.organisation_id = e.organisation_id AND n.id = e.owner_id"
        return f"EXISTS (SELECT 1 FROM person n WHERE {same} AND n.code IN {listed(values)})"
    if name in EXACT_COLUMNS:
        return f"{column_of(name)} IN ({', '.join(str(to_stored_text(value)) for value in values)})"
    if column_of(name):
        return f"{column_of(name)} IN {listed(values)}"
    if kind == "boolean":
        return ground.dialect.is_boolean("e", name, values)
    if kind == "choices":
        return ground.dialect.has_any("e", name, values)
    return f"{ground.dialect.text('e', name)} IN {listed(values)}"


def kinds_sql(column: str, values: Iterable[str]) -> str:
    """Whether a kind is one of those named; a prefix is a range, which an index can follow."""
    exact = [value for value in values if not value.endswith(".")]
    parts = [f"{column} IN {listed(exact)}"] if exact else []
    for prefix in (value for value in values if value.endswith(".")):
        parts.append(f"({column} >= {literal(prefix)} AND {column} < {literal(prefix[:-1] + '/')})")
    return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})"


def limits_sql(condition: Condition, ground: Ground) -> str:
    """Whether a number lies within the limits; "" when there are none."""
    if condition.at_least is None and condition.at_most is None:
        return ""
    number = number_sql(condition.field, ground)
    parts = [f"{number} >= {to_stored(condition.at_least)}"] if condition.at_least is not None else []
    if condition.at_most is not None:
        parts.append(f"{number} <= {to_stored(condition.at_most)}")
    return " AND ".join(parts)


def number_sql(name: str, ground: Ground) -> str:
    """A numeric field in whole millionths."""
    return column_of(name) or f"({ground.dialect.millionths('e', name)})"


def to_stored_text(value: str) -> int:
    """A number written in the pack, in millionths."""
    return to_stored(Decimal(value))


def capacity_sql(condition: Condition, ground: Ground) -> str:
    """Whether the person in a field held, on the entry's day, one of the capacities as their highest."""
    order = ground.capacities
    if not order:
        return "FALSE"
    ranks = " ".join(f"WHEN {literal(capacity)} THEN {rank}" for rank, capacity in enumerate(order))
    wanted = ", ".join(str(order.index(capacity)) for capacity in condition.capacity if capacity in order) or "NULL"
    person = column_of(condition.field) or ground.dialect.id_under("e", condition.field)
    return (
        f"(SELECT MIN(CASE s.capacity {ranks} END) FROM appointment a "
        "JOIN post s ON s.organisation_id = a.organisation_id AND s.id = a.post_id "
        f"WHERE a.organisation_id = e.organisation_id AND a.person_id = {person} AND a.start_on <= e.happened_on "
        f"AND (a.end_on IS NULL OR a.end_on >= e.happened_on)) IN ({wanted})"
    )


def participant_sql(condition: Condition) -> str:
    """Whether somebody takes that role, in that capacity, with that position."""
    parts = [f"p.role = {literal(condition.participant)}"]
    if condition.capacity:
        parts.append(f"p.capacity IN {listed(condition.capacity)}")
    if condition.values:
        parts.append(f"p.position IN {listed(condition.values)}")
    return f"EXISTS (SELECT 1 FROM participation p WHERE {SAME_ENTRY} AND {' AND '.join(parts)})"


SAME_ENTRY = "p.organisation_id = e.organisation_id AND p.entry_id = e.id"


def link_sql(condition: Condition) -> str:
    """Whether the relation leads to an entry that stands, of that register, kind and state."""
    parts = [f"l.relation = {literal(condition.link)}", "NOT t.withdrawn"]
    if condition.register:
        parts.append(f"t.register = {literal(condition.register)}")
    if condition.kind:
        parts.append(kinds_sql("t.kind", condition.kind))
    if condition.state:
        parts.append(f"t.state IN {listed(condition.state)}")
    return (
        "EXISTS (SELECT 1 FROM link l JOIN entry t ON t.organisation_id = l.organisation_id AND t.id = l.target_id "
        f"WHERE l.organisation_id = e.organisation_id AND l.entry_id = e.id AND {' AND '.join(parts)})"
    )
