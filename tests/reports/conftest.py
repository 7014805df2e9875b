"""The sample year, imported from its workbook."""

from pathlib import Path

import pytest

from lianze.exchange.importing import import_workbook
from lianze.exchange.sample import write_sample
from lianze.ledger.actions import Desk
from tests.exchange.offices import make_desk


@pytest.fixture
def desk(db: None, tmp_path: Path, settings: pytest.FixtureRequest) -> Desk:
    """The desk of an office without entries."""
    settings.EVIDENCE = tmp_path / "store"  # type: ignore[attr-defined]
    return make_desk()


@pytest.fixture
def sample_desk(desk: Desk, tmp_path: Path) -> Desk:
    """The desk of the office whose year 2023 is recorded."""
    workbook, evidence = tmp_path / "sample.xlsx", tmp_path / "evidence"
    write_sample(workbook, evidence, desk.pack)
    import_workbook(desk, workbook, evidence_folder=evidence)
    return desk
