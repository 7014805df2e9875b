"""The evidence of a list of entries as one zip: a folder an entry, and a list that says which file belongs to what.

The list holds the SHA-256 of every file and the leaf of every entry, so that whoever receives the zip can hold it
against the log or a report package.
"""

import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO
from uuid import UUID

from lianze.domain.errors import Refused
from lianze.exchange.csv_text import render_csv
from lianze.ledger.actions import Desk
from lianze.ledger.evidence import path_of, read_file
from lianze.ledger.models import Attachment, Entry, Revision
from lianze.ledger.subjects import read_subjects
from lianze.rules import may_see_notes

MOST_ENTRIES = 2_000
MOST_BYTES = 2_000_000_000
LONGEST_NAME = 60
LIST = "清单.csv"
HEADS = (
    "序号 No.",
    "台账 Register",
    "日期 Date",
    "内容 Title",
    "文件 File",
    "SHA-256",
    "叶序号 Leaf",
    "叶哈希 Leaf hash",
)
NONE, HIDDEN, LOST = "（无佐证 none）", "（按回避要求不提供 withheld）", "（文件缺失 missing）"
# What a name in a zip may not hold on one system or another.
UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


@dataclass(frozen=True)
class File:
    """One evidence file of an entry: its name there, its SHA-256 in hex, its size in bytes."""

    name: str
    sha256: str
    size: int


def write_materials(desk: Desk, entries: Sequence[Entry], target: IO[bytes], also: Mapping[str, bytes]) -> int:
    """Writes the zip for entries that the actor may see, in their order, and the files `also`; how many pieces of evidence.

    Refused for more entries or bytes than one file should carry. Whoever must stand aside gets no files of that entry.
    """
    require_few(len(entries))
    files = read_files(desk, entries)
    require_small(sum(file.size for held in files.values() for file in held))
    rows: list[tuple[str, ...]] = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for name, content in also.items():
            archive.writestr(name, content)
        leaves = read_leaves(desk, entries)
        open_ids = seen_with_notes(desk, entries)
        for at, entry in enumerate(entries, 1):
            held = files.get(entry.id, []) if entry.id in open_ids else None
            for said, sha256 in write_entry(archive, folder_of(at, entry), held):
                about = (str(at), desk.pack.registers[entry.register].title, str(entry.happened_on), entry.title)
                rows.append((*about, said, sha256, *leaves.get(entry.id, ("", ""))))
        archive.writestr(LIST, render_csv([HEADS, *rows]))
    return sum(1 for row in rows if row[5])


def require_few(count: int) -> None:
    """Refused for too many entries."""
    if count > MOST_ENTRIES:
        sentence = f"共{count}条，一次最多打包{MOST_ENTRIES:,}条；请缩小筛选范围，如按年度或类型"
        raise Refused(f"{sentence} / {count} entries, {MOST_ENTRIES:,} at most: narrow the filter")


def require_small(size: int) -> None:
    """Refused for too many bytes."""
    if size > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        sentence = f"佐证共{size // 1_000_000:,}MB，一次最多{most:,}MB；请缩小筛选范围"
        raise Refused(f"{sentence} / {size // 1_000_000:,} MB of evidence, {most:,} at most: narrow the filter")


def read_files(desk: Desk, entries: Sequence[Entry]) -> dict[UUID, list[File]]:
    """The evidence files of each entry, by name."""
    ids = [entry.id for entry in entries]
    rows = Attachment.objects.filter(organisation_id=desk.organisation.id, entry_id__in=ids).select_related("evidence")
    found: dict[UUID, list[File]] = {}
    for row in rows.order_by("name"):
        file = File(row.name, bytes(row.evidence.sha256).hex(), row.evidence.size)
        found.setdefault(row.entry_id, []).append(file)
    return found


def read_leaves(desk: Desk, entries: Sequence[Entry]) -> dict[UUID, tuple[str, str]]:
    """Index and hash of the leaf of each entry's present version."""
    ids = [entry.id for entry in entries]
    rows = Revision.objects.filter(organisation_id=desk.organisation.id, subject_id__in=ids).order_by("number")
    return {row.subject_id: (str(row.leaf_index), bytes(row.leaf).hex()) for row in rows}


def seen_with_notes(desk: Desk, entries: Sequence[Entry]) -> set[UUID]:
    """Entries whose evidence the actor may see."""
    subjects = read_subjects(desk.organisation, entries, desk.pack)
    return {entry_id for entry_id, subject in subjects.items() if may_see_notes(desk.actor, subject, desk.pack)}


def write_entry(archive: zipfile.ZipFile, folder: str, held: list[File] | None) -> Iterator[tuple[str, str]]:
    """Puts an entry's files into its folder; (path or what is said instead, SHA-256) for the list."""
    if held is None:
        yield HIDDEN, ""
        return
    if not held:
        yield NONE, ""
    taken: set[str] = set()
    for file in held:
        if not path_of(file.sha256).is_file():
            yield f"{file.name}{LOST}", ""
            continue
        path = f"{folder}/{free_name(fit(file.name), taken)}"
        with archive.open(zipfile.ZipInfo(path), "w", force_zip64=True) as member:
            for chunk in read_file(file.sha256):
                member.write(chunk)
        yield path, file.sha256


def folder_of(at: int, entry: Entry) -> str:
    """A folder's name that sorts as the list and says what is in it."""
    return f"{at:04d} {entry.happened_on} {fit(entry.title)}".rstrip(" .")


def fit(name: str) -> str:
    """A name that every system can keep, not too long for one; its ending stays."""
    plain = UNFIT.sub("_", unicodedata.normalize("NFC", name)).strip(" .") or "_"
    if len(plain) <= LONGEST_NAME:
        return plain
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 8:
        return plain[:LONGEST_NAME].rstrip(" .")
    return f"{stem[: LONGEST_NAME - len(ending) - 1].rstrip(' .')}.{ending}"


def free_name(name: str, taken: set[str]) -> str:
    """The name, or with a number where it is taken; systems that do not know A from a are thought of."""
    stem, dot, ending = name.rpartition(".")
    free, count = name, 2
    while free.casefold() in taken:
        free = f"{stem}（{count}）.{ending}" if dot else f"{name}（{count}）"
        count += 1
    taken.add(free.casefold())
    return free
