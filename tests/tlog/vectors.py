"""Test vectors for other implementations, made from the sample. `python -m tests.tlog.vectors` writes docs/vectors."""

import json
from pathlib import Path

from lianze.tlog import (
    HASHERS,
    SHA256,
    Frontier,
    Hasher,
    Tree,
    checkpoint_of,
    leaf_hash,
    render_canonical,
    render_keys,
    render_note,
    render_qr_text,
    set_proof,
)
from lianze.tlog.verify import Trust, examine_package
from tests.tlog.sample import CITY_KEY, FACTS, LOG_KEY, NOW, sample_contents, sample_package

FOLDER = Path(__file__).parents[2] / "docs" / "vectors"
SALT = bytes(range(32))
Json = dict[str, object]


def leaf_vector(name: str, hasher: Hasher) -> Json:
    text = render_canonical(FACTS[0].content())
    commitment, leaf = leaf_hash(text, SALT, hasher)
    return {
        "hash": name,
        "canonical": text.decode(),
        "salt": SALT.hex(),
        "commitment": commitment.hex(),
        "leaf": leaf.hex(),
    }


def tree_vector(size: int) -> Json:
    """Leaves are SHA-256 of the bytes 00, 01, 02 …, one byte each."""
    leaves = [SHA256.digest(bytes([at])) for at in range(size)]
    tree, frontier = Tree(leaves), Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    chosen = [at for at in range(size) if at % 3 == 0]
    return {
        "size": size,
        "root": tree.root().hex(),
        "frontier": frontier.to_bytes().hex(),
        "inclusion": {"index": size // 2, "proof": hexes(tree.inclusion_proof(size // 2))},
        "consistency": {"old_size": (size + 1) // 2, "proof": hexes(tree.consistency_proof((size + 1) // 2))},
        "set": {"indexes": chosen, "proof": hexes(set_proof(tree, chosen))},
    }


def hexes(hashes: list[bytes]) -> list[str]:
    return [one.hex() for one in hashes]


def edits(package: bytes) -> list[Json]:
    """One byte set to another value, and the step that must refuse the result."""
    places = {
        "header time": 10,
        "manifest": package.index(b'"made_at"') + 12,
        "manifest signature": package.index("— ".encode()) + 70,
        "report": package.index(b"PK docx") + 3,
        "leaf": package.index(b'"leaf":"') + 8,
        "directory": package.index(b"PK\x01\x02") + 12,
        "last byte": len(package) - 1,
    }
    found: list[Json] = []
    for name, at in places.items():
        broken = package[:at] + bytes([package[at] ^ 1]) + package[at + 1 :]
        step = examine_package(broken, NOW, Trust((LOG_KEY,))).steps[-1]
        found.append({"name": name, "offset": at, "byte": broken[at], "refused_at": step.name, "reason": step.reason})
    return found


def vectors() -> dict[str, bytes]:
    """File name → content."""
    package, note = sample_package(), sample_contents().checkpoint
    steps = examine_package(package, NOW, Trust((LOG_KEY, CITY_KEY))).steps
    expected: Json = {
        "now": NOW.isoformat(),
        "fingerprint": checkpoint_of(note).fingerprint(),
        "qr": render_qr_text(note),
        "steps": [{"name": step.name, "outcome": step.outcome.value, "detail": dict(step.detail)} for step in steps],
        "edits": edits(package),
    }
    return {
        "leaves.json": rendered([leaf_vector(name, hasher) for name, hasher in HASHERS.items()]),
        "trees.json": rendered([tree_vector(size) for size in (1, 2, 3, 7, 8, 13)]),
        "checkpoint.note": render_note(note),
        "known.keys": render_keys([LOG_KEY, CITY_KEY]).encode(),
        "sample.lianze": package,
        "sample.expected.json": rendered(expected),
    }


def rendered(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, data in vectors().items():
        (FOLDER / name).write_bytes(data)


if __name__ == "__main__":
    main()
