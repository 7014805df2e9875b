"""The source report and what is known of its numbers (tests/data/source)."""

import csv
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path

from lianze.claims.check import check_reading
from lianze.claims.reading import read_text
from lianze.claims.shapes import Checked, FigureFact, Mention
from lianze.claims.terms import load_terms

DATA = Path(__file__).parent.parent / "data" / "source"
FIGURES = Path(__file__).parents[2] / "lianze" / "pack" / "builtin" / "cn-integrity" / "figures"
UNITS = ("办公室", "经济科", "联络科")
Row = dict[str, str]


@cache
def text() -> str:
    return (DATA / "source-report-2023.txt").read_text(encoding="utf-8")


@cache
def numbers() -> dict[str, Row]:
    """Rows of source-numbers.tsv by n."""
    return {row["n"]: row for row in _rows("source-numbers.tsv")}


def relations(strength: str) -> list[Row]:
    """Rows of source-relations.tsv of one strength; "-" are the traps."""
    return [row for row in _rows("source-relations.tsv") if row["strength"] == strength]


def _rows(name: str) -> list[Row]:
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def claims(strength: str) -> list[Row]:
    return [row for row in numbers().values() if row["type"] == "claim" and row["strength"] == strength]


def check(report: str, facts: list[FigureFact] | None = None) -> Checked:
    return check_reading(read_text(report), load_terms(), facts)


def edited(row: Row, value: str) -> str:
    """The report with one number replaced."""
    lines = text().split("\n")
    line = int(row["line"]) - 1
    lines[line] = lines[line][: int(row["start"])] + value + lines[line][int(row["end"]) :]
    return "\n".join(lines)


def find(checked: Checked, row: Row) -> Mention:
    """The mention of a row of source-numbers.tsv."""
    return next(m for m in checked.mentions if (m.line, m.start) == (int(row["line"]), int(row["start"])))


def facts(stated: dict[tuple[str, str], Decimal]) -> list[FigureFact]:
    """Every figure of the built-in pack, with the values given by (figure, scope); the others have none."""
    result = []
    for file in sorted(FIGURES.glob("*.toml")):
        for figure in tomllib.loads(file.read_text(encoding="utf-8")).get("figure", ()):
            for scope in UNITS if figure.get("by") == "unit" else ("",):
                value = stated.get((figure["id"], scope))
                result.append(_fact(figure, scope, value))
    return result


def _fact(figure: dict[str, object], scope: str, value: Decimal | None) -> FigureFact:
    def words(key: str) -> tuple[str, ...]:
        listed = figure.get(key, [])
        return tuple(str(word) for word in listed) if isinstance(listed, list) else ()

    def word(key: str) -> str:
        return str(figure.get(key, ""))

    parts: tuple[tuple[str, Decimal], ...] = ()
    if figure.get("measure") == "least_per":
        parts = (("上半年", Decimal(1)), ("下半年", Decimal(1)))
    return FigureFact(
        word("id"), word("title"), word("counted_in"), value, words("synonyms"), word("section"), word("actor"),
        words("context"), words("forbid"), scope, word("register"), 0 if value is None else 1, parts=parts,
    )  # fmt: skip
