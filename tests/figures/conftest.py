"""The office of `cast`, and a pack in a temporary folder."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lianze.pack import Pack
from tests.figures.cast import Office, make_office, pack_of


@pytest.fixture
def office(db: None) -> Office:
    """An office without entries."""
    return make_office()


@pytest.fixture
def pack(tmp_path: Path) -> Callable[..., Pack]:
    """Makes a pack of figures written as TOML."""

    def make(*figures: str) -> Pack:
        return pack_of(tmp_path, *figures)

    return make


@pytest.fixture
def registers(pack: Callable[..., Pack]) -> Pack:
    """The small pack without a figure."""
    return pack()
