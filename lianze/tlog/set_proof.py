"""One proof for many leaves of one log: audit paths (RFC 6962 §2.1.1) with everything shared written once.

The proof lists, from left to right, the tree hashes of the largest subtrees that hold none of the proved leaves.
The verifier walks the same subtrees, takes the next hash of the list where it has no leaf, its own leaf where the
subtree is one leaf, and joins the two halves otherwise. For one leaf it is that leaf's audit path, sorted by place.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise

from lianze.tlog.errors import ProofError
from lianze.tlog.hashers import SHA256, Hasher
from lianze.tlog.merkle import node_hash, split_point
from lianze.tlog.tree import Tree


def set_proof(tree: Tree, indexes: Sequence[int]) -> list[bytes]:
    """Proof for these leaves, in increasing order without repetition; `proof.index` otherwise. At most one hash
    for each proved leaf and level; for no leaf at all, the root."""
    _require_increasing(indexes, tree.size)
    found: list[bytes] = []

    def walk(start: int, end: int, low: int, high: int) -> None:
        if low == high:
            found.append(tree.root(start, end))
        elif end - start > 1:
            middle = start + split_point(end - start)
            cut = bisect_left(indexes, middle, low, high)
            walk(start, middle, low, cut)
            walk(middle, end, cut, high)

    walk(0, tree.size, 0, len(indexes))
    return found


def verify_set(
    leaves: Mapping[int, bytes], size: int, proof: Sequence[bytes], expected: bytes, hasher: Hasher = SHA256
) -> None:
    """ProofError unless every leaf (index → leaf hash) is where it says among `size` leaves under `expected`."""
    indexes = sorted(leaves)
    _require_increasing(indexes, size)
    rest = iter(proof)

    def walk(start: int, end: int, low: int, high: int) -> bytes:
        if low == high:
            return next(rest)
        if end - start == 1:
            return leaves[start]
        middle = start + split_point(end - start)
        cut = bisect_left(indexes, middle, low, high)
        left = walk(start, middle, low, cut)
        return node_hash(left, walk(middle, end, cut, high), hasher)

    try:
        found = walk(0, size, 0, len(indexes))
    except StopIteration:
        raise ProofError("proof.length", str(len(proof))) from None
    if found != expected:
        raise ProofError("proof.inclusion", f"{len(leaves)} / {size}")
    if next(rest, None) is not None:
        raise ProofError("proof.length", str(len(proof)))


def _require_increasing(indexes: Sequence[int], size: int) -> None:
    if not 0 < size < 2**63:
        raise ProofError("proof.size", str(size))
    if any(a >= b for a, b in pairwise(indexes)):
        raise ProofError("proof.index")
    if indexes and not 0 <= indexes[0] <= indexes[-1] < size:
        raise ProofError("proof.index", f"{indexes[-1]} / {size}")
