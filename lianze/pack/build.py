"""From parsed TOML to the frozen shapes of `definitions`, with every fault at once."""

import dataclasses
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from math import isfinite
from typing import TypeVar

from lianze.domain.errors import Problem
from lianze.pack.definitions import Sentence
from lianze.pack.lines import find_line

Path = tuple[str | int, ...]
T = TypeVar("T")
MISSING = object()


@dataclass(frozen=True)
class Origin:
    """The file a table comes from; `text` is kept so that a fault can name its line."""

    file: str
    text: str

    def problem(self, path: Path, sentence: str) -> Problem:
        key = ".".join(str(part) for part in path)
        return Problem(f"{self.file} [{key}]", "pack", sentence, find_line(self.text, path))


@cache
def hints_of(shape: type) -> dict[str, object]:
    """Resolved annotations of a dataclass; cached, since resolving them costs more than building from them."""
    return dict(typing.get_type_hints(shape))


def build(shape: type[T], table: object, origin: Origin, path: Path, problems: list[Problem]) -> T | None:
    """One dataclass from one TOML table; None when it has faults, which are added to `problems`."""
    if shape is Sentence and isinstance(table, str):
        table = {"text": table}
    if not isinstance(table, Mapping):
        problems.append(origin.problem(path, "应为一个表（键 = 值） / expected a table"))
        return None
    before = len(problems)
    fields = {field.name: field for field in dataclasses.fields(shape)}  # type: ignore[arg-type]
    for key in table:
        if key not in fields:
            known = "、".join(fields)
            problems.append(origin.problem((*path, str(key)), f"未知的键“{key}”，可用：{known} / unknown key {key}"))
    hints = hints_of(shape)  # type: ignore[arg-type]
    values: dict[str, object] = {}
    for name, field in fields.items():
        if name in table:
            values[name] = convert(hints[name], table[name], origin, (*path, name), problems)
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            problems.append(origin.problem(path, f"缺少“{name}” / missing key {name}"))
    return None if len(problems) > before else shape(**values)


def convert(hint: object, value: object, origin: Origin, path: Path, problems: list[Problem]) -> object:
    """`value` as the annotation `hint` asks, or None with a fault."""
    if isinstance(hint, types.UnionType):
        hint = next(part for part in typing.get_args(hint) if part is not type(None))
    kind, parts = typing.get_origin(hint), typing.get_args(hint)
    if kind is tuple:
        return convert_all(parts[0], value, origin, path, problems)
    if kind is typing.Literal:
        return convert_literal(parts, value, origin, path, problems)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return build(hint, value, origin, path, problems)
    # TOML knows nan and inf, which no limit can be compared with.
    if hint is Decimal and (type(value) is int or (isinstance(value, float) and isfinite(value))):
        return Decimal(str(value))
    if isinstance(hint, type) and isinstance(value, hint) and (hint is bool or not isinstance(value, bool)):
        return value
    name = getattr(hint, "__name__", str(hint))
    problems.append(origin.problem(path, f"“{value}”不是 {name} / expected {name}"))
    return None


def convert_literal(
    choices: tuple[object, ...], value: object, origin: Origin, path: Path, problems: list[Problem]
) -> object:
    """`value` when it is one of `choices`."""
    if value not in choices:
        known = "、".join(str(choice) for choice in choices)
        problems.append(origin.problem(path, f"“{value}”不在可选值中：{known} / {value} is not one of {known}"))
    return value


def convert_all(hint: object, value: object, origin: Origin, path: Path, problems: list[Problem]) -> object:
    """A tuple of converted items from a TOML array."""
    if not isinstance(value, list):
        problems.append(origin.problem(path, "应为数组 […] / expected an array"))
        return ()
    items = (convert(hint, item, origin, (*path, i), problems) for i, item in enumerate(value))
    return tuple(item for item in items if item is not None)
