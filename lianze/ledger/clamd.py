"""Asking clamd, ClamAV's daemon, about a file, where its socket is configured (LIANZE_CLAMD_SOCKET).

The INSTREAM command of clamd(8): `zINSTREAM` and a zero byte; pieces, each after its length as four bytes, big-endian;
a length of zero; then one answer that ends with a zero byte: `stream: OK`, `stream: <name> FOUND`, or `… ERROR`.
"""

import socket
import struct
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from lianze.domain.errors import Refused

PIECE_BYTES = 1 << 16
ANSWER_BYTES = 4096
SECONDS = 120.0


class NoScanner(Refused):
    """The scanner that is configured gives no usable answer; nothing is taken for clean without one."""


def is_configured() -> bool:
    """Whether files are to be scanned here."""
    return bool(settings.CLAMD_SOCKET)


def require_clean(path: Path, name: str) -> None:
    """Refused when the scanner finds something in the file; NoScanner when it is configured and does not answer."""
    found = scan(path) if is_configured() else None
    if found is not None:
        raise Refused(f"“{name}”含有恶意内容（{found}），不能作为佐证 / malicious content found: {found}")


def scan(path: Path) -> str | None:
    """What clamd calls the thing it found in the file, None where it found nothing."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(SECONDS)
            connection.connect(str(settings.CLAMD_SOCKET))
            connection.sendall(b"zINSTREAM\0")
            for piece in framed(path):
                connection.sendall(piece)
            answer = receive(connection)
    except OSError as error:
        raise NoScanner(f"病毒扫描服务不可用：{error} / the virus scanner cannot be reached") from error
    return verdict(answer)


def framed(path: Path) -> Iterator[bytes]:
    """The file in pieces, each after its length, and the end mark."""
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            yield struct.pack("!I", len(piece)) + piece
    yield struct.pack("!I", 0)


def receive(connection: socket.socket) -> str:
    """The answer, up to its zero byte."""
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < ANSWER_BYTES:
        piece = connection.recv(ANSWER_BYTES)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def verdict(answer: str) -> str | None:
    """What an answer means; anything that is neither OK nor FOUND is no answer."""
    if answer == "stream: OK":
        return None
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise NoScanner(f"病毒扫描服务没有给出结论：{answer[:200]} / the virus scanner gave no verdict")
