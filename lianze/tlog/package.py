"""The shapes of a report package: what an organisation hands up so that others can check it without its database.

Nothing here reads or writes bytes: `package_json` gives each shape its JSON, `package_write` the file, `verify`
the checks. Numbers of figures travel as decimal text, so that no float ever stands between a record and a sum.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from lianze.tlog.container import Source
from lianze.tlog.hashers import Hasher
from lianze.tlog.keys import PublicKey
from lianze.tlog.notes import Note

FORMAT: Final = "lianze-package"
VERSION: Final = 1
MANIFEST, MANIFEST_NOTE = "manifest.json", "manifest.note"
CHECKPOINT, KEYS, PROOF = "checkpoint.note", "keys.txt", "proof.json"
FIGURES, ENTRIES, HONEST_TIME, EVIDENCE = "figures.json", "entries.json", "honest-time.json", "evidence.json"


class Measure(StrEnum):
    """How a figure's value follows from its hits."""

    COUNT = "count"  # number of hits, one for each entry
    SUM = "sum"  # sum of the hits' quantities
    DISTINCT = "distinct"  # number of different keys among the hits
    SHARE = "share"  # one figure divided by another, of those two measures above
    OTHER = "other"  # median and the like: listed, not recomputed


@dataclass(frozen=True)
class Hit:
    """One contribution to a figure: the entry's id, for sums a decimal `quantity`, for distinct counts a `key`.

    `key` need not be a name: any text that is equal when the counted thing is, such as a salted hash of a person id.
    """

    entry: str
    quantity: str | None = None
    key: str | None = None


@dataclass(frozen=True)
class Figure:
    """A number of the report: what it counts, over which days (start ≤ day < end), and the entries behind it.

    `value` is decimal text in `unit`, None where nobody looked (“no record”). `field` is the JSON pointer
    (RFC 6901) into an entry's content where the quantity stands, None if it is not one field. `share_of` names
    numerator and denominator figures; a share in % is 100 times the quotient, rounded half up to the decimals shown.
    """

    id: str
    label: str
    unit: str
    measure: Measure
    definition: str
    start: date
    end: date
    value: str | None
    hits: tuple[Hit, ...] = ()
    field: str | None = None
    share_of: tuple[str, str] | None = None


@dataclass(frozen=True)
class ListedEntry:
    """One entry as of one revision, whose leaf is given; `recorded_at` is that revision's time.

    Every entry is listed as of its first revision, number 1, and as of its latest; once if they are the same. The
    first says when it was first recorded, the latest stands behind figures. `content` is the revision's canonical
    JSON, with its salt; both None where the receiver may not see it. `evidence`: SHA-256 of files attached, sorted.
    """

    id: str
    register: str
    revision: int
    happened_on: date
    recorded_at: datetime
    leaf_index: int
    leaf: bytes
    content: str | None = None
    salt: bytes | None = None
    evidence: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class HonestTime:
    """How long after it happened each listed entry of a register was recorded, counted in entries.

    Days from the latest revision's `happened_on` to the local date on which the first one was recorded; recording
    ahead counts as up to 7.
    """

    register: str
    label: str
    up_to_7_days: int
    up_to_30_days: int
    more_days: int


@dataclass(frozen=True)
class EvidenceFile:
    """A file behind an entry: SHA-256, size in bytes, media type, name as it was handed in; `source` if enclosed."""

    hash: bytes
    name: str
    media_type: str
    size: int
    source: Source | None = None

    @property
    def member(self) -> str:
        return f"evidence/{self.hash.hex()}"


@dataclass(frozen=True)
class EarlierHead:
    """Proof that this log goes on from a head somebody has already seen (RFC 6962 §2.1.2)."""

    size: int
    root: bytes
    proof: tuple[bytes, ...]


@dataclass(frozen=True)
class PackRef:
    """A pack the figures were computed by; several when an organisation layers its own over a built-in one."""

    id: str
    version: str
    hash: bytes


@dataclass(frozen=True)
class Header:
    """What the manifest says of the whole. `utc_offset_minutes` turns recording times into local dates."""

    organisation_id: str
    organisation_name: str
    origin: str
    start: date
    end: date
    made_at: datetime
    utc_offset_minutes: int
    software: str
    hasher: Hasher
    packs: tuple[PackRef, ...]


@dataclass(frozen=True)
class MemberRef:
    """A member as the manifest lists it; the digest is by the package's hasher."""

    name: str
    size: int
    digest: bytes


@dataclass(frozen=True)
class PackageContents:
    """All that the writer needs. `reports` are (file name, source), e.g. ("report.docx", path); `registers` maps
    register ids to labels; `entries` in any order, `proof` by `set_proof` over their leaf indexes, sorted."""

    header: Header
    checkpoint: Note
    keys: tuple[PublicKey, ...]
    registers: dict[str, str]
    figures: tuple[Figure, ...]
    entries: tuple[ListedEntry, ...]
    proof: tuple[bytes, ...]
    reports: tuple[tuple[str, Source], ...] = ()
    evidence: tuple[EvidenceFile, ...] = ()
    earlier: tuple[EarlierHead, ...] = ()
