"""Faults of values, and how a faulty value is quoted in them."""

from dataclasses import dataclass
from datetime import datetime

LONGEST_SHOWN, MOST_BITS = 40, 200


@dataclass(frozen=True)
class Fault:
    """What is wrong with a value and what is expected, as one sentence for the person who typed it."""

    sentence: str


def shown(raw: object) -> str:
    """`raw` as the person sees it in the cell, cut where it is long."""
    if isinstance(raw, bool):
        text = "是" if raw else "否"
    elif isinstance(raw, datetime):
        text = raw.isoformat(" ")
    else:
        text = " ".join(written(raw).split())
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


def written(raw: object) -> str:
    """The whole text of `raw`; what Excel made a float on the way is a whole number again."""
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    if isinstance(raw, int) and raw.bit_length() > MOST_BITS:
        return "…"  # Python refuses to write out numbers of thousands of digits
    return str(raw)
