"""What a figure says: its value with what it is counted in, and how many entries stand behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from lianze.domain.periods import Period
from lianze.pack.definitions import Figure

Status = Literal["value", "none_found", "no_record", "not_yet"]
ORGANISATION = "organisation"


@dataclass(frozen=True)
class FigureResult:
    """The value of one figure in one scope (`organisation` or `unit:<code>`).

    status      value: entries stand behind it · none_found: none do, and somebody looked; value 0 · no_record: none
                do, and nobody is known to have looked; value None · not_yet: of least_per, when no sub-period is over
                yet; value None
    value       counted in `counted_in`; a share or coverage is 0–1, from `numerator` and `denominator`
    hits        how many entries (people, units, checklist items) stand behind it: exactly those `trace` lists
    population  how many people the figure's population has on the last day; None where it names none
    empty_sub_periods  of least_per: the sub-periods without any entry
    restricted  it is about a register that not everybody may know of: show neither trace nor title to others
    """

    figure: str
    scope: str
    value: Decimal | None
    counted_in: str
    title: str
    title_en: str
    hits: int
    status: Status
    population: int | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    empty_sub_periods: tuple[Period, ...] = ()
    restricted: bool = False
    is_share: bool = False
    places: int = 0


@dataclass(frozen=True)
class TraceRow:
    """One entry behind a figure; for figures about people, units, appointments or a checklist one of these.

    number    the office's own number or code; "" where there is none
    unit      its name
    quantity  what the row adds to a sum, a norm or people-times; of different people how many it names; else None
    values    of a figure that tells a field's values apart: which ones this row has, as the ledger keeps them
    counted   false for an entry that is in a share's denominator only
    """

    id: str
    register: str
    happened_on: date | None
    title: str
    unit: str
    quantity: Decimal | None = None
    counted: bool = True
    number: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What was read for one figure and scope, before it is known whether a zero means anything; `value` None where it is too
    early for one."""

    hits: int
    value: Decimal | None
    population: int | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    empty: tuple[Period, ...] = ()


def result_of(figure: Figure, scope: str, reading: Reading, looked: bool, restricted: bool) -> FigureResult:
    """The answer: nothing before its time, a value where entries stand behind it, else zero where somebody looked, else
    nothing."""
    status: Status = "value" if reading.hits else "none_found" if looked else "no_record"
    if reading.value is None:
        status = "not_yet"
    values = {"value": reading.value, "none_found": Decimal(0), "no_record": None, "not_yet": None}
    return FigureResult(
        figure=figure.id,
        scope=scope,
        value=values[status],
        counted_in=figure.counted_in,
        title=figure.title,
        title_en=figure.title_en,
        hits=reading.hits,
        status=status,
        population=reading.population,
        numerator=reading.numerator,
        denominator=reading.denominator,
        empty_sub_periods=reading.empty,
        restricted=restricted,
        is_share=figure.measure in ("share", "coverage"),
        places=figure.places,
    )


def find_result(results: Sequence[FigureResult], figure: str, scope: str = ORGANISATION) -> FigureResult | None:
    """The result of a figure in a scope; None when it has none there."""
    return next((result for result in results if (result.figure, result.scope) == (figure, scope)), None)
