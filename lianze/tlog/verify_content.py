"""Steps 6 to 11 of `verify`: entries, their proofs, figures and files, held against the signed head."""

from collections.abc import Mapping

from lianze.tlog.checkpoint import Checkpoint, verify_succession
from lianze.tlog.entry_check import content_of, require_evidence_listed, require_revisions, require_times
from lianze.tlog.errors import PackageError
from lianze.tlog.figure_check import verify_figures
from lianze.tlog.hashers import SHA256
from lianze.tlog.honest_time import compute_honest_time
from lianze.tlog.merkle import verify_consistency
from lianze.tlog.package import (
    ENTRIES,
    EVIDENCE,
    FIGURES,
    HONEST_TIME,
    PROOF,
    EarlierHead,
)
from lianze.tlog.package_load import (
    load_entries,
    load_evidence,
    load_figures,
    load_honest_time,
    load_proof,
)
from lianze.tlog.set_proof import verify_set
from lianze.tlog.verdict import Outcome
from lianze.tlog.verify_opened import Finding, Opened, proved


def check_entries(opened: Opened) -> Finding:
    """Step 6."""
    opened.entries = load_entries(opened.container.read(ENTRIES))
    require_times(opened.entries, opened.checkpoint.at)
    by_leaf = {entry.leaf_index: content_of(entry, opened.header.hasher) for entry in opened.entries}
    latest = require_revisions(opened.entries)
    opened.contents = {entry_id: by_leaf[entry.leaf_index] for entry_id, entry in latest.items()}
    shown = sum(content is not None for content in by_leaf.values())
    return proved(entries=len(latest), revisions=len(by_leaf), shown=shown, withheld=len(by_leaf) - shown)


def check_inclusion(opened: Opened) -> Finding:
    """Step 7."""
    size, nodes, opened.earlier = load_proof(opened.container.read(PROOF))
    head = opened.checkpoint
    if size != head.size:
        raise PackageError("proof.size", str(size))
    leaves = {entry.leaf_index: entry.leaf for entry in opened.entries}
    if leaves:
        verify_set(leaves, head.size, nodes, head.root, head.hasher)
    elif nodes:
        raise PackageError("proof.length", str(len(nodes)))
    return proved(revisions=len(leaves), size=head.size)


def check_succession(opened: Opened) -> Finding:
    """Step 8."""
    head = opened.checkpoint
    seen = [one for one in opened.seen if one.origin == head.origin]
    proofs = {one.size: one for one in opened.earlier}
    if len(proofs) != len(opened.earlier):
        raise PackageError("proof.size")
    for earlier in opened.earlier:
        old = Checkpoint(head.origin, earlier.size, earlier.root, head.at, head.hasher)
        verify_succession(old, head, earlier.proof)
    unproved = [one.size for one in seen if not _follows(one, head, proofs)]
    longest = max(unproved, default=0)
    if longest > head.size:
        return Outcome.DOUBT, {"size": head.size, "seen": longest}, "succession.older"
    if unproved:
        return Outcome.DOUBT, {"size": unproved[0]}, "succession.no-proof"
    if opened.seen and not seen:
        return Outcome.DOUBT, {"size": 0}, "succession.other-log"
    return (Outcome.PROVED if seen else Outcome.OPEN), {"heads": len(seen)}, ""


def _follows(seen: Checkpoint, head: Checkpoint, proofs: Mapping[int, EarlierHead]) -> bool:
    """Whether `head` is shown to go on from `seen`; False if this package cannot tell, errors if it does not."""
    if seen.size > head.size:
        if head.at >= seen.at:
            raise PackageError("succession.shrunk", f"{seen.size} → {head.size}")
        return False
    if seen.size == head.size:
        verify_consistency(seen.size, seen.root, head.size, head.root, (), head.hasher)
        return True
    proof = proofs.get(seen.size)
    if proof is not None or seen.size == 0:
        verify_succession(seen, head, proof.proof if proof else ())
        return True
    return False


def check_figures(opened: Opened) -> Finding:
    """Step 9."""
    tally = verify_figures(load_figures(opened.container.read(FIGURES)), opened.contents)
    return proved(recomputed=tally.recomputed, listed_only=tally.listed_only, tied=tally.tied, untied=tally.untied)


def check_honest_time(opened: Opened) -> Finding:
    """Step 10."""
    said = load_honest_time(opened.container.read(HONEST_TIME))
    labels = {one.register: one.label for one in said}
    if said != compute_honest_time(opened.entries, labels, opened.header.utc_offset_minutes):
        raise PackageError("honest-time")
    late = sum(one.more_days for one in said)
    return proved(registers=len(said), entries=len(opened.contents), late=late)


def check_evidence(opened: Opened) -> Finding:
    """Step 11."""
    files, enclosed = load_evidence(opened.container.read(EVIDENCE))
    require_evidence_listed(opened.entries, files)
    by_member = {file.member: file for file in files if file.hash in enclosed}
    found = [name for name in opened.container.slots if name.startswith("evidence/")]
    if found != sorted(by_member):
        raise PackageError("evidence.list")
    for name in found:
        digest = SHA256.digest_stream(opened.container.chunks(name))
        if digest != by_member[name].hash or opened.container.slots[name].size != by_member[name].size:
            raise PackageError("evidence.hash", name)
    return proved(files=len(files), enclosed=len(found))
