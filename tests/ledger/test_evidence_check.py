"""`lianze evidence check`, and scanning by clamd. clamd itself is not run here: a small server on a unix socket speaks
its INSTREAM protocol instead, and finds the EICAR test text as clamd does."""

import json
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from click.testing import CliRunner
from pytest_django.fixtures import Settings

from lianze.cli.evidence import evidence_group
from lianze.domain.errors import Refused
from lianze.ledger.clamd import NoScanner, scan
from lianze.ledger.evidence import path_of, store_file
from lianze.ledger.models import Evidence
from tests.ledger.office import START, Office, make_office, sql

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd:
    """Answers INSTREAM; `limit` bytes are taken at most, `answer` overrides what it says."""

    def __init__(self, path: Path) -> None:
        self.limit, self.answer, self.received = 1 << 22, b"", b""
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.bind(str(path))
        self.socket.listen()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection:
                connection.sendall(self.answer or self.verdict(connection.makefile("rb")))

    def verdict(self, stream: BinaryIO) -> bytes:
        """Reads one stream as clamd does."""
        read = stream.read
        assert read(10) == b"zINSTREAM\0"
        self.received = b""
        while size := struct.unpack("!I", read(4))[0]:
            self.received += read(size)
            if len(self.received) > self.limit:
                return b"INSTREAM size limit exceeded. ERROR\0"
        return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in self.received else b"stream: OK\0"


@pytest.fixture
def clamd(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[Clamd]:
    """A running scanner that the settings name."""
    path = tmp_path_factory.mktemp("c") / "clamd"
    settings.CLAMD_SOCKET = str(path)
    server = Clamd(path)
    yield server
    server.socket.close()


def check(*arguments: str) -> tuple[int, list[tuple[str, bool]]]:
    """Exit code, and code and harm of everything found."""
    result = CliRunner().invoke(evidence_group, ["check", "--json", *arguments])
    found = json.loads(result.stdout)["found"] if result.exit_code != 2 else []
    return result.exit_code, [(one["code"], one["harm"]) for one in found]


def kept(office: Office) -> Path:
    """The office's one evidence file."""
    return path_of(bytes(Evidence.objects.get(organisation_id=office.id).sha256).hex())


def test_a_whole_store_has_nothing_wrong(office: Office) -> None:
    assert check() == (0, [])


def test_missing_and_changed_files_are_faults(office: Office) -> None:
    file = kept(office)
    file.chmod(0o640)
    file.write_bytes(b"other")
    assert check() == (1, [("evidence.changed", True)])
    file.unlink()
    assert check() == (1, [("evidence.missing", True)])


def test_files_that_nobody_names_are_told_and_removed_only_when_asked(office: Office) -> None:
    sha256 = store_file(office.id, b"loose", START)
    sql("DELETE FROM evidence WHERE organisation_id = %s AND sha256 = %s", office.id, bytes.fromhex(sha256))
    assert check() == (0, [("evidence.orphan", False)])
    assert path_of(sha256).exists()
    assert check("--remove-orphans") == (0, [("evidence.orphan", False)])
    assert not path_of(sha256).exists()
    assert kept(office).exists()
    assert check() == (0, [])


def test_a_file_of_another_organisation_is_no_orphan(office: Office) -> None:
    other = make_office("other")
    store_file(other.id, b"theirs", START)
    assert [code for code, _ in check()[1]] == ["evidence.unattached"]
    assert check("--organisation", "office") == (0, [])


def test_what_does_not_belong_into_the_store_is_named(office: Office, own_folder: Path) -> None:
    (own_folder / "evidence" / "ab").mkdir(exist_ok=True)
    (own_folder / "evidence" / "ab" / "readme.txt").write_text("?", encoding="utf-8")
    (own_folder / "evidence" / "thumbs.db").write_bytes(b"?")
    assert check() == (1, [("evidence.stray", True)] * 2)


def test_a_clean_file_passes_the_scanner_whole(clamd: Clamd, tmp_path: Path) -> None:
    content = bytes(range(256)) * 1000
    (tmp_path / "file").write_bytes(content)
    assert scan(tmp_path / "file") is None
    assert clamd.received == content


def test_an_infected_file_is_not_stored(office: Office, clamd: Clamd) -> None:
    before = Evidence.objects.count()
    with pytest.raises(Refused, match="Eicar"):
        store_file(office.id, b"see: " + EICAR, START)
    assert Evidence.objects.count() == before
    assert store_file(office.id, b"harmless", START)


def test_an_infected_file_that_was_stored_before_is_found(office: Office, clamd: Clamd, settings: Settings) -> None:
    path, settings.CLAMD_SOCKET = settings.CLAMD_SOCKET, ""
    store_file(office.id, EICAR, START)
    settings.CLAMD_SOCKET = path
    code, found = check()
    assert code == 1
    assert ("evidence.infected", True) in found


@pytest.mark.parametrize("answer", [b"INSTREAM: Can't allocate memory ERROR\0", b"\0", b"PONG\0"])
def test_no_verdict_is_not_taken_for_clean(office: Office, clamd: Clamd, answer: bytes) -> None:
    clamd.answer = answer
    with pytest.raises(NoScanner):
        store_file(office.id, b"harmless", START)
    assert check()[0] == 2


def test_a_file_beyond_the_scanners_limit_is_not_taken_for_clean(office: Office, clamd: Clamd) -> None:
    clamd.limit = 10
    with pytest.raises(NoScanner):
        store_file(office.id, b"longer than ten bytes", START)


def test_a_scanner_that_does_not_run_refuses_files(office: Office, settings: Settings, tmp_path: Path) -> None:
    settings.CLAMD_SOCKET = str(tmp_path / "nobody")
    with pytest.raises(NoScanner):
        store_file(office.id, b"harmless", START)
    settings.CLAMD_SOCKET = ""
    assert store_file(office.id, b"harmless", START)
