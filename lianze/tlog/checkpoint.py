"""Checkpoints: the signed head of one organisation's log, after C2SP tlog-checkpoint.

    <origin>                      which log, e.g. lianze/<organisation id>
    <size>                        leaves, decimal, no leading zero
    <root>                        base64 of the Merkle tree hash of that many leaves
    time <UTC second>
    hash <hasher name>

then the signatures of a signed note: the log's own key, and witnesses who have seen this head.
"""

import re
from base64 import b32encode, b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lianze.tlog.errors import NoteError
from lianze.tlog.hashers import DIGEST_BYTES, SHA256, Hasher, require_hasher
from lianze.tlog.keys import PublicKey, load_time, render_time, require_key_name
from lianze.tlog.merkle import verify_consistency
from lianze.tlog.notes import Note, load_note, render_note, sign_note, verify_note
from lianze.tlog.signers import Signer

_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}")
_FINGERPRINT_BYTES: Final = 15


@dataclass(frozen=True)
class Checkpoint:
    """Head of the log `origin` at `at` (UTC, whole seconds)."""

    origin: str
    size: int
    root: bytes
    at: datetime
    hasher: Hasher = SHA256

    def text(self) -> str:
        """What is signed."""
        encoded = b64encode(self.root).decode()
        lines = [
            require_key_name(self.origin),
            str(self.size),
            encoded,
            f"time {render_time(self.at)}",
            f"hash {self.hasher.name}",
        ]
        return "".join(f"{line}\n" for line in lines)

    def fingerprint(self) -> str:
        """Six groups of four letters or digits (base32, 120 bits of the text's hash), to print and to compare."""
        short = b32encode(self.hasher.digest(self.text().encode())[:_FINGERPRINT_BYTES]).decode()
        return " ".join(short[at : at + 4] for at in range(0, len(short), 4))


def sign_checkpoint(checkpoint: Checkpoint, signers: Iterable[Signer]) -> Note:
    """The checkpoint as a signed note."""
    return sign_note(checkpoint.text(), signers)


def checkpoint_of(note: Note) -> Checkpoint:
    """Read a note's text as a checkpoint, unverified; NoteError `checkpoint.text` for any other spelling."""
    lines = note.text.split("\n")
    if len(lines) != 6 or lines[5] or not _SIZE.fullmatch(lines[1]):
        raise NoteError("checkpoint.text")
    if not lines[3].startswith("time ") or not lines[4].startswith("hash "):
        raise NoteError("checkpoint.text")
    try:
        root = b64decode(lines[2], validate=True)
    except ValueError as error:
        raise NoteError("checkpoint.text") from error
    at, hasher = load_time(lines[3].removeprefix("time ")), require_hasher(lines[4].removeprefix("hash "))
    checkpoint = Checkpoint(require_key_name(lines[0]), int(lines[1]), root, at, hasher)
    if len(root) != DIGEST_BYTES or checkpoint.text() != note.text:
        raise NoteError("checkpoint.text")
    return checkpoint


def load_checkpoint(data: bytes) -> tuple[Checkpoint, Note]:
    """Read a checkpoint's note strictly; signatures are not looked at."""
    note = load_note(data)
    return checkpoint_of(note), note


def verify_checkpoint(note: Note, origin: str, known: Sequence[PublicKey]) -> tuple[PublicKey, ...]:
    """The known keys that signed this head of the log `origin`, valid at the head's own time.

    NoteError `checkpoint.origin` for another log's head, else as `notes.verify_note`. The time is the signer's
    word: who holds a stolen old key can write an old time, which is what witnesses are for.
    """
    checkpoint = checkpoint_of(note)
    if checkpoint.origin != origin:
        raise NoteError("checkpoint.origin", checkpoint.origin)
    return verify_note(note, known, checkpoint.at)


def verify_succession(old: Checkpoint, new: Checkpoint, proof: Sequence[bytes]) -> None:
    """Raise unless `new` is a later head of the same log as `old`, by this consistency proof.

    NoteError `checkpoint.origin`, `checkpoint.hash`, `checkpoint.time`; ProofError from the proof.
    """
    if old.origin != new.origin:
        raise NoteError("checkpoint.origin", new.origin)
    if old.hasher.name != new.hasher.name:
        raise NoteError("checkpoint.hash", new.hasher.name)
    if new.at < old.at:
        raise NoteError("checkpoint.time", render_time(new.at))
    verify_consistency(old.size, old.root, new.size, new.root, proof, new.hasher)


def is_fingerprint_of(printed: str, checkpoint: Checkpoint) -> bool:
    """Whether what somebody typed from paper is this checkpoint's fingerprint; spaces and case do not matter."""
    return "".join(printed.split()).upper() == checkpoint.fingerprint().replace(" ", "")


def render_qr_text(note: Note) -> str:
    """What the printed QR code holds: the note with its first signature, enough to convict a forked log."""
    return render_note(Note(note.text, note.signatures[:1])).decode()
