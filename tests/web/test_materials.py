"""Evidence on demand: what a list shows or a figure rests on, as one zip with a list that leads back to the log."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import StreamingHttpResponse
from django.test import Client

from lianze.exchange import materials
from lianze.ledger.evidence import path_of, store_file
from lianze.ledger.models import Attachment, Entry, Evidence, Revision
from lianze.org.keys import new_id
from lianze.org.models import Account, AuditRecord, Organisation
from tests.web.conftest import NOW, LogIn

STUDY = {"kind": "study.collective", "title": "学习：/公务接待*新规", "happened_on": "2023-12-29", "@host": "沈望川"}


def record(client: Client, *files: tuple[str, bytes]) -> Entry:
    """Records a session with these evidence files."""
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    answer = client.post("/registers/activity/new/", {**STUDY, "files": sent})
    assert answer.status_code == 302, answer.content.decode()
    return Entry.objects.get(id=answer.headers["Location"].split("/")[2])


def opened(client: Client, address: str) -> zipfile.ZipFile:
    """The zip at an address."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()
    assert isinstance(answer, StreamingHttpResponse)
    chunks = answer.streaming_content
    assert isinstance(chunks, Iterable)
    return zipfile.ZipFile(io.BytesIO(b"".join(chunks)))


def listed(archive: zipfile.ZipFile) -> list[dict[str, str]]:
    """The rows of its list."""
    return list(csv.DictReader(io.StringIO(archive.read(materials.LIST).decode("utf-8-sig"))))


def test_the_zip_holds_every_file_and_the_leaf_of_every_entry(log_in: LogIn, office: Organisation) -> None:
    client = log_in("clerk")
    entry = record(client, ("签到表.txt", b"one"), ("签到表（2）.txt", b"two"))
    archive = opened(client, "/registers/activity/materials.zip?q=公务接待&from=2023-12-29")
    (name,) = {path.split("/")[0] for path in archive.namelist() if "/" in path}
    assert name.startswith("0001 2023-12-29 学习：_公务接待_新规")
    rows = listed(archive)
    assert {archive.read(row["文件 File"]) for row in rows} == {b"one", b"two"}
    assert all(hashlib.sha256(archive.read(row["文件 File"])).hexdigest() == row["SHA-256"] for row in rows)
    revision = Revision.objects.get(organisation_id=office.id, subject_id=entry.id)
    assert {row["叶哈希 Leaf hash"] for row in rows} == {bytes(revision.leaf).hex()}
    (book,) = (name for name in archive.namelist() if name.endswith(".xlsx"))
    assert openpyxl.load_workbook(io.BytesIO(archive.read(book))).worksheets[0].max_row == 2
    assert "佐证材料" in AuditRecord.objects.filter(action="exported").latest("id").about


def test_behind_a_figure_entries_without_evidence_are_named_too(log_in: LogIn, office: Organisation) -> None:
    client = log_in("clerk")
    record(client, ("签到表.txt", b"one"))
    page = client.get("/figures/study.collective.count/?year=2023").content.decode()
    assert "/figures/study.collective.count/materials.zip?year=2023" in page
    archive = opened(client, "/figures/study.collective.count/materials.zip?year=2023")
    behind = Entry.objects.filter(
        organisation_id=office.id, kind__startswith="study.collective", happened_on__year=2023
    ).count()
    rows = listed(archive)
    assert len({row["序号 No."] for row in rows}) == behind > 1
    assert {materials.NONE} < {row["文件 File"] for row in rows}


def test_names_that_differ_in_case_alone_stay_apart(log_in: LogIn) -> None:
    client = log_in("clerk")
    record(client, ("A.TXT", b"one"), ("A.txt", b"two"), ("长" * 80 + ".txt", b"three"))
    archive = opened(client, "/registers/activity/materials.zip?q=公务接待&from=2023-12-29")
    names = [path.split("/")[1] for path in archive.namelist() if "/" in path]
    assert len({name.casefold() for name in names}) == 3
    assert max(map(len, names)) == materials.LONGEST_NAME and all(name.lower().endswith(".txt") for name in names)


def test_a_file_that_is_gone_is_said_and_the_rest_comes(log_in: LogIn) -> None:
    client = log_in("clerk")
    entry = record(client, ("有.txt", b"here"), ("无.txt", b"gone"))
    lost = Attachment.objects.select_related("evidence").get(entry_id=entry.id, name="无.txt")
    path_of(bytes(lost.evidence.sha256).hex()).unlink()
    rows = listed(opened(client, "/registers/activity/materials.zip?q=公务接待&from=2023-12-29"))
    assert [bool(row["SHA-256"]) for row in sorted(rows, key=lambda row: row["文件 File"])] == [True, False]
    assert any(materials.LOST in row["文件 File"] for row in rows)


def test_whoever_stands_aside_gets_no_files_of_that_entry(log_in: LogIn, office: Organisation) -> None:
    own = Account.objects.get(username="principal").person_id
    sha256 = store_file(office.id, b"paper", NOW)
    evidence = Evidence.objects.get(organisation_id=office.id)
    for entry in Entry.objects.filter(organisation_id=office.id, register="archive"):
        Attachment(id=new_id(), organisation_id=office.id, entry=entry, evidence=evidence, name="档案.txt").save()
    rows = listed(opened(log_in("principal"), "/registers/archive/materials.zip"))
    mine = Entry.objects.filter(organisation_id=office.id, register="archive", owner_id=own).count()
    assert sum(row["文件 File"] == materials.HIDDEN for row in rows) == mine > 0
    assert {row["SHA-256"] for row in rows if row["文件 File"] != materials.HIDDEN} == {sha256}


def test_too_many_entries_or_bytes_are_refused_with_what_to_do(log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    client = log_in("clerk")
    record(client, ("签到表.txt", b"one"))
    monkeypatch.setattr(materials, "MOST_BYTES", 2)
    answer = client.get("/registers/activity/materials.zip?q=公务接待&from=2023-12-29")
    assert answer.status_code == 403 and "缩小筛选范围" in answer.content.decode()
    monkeypatch.setattr(materials, "MOST_ENTRIES", 3)
    answer = client.get("/figures/study.collective.count/materials.zip?year=2023")
    assert answer.status_code == 403 and "最多打包3条" in answer.content.decode()
