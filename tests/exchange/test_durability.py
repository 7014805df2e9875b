"""A killed process, a full disk, two imports at once: nothing half done, nothing twice. Real processes, real databases."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.databases import empty_database
from tests.exchange.offices import ACTIVITY, activities, make_workbook, study

ROWS = 400
# What the child does: sets up the office on `init`, else imports, dying when progress reaches the share given.
CHILD = """
import json, os, resource, signal, sys
from datetime import UTC, date, datetime
from pathlib import Path

import django

django.setup()
from lianze.cli.init import initialise
from lianze.domain.errors import LianzeError
from lianze.exchange.importing import import_workbook
from lianze.ledger.actions import Desk
from lianze.ledger.models import Attachment, Entry, Revision
from lianze.ledger.states import Author
from lianze.org.actors import local_actor
from lianze.org.models import Organisation, Person
from lianze.pack.load import load_builtin

what, book, share, limit = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
if what == "init":
    initialise("office", "某市某会", "某会", "市委")
organisation = Organisation.objects.get()


def progress(done, total):
    if share and done >= share * total:
        os.kill(os.getpid(), signal.SIGKILL)


told = {}
if what == "import":
    most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))
    now = datetime.now(UTC)
    desk = Desk(organisation, load_builtin(), local_actor(organisation, date(2023, 12, 31)), Author("test"), now)
    try:
        told = import_workbook(desk, book, progress=progress).as_json()
    except LianzeError as error:
        told = {"refused": str(error)}
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
rows = {"entries": Entry.objects.count(), "people": Person.objects.count(), "files": Attachment.objects.count()}
print(json.dumps(told | {"rows": rows, "leaves": Revision.objects.count()}))
"""


class Instance:
    """An instance of its own: data folder, database, and a workbook to import."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.book = folder / "台账.xlsx"
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "lianze.settings",
            "LIANZE_DATA": str(folder / "data"),
            "LIANZE_DATABASE_URL": url,
        }

    def start(self, what: str, share: float = 0, limit: int = 0) -> "subprocess.Popen[str]":
        """Starts a child."""
        command = [sys.executable, "-c", CHILD, what, str(self.book), str(share), str(limit)]
        return subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def run(self, what: str, share: float = 0, limit: int = 0) -> dict[str, object]:
        """What a child says; {"killed": True} when it died by its own hand."""
        return said(self.start(what, share, limit))

    def kept(self) -> list[Path]:
        """Files of the evidence store that are in place."""
        store = self.folder / "data" / "evidence"
        return [
            path
            for path in store.rglob("*")
            if path.is_file() and path.name != "lock" and path.parent.name != "incoming"
        ]


def said(child: "subprocess.Popen[str]") -> dict[str, object]:
    """The child's answer."""
    out, err = child.communicate(timeout=300)
    if child.returncode == -signal.SIGKILL:
        return {"killed": True}
    assert child.returncode == 0, err
    answer: dict[str, object] = json.loads(out)
    return answer


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def instance(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Instance]:
    """An initialised instance on either database, with a year of meetings and one evidence file to import."""
    if request.param == "sqlite":
        made = Instance(tmp_path, "")
    else:
        url: str = request.getfixturevalue("postgresql_url")
        made = Instance(tmp_path, empty_database(url, f"durability_{os.getpid()}_{abs(hash(request.node.name))}"))
    (tmp_path / "佐证").mkdir()
    (tmp_path / "佐证" / "签到表.txt").write_text("到会五人" * 5000, encoding="utf-8")
    day = date(2022, 1, 4)
    rows = [[*study(f"HD{n}", day + timedelta(days=n % 400)), "签到表" if n == 7 else None] for n in range(ROWS)]
    make_workbook(made.book, activities(*rows, titles=[*ACTIVITY, "佐证"]))
    made.run("init")
    yield made


EMPTY = {"entries": 0, "people": 0, "files": 0}
FULL = {"entries": ROWS, "people": 5, "files": 1}


def test_a_killed_import_leaves_nothing_and_can_be_run_again(instance: Instance) -> None:
    """Killed while it validates, while it writes, and before it commits."""
    before = instance.run("look")
    for share in (0.1, 0.6, 1.0):
        assert instance.run("import", share=share) == {"killed": True}
    assert instance.run("look") == before
    assert (before["rows"], instance.kept()) == (EMPTY, [])
    again = instance.run("import")
    assert (again["added"], again["rows"], len(instance.kept())) == (ROWS + 14, FULL, 1)


def test_two_imports_at_once_write_once(instance: Instance) -> None:
    first, second = (said(child) for child in [instance.start("import"), instance.start("import")])
    assert sorted([first["added"], second["added"]], key=str) == [0, ROWS + 14]
    assert (instance.run("look")["rows"], len(instance.kept())) == (FULL, 1)


@pytest.mark.parametrize("limit", [40_000, 500_000])
def test_a_full_disk_leaves_nothing_and_says_so(tmp_path: Path, instance: Instance, limit: int) -> None:
    """A limit on file size stands for the full disk: first the evidence file does not fit, then the database."""
    if instance.environment["LIANZE_DATABASE_URL"] and limit > 100_000:
        pytest.skip("the server writes its own files")
    before = instance.run("look")
    told = instance.run("import", limit=limit)
    assert "磁盘" in str(told["refused"])
    assert "未导入任何数据" in str(told["refused"])
    assert instance.run("look") == before
    assert not [path for path in (tmp_path / "data" / "evidence").rglob("*") if path.is_file() and path.name != "lock"]
    assert instance.run("import")["rows"] == FULL
