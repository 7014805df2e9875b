"""The reference pages in docs/generated are those the pack gives, and say something about every definition."""

from pathlib import Path

import pytest

from lianze.pack import load_builtin
from lianze.pack.definitions import Duty, Norm
from lianze.pack.reference import render_pack_docs

FOLDER = Path(__file__).parents[2] / "docs" / "generated"
PAGES = render_pack_docs(load_builtin())


@pytest.mark.parametrize("name", PAGES)
def test_the_committed_page_is_what_the_pack_gives(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name], "run `make docs`"


def test_each_of_the_57_mechanisms_is_carried_by_something() -> None:
    pack = load_builtin()
    assert list(pack.mechanisms) == [f"S{n:02}" for n in range(1, 58)]
    for mechanism in pack.mechanisms.values():
        assert mechanism.registers or mechanism.tables, mechanism.id
        assert mechanism.figures or mechanism.duties or mechanism.tables, mechanism.id
        assert f"| {mechanism.id} | {mechanism.title} |" in PAGES["mechanisms.md"]


def test_every_definition_has_its_row() -> None:
    pack = load_builtin()
    for page, names in (
        ("registers.md", pack.registers),
        ("figures.md", pack.figures),
        ("duties.md", pack.duties),
        ("norms.md", [*pack.norms, *pack.checklists]),
        ("checks.md", pack.checks),
        ("roles.md", pack.roles),
    ):
        assert [name for name in names if f"`{name}`" not in PAGES[page]] == []


def test_every_figure_and_duty_serves_some_mechanism() -> None:
    """A number nobody needs is a burden on whoever must record it."""
    pack = load_builtin()
    mechanisms = pack.mechanisms.values()
    assert set(pack.figures) == {name for mechanism in mechanisms for name in mechanism.figures}
    assert set(pack.duties) == {name for mechanism in mechanisms for name in mechanism.duties}


def test_what_is_not_confirmed_is_switched_off_and_everything_names_its_source() -> None:
    pack = load_builtin()
    rules: list[Norm | Duty] = [*pack.norms.values(), *pack.duties.values()]
    for rule in rules:
        assert rule.source
        assert "http" not in rule.source
        assert not (rule.enabled and rule.mark in ("M", "?")), rule.id


def test_every_row_has_as_many_cells_as_its_table_has_columns() -> None:
    for page in PAGES.values():
        for table in page.split("\n\n"):
            rows = [line.replace("\\|", "") for line in table.splitlines() if line.startswith("|")]
            assert len({row.count("|") for row in rows}) <= 1, rows[0]
