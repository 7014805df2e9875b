"""Reads texts with inline annotations ({22:次}, {二十届=ordinal}) into plain lines and what is expected of them.

A measure word in brackets ({6:(项)}) is not written and must be understood. After a bar stand the figures that the number speaks of ({22:次|study.collective.count}); where there is none, no figure does.
"""

import re
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from lianze.claims.numerals import value_of
from lianze.claims.shapes import Block

DEVELOPERS = Path(__file__).parent / "developers.txt"
HELD_OUT = Path(__file__).parent / "held_out.txt"
FRESH = (Path(__file__).parent / "fresh_first.txt", Path(__file__).parent / "fresh_second.txt")
OFFICES = (Path(__file__).parent / "offices_first.txt", Path(__file__).parent / "offices_second.txt")
UNITS = (Path(__file__).parent / "units_first.txt", Path(__file__).parent / "units_second.txt")
STYLES = tuple(Path(__file__).parent / f"styles_{name}.txt" for name in ("first", "second", "third", "fourth", "fifth"))
_MARK = re.compile(r"\{([^{}]+)\}")


class Expected(NamedTuple):
    """One annotated numeral. `cls` "?" is not scored; low is None where a value is not asked for; `figures` are joined by |."""

    line: int
    start: int
    end: int
    raw: str
    cls: str
    counted_in: str
    low: Decimal | None
    high: Decimal | None
    figures: str = ""


class Annotated(NamedTuple):
    """One report: its paragraphs and the expected numerals by paragraph."""

    title: str
    blocks: list[Block]
    expected: list[Expected]


def load_annotated(path: Path) -> list[Annotated]:
    """All reports of a file."""
    reports: list[Annotated] = []
    for row in path.read_text(encoding="utf-8").split("\n"):
        if not row.strip() or row.startswith("#"):
            continue
        if row.startswith("= "):
            reports.append(Annotated(row[2:], [], []))
            continue
        report = reports[-1]
        line = len(report.blocks) + 1
        text, expected = _read(row, line)
        report.blocks.append(Block(line, text))
        report.expected.extend(expected)
    return reports


def _read(row: str, line: int) -> tuple[str, list[Expected]]:
    text, at, expected = "", 0, []
    for match in _MARK.finditer(row):
        text += row[at : match.start()]
        at = match.end()
        expected.append(_expected(match[1], line, len(text)))
        is_understood = match[1].partition(":")[2].startswith("(")
        text += expected[-1].raw + ("" if is_understood else _measure_to_add(row[at:], expected[-1].counted_in))
    return text + row[at:], expected


def _measure_to_add(rest: str, measure: str) -> str:
    """The measure word, unless the text has it itself (then perhaps after 余 or 多)."""
    return "" if measure in ("", "?") or rest.lstrip("余多").startswith(measure) else measure


def _expected(mark: str, line: int, start: int) -> Expected:
    mark, _, figures = mark.partition("|")
    raw, equals, cls = mark.partition("=")
    if equals:
        return Expected(line, start, start + len(raw), raw, cls, "", None, None, figures)
    raw, measure, *rest = mark.split(":")
    if measure.startswith("("):
        measure = measure[1:-1]
    low = high = None
    if rest and rest[0] != "?":
        first, _, last = rest[0].partition("-")
        low, high = Decimal(first), Decimal(last or first)
    elif not rest:
        value = value_of(raw)
        low, high = value if value else (None, None)
    cls = "claim" if measure != "?" and low is not None else "?"
    return Expected(line, start, start + len(raw), raw, cls, measure, low, high, figures)
