"""Steps 2 to 5 of `verify`: manifest, members, signature, checkpoint; each may use what the steps before it established."""

from dataclasses import replace
from datetime import timedelta

from lianze.tlog.checkpoint import load_checkpoint, verify_checkpoint
from lianze.tlog.errors import NoteError, PackageError
from lianze.tlog.notes import Note, load_note, verify_note
from lianze.tlog.package import (
    CHECKPOINT,
    ENTRIES,
    EVIDENCE,
    FIGURES,
    HONEST_TIME,
    KEYS,
    MANIFEST,
    MANIFEST_NOTE,
    PROOF,
)
from lianze.tlog.package_load import (
    load_manifest,
)
from lianze.tlog.package_write import manifest_note_text
from lianze.tlog.verdict import Outcome
from lianze.tlog.verify_opened import Finding, Opened, proved

FIXED_MEMBERS = (CHECKPOINT, KEYS, FIGURES, ENTRIES, HONEST_TIME, EVIDENCE, PROOF)


def check_manifest(opened: Opened) -> Finding:
    """Step 2."""
    manifest = opened.container.read(MANIFEST)
    opened.header, opened.members = load_manifest(manifest)
    opened.manifest_note = load_note(opened.container.read(MANIFEST_NOTE))
    if opened.manifest_note.text != manifest_note_text(opened.header, manifest):
        raise PackageError("manifest.note")
    header = opened.header
    start, last = header.start.isoformat(), (header.end - timedelta(days=1)).isoformat()
    return proved(organisation=header.organisation_name, origin=header.origin, start=start, last=last)


def check_members(opened: Opened) -> Finding:
    """Step 3."""
    names = [ref.name for ref in opened.members]
    if [MANIFEST, MANIFEST_NOTE, *names] != list(opened.container.slots):
        raise PackageError("members.list")
    if tuple(names[: len(FIXED_MEMBERS)]) != FIXED_MEMBERS:
        raise PackageError("members.list")
    for name in names[len(FIXED_MEMBERS) :]:
        if not name.startswith(("report/", "evidence/")):
            raise PackageError("members.list", name)
    for ref in opened.members:
        digest = opened.header.hasher.digest_stream(opened.container.chunks(ref.name))
        if ref.size != opened.container.slots[ref.name].size or digest != ref.digest:
            raise PackageError("members.digest", ref.name)
    return proved(members=len(names))


def check_signature(opened: Opened) -> Finding:
    """Step 4."""
    signed = verify_note(opened.manifest_note, opened.log_keys, opened.header.made_at)
    if len(signed) != len(opened.manifest_note.signatures):
        raise NoteError("note.stranger", opened.header.origin)
    detail: dict[str, str | int] = {"key": f"{signed[0].name}+{signed[0].key_id.hex()}"}
    if not opened.known:
        return Outcome.DOUBT, detail, "signature.own-key"
    return Outcome.PROVED, detail, ""


def check_checkpoint(opened: Opened) -> Finding:
    """Step 5."""
    opened.checkpoint, note = load_checkpoint(opened.container.read(CHECKPOINT))
    head, header = opened.checkpoint, opened.header
    verify_checkpoint(note, header.origin, opened.log_keys)
    if head.hasher.name != header.hasher.name:
        raise NoteError("checkpoint.hash", head.hasher.name)
    if not head.at <= header.made_at <= opened.latest:
        raise PackageError("time.order", header.made_at.isoformat())
    witnesses = ", ".join(_witnesses(note, opened))
    return proved(size=head.size, fingerprint=head.fingerprint(), witnesses=witnesses)


def _witnesses(note: Note, opened: Opened) -> list[str]:
    """Names of the known others who countersigned; they did so after the head's time, perhaps with a newer key."""
    others = [replace(key, from_at=None) for key in opened.known if key.name != opened.header.origin]
    claimed = {(one.name, one.key_id) for one in note.signatures}
    if not any((key.name, key.key_id) in claimed for key in others):
        return []
    return [key.name for key in verify_note(note, others, opened.checkpoint.at)]
