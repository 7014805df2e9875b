"""The desk of every import test."""

from pathlib import Path

import pytest

from lianze.ledger.actions import Desk
from tests.exchange.offices import make_desk


@pytest.fixture
def desk(db: None, tmp_path: Path, settings: pytest.FixtureRequest) -> Desk:
    """A new organisation whose evidence lies in this test's own folder."""
    settings.EVIDENCE = tmp_path / "store"  # type: ignore[attr-defined]
    return make_desk()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Where the test's workbook is written."""
    return tmp_path / "台账.xlsx"
