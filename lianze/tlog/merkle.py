"""Merkle tree hashes and proofs by RFC 6962 §2.1, verified by the algorithms of RFC 9162 §2.1.

`leaves` are leaf hashes (32 bytes each), not leaf data. Proofs list hashes, nearest to the
leaf first. These functions walk all leaves; for many proofs of one log use `tree.Tree`.
"""

from collections.abc import Sequence
from typing import Final

from lianze.tlog.errors import ProofError
from lianze.tlog.hashers import SHA256, Hasher

NODE_PREFIX: Final = b"\x01"


def empty_root(hasher: Hasher = SHA256) -> bytes:
    """Tree hash of no leaves: the hash of the empty string (RFC 6962 §2.1)."""
    return hasher.digest(b"")


def node_hash(left: bytes, right: bytes, hasher: Hasher = SHA256) -> bytes:
    """Hash of an inner node: H(0x01 ‖ left ‖ right) (RFC 6962 §2.1)."""
    return hasher.digest(NODE_PREFIX + left + right)


def split_point(size: int) -> int:
    """The largest power of two smaller than `size`, size ≥ 2 (RFC 6962 §2.1: k)."""
    return 1 << (size - 1).bit_length() - 1


def root(leaves: Sequence[bytes], hasher: Hasher = SHA256) -> bytes:
    """Merkle tree hash of all leaves (RFC 6962 §2.1), level by level; an odd last node goes up unchanged."""
    if not leaves:
        return empty_root(hasher)
    level = list(leaves)
    while len(level) > 1:
        paired = [node_hash(level[at], level[at + 1], hasher) for at in range(0, len(level) - 1, 2)]
        level = paired + level[len(level) & ~1 :]
    return level[0]


def inclusion_proof(leaves: Sequence[bytes], index: int, hasher: Hasher = SHA256) -> list[bytes]:
    """Audit path of leaf `index` (RFC 6962 §2.1.1); `proof.index` unless 0 ≤ index < size."""
    if not 0 <= index < len(leaves):
        raise ProofError("proof.index", f"{index} / {len(leaves)}")
    if len(leaves) == 1:
        return []
    split = split_point(len(leaves))
    if index < split:
        return [*inclusion_proof(leaves[:split], index, hasher), root(leaves[split:], hasher)]
    return [*inclusion_proof(leaves[split:], index - split, hasher), root(leaves[:split], hasher)]


def consistency_proof(leaves: Sequence[bytes], old_size: int, hasher: Hasher = SHA256) -> list[bytes]:
    """Proof that `leaves` begins with its first `old_size` (RFC 6962 §2.1.2), 0 < old_size ≤ size."""
    if not 0 < old_size <= len(leaves):
        raise ProofError("proof.size", f"{old_size} / {len(leaves)}")
    return _subproof(leaves, old_size, True, hasher)


def _subproof(leaves: Sequence[bytes], old_size: int, whole: bool, hasher: Hasher) -> list[bytes]:
    """SUBPROOF of RFC 6962 §2.1.2; `whole` while the old tree is a subtree the verifier knows."""
    if old_size == len(leaves):
        return [] if whole else [root(leaves, hasher)]
    split = split_point(len(leaves))
    if old_size <= split:
        return [*_subproof(leaves[:split], old_size, whole, hasher), root(leaves[split:], hasher)]
    return [*_subproof(leaves[split:], old_size - split, False, hasher), root(leaves[:split], hasher)]


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes, hasher: Hasher = SHA256
) -> None:
    """ProofError unless `leaf` is number `index` of `size` under root `expected` (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        raise ProofError("proof.index", f"{index} / {size}")
    position, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofError("proof.length", str(len(proof)))
        if position & 1 or position == last:
            node = node_hash(sibling, node, hasher)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            node = node_hash(node, sibling, hasher)
        position, last = position >> 1, last >> 1
    if last != 0 or node != expected:
        raise ProofError("proof.inclusion", str(index))


def verify_consistency(
    old_size: int,
    old_root: bytes,
    size: int,
    new_root: bytes,
    proof: Sequence[bytes],
    hasher: Hasher = SHA256,
) -> None:
    """ProofError unless the log of `old_size` leaves is a beginning of the log of `size` (RFC 9162 §2.1.4.2).

    The empty log is a beginning of every log, and needs no proof (`proof.size` if one is given).
    """
    if not 0 <= old_size <= size:
        raise ProofError("proof.size", f"{old_size} / {size}")
    if old_size in (0, size):
        known = empty_root(hasher) if old_size == 0 else new_root
        if proof or old_root != known:
            raise ProofError("proof.consistency", f"{old_size} → {size}")
        return
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not path or _walk(old_size, size, path, hasher) != (old_root, new_root):
        raise ProofError("proof.consistency", f"{old_size} → {size}")


def _walk(old_size: int, size: int, path: Sequence[bytes], hasher: Hasher) -> tuple[bytes, bytes] | None:
    """Both roots the path leads to (RFC 9162 §2.1.4.2 steps 3–6), None if the path has the wrong length."""
    position, last = old_size - 1, size - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if position & 1 or position == last:
            old, new = node_hash(sibling, old, hasher), node_hash(sibling, new, hasher)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            new = node_hash(new, sibling, hasher)
        position, last = position >> 1, last >> 1
    return (old, new) if last == 0 else None
