"""The log by itself: every revision is what its leaf says, and the leaves are whole and in order."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from uuid import UUID

from lianze.ledger.field_titles import COLUMNS
from lianze.ledger.leaves import Kept, read_batches
from lianze.ledger.misfit import Misfit, Named, title_in
from lianze.ledger.states import FORMAT, text_of
from lianze.tlog import Frontier, Hasher, JsonValue, leaf_from_commitment

Document = Mapping[str, JsonValue]
MEMBERS = {"format", "subject", "id", "revision", "action", "author", "author_id", "recorded_at", "why", "state"}


@dataclass
class Walk:
    """What one pass over the leaves has seen. `erased`: leaves without content, for which no reason was found yet.

    `roots` are those at the sizes asked for.
    """

    hasher: Hasher
    sizes: Collection[int]
    frontier: Frontier = field(init=False)
    roots: dict[int, bytes] = field(default_factory=dict)
    erased: dict[int, Document] = field(default_factory=dict)
    erasures: int = 0

    def __post_init__(self) -> None:
        self.frontier = Frontier(self.hasher)
        self.keep_root()

    def keep_root(self) -> None:
        """Remembers the root where somebody has asked for it."""
        if self.frontier.size in self.sizes:
            self.roots[self.frontier.size] = self.frontier.root()


def verify_leaves(
    organisation_id: UUID,
    walk: Walk,
    each: Callable[[list[Kept]], None],
    progress: Callable[[int], None],
) -> None:
    """Misfit for the first leaf that does not fit; `each` sees every batch that does."""
    for batch in read_batches(organisation_id):
        for revision in batch:
            verify_revision(revision, walk)
        each(batch)
        progress(walk.frontier.size)
    if walk.erased:
        leaf = min(walk.erased)
        raise Misfit(
            "leaf.emptied",
            f"第 {leaf} 叶的内容被清空，却没有擦除的修订",
            f"the content of leaf {leaf} is gone, and no revision says why",
            leaf=leaf,
        )


def verify_revision(revision: Kept, walk: Walk) -> None:
    """One revision: its place, its hashes, and its columns against its document."""
    require_place(revision, walk.frontier.size)
    commitment, leaf = bytes(revision.commitment), bytes(revision.leaf)
    if leaf_from_commitment(commitment, walk.hasher) != leaf:
        raise misfit(revision, "leaf.hash", "叶与承诺值不符", "the leaf is not that of its commitment")
    if revision.canonical is None:
        if revision.salt is not None:
            raise misfit(revision, "leaf.emptied", "内容被清空而盐值还在", "the content is gone, its salt is not")
        walk.erased[revision.leaf_index] = stub_of(revision)
    else:
        verify_document(revision, revision.canonical, commitment, walk)
    walk.frontier.append(leaf)
    walk.keep_root()


def require_place(revision: Kept, expected: int) -> None:
    """Misfit unless this is the next leaf."""
    if revision.leaf_index < expected:
        raise misfit(revision, "leaf.twice", "叶序号重复", "this leaf index comes twice")
    if revision.leaf_index > expected:
        raise Misfit(
            "leaf.missing",
            f"缺少第 {expected} 叶，后面是第 {revision.leaf_index} 叶",
            f"leaf {expected} is missing; the next one is {revision.leaf_index}",
            leaf=expected,
        )


def verify_document(revision: Kept, canonical: str, commitment: bytes, walk: Walk) -> None:
    """The document is what was committed to, and the columns repeat it."""
    if walk.hasher.digest(bytes(revision.salt or b"") + canonical.encode()) != commitment:
        raise misfit(revision, "leaf.content", "内容与承诺值不符，被改动过", "its content is not what was committed to")
    document = json.loads(canonical)
    erased = document.pop("erased", [])
    wrong = next((name for name, value in columns_of(revision).items() if document.get(name) != value), None)
    if wrong is not None or document.keys() != MEMBERS:
        name = wrong or "format"
        chinese, english = COLUMNS.get(name, (name, name))
        said = f"“{chinese}”一栏与内容不符", f"column “{english}” says other than its content"
        raise misfit(revision, "revision.column", *said, document)
    for stub in erased:
        take_erasure(revision, stub, walk)


def columns_of(revision: Kept) -> dict[str, JsonValue]:
    """What a document must say of its revision, by the columns."""
    return {
        "format": FORMAT,
        "subject": revision.subject,
        "id": str(revision.subject_id),
        "revision": revision.number,
        "action": revision.action,
        "author": revision.author,
        "author_id": text_of(revision.author_id),
        "recorded_at": revision.recorded_at.astimezone(UTC).isoformat(),
        "why": revision.why,
    }


def stub_of(revision: Kept) -> dict[str, JsonValue]:
    """What stays of an erased revision: its columns and its commitment, as the erasing revision repeats them."""
    return columns_of(revision) | {"leaf": revision.leaf_index, "commitment": bytes(revision.commitment).hex()}


def take_erasure(revision: Kept, stub: Document, walk: Walk) -> None:
    """An erasure names a leaf before it that is empty now and otherwise still says the same."""
    leaf = stub.get("leaf")
    kept = walk.erased.pop(leaf, None) if isinstance(leaf, int) else None
    said = {name: value for name, value in stub.items() if name != "state"}
    if kept is None:
        raise misfit(
            revision, "erasure.undone", f"登记擦除的第 {leaf} 叶仍有内容", f"leaf {leaf}, erased by it, is not"
        )
    if said != kept or kept["id"] != str(revision.subject_id):
        raise misfit(
            revision,
            "erasure.column",
            f"擦除的第 {leaf} 叶的栏目被改动过",
            f"columns of erased leaf {leaf} were changed",
        )
    walk.erasures += 1


def misfit(revision: Kept, code: str, chinese: str, english: str, document: JsonValue = None) -> Misfit:
    """A fault of one revision, named."""
    named = Named(revision.subject, revision.subject_id, title_in(document))
    return Misfit(
        code,
        f"第 {revision.leaf_index} 叶（{named.chinese()}的第 {revision.number} 次修订）：{chinese}",
        f"leaf {revision.leaf_index} (revision {revision.number} of {named.english()}): {english}",
        leaf=revision.leaf_index,
        subject_id=revision.subject_id,
    )
