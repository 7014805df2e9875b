"""docs/pack-format.md says something about every key a pack may have."""

import dataclasses
import re
import typing
from pathlib import Path

import pytest

from lianze.pack import definitions as d
from lianze.pack.actions import ACTIONS
from lianze.pack.faults.obligations import BODIES, OCCASIONS
from lianze.pack.load import HEAD, TABLES

PAGE = (Path(__file__).parents[2] / "docs" / "pack-format.md").read_text(encoding="utf-8")
SHAPES = [
    shape
    for shape in vars(d).values()
    if isinstance(shape, type) and dataclasses.is_dataclass(shape) and shape is not d.Pack
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_key_is_explained(shape: type) -> None:
    keys = [field.name for field in dataclasses.fields(shape)]
    assert [
        key for key in keys if f"`{key}`" not in PAGE and f"[[{key}]]" not in PAGE and f".{key}]]" not in PAGE
    ] == []


def test_every_table_head_key_and_choice_is_named() -> None:
    words = set(re.findall(r"[a-z_]+", PAGE))
    choices = [
        choice for hint in (d.FieldType, d.Measure, d.PeriodRule, d.Source, d.Scope) for choice in typing.get_args(hint)
    ]
    assert [word for word in (*TABLES, *HEAD, *ACTIONS, *BODIES, *OCCASIONS, *choices) if word not in words] == []
