"""Whether a row of the directory meets a figure's conditions."""

from collections.abc import Iterable

from lianze.figures.roster_rows import Row
from lianze.pack.definitions import Condition
from lianze.pack.kinds import covers


def meets_all(row: Row, conditions: Iterable[Condition]) -> bool:
    """Whether a row meets every condition."""
    return all(meets(row, condition) for condition in conditions)


def meets(row: Row, condition: Condition) -> bool:
    """One condition on an attribute: one of the values, or filled."""
    value = row.attributes.get(condition.field, "")
    found = covers(condition.values, value) if condition.values else True
    if condition.set is not None:
        found = found and bool(value) == condition.set
    elif not condition.values:
        found = bool(value)
    return found != condition.negate
