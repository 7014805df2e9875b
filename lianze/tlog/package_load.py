"""Reading the JSON of a package into its shapes, strictly: canonical text, every member known, none missing."""

from lianze.tlog.canonical import load_canonical
from lianze.tlog.errors import PackageError
from lianze.tlog.hashers import require_hasher
from lianze.tlog.package import (
    FORMAT,
    VERSION,
    EarlierHead,
    EvidenceFile,
    Figure,
    Header,
    Hit,
    HonestTime,
    ListedEntry,
    Measure,
    MemberRef,
    PackRef,
)
from lianze.tlog.records import Record


def open_record(data: bytes, member: str) -> Record:
    """The member's one JSON object."""
    return Record(load_canonical(data), member)


def load_manifest(data: bytes) -> tuple[Header, tuple[MemberRef, ...]]:
    """manifest.json; PackageError `version` for a format this program does not read."""
    record = open_record(data, "manifest.json")
    if (record.text("format"), record.integer("version")) != (FORMAT, VERSION):
        raise PackageError("version")
    organisation = Record(record.take("organisation"), "manifest.json/organisation")
    period = Record(record.take("period"), "manifest.json/period")
    header = Header(
        organisation_id=organisation.text("id"),
        organisation_name=organisation.text("name"),
        origin=record.text("origin"),
        start=period.day("start"),
        end=period.day("end"),
        made_at=record.instant("made_at"),
        utc_offset_minutes=_offset(record),
        software=record.text("software"),
        hasher=require_hasher(record.text("hash")),
        packs=record.each("packs", lambda one: PackRef(one.text("id"), one.text("version"), one.digest("hash"))),
    )
    members = record.each("members", lambda one: MemberRef(one.text("name"), one.integer("size"), one.digest("digest")))
    for opened in (organisation, period, record):
        opened.done()
    if header.start >= header.end:
        raise record.fault("period")
    return header, members


def _offset(record: Record) -> int:
    minutes = record.take("utc_offset_minutes")
    if isinstance(minutes, bool) or not isinstance(minutes, int) or abs(minutes) > 14 * 60:
        raise record.fault("utc_offset_minutes")
    return minutes


def load_figures(data: bytes) -> tuple[Figure, ...]:
    """figures.json"""
    record = open_record(data, "figures.json")
    figures = record.each("figures", _figure)
    record.done()
    return figures


def _figure(record: Record) -> Figure:
    period = Record(record.take("period"), f"{record.place}/period")
    share_of = record.optional("share_of", record.texts)
    if share_of is not None and len(share_of) != 2:
        raise record.fault("share_of")
    try:
        measure = Measure(record.text("measure"))
    except ValueError:
        raise record.fault("measure") from None
    figure = Figure(
        id=record.text("id"),
        label=record.text("label"),
        unit=record.text("unit"),
        measure=measure,
        definition=record.text("definition"),
        start=period.day("start"),
        end=period.day("end"),
        value=record.optional("value", record.decimal),
        hits=record.each("hits", _hit),
        field=record.optional("field", record.text),
        share_of=(share_of[0], share_of[1]) if share_of else None,
    )
    period.done()
    return figure


def _hit(record: Record) -> Hit:
    return Hit(record.text("entry"), record.optional("quantity", record.decimal), record.optional("key", record.text))


def load_entries(data: bytes) -> tuple[ListedEntry, ...]:
    """entries.json; `shape` unless leaf indexes increase and no revision of an entry comes twice."""
    record = open_record(data, "entries.json")
    entries = record.each("entries", _entry)
    record.done()
    indexes = [one.leaf_index for one in entries]
    if indexes != sorted(set(indexes)) or len({(one.id, one.revision) for one in entries}) != len(entries):
        raise record.fault("entries")
    return entries


def _entry(record: Record) -> ListedEntry:
    entry = ListedEntry(
        id=record.text("id"),
        register=record.text("register"),
        revision=record.integer("revision"),
        happened_on=record.day("happened_on"),
        recorded_at=record.instant("recorded_at"),
        leaf_index=record.integer("leaf_index"),
        leaf=record.digest("leaf"),
        content=record.optional("content", record.text),
        salt=record.optional("salt", record.digest),
        evidence=record.digests("evidence"),
    )
    if (entry.content is None) != (entry.salt is None):
        raise record.fault("salt")
    return entry


def load_honest_time(data: bytes) -> tuple[HonestTime, ...]:
    """honest-time.json"""
    record = open_record(data, "honest-time.json")
    registers = record.each(
        "registers",
        lambda one: HonestTime(
            one.text("register"),
            one.text("label"),
            one.integer("up_to_7_days"),
            one.integer("up_to_30_days"),
            one.integer("more_days"),
        ),
    )
    record.done()
    return registers


def load_evidence(data: bytes) -> tuple[tuple[EvidenceFile, ...], frozenset[bytes]]:
    """evidence.json: the files, and the hashes of those said to be enclosed; `shape` unless hashes increase."""
    record = open_record(data, "evidence.json")
    pairs = record.each(
        "files",
        lambda one: (
            EvidenceFile(one.digest("hash"), one.text("name"), one.text("media_type"), one.integer("size")),
            one.boolean("enclosed"),
        ),
    )
    record.done()
    hashes = [file.hash for file, _ in pairs]
    if hashes != sorted(set(hashes)):
        raise record.fault("files")
    return tuple(file for file, _ in pairs), frozenset(file.hash for file, enclosed in pairs if enclosed)


def load_proof(data: bytes) -> tuple[int, tuple[bytes, ...], tuple[EarlierHead, ...]]:
    """proof.json: size of the log, nodes of the set proof, proofs for earlier heads."""
    record = open_record(data, "proof.json")
    size, nodes = record.integer("size"), record.digests("nodes")
    earlier = record.each(
        "earlier", lambda one: EarlierHead(one.integer("size"), one.digest("root"), one.digests("nodes"))
    )
    record.done()
    return size, nodes, earlier
