"""The right edge of a Merkle tree: all that an append needs to know of the leaves before it.

A tree of n leaves is a row of perfect trees, one for each 1 in the binary form of n, largest first
(RFC 6962 §2.1, RFC 9162 §2.1.2). Their roots are the frontier: at most 64 hashes,
however long the log.

Stored form: size as 8 bytes big-endian, then the hashes, largest tree first. Size 0 is 8 zero bytes.
"""

from typing import Self

from lianze.tlog.errors import LogError
from lianze.tlog.hashers import DIGEST_BYTES, SHA256, Hasher
from lianze.tlog.merkle import empty_root, node_hash


class Frontier:
    """Append leaves, read the root. Changes in place; `to_bytes()` is what the database keeps."""

    __slots__ = ("_hasher", "_roots", "_size")

    def __init__(self, hasher: Hasher = SHA256) -> None:
        self._hasher = hasher
        self._size = 0
        self._roots: list[bytes] = []

    @classmethod
    def from_bytes(cls, data: bytes, hasher: Hasher = SHA256) -> Self:
        """Read the stored form; LogError `frontier.bytes` if the length does not fit the size."""
        frontier = cls(hasher)
        size = int.from_bytes(data[:8], "big")
        if len(data) != 8 + DIGEST_BYTES * size.bit_count():
            raise LogError("frontier.bytes", f"{size}, {len(data)}")
        frontier._size = size
        frontier._roots = [data[at : at + DIGEST_BYTES] for at in range(8, len(data), DIGEST_BYTES)]
        return frontier

    def to_bytes(self) -> bytes:
        """The stored form, 8 + 32 × (ones in size) bytes."""
        return self._size.to_bytes(8, "big") + b"".join(self._roots)

    @property
    def size(self) -> int:
        """Leaves appended so far; the next leaf has this index."""
        return self._size

    def append(self, leaf: bytes) -> int:
        """Add a leaf hash and return its index. Merges as many trees as size has trailing ones."""
        if len(leaf) != DIGEST_BYTES:
            raise LogError("leaf.length", str(len(leaf)))
        index, node = self._size, leaf
        while index & 1:
            node = node_hash(self._roots.pop(), node, self._hasher)
            index >>= 1
        self._roots.append(node)
        self._size += 1
        return self._size - 1

    def root(self) -> bytes:
        """Merkle tree hash of all leaves, RFC 6962 §2.1; the hash of nothing when empty."""
        if not self._roots:
            return empty_root(self._hasher)
        node = self._roots[-1]
        for left in reversed(self._roots[:-1]):
            node = node_hash(left, node, self._hasher)
        return node
