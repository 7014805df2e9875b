"""Kinds and their families: an id that ends in “.” stands for every kind that begins with it."""

from collections.abc import Iterable


def is_of(kind: str, asked: str) -> bool:
    """Whether `kind` is `asked`, or of its family."""
    return kind.startswith(asked) if asked.endswith(".") else kind == asked


def covers(asked: Iterable[str], kind: str) -> bool:
    """Whether `kind` is one of those asked for."""
    return any(is_of(kind, one) for one in asked)
