"""Exact numbers on every database: SQLite would keep and sum decimals as floats."""

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.db import models

SCALE = 6
UNIT = Decimal(10) ** SCALE


def to_stored(value: Decimal) -> int:
    """The integer kept in the database: millionths."""
    return int((value * UNIT).to_integral_value(ROUND_HALF_EVEN))


def from_stored(value: int) -> Decimal:
    """The number that `value` millionths mean, without trailing zeros."""
    return plain(Decimal(value) / UNIT)


def plain(value: Decimal) -> Decimal:
    """`value` without trailing zeros and without an exponent: 80.60 → 80.6, 1E+2 → 100."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


class ExactField(models.BigIntegerField):  # type: ignore[type-arg]
    """A Decimal of at most six places, stored as an integer."""

    def from_db_value(self, value: int | None, *_: Any) -> Decimal | None:
        return None if value is None else from_stored(value)

    def to_python(self, value: Any) -> Decimal | None:
        return None if value is None else Decimal(str(value))

    def get_prep_value(self, value: Any) -> int | None:
        return None if value is None else to_stored(Decimal(str(value)))
