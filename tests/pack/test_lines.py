"""The line that a fault names is the line a person has to mend."""

import pytest

from lianze.pack.lines import find_line
from tests.pack.conftest import Folder

TEXT = """
id = "x"
kind = [
  { id = "a" }, # the first ]
  { id = "b", title = "],{" },
  { id = "c" },
]

[[figure]]
id = "one"

[[figure]]
id = "two"
where = [{ field = "kind" }]

[[figure.deep]]
name = "n"
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("id",), 2),
        (("kind",), 3),
        (("kind", 0, "id"), 4),
        (("kind", 1, "id"), 5),
        (("kind", 2), 6),
        (("kind", 9), 3),
        (("figure", 0, "id"), 10),
        (("figure", 1, "where", 0), 14),
        (("figure", 1, "deep", 0, "name"), 17),
        (("figure", 1, "nothing"), 12),
        (("nothing",), 1),
    ],
)
def test_the_line_of_a_key_is_found(path: tuple[str | int, ...], line: int) -> None:
    assert find_line(TEXT, path) == line


def test_an_empty_text_has_no_line() -> None:
    assert find_line("", ("id",)) == 0


def test_a_fault_names_file_key_and_line(folder: Folder) -> None:
    folder.replace("figures/talk.toml", 'looked = "talk.count"', 'looked = "talk.looks"')
    (problem,) = folder.problems()
    assert problem.place == "small/figures/talk.toml [figure.1.looked]"
    text = (folder.path / "figures/talk.toml").read_text(encoding="utf-8").splitlines()
    assert text[problem.line - 1] == 'looked = "talk.looks"'
