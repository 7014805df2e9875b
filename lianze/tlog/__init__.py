"""The transparency log: hashing, proofs, signed checkpoints and report packages. No database, no Django."""

from lianze.tlog.canonical import JsonInput, JsonValue, load_canonical, load_json, render_canonical
from lianze.tlog.checkpoint import (
    Checkpoint,
    checkpoint_of,
    is_fingerprint_of,
    load_checkpoint,
    render_qr_text,
    sign_checkpoint,
    verify_checkpoint,
    verify_succession,
)
from lianze.tlog.errors import CanonicalError, KeyFileError, LogError, NoteError, PackageError, ProofError
from lianze.tlog.frontier import Frontier
from lianze.tlog.hashers import HASHERS, SHA256, SM3, Hasher, require_hasher
from lianze.tlog.key_files import load_public_keys, load_signer, make_keys, rotate_keys
from lianze.tlog.keys import PublicKey, load_keys, public_key_of, render_keys
from lianze.tlog.leaf import SALT_BYTES, leaf_from_commitment, leaf_hash, make_salt, verify_leaf
from lianze.tlog.merkle import (
    consistency_proof,
    empty_root,
    inclusion_proof,
    node_hash,
    root,
    verify_consistency,
    verify_inclusion,
)
from lianze.tlog.notes import Note, countersign, load_note, render_note, sign_note, verify_note
from lianze.tlog.set_proof import set_proof, verify_set
from lianze.tlog.signers import Scheme, Signer, require_scheme
from lianze.tlog.tree import Tree

__all__ = [
    "HASHERS",
    "SALT_BYTES",
    "SHA256",
    "SM3",
    "CanonicalError",
    "Checkpoint",
    "Frontier",
    "Hasher",
    "JsonInput",
    "JsonValue",
    "KeyFileError",
    "LogError",
    "Note",
    "NoteError",
    "PackageError",
    "ProofError",
    "PublicKey",
    "Scheme",
    "Signer",
    "Tree",
    "checkpoint_of",
    "consistency_proof",
    "countersign",
    "empty_root",
    "inclusion_proof",
    "is_fingerprint_of",
    "leaf_from_commitment",
    "leaf_hash",
    "load_canonical",
    "load_checkpoint",
    "load_json",
    "load_keys",
    "load_note",
    "load_public_keys",
    "load_signer",
    "make_keys",
    "make_salt",
    "node_hash",
    "public_key_of",
    "render_canonical",
    "render_keys",
    "render_note",
    "render_qr_text",
    "require_hasher",
    "require_scheme",
    "root",
    "rotate_keys",
    "set_proof",
    "sign_checkpoint",
    "sign_note",
    "verify_checkpoint",
    "verify_consistency",
    "verify_inclusion",
    "verify_leaf",
    "verify_note",
    "verify_set",
    "verify_succession",
]
