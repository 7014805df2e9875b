"""The databases that tests run on: SQLite in a file, or a real PostgreSQL on a temporary folder and socket.

`LIANZE_TEST_DATABASE` is `sqlite` (default) or `postgresql`; the suite runs once on each. With several workers the
first process starts the server and the others find it in the environment; each worker has its own database in it.
"""

import atexit
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import psycopg

CHOSEN = "LIANZE_TEST_DATABASE"
SOCKETS = "LIANZE_TEST_CLUSTER"
USER = "lianze"
DEBIAN = Path("/usr/lib/postgresql")
PATIENCE_SECONDS = 240
PR_SET_PDEATHSIG = 1
# Made for tests: quick and forgetful.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "80",
    "shared_buffers": "128MB",
}


class NoPostgreSQL(RuntimeError):
    """The server's programs are not installed."""


@dataclass(frozen=True)
class Cluster:
    """A running server; `folder` is what was made for it and is removed with it."""

    folder: Path
    server: "subprocess.Popen[bytes]"

    @property
    def url(self) -> str:
        """What LIANZE_DATABASE_URL must say."""
        return f"postgresql://{USER}@/{USER}?host={self.folder}"

    def stop(self) -> None:
        """Ends the server and removes its folder; nothing when that is done."""
        if self.server.poll() is None:
            self.server.send_signal(signal.SIGQUIT)
            self.server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def programs() -> Path:
    """The folder with initdb and pg_ctl of the newest version. Raises NoPostgreSQL."""
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which("initdb")
    if not versions and on_path is None:
        raise NoPostgreSQL("PostgreSQL 15 or later is not installed (Debian: apt-get install postgresql)")
    return (versions[-1] if versions else Path(str(on_path)).resolve()).parent


def start_cluster() -> Cluster:
    """A new, empty server. Its language is Chinese, so that a column that must sort by bytes shows when it does not."""
    found = programs()
    parent = "/tmp" if Path("/tmp").is_dir() else None  # a socket's path may have 107 bytes
    folder = Path(tempfile.mkdtemp(prefix="lianze-pg-", dir=parent))
    if os.geteuid() == 0:
        owner = server_user()
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    language = ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=zh", "--encoding=UTF8"]
    run([found / "initdb", "-D", folder / "data", "-U", USER, "-A", "trust", "--no-sync", *language])
    settings = [part for name, value in FAST.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [found / "postgres", "-D", folder / "data", "-k", folder, *settings],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=end_with_parent,
            **as_owner(),
        )
    cluster = Cluster(folder, server)
    atexit.register(cluster.stop)
    wait_for(cluster, found)
    return cluster


def end_with_parent() -> None:
    """In the server, before it starts: a test run that is killed takes its server with it (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def wait_for(cluster: Cluster, found: Path) -> None:
    """Returns when the server answers; RuntimeError with its log when it does not."""
    ready: list[str | Path] = [found / "pg_isready", "-q", "-h", cluster.folder, "-U", USER, "-d", "postgres"]
    until = time.monotonic() + PATIENCE_SECONDS
    while subprocess.run(ready, stdin=subprocess.DEVNULL).returncode:
        if cluster.server.poll() is not None or time.monotonic() > until:
            said = (cluster.folder / "log").read_text(errors="replace")
            cluster.stop()
            raise RuntimeError(f"PostgreSQL did not start:\n{said}")
        time.sleep(0.05)
    # The database that URLs name: connections for CREATE DATABASE fall back to it.
    run([found / "createdb", "-h", cluster.folder, "-U", USER, USER])


def server_user() -> pwd.struct_passwd:
    """Whom root starts the server as, which refuses to run as root."""
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def use_database(url: str, test: dict[str, str]) -> None:
    """Points Django, and programs started from here, at a database; "" with `test["NAME"]` is SQLite in that file.

    For when the settings have been read already, as pytest-django does before any conftest.
    """
    from django.conf import settings
    from django.db import connections

    from lianze.settings import database

    os.environ["LIANZE_DATABASE_URL"] = url
    settings.DATABASES["default"] = {**database(url), "TEST": test}
    vars(connections).pop("settings", None)
    vars(connections)["_settings"] = None
    if hasattr(vars(connections)["_connections"], "default"):
        connections["default"].close()
        del connections["default"]


class Owner(TypedDict):
    """Arguments that start a program as somebody."""

    user: int | None
    group: int | None
    extra_groups: list[int] | None
    cwd: str
    env: dict[str, str]


def as_owner() -> Owner:
    """The server's programs never run as root, and know nothing of this process but its path."""
    owner = server_user() if os.geteuid() == 0 else None
    return {
        "user": owner.pw_uid if owner else None,
        "group": owner.pw_gid if owner else None,
        "extra_groups": [] if owner else None,
        "cwd": "/",
        "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
    }


def run(command: list[str | Path]) -> None:
    """Runs one of the server's programs; its output goes into the error if it fails."""
    result = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **as_owner(),
    )
    if result.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{result.stdout}")


def empty_database(url: str, name: str) -> str:
    """The URL of a new database of that name on the server of `url`."""
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"'.encode())
        server.execute(f'CREATE DATABASE "{name}"'.encode())
    head, _, query = url.partition("?")
    return f"{head.rpartition('/')[0]}/{name}?{query}"
