"""The office of `office.py`, with evidence, keys and checkpoint files in this test's own folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from tests.ledger.office import Office, make_office


@pytest.fixture
def own_folder(tmp_path: Path, settings: Settings) -> Path:
    """Where this test's instance keeps its files."""
    settings.DATA, settings.EVIDENCE, settings.KEYS = tmp_path, tmp_path / "evidence", tmp_path / "keys"
    return tmp_path


@pytest.fixture
def office(db: None, own_folder: Path) -> Office:
    """An office whose year is recorded."""
    return make_office()


@pytest.fixture
def fresh_connection() -> Iterator[None]:
    """Whatever the test did to its connection ends with it."""
    yield
    connection.close()


@pytest.fixture
def real_transactions(fresh_connection: None, transactional_db: None) -> Iterator[None]:
    """A database whose transactions are real. Afterwards all tables are emptied, which SQLite, that checks composite keys
    row by row, does only without them."""
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA foreign_keys = OFF")
