"""Files that are no workbook, or are made to do harm: refused in words, before anything opens them."""

import io
import random
import re
import shutil
import struct
import subprocess
import sys
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianze.domain.errors import LianzeError, Refused
from lianze.exchange.container import inspect
from lianze.exchange.importing import import_workbook
from lianze.exchange.scan import MOST_CELLS, Scanner, column_letters, column_number
from lianze.ledger.actions import Desk
from tests.exchange.offices import ABOUT, activities, make_workbook, study

DAY = date(2023, 3, 15)


def rezip(source: Path, target: Path, changed: dict[str, bytes]) -> Path:
    """A copy of a package with members replaced or added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename not in changed:
                new.writestr(info.filename, old.read(info))
        for name, content in changed.items():
            new.writestr(name, content)
    return target


def sheet_xml(cells: str) -> bytes:
    """A worksheet with these rows."""
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return f"{head}{cells}</sheetData></worksheet>".encode()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "空文件"),
        (b"%PDF-1.7 ...", "不是 .xlsx"),
        ("编号,类型\n1,集中学习\n".encode("gb18030"), "不是 .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版 .xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (b"PK\x03\x04" + bytes(100), "已损坏"),
    ],
)
def test_what_is_no_workbook_is_named(tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "台账.xlsx"
    file.write_bytes(content)
    with pytest.raises(Refused, match=told):
        inspect(file)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "无.xlsx", tmp_path):
        with pytest.raises(Refused, match="没有文件"):
            inspect(path)


def test_a_word_document_is_no_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(Refused, match=r"缺少 xl/workbook\.xml"):
        inspect(tmp_path / "a.xlsx")


def test_macros_are_let_be_and_said(desk: Desk, book: Path) -> None:
    make_workbook(book, ABOUT)
    report = import_workbook(desk, rezip(book, book.with_suffix(".xlsm"), {"xl/vbaProject.bin": b"\xd0\xcf"}))
    assert (report.added, report.notes[0].startswith("工作簿含宏")) == (14, True)


def test_a_bomb_is_refused_by_what_it_says(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member:
            for _ in range(700):
                member.write(bytes(1 << 20))
    assert (tmp_path / "a.xlsx").stat().st_size < 1 << 20
    with pytest.raises(Refused, match="展开后超过 600 MB"):
        inspect(tmp_path / "a.xlsx")


def test_a_bomb_that_lies_about_its_size_is_stopped_as_it_grows(tmp_path: Path) -> None:
    make_workbook(tmp_path / "a.xlsx", ABOUT)
    bomb = rezip(tmp_path / "a.xlsx", tmp_path / "b.xlsx", {"xl/worksheets/sheet1.xml": bytes(200 << 20)})
    raw = bomb.read_bytes()
    bomb.write_bytes(raw.replace(struct.pack("<I", 200 << 20), struct.pack("<I", 1000)))
    tracemalloc.start()
    with pytest.raises(Refused, match="压缩炸弹"):
        inspect(bomb)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20 << 20


def test_one_cell_in_the_last_corner_does_not_ask_for_gigabytes(tmp_path: Path) -> None:
    make_workbook(tmp_path / "a.xlsx", ABOUT)
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    rezip(tmp_path / "a.xlsx", tmp_path / "b.xlsx", {"xl/worksheets/sheet1.xml": sheet_xml(cells)})
    with pytest.raises(Refused, match="工作表过大（1048576行 × 16384列）"):
        inspect(tmp_path / "b.xlsx")


def test_formatted_but_empty_rows_to_the_end_of_the_sheet_are_harmless(desk: Desk, book: Path) -> None:
    make_workbook(book, activities(study("HD1", DAY)))
    with zipfile.ZipFile(book) as archive:
        content = archive.read("xl/worksheets/sheet4.xml")
    tail = b"".join(
        b'<row r="%d"><c r="XFC%d" s="1"/><c r="XFD%d" s="1"></c></row>' % (n, n, n) for n in (1000, 1048576)
    )
    rezip(
        book,
        book.with_name("b.xlsx"),
        {"xl/worksheets/sheet4.xml": content.replace(b"</sheetData>", tail + b"</sheetData>")},
    )
    assert import_workbook(desk, book.with_name("b.xlsx")).added == 15


def test_a_member_twice_encrypted_or_oddly_packed_is_refused(tmp_path: Path) -> None:
    make_workbook(tmp_path / "a.xlsx", ABOUT)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive, pytest.warns(UserWarning):
        content = archive.read("xl/workbook.xml")
        with zipfile.ZipFile(shutil.copy(tmp_path / "a.xlsx", tmp_path / "b.xlsx"), "a") as twice:
            twice.writestr("xl/workbook.xml", content)
    with pytest.raises(Refused, match="结构异常"):
        inspect(tmp_path / "b.xlsx")
    with zipfile.ZipFile(tmp_path / "c.xlsx", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/workbook.xml", content)
    with pytest.raises(Refused, match="压缩方式"):
        inspect(tmp_path / "c.xlsx")


def test_entities_that_grow_are_not_expanded(tmp_path: Path) -> None:
    make_workbook(tmp_path / "a.xlsx", ABOUT)
    grown = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    content = f'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a0 "ha">{grown}]><sst><si><t>&a11;</t></si></sst>'
    made = rezip(tmp_path / "a.xlsx", tmp_path / "b.xlsx", {"xl/sharedStrings.xml": content.encode()})
    code = "import sys, resource; resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30));"
    code += "from python_calamine import CalamineWorkbook as W\nw = W.from_path(sys.argv[1])\n"
    code += "print(sum(len(str(c)) for n in w.sheet_names for r in w.get_sheet_by_name(n).to_python() for c in r))"
    done = subprocess.run([sys.executable, "-c", code, str(made)], capture_output=True, text=True, timeout=120)
    assert "MemoryError" not in done.stderr
    assert done.returncode >= 0


def test_a_directory_that_points_before_the_file_is_a_damaged_file(tmp_path: Path) -> None:
    make_workbook(tmp_path / "a.xlsx", ABOUT)
    raw = bytearray((tmp_path / "a.xlsx").read_bytes())
    offset = raw.rindex(b"PK\x05\x06") + 16
    raw[offset : offset + 4] = (1 << 24).to_bytes(4, "little")
    (tmp_path / "b.xlsx").write_bytes(raw)
    with pytest.raises(Refused, match="已损坏"):
        inspect(tmp_path / "b.xlsx")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**9))
def test_flipped_bytes_end_in_a_reason_never_in_a_crash(tmp_path: Path, seed: int) -> None:
    source = tmp_path / "a.xlsx"
    if not source.exists():
        make_workbook(source, ABOUT)
    raw, chance = bytearray(source.read_bytes()), random.Random(seed)
    for _ in range(chance.randrange(1, 8)):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    (tmp_path / "b.xlsx").write_bytes(raw)
    try:
        inspect(tmp_path / "b.xlsx")
    except LianzeError as error:
        assert str(error)


@given(st.binary(max_size=3000), st.integers(1, 400))
def test_a_scan_does_not_depend_on_where_the_pieces_end(noise: bytes, size: int) -> None:
    text = noise.replace(b"<", b"") + sheet_xml(
        '<row r="2"><c r="B2" t="e"><v>#N/A</v></c><c r="C2"><f>1+1</f><v></v></c></row>'
        '<row r="3"><c r="AB3"><f>1</f><v>1</v></c></row>'
    )
    scanner = Scanner("x")
    for start in range(0, len(text), size):
        scanner.feed(text[start : start + size])
    found = scanner.finish()
    assert (found.errors, found.unevaluated) == ({(1, 1): "#N/A"}, {(1, 2)})
    assert MOST_CELLS >= scanner.width * scanner.height >= 28 * 3


@given(st.integers(0, 16383))
def test_column_letters_read_back(position: int) -> None:
    assert column_number(column_letters(position).encode()) == position + 1


def test_columns_are_named_as_excel_names_them() -> None:
    assert [column_letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_workbook_in_memory_of_another_writer_is_read(desk: Desk, tmp_path: Path) -> None:
    """Some programs put a prefix on every element."""

    make_workbook(tmp_path / "a.xlsx", ABOUT)
    kept = io.BytesIO((tmp_path / "a.xlsx").read_bytes())
    with zipfile.ZipFile(kept) as archive:
        changed = {}
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet") or name in ("xl/sharedStrings.xml",):
                text = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", archive.read(name))
                changed[name] = text.replace(b"xmlns=", b"xmlns:x=")
    rezip(tmp_path / "a.xlsx", tmp_path / "b.xlsx", changed)
    assert import_workbook(desk, tmp_path / "b.xlsx").added == 14
