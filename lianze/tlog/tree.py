"""A whole Merkle tree in memory, for many proofs of one log: 64 bytes a leaf, each proof in O(log n).

Level 0 holds the leaf hashes one after another, level k the roots of the perfect trees of 2^k leaves. What is not
perfect, at the right edge, is computed when asked for (RFC 6962 §2.1).
"""

from collections.abc import Iterable

from lianze.tlog.errors import ProofError
from lianze.tlog.hashers import DIGEST_BYTES, SHA256, Hasher
from lianze.tlog.merkle import empty_root, node_hash, split_point


class Tree:
    """The tree over these leaf hashes, in log order. Never changes."""

    def __init__(self, leaves: Iterable[bytes], hasher: Hasher = SHA256) -> None:
        self.hasher = hasher
        self._levels = [b"".join(leaves)]
        self.size = len(self._levels[0]) // DIGEST_BYTES
        while len(self._levels[-1]) >= 2 * DIGEST_BYTES:
            self._levels.append(self._parents(self._levels[-1]))

    def _parents(self, level: bytes) -> bytes:
        step, digest = 2 * DIGEST_BYTES, self.hasher.digest
        whole = len(level) - len(level) % step
        return b"".join(digest(b"\x01" + level[at : at + step]) for at in range(0, whole, step))

    def root(self, start: int = 0, end: int | None = None) -> bytes:
        """Tree hash of leaves start ≤ i < end (RFC 6962 §2.1: MTH(D[start:end])).

        `start` is a multiple of the largest power of two not above end − start, as for every subtree of the log.
        """
        end = self.size if end is None else end
        width = end - start
        if not width:
            return empty_root(self.hasher)
        if width & (width - 1) == 0:
            at = start // width * DIGEST_BYTES
            return self._levels[width.bit_length() - 1][at : at + DIGEST_BYTES]
        middle = start + split_point(width)
        return node_hash(self.root(start, middle), self.root(middle, end), self.hasher)

    def inclusion_proof(self, index: int) -> list[bytes]:
        """As merkle.inclusion_proof (RFC 6962 §2.1.1)."""
        if not 0 <= index < self.size:
            raise ProofError("proof.index", f"{index} / {self.size}")
        path: list[bytes] = []
        start, end = 0, self.size
        while end - start > 1:
            middle = start + split_point(end - start)
            left = index < middle
            path.append(self.root(middle, end) if left else self.root(start, middle))
            start, end = (start, middle) if left else (middle, end)
        return path[::-1]

    def consistency_proof(self, old_size: int) -> list[bytes]:
        """As merkle.consistency_proof (RFC 6962 §2.1.2)."""
        if not 0 < old_size <= self.size:
            raise ProofError("proof.size", f"{old_size} / {self.size}")
        path: list[bytes] = []
        start, end = 0, self.size
        while old_size != end:
            middle = start + split_point(end - start)
            left = old_size <= middle
            path.append(self.root(middle, end) if left else self.root(start, middle))
            start, end = (start, middle) if left else (middle, end)
        return [*([self.root(start, end)] if start else []), *path[::-1]]
