"""Hash functions behind one small protocol: SHA-256 unless told otherwise, SM3 selectable."""

import hashlib
from collections.abc import Iterable
from typing import Final, Protocol

from cryptography.hazmat.primitives import hashes

from lianze.tlog.errors import LogError

DIGEST_BYTES: Final = 32


class Hasher(Protocol):
    """A hash function with 32-byte digests. `name` is what notes and packages write."""

    @property
    def name(self) -> str: ...

    def digest(self, data: bytes, /) -> bytes: ...

    def digest_stream(self, chunks: Iterable[bytes], /) -> bytes:
        """Digest of the chunks joined, never holding more than one of them."""


class Sha256:
    """SHA-256, FIPS 180-4."""

    name: Final = "sha-256"

    def digest(self, data: bytes, /) -> bytes:
        return hashlib.sha256(data).digest()

    def digest_stream(self, chunks: Iterable[bytes], /) -> bytes:
        state = hashlib.sha256()
        for chunk in chunks:
            state.update(chunk)
        return state.digest()


class Sm3:
    """SM3, GB/T 32905-2016, by the cryptography library."""

    name: Final = "sm3"

    def digest(self, data: bytes, /) -> bytes:
        return self.digest_stream((data,))

    def digest_stream(self, chunks: Iterable[bytes], /) -> bytes:
        state = hashes.Hash(hashes.SM3())
        for chunk in chunks:
            state.update(chunk)
        return state.finalize()


SHA256: Final[Hasher] = Sha256()
SM3: Final[Hasher] = Sm3()
HASHERS: Final[dict[str, Hasher]] = {"sha-256": SHA256, "sm3": SM3}


def require_hasher(name: str) -> Hasher:
    """The hasher of that name; LogError `hash.unknown` if there is none."""
    try:
        return HASHERS[name]
    except KeyError:
        raise LogError("hash.unknown", name) from None
