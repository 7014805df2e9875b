"""The built-in pack holds what every office was promised: twelve registers, figures with their readings, both languages."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal

import pytest

from lianze.pack import load_builtin
from lianze.pack.definitions import Pack
from lianze.pack.kinds import covers
from tests.pack.sheets import REGISTERS, ROOT, column

SOURCE_FIGURES = ROOT / "tests" / "data" / "source-figures.tsv"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_builtin()


def texts_of(shape: object, where: str) -> Iterator[tuple[str, str, str]]:
    """Place, Chinese and English text of every pair below `shape`."""
    if not is_dataclass(shape):
        return
    for name in (field.name for field in fields(shape)):
        value = getattr(shape, name)
        if hasattr(shape, f"{name}_en"):
            yield f"{where}.{name}", value, getattr(shape, f"{name}_en")
        for i, item in enumerate(value if isinstance(value, tuple) else ()):
            yield from texts_of(item, f"{where}.{name}[{i}]")


def test_twelve_registers_are_there(pack: Pack) -> None:
    assert sorted(pack.registers) == REGISTERS
    assert {name for name, register in pack.registers.items() if register.restricted} == {"archive", "opinion"}


def test_title_and_date_are_required_in_every_register(pack: Pack) -> None:
    for register in pack.registers.values():
        required = {field.name for field in register.field if field.required}
        assert {"title", "happened_on"} <= required, register.id


def test_closing_a_finding_and_approving_a_record_need_a_second_person(pack: Pack) -> None:
    steps = {(r.id, step.id): step for r in pack.registers.values() for step in r.transition}
    assert steps["finding", "close"].second_person
    assert steps["decision", "approve_record"].second_person


def test_at_least_eighty_figures_and_every_one_can_be_named(pack: Pack) -> None:
    assert len(pack.figures) >= 80
    for figure in pack.figures.values():
        assert figure.synonyms, figure.id
        assert bool(figure.reading) == bool(figure.reading_en), figure.id


def test_no_two_figures_share_a_title_in_one_scope(pack: Pack) -> None:
    titles = Counter((figure.title, figure.by) for figure in pack.figures.values())
    assert [title for title, times in titles.items() if times > 1] == []


def test_every_text_for_people_has_english(pack: Pack) -> None:
    shelves = (pack.registers, pack.figures, pack.populations, pack.vocabularies, {"pack": pack})
    pairs = [pair for shelf in shelves for key, shape in shelf.items() for pair in texts_of(shape, key)]
    assert len(pairs) > 500
    assert [place for place, chinese, english in pairs if chinese and not english] == []
    in_two = [place for place, _, english in pairs if re.search(r"[\u4e00-\u9fff]", english)]
    # A measure word is its own id; nothing else keeps Chinese in its English text.
    assert in_two == []


def test_every_claim_of_the_source_has_a_figure(pack: Pack) -> None:
    with SOURCE_FIGURES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    claims = {row["n"] for row in rows if not row["n"].startswith("i")}
    implied = {row["n"] for row in rows if row["n"].startswith("i")}
    assert len(claims) == 57
    assert implied == {f"i{number:02d}" for number in range(1, 16)}
    codes = {f"unit:{code}" for code in column("unit", "编码")}
    for row in rows:
        figure = pack.figures[row["figure"]]
        assert row["scope"] in (codes if figure.by == "unit" else {"organisation"}), row
        assert row["compare"] in ("eq", "gt", "ge", "share_all", "none_found"), row
        assert figure.looked or row["compare"] != "none_found", row
        Decimal(row["stated"])


def test_what_is_recorded_is_counted_somewhere(pack: Pack) -> None:
    """A kind that no figure counts would be recorded for nothing."""
    for register in pack.registers.values():
        asked = [
            [condition for condition in conditions if condition.field == "kind"]
            for figure in pack.figures.values()
            if figure.register == register.id
            for conditions in (figure.where, figure.base)
        ]
        counted = {
            kind.id
            for kind in register.kind
            if any(all(covers(one.values, kind.id) != one.negate for one in conditions) for conditions in asked)
        }
        assert counted == {kind.id for kind in register.kind}, register.id
