"""Writing a report package: the same contents and keys give the same bytes, on any machine, any day."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from lianze.tlog.canonical import JsonInput, render_canonical
from lianze.tlog.checkpoint import checkpoint_of
from lianze.tlog.container import Source, chunks_of, write_container
from lianze.tlog.errors import PackageError
from lianze.tlog.hashers import Hasher
from lianze.tlog.honest_time import compute_honest_time
from lianze.tlog.keys import render_keys
from lianze.tlog.notes import render_note, sign_note
from lianze.tlog.package import (
    CHECKPOINT,
    ENTRIES,
    EVIDENCE,
    FIGURES,
    FORMAT,
    HONEST_TIME,
    KEYS,
    MANIFEST,
    MANIFEST_NOTE,
    PROOF,
    VERSION,
    Header,
    MemberRef,
    PackageContents,
)
from lianze.tlog.package_json import (
    entries_json,
    evidence_json,
    figures_json,
    honest_time_json,
    manifest_json,
    proof_json,
)
from lianze.tlog.records import render_instant
from lianze.tlog.signers import Signer

Members = list[tuple[str, Source]]


def render_package(contents: PackageContents, signers: Sequence[Signer]) -> bytes:
    """The package in memory; for packages with evidence use `write_package`."""
    file = io.BytesIO()
    write_package(contents, signers, file)
    return file.getvalue()


def write_package(contents: PackageContents, signers: Sequence[Signer], file: BinaryIO | Path) -> None:
    """Write the package to an open file or a path; it is not verified here, which `verify` is for.

    The signers carry the log's origin as their name. PackageError if a member's name or size is out of bounds, or
    the checkpoint is another log's.
    """
    if isinstance(file, Path):
        with file.open("wb") as opened:
            return write_package(contents, signers, opened)
    if checkpoint_of(contents.checkpoint).origin != contents.header.origin:
        raise PackageError("checkpoint.origin", contents.header.origin)
    members = _members(contents)
    refs = [_ref(name, source, contents.header.hasher) for name, source in members]
    manifest = render_canonical(manifest_json(contents.header, refs))
    note = render_note(sign_note(manifest_note_text(contents.header, manifest), signers))
    return write_container([(MANIFEST, manifest), (MANIFEST_NOTE, note), *members], file)


def manifest_note_text(header: Header, manifest: bytes) -> str:
    """What the organisation signs: format, log, digest of manifest.json, time; with it, every byte of the package."""
    digest = header.hasher.digest(manifest).hex()
    lines = [f"{FORMAT} {VERSION}", header.origin, f"{header.hasher.name} {digest}", render_instant(header.made_at)]
    return "".join(f"{line}\n" for line in lines)


def _members(contents: PackageContents) -> Members:
    """All members but the manifest and its note, in the order of the file: reports first, evidence last."""
    header, entries = contents.header, contents.entries
    times = compute_honest_time(entries, contents.registers, header.utc_offset_minutes)
    size = checkpoint_of(contents.checkpoint).size
    written: Iterable[tuple[str, JsonInput]] = [
        (FIGURES, figures_json(contents.figures)),
        (ENTRIES, entries_json(entries)),
        (HONEST_TIME, honest_time_json(times)),
        (EVIDENCE, evidence_json(contents.evidence)),
        (PROOF, proof_json(size, contents.proof, contents.earlier)),
    ]
    members: Members = [(CHECKPOINT, render_note(contents.checkpoint)), (KEYS, render_keys(contents.keys).encode())]
    members += [(name, render_canonical(value)) for name, value in written]
    members += [(f"report/{name}", source) for name, source in sorted(contents.reports, key=lambda one: one[0])]
    evidence = sorted(contents.evidence, key=lambda one: one.hash)
    return members + [(one.member, one.source) for one in evidence if one.source is not None]


def _ref(name: str, source: Source, hasher: Hasher) -> MemberRef:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    return MemberRef(name, size, hasher.digest_stream(chunks_of(source)))
