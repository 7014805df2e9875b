"""Evidence through the pages: sent with the form or ahead of it, refused in words, looked at by readers alone."""

import io

import pypdfium2
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lianze.ledger.evidence import preview_of
from lianze.ledger.models import Attachment, Entry, Evidence
from lianze.ledger.store_check import remove_orphan
from lianze.org.models import Organisation
from tests.web.conftest import LogIn, first_of
from tests.web.test_recording import record

PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 64
FILES = "/registers/activity/files/"


def made_pdf() -> bytes:
    """A PDF of one empty page."""
    document, file = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(595, 842)
    document.save(file)
    return file.getvalue()


def attach(client: Client, name: str, data: bytes) -> tuple[Entry, str]:
    """An entry with one file, and the file's hash."""
    entry = record(client, files=SimpleUploadedFile(name, data))
    return entry, bytes(Attachment.objects.get(entry_id=entry.id).evidence.sha256).hex()


def test_evidence_is_shown_to_readers_and_safe_to_open(log_in: LogIn, office: Organisation) -> None:
    client = log_in("clerk")
    entry, sha256 = attach(client, "签到.png", PICTURE)
    answer = log_in("head").get(f"/entries/{entry.id}/evidence/{sha256}/")
    assert b"".join(answer.streaming_content) == PICTURE  # type: ignore[attr-defined]
    assert answer.headers["Content-Type"] == "image/png"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert client.get(f"/entries/{first_of(office, 'duty').id}/evidence/{sha256}/").status_code == 404


def test_evidence_cannot_be_attached_by_its_hash(log_in: LogIn, office: Organisation) -> None:
    entry = record(log_in("clerk"), kept="佐证.pdf:" + "ab" * 32)
    assert not Attachment.objects.filter(organisation_id=office.id, entry_id=entry.id).exists()


def test_files_sent_ahead_are_attached_by_their_tokens_by_nobody_else(log_in: LogIn, office: Organisation) -> None:
    clerk = log_in("clerk")
    kept = clerk.post(FILES, {"files": SimpleUploadedFile("签到.png", PICTURE)}).json()["kept"]
    assert [one["name"] for one in kept] == ["签到.png"]
    token = kept[0]["token"]
    theirs = record(log_in("leader"), kept=token)
    mine = record(clerk, kept=token, title="学习另一份规定")
    attached = Attachment.objects.filter(organisation_id=office.id)
    assert not attached.filter(entry_id=theirs.id).exists() and attached.get(entry_id=mine.id).name == "签到.png"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("空.txt", b"", "空文件"),
        ("大.bin", b"1" * 101, "超过"),
        ("安装.exe", b"anything", "程序或脚本"),
        ("照片.png", b"MZ\x90\x00", "程序或脚本"),
        ("登记.vbs", b"x = 1", "程序或脚本"),
    ],
)
def test_what_is_no_evidence_is_refused_by_its_own_name(
    name: str, data: bytes, said: str, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "EVIDENCE_LIMIT_BYTES", 100)
    answer = log_in("clerk").post(FILES, {"files": SimpleUploadedFile(name, data)})
    refused = answer.json()["refused"]
    assert answer.status_code == 422 and f"“{name}”" in refused and said in refused and " / " not in refused
    assert not Evidence.objects.exists()


def test_a_pdf_shows_its_first_page_to_whoever_may_read_it(log_in: LogIn, office: Organisation) -> None:
    clerk = log_in("clerk")
    entry, sha256 = attach(clerk, "纪要.pdf", made_pdf())
    address = f"/entries/{entry.id}/evidence/{sha256}/page.png"
    assert address in clerk.get(f"/entries/{entry.id}/").content.decode()
    answer = log_in("head").get(address)
    picture = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert answer.headers["Content-Type"] == "image/png" and picture.startswith(b"\x89PNG") and len(picture) > 500
    preview_of(sha256).write_bytes(b"made once")
    assert b"".join(clerk.get(address).streaming_content) == b"made once"  # type: ignore[attr-defined]
    assert clerk.get(f"/entries/{first_of(office, 'duty').id}/evidence/{sha256}/page.png").status_code == 404
    assert Client().get(address).status_code == 302


def test_a_hidden_entrys_first_page_is_not_there(log_in: LogIn, office: Organisation) -> None:
    _, sha256 = attach(log_in("clerk"), "纪要.pdf", made_pdf())
    hidden = first_of(office, "archive")
    evidence = Evidence.objects.get(organisation_id=office.id)
    Attachment.objects.create(organisation_id=office.id, entry_id=hidden.id, evidence_id=evidence.id, name="a.pdf")
    address = f"/entries/{hidden.id}/evidence/{sha256}/page.png"
    assert log_in("principal").get(address).status_code == 200
    assert log_in("clerk").get(address).status_code == 404


def test_a_broken_pdf_gets_a_plain_mark_and_breaks_nothing(log_in: LogIn) -> None:
    clerk = log_in("clerk")
    entry, sha256 = attach(clerk, "坏.pdf", b"%PDF-1.7 broken")
    answer = clerk.get(f"/entries/{entry.id}/evidence/{sha256}/page.png")
    assert answer.status_code == 302 and answer.headers["Location"].endswith("/pdf.svg")


def test_an_erased_file_leaves_no_picture_behind(log_in: LogIn) -> None:
    clerk = log_in("clerk")
    entry, sha256 = attach(clerk, "纪要.pdf", made_pdf())
    clerk.get(f"/entries/{entry.id}/evidence/{sha256}/page.png")
    assert preview_of(sha256).exists()
    Attachment.objects.all().delete()
    Evidence.objects.all().delete()
    assert remove_orphan(sha256) and not preview_of(sha256).exists()
