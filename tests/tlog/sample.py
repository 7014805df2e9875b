"""A small package, the same bytes every time: six entries of one office, one amended, one withheld, one file enclosed.

activity/1  2024-03-02  recorded the same day           quantity 12   shown
activity/2  2024-03-05  recorded 20 days later          quantity 30   shown, amended once
activity/3  2024-04-01  recorded 60 days later          quantity 8    withheld
finding/1   2024-05-01  recorded ahead, on 04-30        –             shown
finding/2   2024-05-01  recorded on 05-09, local time   –             shown
expense/1   2024-06-01  recorded on 06-02               amount 12.50  shown
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lianze.tlog import (
    SHA256,
    Checkpoint,
    Hasher,
    JsonValue,
    Signer,
    Tree,
    leaf_hash,
    public_key_of,
    render_canonical,
    set_proof,
    sign_checkpoint,
)
from lianze.tlog.package import (
    EarlierHead,
    EvidenceFile,
    Figure,
    Header,
    Hit,
    ListedEntry,
    Measure,
    PackageContents,
    PackRef,
)
from lianze.tlog.package_write import render_package
from lianze.tlog.signers import ED25519, PrivateKey

ORIGIN = "lianze/01980000-0000-7000-8000-000000000001"
HEAD_AT = datetime(2024, 12, 31, 8, tzinfo=UTC)
NOW = HEAD_AT + timedelta(hours=2)
MINUTES = "会议记录".encode()
MINUTES_HASH = sha256(MINUTES).digest()
YEAR = (date(2024, 1, 1), date(2025, 1, 1))


def signer(name: str, seed: int) -> Signer:
    """A key made from a number, for tests and vectors only."""
    private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return PrivateKey(name, ED25519, private)


LOG, CITY, STRANGER = signer(ORIGIN, 1), signer("lianze/city", 2), signer(ORIGIN, 3)
LOG_KEY, CITY_KEY = public_key_of(LOG, HEAD_AT - timedelta(days=400)), public_key_of(CITY)


@dataclass(frozen=True)
class Fact:
    """A revision to be put in the log."""

    id: str
    happened_on: str
    recorded_at: str
    revision: int = 1
    quantity: str | None = None
    amount: str | None = None
    attached: bool = False
    shown: bool = True

    def content(self) -> dict[str, JsonValue]:
        state: dict[str, JsonValue] = {
            "register": self.id.partition("/")[0],
            "title": f"记录 {self.id}",
            "happened_on": self.happened_on,
            "quantity": self.quantity,
            "amount": self.amount,
            "attachments": [["会议记录.txt", MINUTES_HASH.hex()]] if self.attached else [],
            "withdrawn": False,
        }
        at = self.recorded_at + "+00:00"
        return {"subject": "entry", "id": self.id, "revision": self.revision, "recorded_at": at, "state": state}


FACTS = [
    Fact("activity/1", "2024-03-02", "2024-03-02T01:00:00", quantity="12", attached=True),
    Fact("activity/2", "2024-03-05", "2024-03-25T02:00:00", quantity="3"),
    Fact("activity/2", "2024-03-05", "2024-03-26T02:00:00.250000", revision=2, quantity="30"),
    Fact("activity/3", "2024-04-01", "2024-05-31T02:00:00", quantity="8", shown=False),
    Fact("finding/1", "2024-05-01", "2024-04-30T02:00:00"),
    Fact("finding/2", "2024-05-01", "2024-05-08T17:00:00"),
    Fact("expense/1", "2024-06-01", "2024-06-02T02:00:00", amount="12.50"),
]
FIGURES = (
    Figure("activities", "学习活动", "次", Measure.COUNT, "register = activity", *YEAR, "3", ()),
    Figure("attendance", "参加人次", "人次", Measure.SUM, "quantity", *YEAR, "50", (), "/state/quantity"),
    Figure("areas", "涉及领域", "个", Measure.DISTINCT, "distinct area", *YEAR, "2", ()),
    Figure("spent", "支出", "万元", Measure.SUM, "amount", *YEAR, "12.5", (), "/state/amount"),
    Figure("on_activities", "学习占比", "%", Measure.SHARE, "", *YEAR, "66.7", (), None, ("areas", "activities")),
    Figure("median_delay", "记录间隔中位数", "天", Measure.OTHER, "median", *YEAR, "8", ()),
    Figure("complaints", "信访", "件", Measure.COUNT, "nobody looked", *YEAR, None, ()),
)
HITS = {
    "activities": (Hit("activity/1"), Hit("activity/2"), Hit("activity/3")),
    "attendance": (Hit("activity/1", "12"), Hit("activity/2", "30"), Hit("activity/3", "8")),
    "areas": (Hit("finding/1", key="采购"), Hit("finding/2", key="采购"), Hit("finding/2", key="公车")),
    "spent": (Hit("expense/1", "12.50"),),
}


def listed(fact: Fact, leaf_index: int, hasher: Hasher = SHA256) -> ListedEntry:
    """The fact as a package lists it. Other leaves lie between, so its index is not its place in the list."""
    text, salt = render_canonical(fact.content()), sha256(f"{fact.id} {fact.revision}".encode()).digest()
    return ListedEntry(
        id=fact.id,
        register=fact.id.partition("/")[0],
        revision=fact.revision,
        happened_on=date.fromisoformat(fact.happened_on),
        recorded_at=datetime.fromisoformat(fact.recorded_at).replace(tzinfo=UTC),
        leaf_index=leaf_index,
        leaf=leaf_hash(text, salt, hasher)[1],
        content=text.decode() if fact.shown else None,
        salt=salt if fact.shown else None,
        evidence=(MINUTES_HASH,) if fact.attached else (),
    )


def sample_entries(facts: Sequence[Fact] = FACTS, hasher: Hasher = SHA256) -> tuple[ListedEntry, ...]:
    return tuple(listed(fact, 3 * at + 1, hasher) for at, fact in enumerate(facts))


def sample_tree(entries: Sequence[ListedEntry], hasher: Hasher = SHA256) -> Tree:
    """The log: two leaves that nobody is told about between any two that are listed."""
    said = {entry.leaf_index: entry.leaf for entry in entries}
    size = max(max(said, default=0) + 3, 8)
    return Tree([said.get(at) or hasher.digest(b"other %d" % at) for at in range(size)], hasher)


def sample_contents(facts: Sequence[Fact] = FACTS, hasher: Hasher = SHA256) -> PackageContents:
    """Everything as it should be."""
    entries = sample_entries(facts, hasher)
    tree = sample_tree(entries, hasher)
    head = Checkpoint(ORIGIN, tree.size, tree.root(), HEAD_AT, hasher)
    packs = (PackRef("cn-integrity", "1.0", sha256(b"pack").digest()),)
    header = Header(
        organisation_id=ORIGIN.removeprefix("lianze/"),
        organisation_name="示例办公室",
        origin=ORIGIN,
        start=YEAR[0],
        end=YEAR[1],
        made_at=HEAD_AT + timedelta(hours=1),
        utc_offset_minutes=480,
        software="lianze 0.1.0",
        hasher=hasher,
        packs=packs,
    )
    return PackageContents(
        header=header,
        checkpoint=sign_checkpoint(head, [LOG, CITY]),
        keys=(LOG_KEY,),
        registers={"activity": "学习活动", "finding": "问题", "expense": "支出"},
        figures=tuple(replace(one, hits=HITS.get(one.id, ())) for one in FIGURES),
        entries=entries,
        proof=tuple(set_proof(tree, [one.leaf_index for one in entries])),
        reports=(("report.docx", b"PK docx"), ("report.pdf", b"%PDF-")),
        evidence=(EvidenceFile(MINUTES_HASH, "会议记录.txt", "text/plain", len(MINUTES), MINUTES),),
        earlier=(earlier_head(tree, 5),),
    )


def earlier_head(tree: Tree, size: int) -> EarlierHead:
    return EarlierHead(size, _root_of(tree, size), tuple(tree.consistency_proof(size)))


def _root_of(tree: Tree, size: int) -> bytes:
    return Tree([tree.root(at, at + 1) for at in range(size)], tree.hasher).root()


def sample_package() -> bytes:
    return render_package(sample_contents(), [LOG])
