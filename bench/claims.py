"""The number check: right answers on annotated texts, characters per second, time for the source report.

Microsoft's recognizers-text-number is the baseline where it happens to be importable; it is no dependency of ours.
"""

import importlib
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Protocol, cast

from bench.rows import Row
from lianze.claims.blocks import with_sections
from lianze.claims.check import check_reading
from lianze.claims.extract import read_mentions
from lianze.claims.reading import read_text
from lianze.claims.terms import load_terms
from tests.claims.annotated import DEVELOPERS, HELD_OUT
from tests.claims.scoring import score

SOURCE = Path(__file__).parents[1] / "tests" / "data" / "source" / "source-report-2023.txt"
MEGABYTE = 1_000_000
BASELINE_SAMPLE = 20  # lines given to the slow baseline


class Recognizer(Protocol):
    """The one function of recognizers-text-number that is measured."""

    def recognize_number(self, text: str, culture: str) -> list[object]: ...


def run() -> list[Row]:
    """All rows."""
    return [*_answers(), *_speeds()]


def _answers() -> list[Row]:
    rows = []
    for path, words in ((DEVELOPERS, "developers' set"), (HELD_OUT, "held-out set")):
        result = score(path)
        for name, share, aim in (
            ("precision", result.precision, 0.95),
            ("recall", result.recall, 0.95),
            ("value and measure word", result.values, 0.99),
        ):
            note = f"{result.expected} claims; aim in baseline; higher is better"
            rows.append(
                Row(
                    name=f"claims: {words}, {name}",
                    value=f"{share:.3f}",
                    baseline=f"{aim}",
                    ratio=share / aim,
                    note=note,
                    met=share >= aim,
                )
            )
    return rows


def _speeds() -> list[Row]:
    text = SOURCE.read_text(encoding="utf-8")
    long = text * (MEGABYTE // len(text.encode()) + 1)
    terms = load_terms()
    blocks = with_sections(read_text(long).blocks, terms)
    reading = len(long) / _seconds(lambda: read_mentions(blocks, terms), 3)
    checking = len(long) / _seconds(lambda: check_reading(read_text(long), terms), 3)
    report = _seconds(lambda: check_reading(read_text(text), terms), 15)
    start = _seconds(_command, 5)
    baseline = _recognizer_speed(text)
    return [
        Row(
            name="claims: numerals read, characters per second over 1 MB",
            value=f"{reading:,.0f}",
            baseline=f"{baseline:,.0f} (recognizers-text-number)" if baseline else "recognizers-text-number not installed",
            ratio=reading / baseline if baseline else 0.0,
            note="aim ≥ 300,000; higher is better",
            met=reading >= 300_000,
        ),
        Row(name="claims: with relations, characters per second over 1 MB", value=f"{checking:,.0f}", baseline="300,000", ratio=checking / 300_000, note="higher is better; aim in baseline", met=checking >= 300_000),
        Row(name="claims: source report with relations", value=f"{report * 1000:.1f} ms", baseline="50 ms", ratio=report / 0.05, note="lower is better; aim in baseline", met=report <= 0.05),
        Row(name="claims: `lianze check` of the source report, start included", value=f"{start:.2f} s", baseline="0.5 s", ratio=start / 0.5, note="lower is better; aim in baseline", met=start <= 0.5),
    ]  # fmt: skip


def _seconds(work: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


def _command() -> None:
    code = "from lianze.cli import main; main()"
    subprocess.run([sys.executable, "-c", code, "check", str(SOURCE), "--json"], capture_output=True, check=False)


def _recognizer_speed(text: str) -> float:
    """Characters per second of the baseline on the same text, 0 where it is not installed."""
    try:
        recognizer = cast(Recognizer, importlib.import_module("recognizers_number"))
    except ImportError:
        return 0.0
    lines = text.split("\n")[:BASELINE_SAMPLE]
    recognizer.recognize_number(lines[0], "zh-cn")
    start = time.perf_counter()
    for line in lines:
        recognizer.recognize_number(line, "zh-cn")
    return sum(map(len, lines)) / (time.perf_counter() - start)
