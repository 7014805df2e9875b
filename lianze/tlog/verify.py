"""Verifying a report package offline. The current time and all trust are arguments; nothing is fetched.

Steps, each named as in the code, the order of docs/package-format.md:

 1. container   the file is a ZIP of the one layout allowed, within the limits
 2. manifest    manifest.note signs exactly this manifest.json, which is canonical and of a known version
 3. members     the members are those of the manifest: no more, no fewer, same order, sizes and digests
 4. signature   manifest.note is signed by a key of this log that the reader knows, valid at that time
 5. checkpoint  the log's head is signed likewise, not younger than the manifest, and nothing is in the future
 6. entries     each content shown is what its leaf commits to, and says what the list says of it
 7. inclusion   every listed leaf is in the log, at its index, under the head's root
 8. succession  the log goes on from the heads the reader has seen before
 9. figures     counts, sums, distinct counts and shares follow from the entries listed
10. honest-time how late entries were recorded follows from their dates
11. evidence    files enclosed have the hashes the entries name; no file is unaccounted for

Not checked, and no outcome says otherwise: that a record is true; that no record or later revision was left out;
that a figure's definition selects these entries; dates and quantities of entries whose content is withheld; the words
and numbers in the report's text; the pack behind its hash; figures of measure “other”; and clocks: times are the
organisation's word unless a witness countersigned.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Final

from lianze.tlog.checkpoint import Checkpoint
from lianze.tlog.container import Container, Limits
from lianze.tlog.errors import LogError, PackageError
from lianze.tlog.keys import PublicKey
from lianze.tlog.verdict import Outcome, Step, Verdict
from lianze.tlog.verify_content import (
    check_entries,
    check_evidence,
    check_figures,
    check_honest_time,
    check_inclusion,
    check_succession,
)
from lianze.tlog.verify_opened import Finding, Opened
from lianze.tlog.verify_steps import check_checkpoint, check_manifest, check_members, check_signature

CLOCK_SKEW: Final = timedelta(days=1)
_SURPRISES: Final = (ValueError, ArithmeticError, LookupError, TypeError, RecursionError, MemoryError, OSError)
STEPS: Final[tuple[tuple[str, Callable[[Opened], Finding]], ...]] = (
    ("manifest", check_manifest),
    ("members", check_members),
    ("signature", check_signature),
    ("checkpoint", check_checkpoint),
    ("entries", check_entries),
    ("inclusion", check_inclusion),
    ("succession", check_succession),
    ("figures", check_figures),
    ("honest-time", check_honest_time),
    ("evidence", check_evidence),
)


@dataclass(frozen=True)
class Trust:
    """What the reader knows beforehand: public keys (of logs and witnesses), and heads of logs seen earlier."""

    keys: tuple[PublicKey, ...] = ()
    seen: tuple[Checkpoint, ...] = ()


def examine_package(package: Path | bytes, now: datetime, trust: Trust, limits: Limits | None = None) -> Verdict:
    """Take every step until one is refused. Whatever the file holds, this returns a verdict and does not raise."""
    steps: list[Step] = []
    try:
        with io.BytesIO(package) if isinstance(package, bytes) else package.open("rb") as file:
            _take_steps(file, now, trust, limits or Limits(), steps)
    except LogError as error:
        steps.append(_refused(len(steps), error.code, error.detail))
    except _SURPRISES as error:
        steps.append(_refused(len(steps), "unreadable", type(error).__name__))
    return Verdict(tuple(steps))


def verify_package(package: Path | bytes, now: datetime, trust: Trust, limits: Limits | None = None) -> None:
    """PackageError with the reason of the first step refused or in doubt; None when all is proved."""
    for step in examine_package(package, now, trust, limits).steps:
        if step.outcome in (Outcome.REFUSED, Outcome.DOUBT):
            raise PackageError(step.reason, str(step.detail.get("detail", step.name)))


def _take_steps(file: BinaryIO, now: datetime, trust: Trust, limits: Limits, steps: list[Step]) -> None:
    container = Container(file, limits)
    size = sum(slot.size for slot in container.slots.values())
    steps.append(Step(1, "container", Outcome.PROVED, {"members": len(container.slots), "bytes": size}))
    opened = Opened(container, now + CLOCK_SKEW, trust.keys, trust.seen)
    for name, check in STEPS:
        outcome, detail, reason = check(opened)
        steps.append(Step(len(steps) + 1, name, outcome, detail, reason))


def _refused(done: int, code: str, detail: str) -> Step:
    name = "container" if done == 0 else STEPS[done - 1][0]
    return Step(done + 1, name, Outcome.REFUSED, {"detail": detail}, code)
