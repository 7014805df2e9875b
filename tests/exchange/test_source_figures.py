"""The sample year, handed in as a workbook, computes to every number that the source report states or implies.

The map `tests/data/source-figures.tsv` names figure and scope for each claim; the source's numbers are only there.
"""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from lianze.domain.periods import year_period
from lianze.exchange.importing import import_workbook
from lianze.exchange.sample import SAMPLE, write_sample
from lianze.figures.compute import compute_figures
from lianze.figures.results import FigureResult
from lianze.ledger.actions import Desk
from lianze.pack import load_builtin

SOURCE_FIGURES = Path(__file__).parents[1] / "data" / "source-figures.tsv"

pytestmark = pytest.mark.database


def holds(result: FigureResult, compare: str, stated: Decimal) -> bool:
    """Whether the computed value bears out what the source states, by its wording."""
    if compare == "none_found":
        return result.status == "none_found" and result.value == stated
    if result.value is None or not result.hits:
        return False
    return {
        "eq": result.value == stated,
        "ge": result.value >= stated,
        "gt": result.value > stated,
        "share_all": result.value == 1,
    }[compare]


def test_every_number_of_the_source_comes_out_of_the_sample_year(desk: Desk, tmp_path: Path) -> None:
    workbook, evidence, pack = tmp_path / "sample.xlsx", tmp_path / "evidence", load_builtin()
    write_sample(workbook, evidence, pack)
    import_workbook(desk, workbook, evidence_folder=evidence)
    results = compute_figures(desk.organisation.id, pack, year_period(SAMPLE.year))
    computed = {(result.figure, result.scope): result for result in results}
    with SOURCE_FIGURES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    wrong = {
        row["n"]: (row["figure"], row["stated"], computed[row["figure"], row["scope"]].value)
        for row in rows
        if not holds(computed[row["figure"], row["scope"]], row["compare"], Decimal(row["stated"]))
    }
    assert len(rows) >= 72
    assert wrong == {}
    # “More than 60 days” is no invitation to hold 90.
    assert computed["research.leaders.days", "organisation"].value in range(61, 66)
