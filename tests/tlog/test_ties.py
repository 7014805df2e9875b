"""Contributions held against shown content: numbers by value, keys by text."""

from dataclasses import replace
from datetime import date

import pytest

from lianze.tlog import JsonValue, PackageError, load_json
from lianze.tlog.figure_check import verify_figures
from lianze.tlog.package import Figure, Hit, Measure
from lianze.tlog.package_write import render_package
from lianze.tlog.verify import Trust, examine_package
from tests.tlog.sample import HEAD_AT, LOG, LOG_KEY, NOW, sample_contents

YEAR = (date(2024, 1, 1), date(2025, 1, 1))


def verify(measure: Measure, hit: Hit, value: str, content: JsonValue) -> tuple[int, int]:
    """(tied, untied) of one figure with one hit whose field is /x."""
    figure = Figure("f", "f", "", measure, "", *YEAR, value, (hit,), "/x")
    tally = verify_figures([figure], {"e": content})
    return tally.tied, tally.untied


@pytest.mark.parametrize(("said", "found"), [("12", "12"), ("12.50", "12.5"), ("12", 12), ("0.5", 0.5)])
def test_equal_numbers_are_tied_however_they_are_written(said: str, found: JsonValue) -> None:
    assert verify(Measure.SUM, Hit("e", said), said, {"x": found}) == (1, 0)


@pytest.mark.parametrize("found", ["13", 13, "many", True, None, ["12"], {"12": 12}])
def test_another_number_or_none_is_refused(found: JsonValue) -> None:
    with pytest.raises(PackageError) as refused:
        verify(Measure.SUM, Hit("e", "12"), "12", {"x": found})
    assert refused.value.code == "figure.tie"


def test_true_is_not_one() -> None:
    with pytest.raises(PackageError):
        verify(Measure.SUM, Hit("e", "1"), "1", {"x": True})


def test_keys_are_compared_as_text() -> None:
    assert verify(Measure.DISTINCT, Hit("e", key="采购"), "1", {"x": "采购"}) == (1, 0)
    assert verify(Measure.DISTINCT, Hit("e", key="7"), "1", {"x": 7}) == (1, 0)
    for found in ("公车", None, True, "7.0"):
        with pytest.raises(PackageError):
            verify(Measure.DISTINCT, Hit("e", key="7"), "1", {"x": found})


def test_withheld_content_ties_nothing_and_says_so() -> None:
    assert verify(Measure.SUM, Hit("e", "12"), "12", None) == (0, 1)


def test_nesting_at_the_limit_is_read() -> None:
    assert load_json(b"[" * 32 + b"]" * 32)


def test_a_package_made_in_the_second_of_its_head_is_in_order() -> None:
    contents = sample_contents()
    at_once = replace(contents, header=replace(contents.header, made_at=HEAD_AT))
    assert examine_package(render_package(at_once, [LOG]), NOW, Trust((LOG_KEY,))).exit_code == 0
