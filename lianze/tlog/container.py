"""Packages as files: write members in one fixed layout, read them back trusting nothing.

Both directions stream: a gigabyte of evidence passes through in pieces of one mebibyte.
"""

import io
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from lianze.tlog.errors import PackageError
from lianze.tlog.zip_layout import (
    END,
    LOCAL,
    MAX_BYTES,
    Slot,
    load_central,
    render_central,
    render_end,
    render_local,
    require_member_name,
)

CHUNK: Final = 1 << 20
Source = bytes | Path


@dataclass(frozen=True)
class Limits:
    """What a reader puts up with: bytes of the file, number of members, bytes of a member held in memory."""

    package_bytes: int = MAX_BYTES
    members: int = 20_000
    member_bytes: int = 128 << 20


def chunks_of(source: Source) -> Iterator[bytes]:
    """The bytes of a source, piece by piece."""
    with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def crc_and_size(chunks: Iterable[bytes]) -> tuple[int, int]:
    """CRC-32 and length in bytes."""
    crc = size = 0
    for chunk in chunks:
        crc, size = zlib.crc32(chunk, crc), size + len(chunk)
    return crc, size


def write_container(members: Sequence[tuple[str, Source]], file: BinaryIO) -> None:
    """Write members in the order given; PackageError `zip.name`, `zip.duplicate`, `zip.size`, or `zip.crc` if a
    source changed while it was read."""
    if len({name for name, _ in members}) != len(members):
        raise PackageError("zip.duplicate")
    slots: list[Slot] = []
    for name, source in members:
        crc, size = crc_and_size(chunks_of(source))
        slot = Slot(require_member_name(name), size, crc, slots[-1].end if slots else 0)
        if slot.end > MAX_BYTES:
            raise PackageError("zip.size", name)
        file.write(render_local(slot))
        if crc_and_size(_copied(source, file)) != (crc, size):
            raise PackageError("zip.crc", name)
        slots.append(slot)
    directory = b"".join(map(render_central, slots))
    file.write(directory + render_end(len(slots), len(directory), slots[-1].end if slots else 0))


def _copied(source: Source, file: BinaryIO) -> Iterator[bytes]:
    for chunk in chunks_of(source):
        file.write(chunk)
        yield chunk


class Container:
    """An opened package: every header has been checked, no member's data has."""

    def __init__(self, file: BinaryIO, limits: Limits = Limits()) -> None:
        self._file = file
        self._limits = limits
        self.slots = {slot.name: slot for slot in self._load_slots()}

    def _load_slots(self) -> list[Slot]:
        size = self._file.seek(0, io.SEEK_END)
        if not END.size <= size <= self._limits.package_bytes:
            raise PackageError("zip.truncated" if size < END.size else "zip.size", str(size))
        end = self._at(size - END.size, END.size)
        count, length, offset = (END.unpack(end)[i] for i in (4, 5, 6))
        if end != render_end(count, length, offset) or offset + length + END.size != size:
            raise PackageError("zip.truncated", "end")
        if not 0 < count <= self._limits.members:
            raise PackageError("zip.members", str(count))
        slots = list(self._lines(self._at(offset, length), count))
        self._require_layout(slots, offset)
        return slots

    @staticmethod
    def _lines(directory: bytes, count: int) -> Iterator[Slot]:
        at = 0
        for _ in range(count):
            slot, at = load_central(directory, at)
            yield slot
        if at != len(directory):
            raise PackageError("zip.header", "directory")

    def _require_layout(self, slots: list[Slot], directory_offset: int) -> None:
        if len({slot.name for slot in slots}) != len(slots):
            raise PackageError("zip.duplicate")
        expected = 0
        for slot in slots:
            local = render_local(slot)
            if slot.offset != expected or self._at(expected, LOCAL.size + len(slot.name)) != local:
                raise PackageError("zip.header", slot.name)
            expected = slot.end
        if expected != directory_offset:
            raise PackageError("zip.header", "gap")

    def _at(self, offset: int, size: int) -> bytes:
        self._file.seek(offset)
        return self._file.read(size)

    def chunks(self, name: str) -> Iterator[bytes]:
        """A member's data in pieces; PackageError `zip.missing`, and `zip.crc` after the last piece."""
        slot = self._slot(name)
        crc, left, at = 0, slot.size, slot.data_offset
        while left:
            chunk = self._at(at, min(CHUNK, left))
            if not chunk:
                raise PackageError("zip.truncated", name)
            crc, left, at = zlib.crc32(chunk, crc), left - len(chunk), at + len(chunk)
            yield chunk
        if crc != slot.crc:
            raise PackageError("zip.crc", name)

    def read(self, name: str) -> bytes:
        """A member whole; `zip.size` if it is larger than the limit for memory."""
        if self._slot(name).size > self._limits.member_bytes:
            raise PackageError("zip.size", name)
        return b"".join(self.chunks(name))

    def _slot(self, name: str) -> Slot:
        try:
            return self.slots[name]
        except KeyError:
            raise PackageError("zip.missing", name) from None
