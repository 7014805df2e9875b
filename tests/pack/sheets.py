"""The sample year's files as rows, read without the import so that neither can hide a fault of the other."""

import csv
import re
from pathlib import Path

from lianze.pack.definitions import Choice, Field, Pack, Register

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "lianze" / "exchange" / "sample"
REGISTERS = "activity archive control decision document duty expense finding measure opinion review risk".split()  # noqa: SIM905
Row = dict[str, str]


def read_sheet(name: str) -> tuple[list[str], list[Row]]:
    """Headers and rows of one file of the sample year."""
    with (SAMPLE / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert all(len(line) == len(lines[0]) for line in lines), (
        f"{name}: every line has as many cells as there are headers"
    )
    return lines[0], [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def headers_of(register: Register) -> list[str]:
    """The headers of a register's sheet, as docs/workbook.md orders them."""
    own = [part.title for array in (register.field, register.participant, register.link) for part in array]
    return ["编号", *(["类型"] if register.kind else []), *own, *(["状态"] if register.state else []), "佐证"]


def names_in(cell: str) -> list[str]:
    return [re.sub(r"（[^）]*）$", "", name) for name in cell.split("、") if name]


def choices_of(pack: Pack, field: Field) -> tuple[Choice, ...]:
    return field.choices or pack.vocabularies[field.vocabulary].choice


def column(sheet: str, header: str) -> set[str]:
    return {row[header] for row in read_sheet(sheet)[1]}
