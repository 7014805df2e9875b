"""Statements sent as they are: parameters in, rows out."""

from collections.abc import Mapping
from uuid import UUID

from django.db import connection

from lianze.ledger.dialect import Parameter


def fetch(sql: str, parameters: Mapping[str, Parameter]) -> list[tuple[object, ...]]:
    """All rows of one statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, dict(parameters))
        return [tuple(row) for row in cursor.fetchall()]


def as_uuid(value: object) -> UUID:
    """SQLite keeps ids as text."""
    return value if isinstance(value, UUID) else UUID(str(value))


def as_numbers(cells: tuple[object, ...]) -> tuple[int, ...]:
    """Whole cells."""
    return tuple(cell if isinstance(cell, int) else as_number(cell) for cell in cells)


def as_number(cell: object) -> int:
    """PostgreSQL adds big integers up to decimals; all cells are whole."""
    return cell if isinstance(cell, int) else int(str(cell))
