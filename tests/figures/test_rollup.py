"""Values of a tree: what adds, what is recomputed, and what never adds."""

import dataclasses
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from lianze.figures.results import FigureResult, Reading, result_of
from lianze.figures.rollup import RolledFigure, UnlikeKinds, roll_up, roll_up_tree
from lianze.pack import Pack
from tests.figures.ask import figure
from tests.figures.cast import pack_of


@pytest.fixture
def known(tmp_path: Path) -> Pack:
    """One figure of each measure that rolls up in its own way."""
    return pack_of(
        tmp_path,
        figure("count", id='"count"'),
        figure("distinct", "人", id='"people"', of='"@guest"'),
        figure("share", "%", id='"share"', base='[{ field = "kind" }]'),
        figure("least_per", id='"least"', every='"quarter"'),
    )


def result(pack: Pack, name: str, hits: int, value: str, above: int = 0, below: int = 0) -> FigureResult:
    """What one organisation says."""
    reading = Reading(hits, Decimal(value), None, Decimal(above), Decimal(below))
    return result_of(pack.figures[name], "organisation", reading, looked=False, restricted=False)


def rolled(pack: Pack, name: str, *results: FigureResult) -> RolledFigure:
    """The figure over these organisations."""
    return roll_up(pack, pack.figures[name], results[0], results)


def test_counts_add(known: Pack) -> None:
    """3 · 4 · no record"""
    total = rolled(known, "count", *(result(known, "count", n, str(n)) for n in (3, 4, 0)))
    assert (total.value, total.how, total.with_record, total.without_record) == (Decimal(7), "added", 2, 1)
    assert total.own is not None
    assert total.own.value == Decimal(3)


def test_distinct_counts_add_and_say_so(known: Pack) -> None:
    """2 people · 2 people, perhaps the same"""
    total = rolled(known, "people", *(result(known, "people", 1, "2") for _ in range(2)))
    assert (total.value, total.how) == (Decimal(4), "added_distinct")


def test_shares_are_recomputed_not_averaged(known: Pack) -> None:
    """1 of 1 · 1 of 3: 2 of 4, not (1 + ⅓) / 2"""
    total = rolled(known, "share", result(known, "share", 1, "1", 1, 1), result(known, "share", 3, "0.33", 1, 3))
    assert (total.value, total.numerator, total.denominator) == (Decimal("0.5"), Decimal(2), Decimal(4))


def test_the_least_of_a_tree_is_the_least_anywhere(known: Pack) -> None:
    """3 · 1"""
    total = rolled(known, "least", *(result(known, "least", 4, n) for n in ("3", "1")))
    assert (total.value, total.how) == (Decimal(1), "smallest")


def test_the_median_is_taken_from_the_organisations_themselves(known: Pack) -> None:
    """1 · 2 · 9 · no record: 2, also when the tree has a level between"""
    results = [result(known, "count", n, str(n)) for n in (1, 2, 9, 0)]
    assert rolled(known, "count", *results).median == Decimal(2)


def test_unlike_kinds_never_add(known: Pack) -> None:
    """4 times · 4 people"""
    other = dataclasses.replace(result(known, "count", 4, "4"), counted_in="人")
    with pytest.raises(UnlikeKinds, match="count"):
        rolled(known, "count", result(known, "count", 4, "4"), other)


def test_nobody_has_a_record(known: Pack) -> None:
    total = rolled(known, "count", *(result(known, "count", 0, "0") for _ in range(2)))
    assert (total.value, total.status, total.without_record) == (None, "no_record", 2)


def test_a_sub_tree_is_what_lies_under_a_path(known: Pack) -> None:
    """province 1 → city 2 → federation 4 · city 8 (another) · 0001 is no ancestor of 00010 (steps of four)"""
    paths = {uuid4(): path for path in ("0001", "00010001", "000100010001", "00010002", "0002")}
    values = dict(zip(paths, (1, 2, 4, 8, 16), strict=True))
    results = {i: [result(known, "count", n, str(n))] for i, n in values.items()}
    tree = roll_up_tree(known, paths, results)
    totals: dict[str, Decimal | None] = {paths[i]: tree[i][0].value for i in tree}
    assert totals == {
        path: Decimal(n)
        for path, n in {"0001": 15, "00010001": 6, "000100010001": 4, "00010002": 8, "0002": 16}.items()
    }
    first: UUID = next(iter(paths))
    assert tree[first][0].own == results[first][0]
