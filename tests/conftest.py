"""What every test shares: the database of this run, folders that are thrown away, and the marker `database`.

Run the suite once with LIANZE_TEST_DATABASE=sqlite and the tests marked `database` again with =postgresql.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.databases import CHOSEN, SOCKETS, Cluster, NoPostgreSQL, programs, start_cluster, use_database

# How fast examples are made says what else the machine does, not whether the code is right. They are the same ones in
# every run, which then fails for what was changed and not for what was drawn; --hypothesis-profile=explore draws others.
for name in ("explore", "lianze"):
    hypothesis_settings.register_profile(
        name, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=name == "lianze", database=None
    )
hypothesis_settings.load_profile("lianze")
# What this process made, and removes when it ends.
MADE: list[Cluster | Path] = []
# Fixtures of tests that drive other programs: how quick a browser is, the code under test does not decide.
OTHER_PROGRAMS = {"browser", "live_server"}


def pytest_configure(config: pytest.Config) -> None:
    """Before the first connection: choose the database, keep the operator's data out of the tests' way."""
    config.addinivalue_line("markers", "database: touches the database; runs on SQLite and on PostgreSQL")
    data = Path(tempfile.mkdtemp(prefix="lianze-test-"))
    MADE.append(data)
    os.environ["LIANZE_DATA"] = str(data)
    settings.DATA, settings.EVIDENCE, settings.KEYS = data, data / "evidence", data / "keys"
    chosen = os.environ.get(CHOSEN, "sqlite")
    if chosen not in ("sqlite", "postgresql"):
        raise pytest.UsageError(f"{CHOSEN} is sqlite or postgresql, not {chosen}")
    if chosen == "postgresql":
        use_postgresql()
    else:
        # A file, as in production: a database in memory knows neither WAL nor waiting for a lock.
        use_database("", {"NAME": str(data / "test.sqlite3")})


def use_postgresql() -> None:
    """The server that another process of this run has started, else a new one."""
    try:
        url = cluster_url()
    except NoPostgreSQL as missing:
        if os.environ.get("CI") == "true":
            raise pytest.UsageError(str(missing)) from missing
        return
    use_database(url, {})


def cluster_url() -> str:
    """The URL of this run's PostgreSQL, started on first use."""
    if SOCKETS not in os.environ:
        cluster = start_cluster()
        MADE.append(cluster)
        os.environ[SOCKETS] = cluster.url
    return os.environ[SOCKETS]


def pytest_unconfigure() -> None:
    """Removes what was made."""
    while MADE:
        made = MADE.pop()
        if isinstance(made, Cluster):
            made.stop()
        else:
            shutil.rmtree(made, ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Marks what touches the database and what is tried again; skips what needs a server where there is none, except in CI."""
    reason = "" if os.environ.get("CI") == "true" else no_server()
    for item in items:
        fixtures = set[str](getattr(item, "fixturenames", ()))
        touches = item.get_closest_marker("django_db") or {"db", "transactional_db"} & fixtures
        if touches:
            item.add_marker("database")
        drives = item.get_closest_marker("office") or OTHER_PROGRAMS & fixtures
        if not config.getoption("usepdb"):  # a debugger opens at the first failure
            # Ids are random: an order that a test forgot to ask for may differ in one run of many, on PostgreSQL above all.
            item.add_marker(pytest.mark.flaky(reruns=2 if drives else 1))
        on_server = touches and os.environ.get(CHOSEN) == "postgresql"
        if reason and (on_server or item.get_closest_marker("postgres")):
            item.add_marker(pytest.mark.skip(reason=reason))


def no_server() -> str:
    """Why there is no PostgreSQL here; "" when there is one."""
    try:
        programs()
    except NoPostgreSQL as missing:
        return str(missing)
    return ""


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A running PostgreSQL, whatever database this run has chosen. Mark such tests `postgres`."""
    yield cluster_url()
