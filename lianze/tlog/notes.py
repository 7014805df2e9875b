"""Signed notes (C2SP signed-note): text, an empty line, then one line for each signature.

    — <key name> <base64 of key id ‖ signature>\\n

A signature covers the UTF-8 text with its last newline. Signatures of unknown keys are left aside, so that others
can countersign; a signature that claims a known key and is not good makes the whole note bad.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lianze.tlog.errors import NoteError
from lianze.tlog.keys import PublicKey, key_id, require_key_name
from lianze.tlog.signers import Signer

MAX_NOTE_BYTES: Final = 65_536
MAX_SIGNATURES: Final = 64
_DASH: Final = "— "
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class Signature:
    """One signature line: whose key it claims (name and 4-byte id), and the bytes."""

    name: str
    key_id: bytes
    value: bytes


@dataclass(frozen=True)
class Note:
    """A text ending in a newline, and its signatures in the order written."""

    text: str
    signatures: tuple[Signature, ...]


def sign_note(text: str, signers: Iterable[Signer]) -> Note:
    """Sign `text` with each key in turn; NoteError `note.text` if it cannot be a note's text."""
    if not text.endswith("\n") or text == "\n" or _CONTROL.search(text):
        raise NoteError("note.text")
    return countersign(Note(text, ()), signers)


def countersign(note: Note, signers: Iterable[Signer]) -> Note:
    """The note with further signatures; the caller has verified what it puts its name to."""
    message = note.text.encode()
    added = [
        Signature(require_key_name(one.name), key_id(one.name, one.scheme, one.public), one.sign(message))
        for one in signers
    ]
    return Note(note.text, (*note.signatures, *added))


def render_note(note: Note) -> bytes:
    """The note as it is stored and sent."""
    lines = [f"{_DASH}{one.name} {b64encode(one.key_id + one.value).decode()}\n" for one in note.signatures]
    return f"{note.text}\n{''.join(lines)}".encode()


def load_note(data: bytes) -> Note:
    """Read a note, refusing every spelling but the one `render_note` gives.

    NoteError: `note.size`, `note.encoding`, `note.text`, `note.unsigned`, `note.line`, `note.name`, `note.twice`.
    """
    if len(data) > MAX_NOTE_BYTES:
        raise NoteError("note.size", str(len(data)))
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NoteError("note.encoding") from error
    body, gap, tail = whole.rpartition("\n\n")
    if not gap or not body or _CONTROL.search(whole):
        raise NoteError("note.text")
    if not tail.endswith("\n"):
        raise NoteError("note.unsigned")
    signatures = tuple(_load_signature(line) for line in tail[:-1].split("\n"))
    _require_distinct(signatures)
    return Note(f"{body}\n", signatures)


def _load_signature(line: str) -> Signature:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space:
        raise NoteError("note.line", line[:80])
    try:
        raw = b64decode(encoded, validate=True)
    except ValueError as error:
        raise NoteError("note.line", line[:80]) from error
    if len(raw) < 5 or b64encode(raw).decode() != encoded:
        raise NoteError("note.line", line[:80])
    return Signature(require_key_name(name), raw[:4], raw[4:])


def _require_distinct(signatures: tuple[Signature, ...]) -> None:
    if len(signatures) > MAX_SIGNATURES:
        raise NoteError("note.size", str(len(signatures)))
    if len({(one.name, one.key_id) for one in signatures}) != len(signatures):
        raise NoteError("note.twice")


def verify_note(note: Note, known: Iterable[PublicKey], at: datetime) -> tuple[PublicKey, ...]:
    """The known keys, valid at `at`, whose signatures on the note are good; never an empty tuple.

    NoteError: `note.signature` for a bad signature under a known key, `note.expired` for a good one outside its
    key's time, `note.stranger` if no known key signed.
    """
    keys = {(key.name, key.key_id): key for key in known}
    message = note.text.encode()
    good: list[PublicKey] = []
    for one in note.signatures:
        key = keys.get((one.name, one.key_id))
        if key is None:
            continue
        key.scheme.verify_signature(key.public, one.value, message)
        if not key.is_valid_at(at):
            raise NoteError("note.expired", key.name)
        good.append(key)
    if not good:
        raise NoteError("note.stranger", ", ".join(one.name for one in note.signatures))
    return tuple(good)
