"""Reading JSON objects strictly: every member asked for by name and kind, none left over.

All faults are PackageError `shape` with the place, e.g. `entries.json/entries/3/leaf`.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Final, TypeVar

from lianze.tlog.canonical import JsonValue
from lianze.tlog.errors import PackageError
from lianze.tlog.hashers import DIGEST_BYTES

T = TypeVar("T")
_HEX: Final = re.compile(r"[0-9a-f]*")
_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,12})?")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{6})?Z")


class Record:
    """One JSON object being read; call `done()` when all members have been taken."""

    def __init__(self, value: JsonValue, place: str) -> None:
        if not isinstance(value, dict):
            raise PackageError("shape", place)
        self._left = dict(value)
        self.place = place

    def fault(self, name: str) -> PackageError:
        return PackageError("shape", f"{self.place}/{name}")

    def take(self, name: str) -> JsonValue:
        """The member whatever its kind; it must be there."""
        try:
            return self._left.pop(name)
        except KeyError:
            raise self.fault(name) from None

    def text(self, name: str) -> str:
        value = self.take(name)
        if not isinstance(value, str):
            raise self.fault(name)
        return value

    def optional(self, name: str, read: Callable[[str], T]) -> T | None:
        """`read(name)`, or None if there is no such member; null is not the same as absent, and refused."""
        return read(name) if name in self._left else None

    def integer(self, name: str) -> int:
        """A whole number from 0."""
        value = self.take(name)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.fault(name)
        return value

    def boolean(self, name: str) -> bool:
        value = self.take(name)
        if not isinstance(value, bool):
            raise self.fault(name)
        return value

    def digest(self, name: str) -> bytes:
        """32 bytes as 64 lower-case hexadecimal digits."""
        return self._bytes(self.text(name), name)

    def digests(self, name: str) -> tuple[bytes, ...]:
        return tuple(self._bytes(one, name) for one in self.texts(name))

    def _bytes(self, text: str, name: str) -> bytes:
        if len(text) != 2 * DIGEST_BYTES or not _HEX.fullmatch(text):
            raise self.fault(name)
        return bytes.fromhex(text)

    def decimal(self, name: str) -> str:
        """Decimal text: no exponent, no plus, no leading zeros."""
        value = self.text(name)
        if not _DECIMAL.fullmatch(value):
            raise self.fault(name)
        return value

    def day(self, name: str) -> date:
        value = self.text(name)
        if not _DAY.fullmatch(value):
            raise self.fault(name)
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise self.fault(name) from None

    def instant(self, name: str) -> datetime:
        """UTC, as `render_instant` writes it."""
        value = self.text(name)
        if not _INSTANT.fullmatch(value):
            raise self.fault(name)
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            raise self.fault(name) from None

    def texts(self, name: str) -> tuple[str, ...]:
        values = self._array(name)
        found = tuple(one for one in values if isinstance(one, str))
        if len(found) != len(values):
            raise self.fault(name)
        return found

    def _array(self, name: str) -> list[JsonValue]:
        value = self.take(name)
        if not isinstance(value, list):
            raise self.fault(name)
        return value

    def each(self, name: str, read: Callable[["Record"], T]) -> tuple[T, ...]:
        """An array of objects, each read whole."""
        found: list[T] = []
        for at, value in enumerate(self._array(name)):
            record = Record(value, f"{self.place}/{name}/{at}")
            found.append(read(record))
            record.done()
        return tuple(found)

    def done(self) -> None:
        """Refuse members nobody asked for."""
        if self._left:
            raise self.fault(next(iter(self._left)))


def render_instant(moment: datetime) -> str:
    """UTC with Z, six decimals of a second only where it has a fraction."""
    if moment.tzinfo is None:
        raise PackageError("shape", moment.isoformat())
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
