"""The first page of a PDF as a PNG: `python -m lianze.web.first_page SOURCE TARGET`.

A program of its own: a file made to break its reader ends this process, at its limits of time and memory, and no other.
"""

import resource
import struct
import sys
import zlib
from pathlib import Path

import pypdfium2

LONGEST_SIDE = 900  # pixels
CPU_SECONDS = 10
MEMORY_BYTES = 1 << 30


def render_first_page(source: Path) -> bytes:
    """The picture; pypdfium2.PdfiumError for what is no readable PDF or asks for a password."""
    page = pypdfium2.PdfDocument(source)[0]
    scale = LONGEST_SIDE / max(*page.get_size(), 1)
    bitmap = page.render(scale=min(scale, 4), rev_byteorder=True, prefer_bgrx=False, may_draw_forms=False)
    lines = bytes(bitmap.buffer)
    width = bitmap.width * bitmap.n_channels
    rows = [lines[at * bitmap.stride : at * bitmap.stride + width] for at in range(bitmap.height)]
    return render_png(bitmap.width, bitmap.height, bitmap.n_channels, rows)


def render_png(width: int, height: int, channels: int, rows: list[bytes]) -> bytes:
    """Rows of grey, RGB or RGBA bytes as a PNG (RFC 2083): one picture is no reason for an imaging library."""
    colour = {1: 0, 3: 2, 4: 6}[channels]
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def chunk(kind: bytes, data: bytes) -> bytes:
    """One chunk with its length and checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    Path(sys.argv[2]).write_bytes(render_first_page(Path(sys.argv[1])))
