"""What the steps of `verify` hand to one another."""

from collections.abc import Mapping
from datetime import datetime

from lianze.tlog.canonical import JsonValue
from lianze.tlog.checkpoint import Checkpoint
from lianze.tlog.container import Container
from lianze.tlog.keys import PublicKey, load_keys
from lianze.tlog.notes import Note
from lianze.tlog.package import (
    KEYS,
    EarlierHead,
    Header,
    ListedEntry,
    MemberRef,
)
from lianze.tlog.verdict import Outcome

Finding = tuple[Outcome, Mapping[str, str | int], str]


class Opened:
    """A package as far as the steps have come: each sets what it has checked."""

    header: Header
    members: tuple[MemberRef, ...]
    manifest_note: Note
    checkpoint: Checkpoint
    entries: tuple[ListedEntry, ...]
    contents: dict[str, JsonValue]
    earlier: tuple[EarlierHead, ...]

    def __init__(
        self,
        container: Container,
        latest: datetime,
        keys: tuple[PublicKey, ...],
        seen: tuple[Checkpoint, ...],
    ) -> None:
        self.container = container
        self.latest = latest
        self.known = keys
        self.seen = seen

    @property
    def log_keys(self) -> tuple[PublicKey, ...]:
        """The reader's keys that speak for this log, or, without any keys given, those the package brings along."""
        keys = self.known or load_keys(self.container.read(KEYS).decode())
        return tuple(key for key in keys if key.name == self.header.origin)


def proved(**detail: str | int) -> Finding:
    """A step that holds, with what it found."""
    return Outcome.PROVED, detail, ""
