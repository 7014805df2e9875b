"""Leaves: salted commitments, so that content can be erased and the log still adds up.

    commitment = H(salt ‖ canonical)          salt: 32 random bytes, one per leaf
    leaf       = H(0x00 ‖ commitment)         RFC 6962 §2.1; the leaf's data is the commitment

The salt always has 32 bytes, so salt and text cannot be cut differently. Whoever holds text and salt shows
that the leaf means this text; once both are erased, the commitment tells nothing, however guessable the text,
and still gives the leaf. Two revisions with the same content have different leaves.
"""

import secrets
from typing import Final

from lianze.tlog.errors import LogError, ProofError
from lianze.tlog.hashers import SHA256, Hasher

SALT_BYTES: Final = 32
LEAF_PREFIX: Final = b"\x00"


def make_salt() -> bytes:
    """32 bytes from the operating system's generator; never reuse one."""
    return secrets.token_bytes(SALT_BYTES)


def leaf_hash(canonical: bytes, salt: bytes, hasher: Hasher = SHA256) -> tuple[bytes, bytes]:
    """(commitment, leaf) of one revision's canonical JSON. LogError `leaf.salt`: not 32 bytes."""
    if len(salt) != SALT_BYTES:
        raise LogError("leaf.salt", str(len(salt)))
    commitment = hasher.digest(salt + canonical)
    return commitment, hasher.digest(LEAF_PREFIX + commitment)


def leaf_from_commitment(commitment: bytes, hasher: Hasher = SHA256) -> bytes:
    """The leaf of a revision whose content and salt are gone."""
    return hasher.digest(LEAF_PREFIX + commitment)


def verify_leaf(canonical: bytes, salt: bytes, leaf: bytes, hasher: Hasher = SHA256) -> None:
    """ProofError `leaf.content` unless this text with this salt is what the leaf commits to."""
    if leaf_hash(canonical, salt, hasher)[1] != leaf:
        raise ProofError("leaf.content")
