"""Claims in texts of other offices and styles. The bars are lower than what is reached: `make bench` shows that."""

from pathlib import Path

import pytest

from tests.claims.annotated import DEVELOPERS, FRESH, HELD_OUT, OFFICES, STYLES, UNITS, load_annotated
from tests.claims.scoring import score


@pytest.mark.parametrize("path", [DEVELOPERS, HELD_OUT, *FRESH, *OFFICES, *UNITS, *STYLES], ids=lambda path: path.stem)
def test_claims_are_told_from_other_numbers(path: Path) -> None:
    result = score(path)
    assert result.precision >= 0.95, result.faults
    assert result.recall >= 0.95, result.faults
    assert result.values >= 0.99, result.faults


def test_developers_set_is_large_enough_to_mean_something() -> None:
    reports = load_annotated(DEVELOPERS)
    assert sum(len(report.blocks) for report in reports) >= 30
    assert sum(len(report.expected) for report in reports) >= 400


def test_second_authors_sets_are_as_large_as_they_are_said_to_be() -> None:
    reports = [report for path in FRESH for report in load_annotated(path)]
    assert sum(len(report.blocks) for report in reports) >= 85
    assert sum(len(report.expected) for report in reports) >= 1000
