"""What a change to the organisation does to figures about people: each population's number, and each norm's sum."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from lianze.domain.periods import Period
from lianze.figures.roster import read_rows, rows_behind
from lianze.ledger.organising import Effect
from lianze.org.directory import Directory
from lianze.pack import Pack
from lianze.pack.definitions import Figure
from lianze.web.language import both, named


@dataclass(frozen=True)
class NormSum:
    """A norm's sum over its people from the day of the change, and what it were without it, in `counted_in`."""

    title: str
    counted_in: str
    before: Decimal
    after: Decimal


def population_lines(effects: Iterable[Effect], pack: Pack) -> list[tuple[str, Effect]]:
    """Each effect with what its population is called; "" is everybody."""
    everybody = both("全部人员", "Everybody")
    return [(named(pack.populations[e.population]) if e.population else everybody, e) for e in effects]


def norm_sums(before: Directory, after: Directory, pack: Pack, day: date) -> list[NormSum]:
    """The pack's figures that add up a norm, where they differ on `day`."""
    found = []
    for figure in pack.figures.values():
        if figure.measure == "norm":
            old, new = (value_on(figure, directory, pack, day) for directory in (before, after))
            if old != new:
                found.append(NormSum(named(figure), figure.counted_in, old, new))
    return found


def value_on(figure: Figure, directory: Directory, pack: Pack, day: date) -> Decimal:
    """The figure as it stands at the end of `day`."""
    rows = rows_behind(figure, directory, pack, Period(day, day + timedelta(days=1)))
    return read_rows(figure, rows, None).value or Decimal(0)
