"""The office of the figures' cast, and packs of duties written as TOML."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lianze.pack import Pack
from tests.figures.cast import Office, make_office, pack_of

HOLIDAYS = """
[[vocabulary]]
id = "holiday"
title = "节日"
title_en = "Holiday"
choice = [
  { id = "may", title = "五一", title_en = "May" },
  { id = "autumn", title = "中秋", title_en = "Autumn" },
  { id = "new_year", title = "元旦", title_en = "New Year" },
]
[[holiday]]
id = "may"
calendar = "solar"
month = 5
day = 1
[[holiday]]
id = "autumn"
calendar = "lunar"
month = 8
day = 15
[[holiday]]
id = "new_year"
calendar = "solar"
month = 1
day = 1
"""


def duty(name: str, **keys: str) -> str:
    """A duty as TOML: one study of the organisation a month, unless `keys`, written as they are, say otherwise."""
    said = {
        "who": '"organisation"',
        "every": '"month"',
        "at_least": "1",
        "register": '"meeting"',
        "where": '[{ field = "kind", values = ["study."] }]',
    }
    lines = [f"{key} = {value}" for key, value in (said | keys).items()]
    head = f'[[duty]]\nid = "{name}"\ntitle = "{name}"\ntitle_en = "{name}"\nsource = "测试"\nmark = "S"\n'
    return head + "\n".join(lines)


@pytest.fixture
def office(db: None) -> Office:
    """An office without entries."""
    return make_office()


@pytest.fixture
def pack(tmp_path: Path) -> Callable[..., Pack]:
    """Makes the figures' small pack with these duties."""

    def make(*duties: str) -> Pack:
        return pack_of(tmp_path, HOLIDAYS, *duties)

    return make
