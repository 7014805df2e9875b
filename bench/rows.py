"""The shape of what every benchmark tells."""

from typing import NotRequired, TypedDict


class Row(TypedDict):
    """One measurement: `ratio` is value against baseline, as `note` says which way is better; `met` whether the aim was."""

    name: str
    value: str
    baseline: str
    ratio: float
    note: str
    met: NotRequired[bool]
