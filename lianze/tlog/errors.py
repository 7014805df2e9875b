"""What this package refuses. Errors carry codes; `sentences` turns them into words for people."""

from lianze.domain.errors import LianzeError


class LogError(LianzeError):
    """Anything the log, its notes, its keys or its packages refuse.

    `code` is stable and documented (docs/package-format.md); `detail` is the value or place that was refused.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


class CanonicalError(LogError):
    """A value has no canonical JSON text, or a text is not strict JSON."""


class ProofError(LogError):
    """A Merkle proof does not lead to the root it should."""


class NoteError(LogError):
    """A signed note or checkpoint is malformed, unsigned, or signed by nobody known."""


class KeyFileError(LogError):
    """A key file is missing, readable by others, or not a key."""


class PackageError(LogError):
    """A report package is malformed, hostile, or says something its own content contradicts."""
