"""The one ZIP layout a package may have (APPNOTE 6.3), so that equal content means equal bytes.

Members are stored, not compressed: two zlib versions deflate differently, and nothing can swell when unpacked.
Time is 1980-01-01 00:00, no flag is set (names are ASCII), mode is a plain file 0644, there are no extra fields, no
comments, no data descriptors, no ZIP64. Members follow one another without a gap, in the manifest's order, then
the central directory in the same order, then its end record; nothing comes before or after.
"""

import re
import struct
from dataclasses import dataclass
from typing import Final

from lianze.tlog.errors import PackageError

LOCAL: Final = struct.Struct("<4s5H3L2H")
CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
END: Final = struct.Struct("<4s4H2LH")
MAX_BYTES: Final = 2**32 - 1
MAX_NAME: Final = 120
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*")
_VERSION, _UNIX, _FLAGS, _STORED, _TIME, _DATE = 20, 3 << 8, 0, 0, 0, 0x0021
_MODE: Final = 0o100644 << 16
_ENCRYPTED: Final = 0x0001 | 0x0040


@dataclass(frozen=True)
class Slot:
    """Where a member lies: `offset` of its local header, `size` of its data in bytes."""

    name: str
    size: int
    crc: int
    offset: int

    @property
    def data_offset(self) -> int:
        return self.offset + LOCAL.size + len(self.name)

    @property
    def end(self) -> int:
        return self.data_offset + self.size


def require_member_name(name: str) -> str:
    """Lower-case ASCII words joined by /, none beginning with a dot: no way out of a folder on any system."""
    if len(name) > MAX_NAME or not _NAME.fullmatch(name):
        raise PackageError("zip.name", name[:MAX_NAME])
    return name


def render_local(slot: Slot) -> bytes:
    """The header before a member's data."""
    fields = (b"PK\x03\x04", _VERSION, _FLAGS, _STORED, _TIME, _DATE, slot.crc, slot.size, slot.size, len(slot.name), 0)
    return LOCAL.pack(*fields) + slot.name.encode("ascii")


def render_central(slot: Slot) -> bytes:
    """The member's line of the central directory."""
    head = (b"PK\x01\x02", _UNIX | _VERSION, _VERSION, _FLAGS, _STORED, _TIME, _DATE, slot.crc, slot.size, slot.size)
    return CENTRAL.pack(*head, len(slot.name), 0, 0, 0, 0, _MODE, slot.offset) + slot.name.encode("ascii")


def render_end(count: int, directory_bytes: int, directory_offset: int) -> bytes:
    """The end record."""
    return END.pack(b"PK\x05\x06", 0, 0, count, count, directory_bytes, directory_offset, 0)


def load_central(directory: bytes, at: int) -> tuple[Slot, int]:
    """One line of the central directory at byte `at`, and where the next begins.

    PackageError says why a line is not of this layout: `zip.encrypted`, `zip.compressed`, `zip.link`, `zip.name`,
    `zip.truncated`, or `zip.header` for anything else.
    """
    if len(directory) < at + CENTRAL.size:
        raise PackageError("zip.truncated")
    fields = CENTRAL.unpack_from(directory, at)
    flags, method, crc, size, name_length, mode, offset = (fields[i] for i in (3, 4, 7, 9, 10, 15, 16))
    raw = directory[at + CENTRAL.size : at + CENTRAL.size + name_length]
    if flags & _ENCRYPTED:
        raise PackageError("zip.encrypted")
    if method != _STORED:
        raise PackageError("zip.compressed", str(method))
    if mode != _MODE:
        raise PackageError("zip.link", f"{mode >> 16:o}")
    slot = Slot(require_member_name(raw.decode("ascii", "backslashreplace")), size, crc, offset)
    line = render_central(slot)
    if directory[at : at + len(line)] != line:
        raise PackageError("zip.header", slot.name)
    return slot, at + len(line)
