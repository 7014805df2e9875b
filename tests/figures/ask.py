"""Short ways to ask a figure in a test, each with a check that its trace is what was counted."""

from decimal import Decimal

from lianze.domain.periods import Period
from lianze.figures.compute import compute_figures
from lianze.figures.results import FigureResult
from lianze.figures.trace import trace
from lianze.pack import Pack
from tests.figures.cast import YEAR, Office


def ask(
    office: Office, pack: Pack, scope: str = "organisation", figure: str = "f", period: Period = YEAR
) -> FigureResult:
    """The figure's result; its hits are exactly the rows of its trace."""
    results = compute_figures(office.id, pack, period)
    found = next(result for result in results if (result.figure, result.scope) == (figure, scope))
    assert len(trace(figure, scope, office.id, pack, period)) == found.hits
    return found


def figure(measure: str, counted_in: str = "次", register: str = "meeting", **keys: str) -> str:
    """A figure `f` as TOML; `keys` are written as they are."""
    lines = [f'measure = "{measure}"', f'counted_in = "{counted_in}"']
    lines += [f'register = "{register}"'] if register else []
    named = {"id": '"f"', **keys}
    return "\n".join([*lines, *(f"{key} = {value}" for key, value in named.items())])


def number(text: str) -> Decimal:
    """A decimal."""
    return Decimal(text)
