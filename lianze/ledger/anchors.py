"""Checkpoints outside the database: plain files in a folder beside the keys, one a checkpoint.

A database that was cut short or put back to an older state agrees with itself; only what lies outside it can tell.
These files stand against somebody who edits the database alone. Against somebody who edits both, only copies in other
hands do: with the superior, printed in a report, in a filed package, on a medium in a drawer.
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

from lianze.tlog import Checkpoint, Note, PublicKey, checkpoint_of, load_keys, load_note, render_keys, render_note

WITNESS_KEYS = "witnesses.keys"
KNOWN_KEYS = "known.keys"


@dataclass(frozen=True)
class Anchor:
    """A checkpoint's note in a file."""

    path: Path
    note: Note
    checkpoint: Checkpoint


def folder_of(organisation_id: UUID) -> Path:
    """Where copies of an organisation's checkpoints lie."""
    return Path(settings.KEYS).parent / "checkpoints" / str(organisation_id)


def heads_of_others(organisation_id: UUID, origin: str) -> Path:
    """Where a superior keeps what it has countersigned of another log."""
    return folder_of(organisation_id) / "others" / origin.replace("/", "_")


def write_anchor(folder: Path, note: Note) -> Path:
    """Keeps the note; one with other signatures gets a file of its own. Nothing is overwritten."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    whole = render_note(note)
    name = f"{checkpoint_of(note).size:012d}-{hashlib.sha256(whole).hexdigest()[:12]}.note"
    target, beside = folder / name, folder / f".{name}.new"
    if not target.exists():
        with beside.open("wb") as file:
            file.write(whole)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    return target


def read_anchors(folder: Path) -> Iterator[Anchor]:
    """The notes of a folder by size; NoteError where a file is no checkpoint, with its name."""
    for path in sorted(folder.glob("*.note")):
        note = load_note(path.read_bytes())
        yield Anchor(path, note, checkpoint_of(note))


def read_keys(file: Path) -> tuple[PublicKey, ...]:
    """The public keys of a file, none where there is no file."""
    return load_keys(file.read_text(encoding="utf-8")) if file.exists() else ()


def remember_keys(file: Path, keys: tuple[PublicKey, ...]) -> tuple[PublicKey, ...]:
    """Adds keys to a file and returns all; a known key may get an end to its time, nothing else about it changes."""
    known = {(key.name, key.key_id): key for key in read_keys(file)}
    merged = known | {(key.name, key.key_id): key for key in keys}
    if merged != known:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = file.with_name(f".{file.name}.new")
        beside.write_text(render_keys(merged.values()), encoding="utf-8")
        beside.replace(file)
    return tuple(merged.values())
