"""Verifying a ledger: everything recomputed from the tables, up to the first thing that does not fit.

1. keys        the key folder holds the keys that the log names
2. checkpoints every stored head is signed by them, in the table and in the files outside it
3. leaves      every revision is what its leaf commits to, its columns repeat it, leaves follow without a gap
4. head        the stored right edge of the log is that of its leaves
5. succession  the log goes on from every signed head
6. rows        every row is what its last revision says; none without revisions, no revisions without a row
7. evidence    every file of the store has its hash

Not told by any step: whether what was recorded is true; what somebody wrote who holds database, key folder and
checkpoint files together: only a head in other hands (`Outside`, a witness, a filed package, a printed report) shows
that. Without any head at all a log that was cut, or rewritten as a whole, looks like a log. Passwords, sessions, the
audit list and saved filters are no part of the log.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from lianze.ledger.field_titles import FieldTitles
from lianze.ledger.leaves import read_head, snapshot
from lianze.ledger.misfit import Misfit
from lianze.ledger.models import Revision
from lianze.ledger.verify_files import verify_evidence
from lianze.ledger.verify_heads import Outside, SignedHead, read_heads, require_continued, require_in_table, verify_keys
from lianze.ledger.verify_leaves import Walk, verify_leaves
from lianze.ledger.verify_rows import require_known, verify_rows
from lianze.tlog import Frontier, LogError

NOTHING = Outside()
# Step, how much is done, how much there is (0: not known).
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Step:
    """A step that found everything in order, and how many things that was."""

    name: str
    count: int


@dataclass(frozen=True)
class Findings:
    """The steps that held, and what stopped the next one. `size` and `root` are those of the recomputed log."""

    steps: tuple[Step, ...]
    misfit: Misfit | None
    size: int = 0
    root: bytes = b""
    heads: int = 0


def silent(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def verify_log(
    organisation_id: UUID,
    outside: Outside = NOTHING,
    progress: Progress = silent,
    *,
    evidence: bool = True,
    titles: FieldTitles | None = None,
) -> Findings:
    """The steps up to the first misfit. Others may go on writing meanwhile. `titles` name the registers' own fields."""
    run = Run(organisation_id, outside, progress, titles or {})
    try:
        with snapshot():
            run.take_steps(evidence)
    except Misfit as misfit:
        return run.findings(misfit)
    return run.findings(None)


class Run:
    """One verification: what it has seen so far."""

    def __init__(self, organisation_id: UUID, outside: Outside, progress: Progress, titles: FieldTitles) -> None:
        self.organisation_id = organisation_id
        self.outside = outside
        self.progress = progress
        self.titles = titles
        self.steps: list[Step] = []
        self.frontier = Frontier()
        self.heads: list[SignedHead] = []

    def take_steps(self, evidence: bool) -> None:
        """All steps in order."""
        keys = verify_keys(self.organisation_id, self.outside)
        self.steps.append(Step("keys", len(keys)))
        self.heads = read_heads(self.organisation_id, keys, self.outside)
        self.steps.append(Step("checkpoints", len(self.heads)))
        walk = self.walk_leaves()
        require_continued(self.heads, walk.roots, walk.frontier.size)
        require_in_table(self.organisation_id)
        self.steps.append(Step("succession", len(self.heads)))
        rows = verify_rows(self.organisation_id, self.titles, lambda n: self.progress("rows", n, 0))
        self.steps.append(Step("rows", rows))
        if evidence:
            count = verify_evidence(self.organisation_id, lambda n: self.progress("evidence", n, 0))
            self.steps.append(Step("evidence", count))

    def walk_leaves(self) -> Walk:
        """Steps 3 and 4."""
        stored = read_head(self.organisation_id)
        if stored is None:
            raise Misfit("log.none", "这个单位没有日志", "this organisation has no log")
        hasher, head = stored
        walk = Walk(hasher, frozenset(one.checkpoint.size for one in self.heads))
        self.frontier = walk.frontier
        total = Revision.objects.filter(organisation_id=self.organisation_id).count()
        verify_leaves(
            self.organisation_id,
            walk,
            require_known,
            lambda done: self.progress("leaves", done, total),
        )
        self.steps.append(Step("leaves", walk.frontier.size))
        require_head(head, walk.frontier)
        self.steps.append(Step("head", 1))
        return walk

    def findings(self, misfit: Misfit | None) -> Findings:
        """What is known at the end."""
        return Findings(tuple(self.steps), misfit, self.frontier.size, self.frontier.root(), len(self.heads))


def require_head(stored: bytes, frontier: Frontier) -> None:
    """Misfit unless the stored right edge is that of the leaves; says which way it differs."""
    if stored == frontier.to_bytes():
        return
    try:
        size = Frontier.from_bytes(stored).size
    except LogError:
        size = -1
    raise Misfit(
        "head.differs",
        f"日志末端记为 {size} 叶，实有 {frontier.size} 叶：尾部被截去，或末端被改写",
        f"the stored head says {size} leaves, there are {frontier.size}: the tail was cut or the head rewritten",
        leaf=min(size, frontier.size) if size >= 0 else None,
    )
