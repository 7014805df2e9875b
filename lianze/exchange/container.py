"""The file itself, before anything reads it: is it an .xlsx, and is it safe to open?

An .xlsx is a zip of XML. Every member is inflated once, in pieces, and what comes out is counted, because the sizes in
the zip's directory are only claims; what is then opened is no larger than it says. Macros are never read.
"""

import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from lianze.domain.errors import Refused
from lianze.domain.zips import UNREADABLE_ZIP
from lianze.exchange.scan import Scan, Scanner

MEGABYTE = 1 << 20
MOST_BYTES = 600 * MEGABYTE
MOST_MEMBERS = 5_000
PIECE_BYTES = 1 << 20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A protected .xlsx is an OLE file that holds a stream of this name (UTF-16).
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


@dataclass(frozen=True)
class Package:
    """What was found in the file: scans of its sheets by name, and whether it carries macros."""

    scans: dict[str, Scan] = field(default_factory=dict)
    has_macros: bool = False


def inspect(path: Path) -> Package:
    """Reads the whole file once. Refused, with the reason in words, for what can't be or shouldn't be opened."""
    if not path.is_file():
        raise Refused(f"没有文件“{path.name}” / no such file")
    with path.open("rb") as file:
        require_zip(file, path.name)
        try:
            with zipfile.ZipFile(file) as archive:
                return inspect_members(file, archive, path.name)
        except UNREADABLE_ZIP as error:
            raise Refused(f"“{path.name}”已损坏，请用 Excel 或 WPS 打开后另存为 .xlsx / damaged file") from error


def require_zip(file: BinaryIO, name: str) -> None:
    """Refused for what is no zip, naming what it seems to be."""
    head = file.read(8)
    if head == OLE:
        if ENCRYPTED in head + file.read(MEGABYTE):
            raise Refused(f"“{name}”设有打开密码，请去掉密码后再导入 / protected by a password")
        raise Refused(f"“{name}”是旧版 .xls，请另存为 .xlsx 后再导入 / an old .xls; save it as .xlsx")
    if not head:
        raise Refused(f"“{name}”是空文件 / empty file")
    if not head.startswith(b"PK"):
        raise Refused(f"“{name}”不是 .xlsx 工作簿 / not an .xlsx workbook")


def inspect_members(file: BinaryIO, archive: zipfile.ZipFile, name: str) -> Package:
    """Inflates every member once, scanning the sheets on the way."""
    members = {info.filename: info for info in archive.infolist()}
    if "xl/workbook.xml" not in members:
        raise Refused(f"“{name}”不是 .xlsx 工作簿（缺少 xl/workbook.xml）/ not an .xlsx workbook")
    if len(archive.infolist()) != len(members) or len(members) > MOST_MEMBERS:
        raise Refused(f"“{name}”结构异常，不予打开 / malformed package")
    if any(info.flag_bits & 1 for info in members.values()):
        raise Refused(f"“{name}”设有打开密码，请去掉密码后再导入 / protected by a password")
    if sum(info.file_size for info in members.values()) > MOST_BYTES:
        raise Refused(f"“{name}”展开后超过 {MOST_BYTES // MEGABYTE} MB，不予打开 / too large when unpacked")
    kept: dict[str, bytes] = {}
    scanners: dict[str, Scanner] = {}
    for info in members.values():
        pieces = inflate(file, info, name)
        if info.filename in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
            kept[info.filename] = b"".join(pieces)
        elif info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml"):
            scanners[info.filename] = Scanner(name)
            for piece in pieces:
                scanners[info.filename].feed(piece)
        else:
            for _ in pieces:
                pass
    sheets = names_of(kept["xl/workbook.xml"], kept.get("xl/_rels/workbook.xml.rels", b""))
    scans = {sheets.get(member, member): scanner.finish() for member, scanner in scanners.items()}
    return Package(scans, any(member.endswith("vbaProject.bin") for member in members))


def inflate(file: BinaryIO, info: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """A member's content in pieces; Refused as soon as it is longer than its directory entry says."""
    file.seek(info.header_offset)
    local = file.read(30)
    file.seek(int.from_bytes(local[26:28], "little") + int.from_bytes(local[28:30], "little"), 1)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused(f"“{name}”的压缩方式不受支持，请另存为 .xlsx / unknown compression")
    inflater = zlib.decompressobj(-15) if info.compress_type == zipfile.ZIP_DEFLATED else None
    left, size = info.compress_size, 0
    while left > 0:
        raw = file.read(min(left, PIECE_BYTES))
        if not raw:
            raise EOFError
        left -= len(raw)
        while raw:
            piece = inflater.decompress(raw, PIECE_BYTES) if inflater else raw
            raw = inflater.unconsumed_tail if inflater else b""
            size += len(piece)
            if size > info.file_size:
                raise Refused(f"“{name}”展开后比它声明的大，疑为压缩炸弹，不予打开 / a zip bomb")
            yield piece
    if size != info.file_size:
        raise EOFError


def names_of(workbook: bytes, relations: bytes) -> dict[str, str]:
    """Sheet name by zip member."""
    targets = {}
    for tag in RELATION.findall(relations):
        found = attributes_of(tag)
        targets[found.get("Id", "")] = found.get("Target", "")
    sheets = {}
    for tag in SHEET.findall(workbook):
        found = attributes_of(tag)
        target = targets.get(next((v for k, v in found.items() if k.endswith(":id")), ""), "")
        member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        sheets[member] = found.get("name", "")
    return sheets


def attributes_of(tag: bytes) -> dict[str, str]:
    """The attributes of one XML tag."""
    found = ((name.decode(), (a or b).decode()) for name, a, b in ATTRIBUTE.findall(tag))
    return {name: html.unescape(value) for name, value in found}
