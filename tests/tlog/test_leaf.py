"""Salted leaves, and the two hash functions beneath them."""

import hashlib

import pytest

from lianze.tlog import (
    SHA256,
    SM3,
    LogError,
    ProofError,
    leaf_from_commitment,
    leaf_hash,
    make_salt,
    require_hasher,
    verify_leaf,
)

TEXT, SALT = '{"title":"廉政谈话"}'.encode(), bytes(range(32))


def test_sm3_gives_the_digests_of_the_standard() -> None:
    """GB/T 32905-2016 appendix A: "abc", and "abcd" sixteen times."""
    assert SM3.digest(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert SM3.digest(b"abcd" * 16).hex() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


def test_hashers_are_found_by_the_name_that_notes_write() -> None:
    assert require_hasher("sm3") is SM3
    assert require_hasher("sha-256") is SHA256
    with pytest.raises(LogError):
        require_hasher("md5")


def test_a_leaf_is_the_hash_of_its_salted_commitment() -> None:
    commitment = hashlib.sha256(SALT + TEXT).digest()
    leaf = hashlib.sha256(b"\x00" + commitment).digest()
    assert leaf_hash(TEXT, SALT) == (commitment, leaf)
    assert leaf_hash(TEXT, SALT, SM3)[0] == SM3.digest(SALT + TEXT)


def test_after_erasure_the_commitment_still_gives_the_leaf() -> None:
    commitment, leaf = leaf_hash(TEXT, SALT)
    assert leaf_from_commitment(commitment) == leaf


def test_the_same_content_twice_gives_two_leaves() -> None:
    assert leaf_hash(TEXT, make_salt()) != leaf_hash(TEXT, make_salt())


@pytest.mark.parametrize("salt", [b"", SALT[:31], SALT + b"{"])
def test_a_salt_of_another_length_is_refused_so_that_text_cannot_slide_into_it(salt: bytes) -> None:
    with pytest.raises(LogError):
        leaf_hash(TEXT, salt)


def test_another_text_or_salt_is_not_what_the_leaf_commits_to() -> None:
    leaf = leaf_hash(TEXT, SALT)[1]
    verify_leaf(TEXT, SALT, leaf)
    for text, salt in [(TEXT + b" ", SALT), (TEXT, SALT[::-1])]:
        with pytest.raises(ProofError):
            verify_leaf(text, salt, leaf)
