"""The tree against published vectors, a second algorithm, and a published verifier where it is installed."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianze.tlog import (
    SHA256,
    SM3,
    Frontier,
    Hasher,
    LogError,
    ProofError,
    Tree,
    consistency_proof,
    empty_root,
    inclusion_proof,
    leaf_hash,
    root,
    set_proof,
    verify_consistency,
    verify_inclusion,
    verify_set,
)

# Inputs, roots and proofs of the certificate-transparency reference tests (RFC 6962 trees of 1 to 8 leaves).
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 8): INCLUSION[0, 8],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): INCLUSION[1, 5][1:],
    (6, 7): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
}
VECTOR_LEAVES = [SHA256.digest(b"\x00" + bytes.fromhex(one)) for one in INPUTS]
SIZES = range(1, 65)


def leaves_of(size: int, hasher: Hasher = SHA256) -> list[bytes]:
    return [hasher.digest(b"leaf %d" % at) for at in range(size)]


def hexes(proof: list[bytes]) -> list[str]:
    return [one.hex() for one in proof]


def test_roots_are_those_of_the_reference_tests() -> None:
    assert [root(VECTOR_LEAVES[:size]).hex() for size in range(1, 9)] == ROOTS
    assert empty_root().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_inclusion_proofs_are_those_of_the_reference_tests(index: int, size: int) -> None:
    assert hexes(inclusion_proof(VECTOR_LEAVES[:size], index)) == INCLUSION[index, size]


@pytest.mark.parametrize(("old", "size"), CONSISTENCY)
def test_consistency_proofs_are_those_of_the_reference_tests(old: int, size: int) -> None:
    assert hexes(consistency_proof(VECTOR_LEAVES[:size], old)) == CONSISTENCY[old, size]


@pytest.mark.parametrize("hasher", [SHA256, SM3])
def test_frontier_tree_and_plain_root_agree_at_every_size(hasher: Hasher) -> None:
    frontier = Frontier(hasher)
    assert frontier.root() == root([], hasher) == Tree([], hasher).root()
    for size in SIZES:
        leaves = leaves_of(size, hasher)
        assert frontier.append(leaves[-1]) == size - 1
        assert frontier.root() == root(leaves, hasher) == Tree(leaves, hasher).root()
        frontier = Frontier.from_bytes(frontier.to_bytes(), hasher)


def test_every_leaf_of_every_size_is_proved_and_no_other_place_or_leaf_is() -> None:
    for size in SIZES:
        leaves = leaves_of(size)
        head, tree = root(leaves), Tree(leaves)
        for index in range(size):
            proof = tree.inclusion_proof(index)
            assert proof == inclusion_proof(leaves, index)
            verify_inclusion(leaves[index], index, size, proof, head)
            for wrong in ({*range(size)} - {index}) if size < 12 else {(index + 1) % (size + 1)}:
                with pytest.raises(ProofError):
                    verify_inclusion(leaves[index], wrong, size, proof, head)


def test_every_size_is_consistent_with_every_later_one_and_with_no_altered_past() -> None:
    for size in SIZES:
        leaves = leaves_of(size)
        head, tree = root(leaves), Tree(leaves)
        for old in range(1, size + 1):
            proof = tree.consistency_proof(old)
            assert proof == consistency_proof(leaves, old)
            verify_consistency(old, root(leaves[:old]), size, head, proof)
            with pytest.raises(ProofError):
                verify_consistency(old, root([*leaves[: old - 1], b"\x00" * 32]), size, head, proof)


@given(st.integers(1, 64), st.data())
def test_a_proof_with_one_bit_changed_or_one_hash_more_or_less_fails(size: int, data: st.DataObject) -> None:
    leaves = leaves_of(size)
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(leaves, index)
    wrong = [[*proof, leaves[0]], [leaves[0], *proof], *([proof[:-1], proof[1:]] if proof else [])]
    if proof:
        at, bit = data.draw(st.integers(0, len(proof) - 1)), data.draw(st.integers(0, 255))
        flipped = (int.from_bytes(proof[at], "big") ^ 1 << bit).to_bytes(32, "big")
        wrong.append([*proof[:at], flipped, *proof[at + 1 :]])
    for one in wrong:
        with pytest.raises(ProofError):
            verify_inclusion(leaves[index], index, size, one, root(leaves))


def test_the_empty_log_begins_every_log_but_needs_no_proof() -> None:
    head = root(leaves_of(3))
    verify_consistency(0, empty_root(), 3, head, [])
    with pytest.raises(ProofError):
        verify_consistency(0, empty_root(), 3, head, [head])
    with pytest.raises(ProofError):
        verify_consistency(0, head, 3, head, [])
    with pytest.raises(ProofError):
        verify_consistency(4, head, 3, head, [])


@given(st.integers(1, 64), st.data())
def test_a_set_proof_proves_exactly_its_leaves(size: int, data: st.DataObject) -> None:
    leaves = leaves_of(size)
    chosen = sorted(data.draw(st.sets(st.integers(0, size - 1))))
    proof = set_proof(Tree(leaves), chosen)
    said = {index: leaves[index] for index in chosen}
    verify_set(said, size, proof, root(leaves))
    for wrong in [[*proof, leaves[0]], proof[:-1] if proof else [leaves[0]]]:
        with pytest.raises(ProofError):
            verify_set(said, size, wrong, root(leaves))
    if chosen:
        with pytest.raises(ProofError):
            verify_set({**said, chosen[0]: b"\x01" * 32}, size, proof, root(leaves))


def test_a_set_proof_of_one_leaf_is_its_audit_path_sorted_by_place() -> None:
    leaves = leaves_of(13)
    for index in range(13):
        assert sorted(set_proof(Tree(leaves), [index])) == sorted(inclusion_proof(leaves, index))


def test_indexes_out_of_the_tree_are_refused() -> None:
    leaves = leaves_of(4)
    for index in (-1, 4):
        with pytest.raises(ProofError):
            inclusion_proof(leaves, index)
        with pytest.raises(ProofError):
            Tree(leaves).inclusion_proof(index)
        with pytest.raises(ProofError):
            verify_set({index: leaves[0]}, 4, [], root(leaves))
        with pytest.raises(ProofError):
            set_proof(Tree(leaves), [index])
    for twice in ([1, 1], [2, 1]):
        with pytest.raises(ProofError):
            set_proof(Tree(leaves), twice)
    with pytest.raises(ProofError):
        verify_set({}, 0, [empty_root()], empty_root())


def test_a_frontier_whose_bytes_do_not_fit_its_size_is_refused() -> None:
    frontier = Frontier()
    for leaf in leaves_of(7):
        frontier.append(leaf)
    for broken in (b"", frontier.to_bytes()[:-1], frontier.to_bytes() + b"\x00", b"\x00" * 7 + b"\x08" + b"\x00" * 96):
        with pytest.raises(LogError):
            Frontier.from_bytes(broken)
    with pytest.raises(LogError):
        frontier.append(b"short")


@given(st.integers(1, 40), st.data())
def test_a_published_verifier_accepts_our_inclusion_proofs(size: int, data: st.DataObject) -> None:
    """sigstore-python (Apache-2.0) checks the proof from the commitment upward, with code that is not ours."""
    merkle = pytest.importorskip("sigstore._internal.merkle")
    pairs = [leaf_hash(b"{}", at.to_bytes(32, "big")) for at in range(size)]
    leaves = [leaf for _, leaf in pairs]
    index = data.draw(st.integers(0, size - 1))
    proof = SimpleNamespace(
        log_index=index, tree_size=size, hashes=inclusion_proof(leaves, index), root_hash=root(leaves)
    )
    entry = SimpleNamespace(_inner=SimpleNamespace(inclusion_proof=proof, canonicalized_body=pairs[index][0]))
    merkle.verify_merkle_inclusion(entry)
    entry._inner.canonicalized_body = b"another"
    with pytest.raises(Exception, match="inclusion proof"):
        merkle.verify_merkle_inclusion(entry)
