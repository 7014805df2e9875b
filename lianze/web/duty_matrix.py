"""The responsibility matrix 责任矩阵: duties by the periods of a year, as lines that page and workbook share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lianze.domain.periods import MONTHS_IN
from lianze.duties.bearers import Bearer
from lianze.duties.compute import Row, Standing, State
from lianze.duties.missing import progress
from lianze.ledger.actions import Desk
from lianze.org.directory import Directory
from lianze.pack.definitions import Duty
from lianze.web.duty_links import duty_address, record_address
from lianze.web.duty_words import late_words, mark_of, month_title, period_title, state_words, who_owes
from lianze.web.language import both

# Which state of several bearers a cell shows: the first of these that one of them is in.
WORST: tuple[State, ...] = ("missed", "due", "ahead", "done", "none")


@dataclass(frozen=True)
class Place:
    """A cell: `wide` columns across; `mark` its signs, `words` what they say; `state` for its looks."""

    period: str
    wide: int
    mark: str
    words: str
    state: State
    address: str


@dataclass(frozen=True)
class Line:
    """One duty, or one bearer of it."""

    duty: Duty
    who: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Block:
    """Duties with the same columns."""

    title: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class View:
    """Who looks at which year."""

    desk: Desk
    directory: Directory
    year: int


def blocks_of(view: View, standings: Sequence[Standing]) -> list[Block]:
    """The months of the year, then its holidays, then occasions; blocks without a duty are left out."""
    pack = view.desk.pack
    months = tuple(month_title(date(view.year, month, 1)) for month in range(1, 13))
    feasts = next((one for one in standings if one.duty.every == "holiday"), None)
    heads = tuple(period_title(feasts.duty, span, pack) for span in feasts.spans) if feasts else ()
    wanted = [
        (both("按月、季、半年、年", "By month, quarter, half and year"), months, tuple(MONTHS_IN)),
        (both("节日之前", "Before holidays"), heads, ("holiday",)),
        (both("每次发生时", "Each time it arises"), (both("全年", "The year"),), ("occasion",)),
    ]
    blocks = []
    for title, columns, frequencies in wanted:
        lines = [line_of(view, one) for one in standings if one.duty.every in frequencies]
        blocks += [Block(title, columns, tuple(lines))] if lines else []
    return blocks


def line_of(view: View, standing: Standing) -> Line:
    """A duty, all its bearers in one cell."""
    places = tuple(place_of(view, standing, at, standing.rows) for at in range(len(standing.spans)))
    return Line(standing.duty, who_owes(standing.duty, view.desk.pack), places)


def bearer_lines(view: View, standing: Standing) -> list[Line]:
    """A duty's bearers, one a line."""
    return [
        Line(
            standing.duty,
            row.bearer.name or both("本单位", "The organisation"),
            tuple(place_of(view, standing, at, (row,)) for at in range(len(standing.spans))),
        )
        for row in standing.rows
    ]


def place_of(view: View, standing: Standing, at: int, rows: Sequence[Row]) -> Place:
    """One cell: leads to the form where nothing is there that should be, else to the entries."""
    duty, span = standing.duty, standing.spans[at]
    period = period_title(duty, span, view.desk.pack)
    cells = [(row.bearer, row.cells[at]) for row in rows]
    states = {cell.state for _, cell in cells}
    state: State = next((known for known in WORST if known in states), "none")
    if len(cells) == 1:
        done, owed = cells[0][1].hits, cells[0][1].required
    else:
        done, owed = progress(cells)
    only = cells[0][0] if len(cells) == 1 else None
    late = late_words(sum(cell.is_late for _, cell in cells), len(cells) > 1) if state == "done" else ""
    address = duty_address(duty, view.year, at, only)
    if only is not None and not done and state in ("missed", "due") and duty.every != "occasion":
        address = record_address(view.desk, duty, span, (only,), view.directory) or address
    return Place(
        period=period,
        wide=MONTHS_IN.get(duty.every, 1),
        mark=mark_of(state, done, owed, late) + (f" · {period}" if duty.due else ""),
        words=both(
            f"{state_words(state, done)}（办 {done}，应办 {owed}{late and '，'}{late}）",
            f"{state_words(state, done)} ({done} of {owed}{late and ', '}{late})",
        ),
        state=state,
        address=address,
    )


def limited(standings: Iterable[Standing], directory: Directory, asked: str) -> list[Standing]:
    """The standings of one bearer: `organisation`, `unit:<code>` (with its people), or `person:<code>`; "" for all."""
    if not asked:
        return list(standings)
    units = {f"unit:{unit.code}": unit.id for unit in directory.units.values()}

    def is_asked(bearer: Bearer) -> bool:
        if asked in units:
            return bearer.unit_id == units[asked]
        return asked in (bearer.kind, f"{bearer.kind}:{bearer.code}")

    cut = (replace(one, rows=tuple(row for row in one.rows if is_asked(row.bearer))) for one in standings)
    return [one for one in cut if one.rows]


def choices_of(standings: Iterable[Standing], directory: Directory) -> list[tuple[str, str]]:
    """Whom the matrix can be limited to."""
    bearers = dict.fromkeys(row.bearer for one in standings for row in one.rows)
    homes = {bearer.unit_id for bearer in bearers}
    units = sorted((u for u in directory.units.values() if u.id in homes), key=lambda unit: (unit.order, unit.code))
    people = [(f"person:{bearer.code}", bearer.name) for bearer in bearers if bearer.kind == "person"]
    whole = [("organisation", both("本单位", "The organisation"))] if any(b.id is None for b in bearers) else []
    return [*whole, *((f"unit:{unit.code}", unit.name) for unit in units), *people]
