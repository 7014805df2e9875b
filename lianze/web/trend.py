"""A figure over the years as bars: positions and sizes for an SVG that the template draws without any style."""

from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT, STEP, BAR, FOOT, HEAD = 560, 200, 110, 56, 26, 22


@dataclass(frozen=True)
class Bar:
    """One year; `value` None: no record."""

    year: int
    value: Decimal | None
    x: int
    y: int
    height: int
    middle: int


@dataclass(frozen=True)
class Trend:
    """The bars, and where the required number's line lies."""

    bars: list[Bar]
    required_y: int | None
    width: int = WIDTH
    height: int = HEIGHT
    foot: int = HEIGHT - FOOT


def trend_of(points: list[tuple[int, Decimal | None]], required: Decimal | None) -> Trend:
    """The chart of `points`; all on one scale that starts at zero."""
    room = HEIGHT - FOOT - HEAD
    values = [value for _, value in points if value is not None]
    top = max([*values, required or Decimal(0), Decimal(0)]) or Decimal(1)
    bars = []
    for at, (year, value) in enumerate(points):
        height = int(room * (value or Decimal(0)) / top)
        x = at * STEP + (STEP - BAR) // 2
        bars.append(Bar(year, value, x, HEIGHT - FOOT - height, height, x + BAR // 2))
    return Trend(bars, None if required is None else HEIGHT - FOOT - int(room * required / top))
