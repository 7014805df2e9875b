"""kill −9 in the middle of writing: rows and leaves stand together or not at all. Real processes, real databases."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import empty_database

# What a child does: `init`, `write` for ever (dying at the moment named), or `verify`.
CHILD = """
import json, os, signal, sys
from datetime import UTC, date, datetime

import django

django.setup()
from lianze.cli.init import initialise
from lianze.ledger import checkpoints, log, write
from lianze.ledger.models import Checkpoint, Entry, Participation, Revision
from lianze.ledger.states import Author, EntryState, Part
from lianze.ledger.verify import verify_log
from lianze.org.keys import new_id
from lianze.org.models import Organisation

what, moment = sys.argv[1], sys.argv[2]
if what == "init":
    initialise("office", "某市某会", "某会", "市委")
organisation = Organisation.objects.get()
written = 0


def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)


def after(function):
    def wrapped(*args, **more):
        function(*args, **more)
        if written >= 20:
            die()
    return wrapped


if moment == "after-leaf":
    log.insert_leaves = after(log.insert_leaves)
if moment == "before-leaf":
    write.write_details = after(write.write_details)
while what == "write":
    state = EntryState("activity", "学习", date(2023, 3, 1), parts=tuple(Part("guest", None, f"客{i}") for i in range(3)))
    ids = [(new_id(), state) for _ in range(1 + written % 3)]
    write.write_new(organisation.id, ids, Author("test"), "", datetime.now(UTC))
    now = datetime.now(UTC)
    write.write_change(organisation.id, ids[0][0], state, action="amend", expected_version=1, author=Author("test"), why="", now=now)
    if written % 10 == 0:
        checkpoints.make_checkpoint(organisation, datetime.now(UTC))
    written += 1
    print(written, flush=True)
found = verify_log(organisation.id)
revisions = Revision.objects.filter(organisation_id=organisation.id, subject="entry")
print(json.dumps({
    "misfit": str(found.misfit) if found.misfit else "",
    "size": found.size,
    "heads": found.heads,
    "entries": Entry.objects.count(),
    "begun": revisions.filter(number=1).count(),
    "amended": Entry.objects.filter(version=2).count(),
    "amendments": revisions.filter(number=2).count(),
    "parts": Participation.objects.count(),
}))
"""


class Instance:
    """An instance of its own: data folder and database."""

    def __init__(self, folder: Path, url: str) -> None:
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "lianze.settings",
            "LIANZE_DATA": str(folder / "data"),
            "LIANZE_DATABASE_URL": url,
        }

    def start(self, what: str, moment: str = "") -> "subprocess.Popen[str]":
        """Starts a child."""
        command = [sys.executable, "-c", CHILD, what, moment]
        return subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def read(self, what: str) -> dict[str, int | str]:
        """What a child that ends by itself says last."""
        out, err = self.start(what).communicate(timeout=300)
        assert out, err
        answer: dict[str, int | str] = json.loads(out.splitlines()[-1])
        return answer

    def require_whole(self) -> dict[str, int | str]:
        """Verification fits, and there are as many rows as first revisions."""
        found = self.read("verify")
        assert found["misfit"] == ""
        assert found["entries"] == found["begun"]
        assert found["amended"] == found["amendments"]
        assert found["parts"] == 3 * int(found["entries"])
        return found


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def instance(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Instance]:
    """An initialised instance on either database."""
    if request.param == "sqlite":
        made = Instance(tmp_path, "")
    else:
        url: str = request.getfixturevalue("postgresql_url")
        made = Instance(tmp_path, empty_database(url, f"crash_{os.getpid()}_{abs(hash(request.node.name))}"))
    assert made.read("init")["misfit"] == ""
    yield made


@pytest.mark.parametrize("moment", ["before-leaf", "after-leaf"])
def test_killed_between_row_and_leaf_leaves_neither(instance: Instance, moment: str) -> None:
    child = instance.start("write", moment)
    out, err = child.communicate(timeout=300)
    assert child.returncode == -signal.SIGKILL, err
    assert len(out.splitlines()) == 20
    found = instance.require_whole()
    assert found["entries"] == sum(1 + i % 3 for i in range(20))


def test_killed_at_any_moment_leaves_a_ledger_that_verifies_and_goes_on(instance: Instance) -> None:
    """Four times: killed somewhere while writing as fast as it can, then the next one writes on."""
    rng, before = random.Random(7), 0
    for _ in range(4):
        child = instance.start("write")
        assert child.stdout is not None
        for _ in range(5):
            assert child.stdout.readline()
        time.sleep(rng.random() * 0.2)
        os.kill(child.pid, signal.SIGKILL)
        child.communicate(timeout=300)
        size = int(instance.require_whole()["size"])
        assert size >= before + 10
        before = size
