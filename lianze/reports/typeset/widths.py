"""How wide text will be, in Chinese characters, where a layout must be settled before it is set."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

EDGE: Final = re.compile(r"(?<=[\u3400-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u3400-\u9fff])")
GAP: Final = 0.2  # of a character: what word processors leave between Chinese and Latin


def characters(text: str) -> float:
    """Width counted in full-width characters; Latin letters and digits are taken as half of one."""
    signs = sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in text)
    return signs + GAP * len(EDGE.findall(text))
