"""What is missing: of the periods that run, and of those whose last day to act is over. A list of things to do, not of
people."""

from collections.abc import Iterable
from dataclasses import dataclass

from lianze.duties.bearers import Bearer
from lianze.duties.compute import Cell, Standing
from lianze.duties.periods import Span
from lianze.pack.definitions import Duty


@dataclass(frozen=True)
class Missing:
    """A duty that is short in one running period (`is_late` false), or in periods past their last day; `at` numbers them.

    `bearers` are those who are short. `done` of `owed` are counted in entries where the organisation owes the duty,
    else in bearers.
    """

    duty: Duty
    at: tuple[int, ...]
    spans: tuple[Span, ...]
    bearers: tuple[Bearer, ...]
    done: int
    owed: int
    is_late: bool


def missing_now(standings: Iterable[Standing]) -> list[Missing]:
    """What running periods still lack, the nearest last day first."""
    found = [one for standing in standings for one in lines_of(standing, "due")]
    return sorted(found, key=lambda one: one.spans[0].due_on)


def missing_before(standings: Iterable[Standing]) -> list[Missing]:
    """What periods past their last day to act lack, one line a duty, the latest first."""
    found = []
    for standing in standings:
        lines = lines_of(standing, "missed")
        if lines:
            spans = tuple(span for one in lines for span in one.spans)
            bearers = tuple(dict.fromkeys(bearer for one in lines for bearer in one.bearers))
            done, owed = sum(one.done for one in lines), sum(one.owed for one in lines)
            at = tuple(number for one in lines for number in one.at)
            found.append(Missing(standing.duty, at, spans, bearers, done, owed, True))
    return sorted(found, key=lambda one: one.spans[-1].due_on, reverse=True)


def lines_of(standing: Standing, state: str) -> list[Missing]:
    """One line for each period in which somebody is in that state."""
    found = []
    for at, span in enumerate(standing.spans):
        cells = [(row.bearer, row.cells[at]) for row in standing.rows]
        short = tuple(bearer for bearer, cell in cells if cell.state == state)
        if short:
            done, owed = progress(cells)
            found.append(Missing(standing.duty, (at,), (span,), short, done, owed, state == "missed"))
    return found


def progress(cells: Iterable[tuple[Bearer, Cell]]) -> tuple[int, int]:
    """How far a period is done: entries of the organisation, or bearers who have done it."""
    owing = [(bearer, cell) for bearer, cell in cells if cell.required]
    if [bearer.kind for bearer, _ in owing] == ["organisation"]:
        return owing[0][1].hits, owing[0][1].required
    return sum(cell.state == "done" for _, cell in owing), len(owing)
