"""DOCX bytes to PDF bytes through LibreOffice, many in one start.

Each call has a profile, a font configuration and files of its own in a temporary folder that is removed
afterwards: two calls at once do not meet, and the user's own LibreOffice may stay open.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from lianze.domain.zips import UNREADABLE_ZIP
from lianze.reports.typeset.fonts import font_environment
from lianze.reports.typeset.officecopy import office_copy

PROGRAMS: Final = ("soffice", "libreoffice")
# Tagged, so that a screen reader finds headings and tables; without form fields.
FILTER: Final = (
    'pdf:writer_pdf_Export:{"ExportFormFields":{"type":"boolean","value":"false"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"}}'
)


class NoOffice(RuntimeError):
    """LibreOffice is not installed; the message says what to install."""


class OfficeFailed(RuntimeError):
    """LibreOffice ran, and a PDF is missing; the message holds what it said."""


def find_office() -> Path | None:
    """The LibreOffice program on the search path, or None."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    return Path(found) if found else None


def render_pdfs(files: Sequence[bytes], timeout_seconds: float = 120) -> list[bytes]:
    """The PDF of each DOCX, in order; one start of LibreOffice for all of them.

    The time-out holds for the whole batch. Raises NoOffice or OfficeFailed; there is no partial result.
    """
    office = find_office()
    if office is None:
        raise NoOffice("PDF needs LibreOffice, which is not installed: apt-get install libreoffice-writer-nogui")
    if not files:
        return []
    with tempfile.TemporaryDirectory(prefix="lianze-pdf-") as name:
        folder = Path(name)
        sources = [folder / f"{number}.docx" for number in range(len(files))]
        for source, content in zip(sources, files, strict=True):
            source.write_bytes(prepared(content))
        said = run_office(office, folder, sources, timeout_seconds)
        return [read_pdf(folder / "out" / f"{source.stem}.pdf", said) for source in sources]


def prepared(content: bytes) -> bytes:
    """The copy for LibreOffice. Raises OfficeFailed for what is no DOCX, which it would print as plain text."""
    try:
        return office_copy(content)
    except UNREADABLE_ZIP as fault:
        raise OfficeFailed(f"not a DOCX file: {fault}") from fault


def render_pdf(file: bytes, timeout_seconds: float = 120) -> bytes:
    """The PDF of one DOCX; see `render_pdfs`."""
    return render_pdfs([file], timeout_seconds)[0]


def run_office(office: Path, folder: Path, sources: Sequence[Path], timeout_seconds: float) -> str:
    """Convert into `folder/out`; what LibreOffice printed. Its helpers are ended with it on a time-out."""
    command = [
        str(office),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--convert-to", FILTER, "--outdir", str(folder / "out")),
        *map(str, sources),
    ]
    environment = os.environ | font_environment(folder)
    with subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        try:
            said, _ = process.communicate(timeout=timeout_seconds)
        except subprocess.TimeoutExpired as late:
            os.killpg(process.pid, signal.SIGKILL)
            raise OfficeFailed(f"LibreOffice did not finish within {timeout_seconds:g} seconds") from late
    return said.decode(errors="replace").strip()


def read_pdf(path: Path, said: str) -> bytes:
    """The finished file. Raises OfficeFailed where there is none."""
    if not path.is_file():
        raise OfficeFailed(f"LibreOffice made no PDF: {said or 'it said nothing'}")
    return path.read_bytes()
