"""A workbook that was sent to be looked at and waits for its confirmation, with its evidence: one of each account in each
organisation, in a folder of its own beside the evidence store, for some hours."""

import errno
import hashlib
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from django.conf import settings

from lianze.domain.errors import Refused
from lianze.ledger.actions import Desk
from lianze.org.keys import new_id

FOLDER, EVIDENCE, UNFINISHED = "waiting", "evidence", ".part"
LIFE = timedelta(hours=8)
PIECE_BYTES = 1 << 20
# A file as it comes: its name and its content in pieces.
Incoming = tuple[str, Iterable[bytes]]


@dataclass(frozen=True)
class Waiting:
    """What waits, in a folder of its own."""

    workbook: Path
    sent_at: datetime

    @property
    def evidence(self) -> Path:
        """The folder of its evidence."""
        return self.workbook.parent / EVIDENCE

    @cached_property
    def digest(self) -> str:
        """Names exactly these files: SHA-256 over the names and contents of all of them, in hex."""
        whole, folder = hashlib.sha256(), self.workbook.parent
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            whole.update(f"{path.relative_to(folder)}\0{digest}\n".encode())
        return whole.hexdigest()


def place_of(desk: Desk) -> Path:
    """Where what the desk's account sent lies."""
    root = Path(settings.EVIDENCE).parent / FOLDER
    return root / str(desk.organisation.id) / str(desk.author.account_id)


def keep_waiting(desk: Desk, workbook: Incoming, evidence: Iterable[Incoming]) -> None:
    """Keeps the files in place of those that waited before. Refused, and nothing kept, when they are too large."""
    sweep_waiting(desk.now)
    place = place_of(desk)
    folder = place / f"{new_id()}{UNFINISHED}"
    left = settings.IMPORT_LIMIT_BYTES
    try:
        (folder / EVIDENCE).mkdir(mode=0o700, parents=True)
        left -= write(folder, workbook, left)
        for file in evidence:
            left -= write(folder / EVIDENCE, file, left)
        folder.rename(folder.with_suffix(""))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    for other in place.iterdir():
        if other.name != folder.stem:
            shutil.rmtree(other, ignore_errors=True)


def write(folder: Path, file: Incoming, most: int) -> int:
    """Writes one file and returns its size in bytes."""
    name, pieces = file
    size = 0
    try:
        with (folder / name).open("wb") as kept:
            for piece in pieces:
                size += len(piece)
                if size > most:
                    limit = settings.IMPORT_LIMIT_BYTES // (1 << 20)
                    raise Refused(f"工作簿和佐证文件共超过{limit} MB，请分几次导入 / more than {limit} MB in all")
                kept.write(piece)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise Refused(f"文件名太长，请改短后再选：{name} / the file's name is too long: shorten it") from error
        raise
    return size


def read_waiting(desk: Desk) -> Waiting | None:
    """What waits; None when there is nothing, or it has waited too long."""
    place = place_of(desk)
    folders = sorted(place.iterdir()) if place.is_dir() else []
    folder = next((one for one in reversed(folders) if one.suffix != UNFINISHED and not is_old(one, desk.now)), None)
    workbook = next((path for path in folder.iterdir() if path.is_file()), None) if folder else None
    if folder is None or workbook is None:
        return None
    sent_at = datetime.fromtimestamp(folder.stat().st_mtime, UTC)
    return Waiting(workbook, sent_at)


def discard_waiting(desk: Desk) -> None:
    """Removes what waits."""
    shutil.rmtree(place_of(desk), ignore_errors=True)


def sweep_waiting(now: datetime) -> None:
    """Removes what anybody left waiting too long."""
    for folder in all_folders():
        if is_old(folder, now):
            shutil.rmtree(folder, ignore_errors=True)


def all_folders() -> Iterator[Path]:
    """Every folder that waits, of whomever."""
    root = Path(settings.EVIDENCE).parent / FOLDER
    return root.glob("*/*/*") if root.is_dir() else iter(())


def is_old(folder: Path, now: datetime) -> bool:
    """Whether it has waited too long; what is gone by now has."""
    try:
        return folder.stat().st_mtime < (now - LIFE).timestamp()
    except FileNotFoundError:
        return True
