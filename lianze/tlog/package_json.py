"""The JSON of each shape of a package, as docs/package-format.md and docs/schemas describe it. Writing only."""

from collections.abc import Iterable

from lianze.tlog.canonical import JsonInput
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
    MemberRef,
)
from lianze.tlog.records import render_instant

JsonObject = dict[str, JsonInput]


def manifest_json(header: Header, members: Iterable[MemberRef]) -> JsonObject:
    """manifest.json"""
    packs = [{"id": one.id, "version": one.version, "hash": one.hash.hex()} for one in header.packs]
    return {
        "format": FORMAT,
        "version": VERSION,
        "organisation": {"id": header.organisation_id, "name": header.organisation_name},
        "origin": header.origin,
        "period": {"start": header.start.isoformat(), "end": header.end.isoformat()},
        "made_at": render_instant(header.made_at),
        "utc_offset_minutes": header.utc_offset_minutes,
        "software": header.software,
        "hash": header.hasher.name,
        "packs": packs,
        "members": [{"name": one.name, "size": one.size, "digest": one.digest.hex()} for one in members],
    }


def figures_json(figures: Iterable[Figure]) -> JsonObject:
    """figures.json"""
    return {"figures": [_figure(one) for one in figures]}


def _figure(figure: Figure) -> JsonObject:
    written: JsonObject = {
        "id": figure.id,
        "label": figure.label,
        "unit": figure.unit,
        "measure": figure.measure.value,
        "definition": figure.definition,
        "period": {"start": figure.start.isoformat(), "end": figure.end.isoformat()},
        "hits": [_hit(one) for one in figure.hits],
    }
    optional = {"value": figure.value, "field": figure.field}
    if figure.share_of:
        written["share_of"] = list(figure.share_of)
    return written | _present(optional)


def _hit(hit: Hit) -> JsonObject:
    return {"entry": hit.entry} | _present({"quantity": hit.quantity, "key": hit.key})


def entries_json(entries: Iterable[ListedEntry]) -> JsonObject:
    """entries.json, in order of leaf index."""
    return {"entries": [_entry(one) for one in sorted(entries, key=lambda one: one.leaf_index)]}


def _entry(entry: ListedEntry) -> JsonObject:
    written: JsonObject = {
        "id": entry.id,
        "register": entry.register,
        "revision": entry.revision,
        "happened_on": entry.happened_on.isoformat(),
        "recorded_at": render_instant(entry.recorded_at),
        "leaf_index": entry.leaf_index,
        "leaf": entry.leaf.hex(),
        "evidence": [one.hex() for one in entry.evidence],
    }
    return written | _present({"content": entry.content, "salt": entry.salt.hex() if entry.salt else None})


def honest_time_json(registers: Iterable[HonestTime]) -> JsonObject:
    """honest-time.json"""
    return {
        "registers": [
            {
                "register": one.register,
                "label": one.label,
                "up_to_7_days": one.up_to_7_days,
                "up_to_30_days": one.up_to_30_days,
                "more_days": one.more_days,
            }
            for one in registers
        ]
    }


def evidence_json(files: Iterable[EvidenceFile]) -> JsonObject:
    """evidence.json, in order of hash."""
    return {
        "files": [
            {
                "hash": one.hash.hex(),
                "name": one.name,
                "media_type": one.media_type,
                "size": one.size,
                "enclosed": one.source is not None,
            }
            for one in sorted(files, key=lambda one: one.hash)
        ]
    }


def proof_json(size: int, nodes: Iterable[bytes], earlier: Iterable[EarlierHead]) -> JsonObject:
    """proof.json"""
    heads: list[JsonInput] = [
        {"size": one.size, "root": one.root.hex(), "nodes": [node.hex() for node in one.proof]}
        for one in sorted(earlier, key=lambda one: one.size)
    ]
    return {"size": size, "nodes": [one.hex() for one in nodes], "earlier": heads}


def _present(members: dict[str, str | None]) -> JsonObject:
    return {name: value for name, value in members.items() if value is not None}
