"""Packages made to harm the reader: each is refused at once, with its reason, and nothing is unpacked."""

import io
import os
import struct
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lianze.tlog import LogError, PackageError, load_json, render_canonical, render_note, sign_note
from lianze.tlog import container as container_module
from lianze.tlog.container import Container, Limits, write_container
from lianze.tlog.package_json import manifest_json
from lianze.tlog.package_load import load_manifest
from lianze.tlog.package_write import manifest_note_text
from lianze.tlog.verify import Trust, examine_package
from lianze.tlog.zip_layout import require_member_name
from tests.tlog.sample import LOG, LOG_KEY, NOW, sample_package

PACKAGE = sample_package()
KNOWN = Trust((LOG_KEY,))


def refusal(data: bytes, limits: Limits | None = None) -> tuple[str, str]:
    last = examine_package(data, NOW, KNOWN, limits).steps[-1]
    return last.name, last.reason


def by_zipfile(change: Callable[[zipfile.ZipInfo], bytes | None]) -> bytes:
    """The sample written anew by an ordinary ZIP program, each member as `change` wants it."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PACKAGE)) as old, zipfile.ZipFile(file, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            changed = change(info)
            new.writestr(info, data if changed is None else changed)
    return file.getvalue()


def test_an_ordinary_zip_program_could_rewrite_it_only_as_it_was() -> None:
    assert by_zipfile(lambda info: None) == PACKAGE


def named(name: str) -> bytes:
    def change(info: zipfile.ZipInfo) -> None:
        if info.filename == "report/report.pdf":
            info.filename = name

    return by_zipfile(change)


@pytest.mark.parametrize(
    "name",
    [
        "../outside",
        "report/../../outside",
        "/etc/outside",
        "C:/outside",
        "report\\outside",
        ".hidden",
        "report/",
        "report//x",
        "REPORT/x",
        "报告.pdf",
        "report/x\x00y",
        "con\u202efdp",
        "x" * 200,
    ],
)
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    if "\x00" not in name:  # which the ordinary program cuts off
        assert refusal(named(name)) == ("container", "zip.name")
    with pytest.raises(PackageError):
        require_member_name(name)


@pytest.mark.parametrize("name", ["zip", "report/more.pdf", "evidence/x", "readme"])
def test_a_name_the_manifest_does_not_list_is_refused(name: str) -> None:
    assert refusal(named(name)) == ("members", "members.list")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice_is_refused() -> None:
    assert refusal(named("report/report.docx")) == ("container", "zip.duplicate")


def test_a_symbolic_link_is_refused() -> None:
    def change(info: zipfile.ZipInfo) -> None:
        info.external_attr = 0o120777 << 16

    assert refusal(by_zipfile(change)) == ("container", "zip.link")


def test_a_compression_bomb_is_refused_before_anything_is_unpacked() -> None:
    def change(info: zipfile.ZipInfo) -> bytes:
        info.compress_type = zipfile.ZIP_DEFLATED
        return bytes(10 << 20)

    bomb = by_zipfile(change)
    assert len(bomb) < 1 << 20
    assert refusal(bomb) == ("container", "zip.compressed")


def test_an_encrypted_member_is_refused() -> None:
    at = PACKAGE.index(b"PK\x01\x02")
    flagged = PACKAGE[: at + 8] + struct.pack("<H", 0x0001) + PACKAGE[at + 10 :]
    assert refusal(flagged) == ("container", "zip.encrypted")


def test_members_that_overlap_are_refused() -> None:
    """Two lines of the directory point at the same data, as in a bomb without compression."""
    at = PACKAGE.index(b"PK\x01\x02", PACKAGE.index(b"PK\x01\x02") + 1)
    overlapping = PACKAGE[: at + 42] + struct.pack("<L", 0) + PACKAGE[at + 46 :]
    assert refusal(overlapping) == ("container", "zip.header")


def test_a_comment_or_a_second_archive_before_or_after_is_refused() -> None:
    file = io.BytesIO(PACKAGE)
    with zipfile.ZipFile(file, "a") as archive:
        archive.comment = b"hello"
    assert refusal(file.getvalue()) == ("container", "zip.truncated")
    assert refusal(PACKAGE + PACKAGE) == ("container", "zip.truncated")
    assert refusal(b"#!/bin/sh\n" + PACKAGE) == ("container", "zip.truncated")


def test_too_large_and_too_many_are_refused() -> None:
    assert refusal(PACKAGE, Limits(package_bytes=1000)) == ("container", "zip.size")
    assert refusal(PACKAGE, Limits(members=5)) == ("container", "zip.members")
    assert refusal(PACKAGE, Limits(member_bytes=100)) == ("manifest", "zip.size")


def test_a_directory_said_to_be_huge_is_not_believed() -> None:
    end = PACKAGE[:-22] + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, 2**32 - 1, 0, 0)
    assert refusal(end) == ("container", "zip.truncated")


def test_a_directory_with_more_lines_than_it_counts_is_refused() -> None:
    count, length, offset = struct.unpack("<HLL", PACKAGE[-12:-2])
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count - 1, count - 1, length, offset, 0)
    assert refusal(PACKAGE[:-22] + end) == ("container", "zip.header")


def test_a_file_that_shrinks_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "F.lianze"
    path.write_bytes(PACKAGE)
    with path.open("rb") as file:
        container = Container(file)
        os.truncate(path, 100)
        with pytest.raises(PackageError) as refused:
            container.read("entries.json")
    assert refused.value.code == "zip.truncated"


def test_limits_are_reached_but_not_passed() -> None:
    largest = max(slot.size for slot in Container(io.BytesIO(PACKAGE)).slots.values())
    just = Limits(len(PACKAGE), len(Container(io.BytesIO(PACKAGE)).slots), largest)
    assert examine_package(PACKAGE, NOW, KNOWN, just).exit_code == 0
    empty = io.BytesIO()
    write_container([], empty)
    assert refusal(empty.getvalue()) == ("container", "zip.members")


def test_a_package_beyond_what_the_layout_can_hold_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container_module, "MAX_BYTES", 40)
    with pytest.raises(PackageError) as refused:
        write_container([("a", bytes(20))], io.BytesIO())
    assert refused.value.code == "zip.size"


def resigned(
    change: Callable[[dict[str, bytes]], None], of_manifest: Callable[[bytes], bytes] = lambda manifest: manifest
) -> bytes:
    """The package with members changed, listed and signed again: what an organisation with its own key could send."""
    with zipfile.ZipFile(io.BytesIO(PACKAGE)) as old:
        members = {name: old.read(name) for name in old.namelist()}
    header, refs = load_manifest(members.pop("manifest.json"))
    del members["manifest.note"]
    change(members)
    listed = [
        replace(refs[0], name=name, size=len(data), digest=header.hasher.digest(data)) for name, data in members.items()
    ]
    manifest = of_manifest(render_canonical(manifest_json(header, listed)))
    note = render_note(sign_note(manifest_note_text(header, manifest), [LOG]))
    file = io.BytesIO()
    write_container([("manifest.json", manifest), ("manifest.note", note), *members.items()], file)
    return file.getvalue()


def test_signing_again_without_a_change_gives_the_same_package() -> None:
    assert resigned(lambda members: None) == PACKAGE


@pytest.mark.parametrize(
    ("old", "new", "step", "reason"),
    [
        (b'"version":1}', b'"version":2}', "manifest", "version"),
        (b'"format":"lianze-package"', b'"format":"other"', "manifest", "version"),
        (b'"utc_offset_minutes":480', b'"utc_offset_minutes":841', "manifest", "shape"),
        (b'"utc_offset_minutes":480', b'"utc_offset_minutes":true', "manifest", "shape"),
        (b'"utc_offset_minutes":480', b'"utc_offset_minutes":"480"', "manifest", "shape"),
        (b'"utc_offset_minutes":480', b'"utc_offset_minutes":-480', "honest-time", "honest-time"),
        (b'"size":382}', b'"size":383}', "members", "members.digest"),
        (b'"hash":"sha-256"', b'"hash":"md5"', "manifest", "hash.unknown"),
        (b'"origin":"lianze/', b'"origin":"Lianze/', "manifest", "manifest.note"),
    ],
)
def test_a_signed_manifest_that_says_otherwise_is_refused(old: bytes, new: bytes, step: str, reason: str) -> None:
    def change(manifest: bytes) -> bytes:
        assert old in manifest
        return manifest.replace(old, new)

    assert refusal(resigned(lambda members: None, change)) == (step, reason)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"[" * 200_000, "json.depth"),
        (b'{"entries":' * 200_000, "json.depth"),
        (b'{"entries":[],"entries":[]}', "json.duplicate"),
        (b'{"entries":[NaN]}', "json.number"),
        (b'{"entries":[1e999]}', "json.number"),
        (b'{"entries":[' + b"9" * 100_000 + b"]}", "json.number"),
        (b'{ "entries":[]}', "json.spelling"),
        (b'{"entries":[],"more":1}', "shape"),
        (b'{"entries":{}}', "shape"),
        (b'{"entries":[null]}', "shape"),
        (b'{"entries":[{"id":1}]}', "shape"),
        (b"[]", "shape"),
        (b'"\\ud800"', "json.value"),
        (b"\xff\xfe", "json.encoding"),
        (b"", "json.syntax"),
    ],
)
def test_hostile_json_is_refused_even_when_signed(text: bytes, reason: str) -> None:
    assert refusal(resigned(lambda members: members.update({"entries.json": text}))) == ("entries", reason)


@pytest.mark.parametrize("text", [b'"' + b'\\"' * 400_000, b'"' + b"a" * 1_000_000, b'"\\' * 200_000])
def test_reading_time_stays_in_proportion_to_the_text(text: bytes) -> None:
    """Unclosed text with many quotes would take minutes if each quote were tried as a beginning."""
    start = time.process_time()
    with pytest.raises(LogError):
        load_json(text)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("name", ["figures.json", "entries.json", "honest-time.json", "evidence.json", "proof.json"])
def test_a_package_that_leaves_out_a_part_is_refused(name: str) -> None:
    def change(members: dict[str, bytes]) -> None:
        del members[name]

    assert refusal(resigned(change)) == ("members", "members.list")


def test_an_enclosed_file_nobody_names_is_refused() -> None:
    extra = {"evidence/" + "f" * 64: b"x"}
    assert refusal(resigned(lambda members: members.update(extra))) == ("evidence", "evidence.list")


def test_key_lines_that_are_not_text_do_not_crash_the_reader() -> None:
    package = resigned(lambda members: members.update({"keys.txt": b"\xff\xff"}))
    last = examine_package(package, NOW, Trust()).steps[-1]
    assert (last.name, last.reason) == ("signature", "unreadable")


@pytest.mark.parametrize("moment", [b"0001-01-01T00:00:00Z", b"9999-12-31T23:59:59Z", b"2024-13-01T00:00:00Z"])
def test_entries_at_the_ends_of_time_do_not_crash_the_reader(moment: bytes) -> None:
    def change(members: dict[str, bytes]) -> None:
        members["entries.json"] = members["entries.json"].replace(b"2024-05-31T02:00:00Z", moment)

    assert refusal(resigned(change))[1] in ("entry.time", "honest-time", "shape")


def test_a_source_that_changes_while_it_is_packed_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([[b"one"], [b"two"]])
    monkeypatch.setattr(container_module, "chunks_of", lambda source: iter(next(answers)))
    with pytest.raises(PackageError) as refused:
        write_container([("a", b"")], io.BytesIO())
    assert refused.value.code == "zip.crc"


def test_a_missing_member_is_an_error_of_its_own() -> None:
    with pytest.raises(PackageError) as refused:
        Container(io.BytesIO(PACKAGE)).read("nothing")
    assert refused.value.code == "zip.missing"
