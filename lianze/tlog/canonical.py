"""Canonical JSON (RFC 8785): one value, one spelling, so that a hash means the value and not its typing.

Writing is done by the rfc8785 library. Reading is strict: what the standard library lets through (duplicate
names, NaN, surrogates, nesting without end) is refused, because two readers would understand it differently.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

import rfc8785

from lianze.tlog.errors import CanonicalError

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"
JsonInput: TypeAlias = "bool | int | float | str | Sequence[JsonInput] | Mapping[str, JsonInput] | None"

MAX_DEPTH: Final = 32
_LIMIT: Final = 2**53
_PLAIN: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_BRACKETS: Final = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)  # linear on any text


def render_canonical(value: JsonInput) -> bytes:
    """The UTF-8 text of RFC 8785.

    Raises CanonicalError `json.value` for infinite or NaN numbers, integers beyond ±(2⁵³−1), lone surrogates,
    keys that are not text, types JSON has not, and nesting too deep to write.
    """
    try:
        if _is_plain(value):
            return _PLAIN(value).encode()
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise CanonicalError("json.value", str(error)) from error


def _is_plain(value: JsonInput) -> bool:
    """Whether the standard library's encoder, five times faster, spells this value as RFC 8785 does.

    True of null, booleans, text, safe integers, and objects with ASCII names: their order is the same in UTF-16.
    """
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return True
    if kind is int:
        return -_LIMIT < value < _LIMIT  # type: ignore[operator]  # narrowed by `kind`, which mypy does not follow
    if isinstance(value, dict):
        return all(type(name) is str and name.isascii() and _is_plain(one) for name, one in value.items())
    return isinstance(value, list | tuple) and all(map(_is_plain, value))


def load_json(text: bytes, max_depth: int = MAX_DEPTH) -> JsonValue:
    """Read strict JSON (RFC 8259, I-JSON of RFC 7493).

    Raises CanonicalError: `json.encoding`, `json.depth`, `json.duplicate` (a name twice in one object),
    `json.number` (NaN, Infinity, too large), `json.syntax`.
    """
    try:
        decoded = text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CanonicalError("json.encoding", str(error)) from error
    _require_depth(decoded, max_depth)
    try:
        value: JsonValue = json.loads(
            decoded,
            object_pairs_hook=_object,
            parse_constant=_refuse_number,
            parse_float=_finite,
            parse_int=_safe,
        )
    except (json.JSONDecodeError, RecursionError) as error:
        raise CanonicalError("json.syntax", str(error)) from error
    return value


def load_canonical(text: bytes, max_depth: int = MAX_DEPTH) -> JsonValue:
    """Read strict JSON that is also spelled as RFC 8785 asks; CanonicalError `json.spelling` otherwise."""
    value = load_json(text, max_depth)
    if render_canonical(value) != text:
        raise CanonicalError("json.spelling")
    return value


def _require_depth(text: str, limit: int) -> None:
    depth = 0
    for match in _BRACKETS.finditer(text):
        found = match.group()
        if found in "[{":
            depth += 1
            if depth > limit:
                raise CanonicalError("json.depth", f"> {limit}")
        elif found in "]}":
            depth -= 1


def _object(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        raise CanonicalError("json.duplicate", next(name for name in names if names.count(name) > 1))
    return members


def _refuse_number(word: str) -> float:
    raise CanonicalError("json.number", word)


def _finite(word: str) -> float:
    number = float(word)
    if number in (float("inf"), float("-inf")):
        raise CanonicalError("json.number", word)
    return number


def _safe(word: str) -> int:
    if len(word) > 17 or abs(int(word)) >= _LIMIT:
        raise CanonicalError("json.number", word[:40])
    return int(word)
