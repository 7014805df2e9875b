"""The few things that SQLite and PostgreSQL spell differently. Everything else is the same SQL on both.

A number from `data` is plain text such as "80.6"; both databases read it as whole millionths, exactly, as the columns
`quantity` and `amount` are kept. Text that is no such number reads as NULL instead of stopping the whole query.
"""

# ruff: noqa: S608 (every value that comes from a pack goes through `literal`; what people type is a parameter)

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

Parameter = str | date | UUID | list[UUID]


def literal(text: str) -> str:
    """`text` as an SQL string inside a statement that also has parameters."""
    if "\0" in text:
        raise ValueError("a zero byte has no place in SQL")
    return "'" + text.replace("'", "''").replace("%", "%%") + "'"


def listed(values: Iterable[str]) -> str:
    """`('a', 'b')`."""
    return f"({', '.join(literal(value) for value in values)})"


class Dialect(Protocol):
    """How one database spells what differs. `row` is the alias of a row of `entry`."""

    vendor: str

    def text(self, row: str, key: str) -> str:
        """The data key as text, NULL when it is not there."""

    def is_boolean(self, row: str, key: str, values: Sequence[str]) -> str:
        """Whether the data key is one of the JSON values `true`, `false` named."""

    def has_any(self, row: str, key: str, values: Sequence[str]) -> str:
        """Whether the JSON array under the data key contains one of `values`."""

    def elements(self, row: str, key: str) -> str:
        """What joins a row `v(value)` for each element of the JSON array under the data key."""

    def millionths(self, row: str, key: str) -> str:
        """The number under the data key, in whole millionths, NULL when it is none."""

    def id_under(self, row: str, key: str) -> str:
        """The id under the data key, as id columns hold it; NULL when it is none."""

    def is_one_of(self, column: str, parameter: str) -> str:
        """Whether `column` is among the ids of the parameter, which `ids` made."""

    def ids(self, ids: Iterable[UUID]) -> Parameter:
        """Ids as one parameter."""

    def id(self, value: UUID) -> Parameter:
        """One id as a parameter."""

    def days_late(self, row: str, time_zone: str) -> str:
        """Whole days between the day something happened and the local day on which it was recorded."""

    def month(self, day: str) -> str:
        """The month of a day, as 2023-05."""

    def gathered(self, value: str) -> str:
        """An aggregate: the different values, as a list or the JSON text of one; NULL may be among them."""


class SQLite:
    """SQLite 3.38 or later, with the functions that Django adds to its connections."""

    vendor = "sqlite"

    def text(self, row: str, key: str) -> str:
        return f"CAST({row}.data ->> {self._path(key)} AS TEXT)"

    def is_boolean(self, row: str, key: str, values: Sequence[str]) -> str:
        return f"COALESCE(json_type({row}.data, {self._path(key)}) IN {listed(values)}, FALSE)"

    def has_any(self, row: str, key: str, values: Sequence[str]) -> str:
        return f"EXISTS (SELECT 1 FROM json_each({row}.data, {self._path(key)}) v WHERE v.value IN {listed(values)})"

    def elements(self, row: str, key: str) -> str:
        return f"CROSS JOIN json_each({row}.data, {self._path(key)}) v"

    def millionths(self, row: str, key: str) -> str:
        text = self.text(row, key)
        size = f"LTRIM({text}, '-')"
        dot = f"INSTR({size} || '.', '.')"
        whole = f"CAST(SUBSTR({size}, 1, {dot} - 1) AS INTEGER) * 1000000"
        rest = f"CAST(SUBSTR(SUBSTR({size}, {dot} + 1) || '000000', 1, 6) AS INTEGER)"
        sign = f"CASE WHEN {text} GLOB '-*' THEN -1 ELSE 1 END"
        shape = (
            f"{size} GLOB '[0-9]*' AND {size} NOT GLOB '*[^0-9.]*' AND {size} NOT GLOB '*.*.*' "
            f"AND {size} NOT GLOB '*.' AND {text} NOT GLOB '--*' AND {dot} <= 13"
        )
        return f"CASE WHEN {shape} THEN {sign} * ({whole} + {rest}) END"

    def id_under(self, row: str, key: str) -> str:
        return f"NULLIF(REPLACE(LOWER({self.text(row, key)}), '-', ''), '')"

    def is_one_of(self, column: str, parameter: str) -> str:
        return f"{column} IN (SELECT value FROM json_each(%({parameter})s))"

    def ids(self, ids: Iterable[UUID]) -> Parameter:
        return "[" + ",".join(f'"{value.hex}"' for value in ids) + "]"

    def id(self, value: UUID) -> Parameter:
        return value.hex

    def days_late(self, row: str, time_zone: str) -> str:
        day = f"django_datetime_cast_date({row}.recorded_at, {literal(time_zone)}, 'UTC')"
        return f"CAST(julianday({day}) - julianday({row}.happened_on) AS INTEGER)"

    def month(self, day: str) -> str:
        return f"SUBSTR({day}, 1, 7)"

    def gathered(self, value: str) -> str:
        return f"json_group_array(DISTINCT {value})"

    def _path(self, key: str) -> str:
        return literal(f'$."{key}"')


class PostgreSQL:
    """PostgreSQL 15 or later; one query also runs on Citus, distributed by organisation."""

    vendor = "postgresql"

    def text(self, row: str, key: str) -> str:
        return f"({row}.data ->> {literal(key)})"

    def is_boolean(self, row: str, key: str, values: Sequence[str]) -> str:
        return f"COALESCE({row}.data -> {literal(key)} IN {listed(values)}, FALSE)"

    def has_any(self, row: str, key: str, values: Sequence[str]) -> str:
        array = ", ".join(literal(value) for value in values)
        return f"COALESCE(jsonb_exists_any({row}.data -> {literal(key)}, ARRAY[{array}]), FALSE)"

    def elements(self, row: str, key: str) -> str:
        value = f"{row}.data -> {literal(key)}"
        array = f"CASE jsonb_typeof({value}) WHEN 'array' THEN {value} ELSE '[]'::jsonb END"
        return f"CROSS JOIN LATERAL jsonb_array_elements_text({array}) v(value)"

    def millionths(self, row: str, key: str) -> str:
        text = self.text(row, key)
        return f"CASE WHEN {text} ~ '^-?[0-9]{{1,12}}([.][0-9]+)?$' THEN TRUNC({text}::numeric * 1000000)::bigint END"

    def id_under(self, row: str, key: str) -> str:
        text = self.text(row, key)
        return f"CASE WHEN {text} ~* '^[0-9a-f-]{{36}}$' THEN {text}::uuid END"

    def is_one_of(self, column: str, parameter: str) -> str:
        return f"{column} = ANY(%({parameter})s)"

    def ids(self, ids: Iterable[UUID]) -> Parameter:
        return list(ids)

    def id(self, value: UUID) -> Parameter:
        return value

    def days_late(self, row: str, time_zone: str) -> str:
        return f"(({row}.recorded_at AT TIME ZONE {literal(time_zone)})::date - {row}.happened_on)"

    def month(self, day: str) -> str:
        return f"TO_CHAR({day}, 'YYYY-MM')"

    def gathered(self, value: str) -> str:
        return f"ARRAY_AGG(DISTINCT CAST({value} AS TEXT))"


DIALECTS: dict[str, Dialect] = {"sqlite": SQLite(), "postgresql": PostgreSQL()}
