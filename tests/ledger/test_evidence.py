"""Evidence by content: kept once, whole or not at all, typed by what is in it."""

import hashlib
import os
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from lianze.domain.errors import Refused
from lianze.ledger.evidence import in_place, path_of, read_file, stage, store_file, sweep, write_evidence
from lianze.ledger.media import media_type_of
from lianze.ledger.models import Evidence
from lianze.ledger.states import Author
from lianze.ledger.write_org import create_organisation
from lianze.org.models import Organisation

pytestmark = pytest.mark.django_db
NOW = datetime(2023, 12, 31, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    """An empty store."""
    settings.EVIDENCE = tmp_path / "evidence"  # type: ignore[attr-defined]
    settings.EVIDENCE_LIMIT_BYTES = 3 << 20  # type: ignore[attr-defined]
    return tmp_path / "evidence"


def make(code: str) -> Organisation:
    """A new organisation."""
    return create_organisation(code, code, code, "", "", NOW, Author("test"))


def test_a_file_is_kept_once_under_its_hash_whoever_hands_it_in(store: Path, tmp_path: Path) -> None:
    content = b"%PDF-1.7 minutes" * 100_000
    (tmp_path / "a.pdf").write_bytes(content)
    first, second = make("a"), make("b")
    sha256 = store_file(first.id, tmp_path / "a.pdf", NOW)
    assert store_file(first.id, content, NOW) == store_file(second.id, content, NOW) == sha256
    assert sha256 == hashlib.sha256(content).hexdigest()
    assert path_of(sha256) == store / sha256[:2] / sha256[2:]
    assert b"".join(read_file(sha256)) == content
    rows = Evidence.objects.order_by("stored_at").values_list("size", "media_type")
    assert list(rows) == [(len(content), "application/pdf")] * 2
    assert [path for path in store.rglob("*") if path.is_file() and path.name != "lock"] == [path_of(sha256)]


@pytest.mark.parametrize("content", [b"", bytes((3 << 20) + 1)], ids=["empty", "too large"])
def test_what_may_not_be_kept_leaves_nothing(store: Path, content: bytes) -> None:
    with pytest.raises(Refused):
        store_file(make("a").id, content, NOW)
    assert not [path for path in store.rglob("*") if path.is_file()]
    assert not Evidence.objects.exists()


def test_links_folders_and_pipes_are_no_evidence(store: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "pipe")
    for source in (tmp_path / "link", tmp_path / "pipe", tmp_path):
        with pytest.raises((Refused, IsADirectoryError)):
            stage(source)


def test_what_was_placed_is_taken_back_when_the_commit_fails(store: Path) -> None:
    organisation, staged = make("a"), stage(b"minutes")
    with pytest.raises(RuntimeError), ExitStack() as placed, transaction.atomic():
        write_evidence(organisation.id, [staged], NOW)
        placed.enter_context(in_place([staged]))
        assert path_of(staged.sha256).exists()
        raise RuntimeError
    assert not path_of(staged.sha256).exists()
    assert not Evidence.objects.exists()


def test_copies_left_by_killed_processes_are_swept_after_a_day(store: Path) -> None:
    old, young = stage(b"old"), stage(b"young")
    now = datetime.now(UTC)
    os.utime(old.path, ((now - timedelta(days=2)).timestamp(),) * 2)
    sweep(now)
    assert (old.path.exists(), young.path.exists()) == (False, True)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.4", "application/pdf"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"\x00\x00\x00\x18ftypheic", "image/heic"),
        (b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        (b"PK\x03\x04....OFD.xml", "application/ofd"),
        (b"PK\x03\x04....xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (b"PK\x03\x04....", "application/zip"),
        ("会议纪要".encode("gb18030"), "text/plain"),
        ("会议纪要".encode()[:-1], "text/plain"),
        (b"MZ\x90\x00", "application/x-msdownload"),
        (b"\x00\x01\x02", "application/octet-stream"),
    ],
)
def test_the_type_is_told_by_the_content(head: bytes, kind: str) -> None:
    assert media_type_of(head) == kind
