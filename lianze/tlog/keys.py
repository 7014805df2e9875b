"""Public keys and the time they speak for: one line each, in a text file that can be read aloud and compared.

    <name>+<key id, 8 hex digits>+<base64 of type ‖ public key> from=<time> [until=<time>]

The part before the first space is the verifier key of C2SP signed-note. Times are UTC seconds, `from` included,
`until` excluded. Without `from` a key has always been valid; lines starting with # say something to people.
"""

import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from lianze.tlog.errors import KeyFileError, NoteError
from lianze.tlog.signers import Scheme, Signer, scheme_of_key

_LINE: Final = re.compile(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)(?: from=(\S+))?(?: until=(\S+))?")
_TIME: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
_CONTROL: Final = re.compile(r"[\x00-\x20\x7f+]")


@dataclass(frozen=True)
class PublicKey:
    """A key that may have signed: valid for times t with from_at ≤ t < until_at, None meaning no bound."""

    name: str
    scheme: Scheme
    public: bytes
    from_at: datetime | None = None
    until_at: datetime | None = None

    @property
    def key_id(self) -> bytes:
        return key_id(self.name, self.scheme, self.public)

    def is_valid_at(self, moment: datetime) -> bool:
        """Whether a signature of that moment may be by this key."""
        return (self.from_at is None or self.from_at <= moment) and (self.until_at is None or moment < self.until_at)


def key_id(name: str, scheme: Scheme, public: bytes) -> bytes:
    """First four bytes of SHA-256(name ‖ newline ‖ type ‖ public key): C2SP signed-note, always SHA-256."""
    return hashlib.sha256(name.encode() + b"\n" + scheme.type_id + public).digest()[:4]


def public_key_of(signer: Signer, from_at: datetime | None = None) -> PublicKey:
    """What others need to check this signer's notes."""
    return PublicKey(signer.name, signer.scheme, signer.public, from_at)


def require_key_name(name: str) -> str:
    """Key names and origins: not empty, no white space of any alphabet, no +; NoteError `note.name`."""
    if not name or _CONTROL.search(name) or any(letter.isspace() for letter in name):
        raise NoteError("note.name", name)
    return name


def load_keys(text: str) -> tuple[PublicKey, ...]:
    """Read a key file; KeyFileError `key.line` with the line's number, or `key.twice`."""
    keys: list[PublicKey] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            keys.append(_load_line(line.rstrip("\r"), number))
    if len({(key.name, key.key_id) for key in keys}) != len(keys):
        raise KeyFileError("key.twice")
    return tuple(keys)


def _load_line(line: str, number: int) -> PublicKey:
    match = _LINE.fullmatch(line)
    if not match:
        raise KeyFileError("key.line", str(number))
    name, identity, encoded, from_at, until_at = match.groups()
    try:
        scheme, public = scheme_of_key(b64decode(encoded, validate=True))
    except ValueError as error:
        raise KeyFileError("key.line", str(number)) from error
    key = PublicKey(require_key_name(name), scheme, public, _moment(from_at), _moment(until_at))
    if key.key_id.hex() != identity:
        raise KeyFileError("key.line", str(number))
    return key


def _moment(text: str | None) -> datetime | None:
    return None if text is None else load_time(text)


def render_keys(keys: Iterable[PublicKey]) -> str:
    """The key file of these keys, in the order given."""
    return "".join(f"{render_key(key)}\n" for key in keys)


def render_key(key: PublicKey) -> str:
    """One line, without its newline."""
    encoded = b64encode(key.scheme.type_id + key.public).decode()
    bounds = [("from", key.from_at), ("until", key.until_at)]
    dated = "".join(f" {word}={render_time(at)}" for word, at in bounds if at is not None)
    return f"{key.name}+{key.key_id.hex()}+{encoded}{dated}"


def load_time(text: str) -> datetime:
    """A UTC second such as 2026-03-01T08:00:00Z; NoteError `note.time` for anything else."""
    if not _TIME.fullmatch(text):
        raise NoteError("note.time", text)
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise NoteError("note.time", text) from error


def render_time(moment: datetime) -> str:
    """UTC, to the second, fractions cut; NoteError `note.time` if the zone is not known."""
    if moment.tzinfo is None:
        raise NoteError("note.time", moment.isoformat())
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
