"""The workbench's duties: what running periods lack and what periods that are over lacked, one's own first."""

from dataclasses import dataclass

from lianze.duties.bearers import Bearer
from lianze.duties.missing import Missing, missing_before, missing_now
from lianze.ledger.actions import Desk
from lianze.web.duties import read_standings
from lianze.web.duty_links import duty_address, record_address
from lianze.web.duty_matrix import View
from lianze.web.duty_words import period_title, time_left
from lianze.web.language import both
from lianze.web.requests import DeskRequest

NAMES = 5


@dataclass(frozen=True)
class DutyLine:
    """A line: `record` is the form's address, "" for whoever may not record there; `whom` is empty for the organisation."""

    missing: Missing
    period: str
    whom: str
    left: str
    is_mine: bool
    record: str
    entries: str


def read_duty_lines(request: DeskRequest) -> tuple[list[DutyLine], list[DutyLine]]:
    """What is missing now, and what was missed this year, as the matrix shows it."""
    view, standings = read_standings(request, request.desk.actor.day.year)
    return mine_first(view, missing_now(standings)), mine_first(view, missing_before(standings))


def mine_first(view: View, found: list[Missing]) -> list[DutyLine]:
    """The lines, those that are the actor's or the actor's section's before the others, otherwise as they come."""
    return sorted((line_of(view, one) for one in found), key=lambda line: not line.is_mine)


def line_of(view: View, one: Missing) -> DutyLine:
    """One line."""
    desk, duty = view.desk, one.duty
    mine = tuple(bearer for bearer in one.bearers if is_mine(desk, bearer))
    return DutyLine(
        missing=one,
        period=both("、", ", ").join(period_title(duty, span, desk.pack) for span in one.spans),
        whom=names(one.bearers),
        left="" if one.is_late else time_left(one.spans[0], desk.actor.day),
        is_mine=bool(mine),
        record=record_address(desk, duty, one.spans[-1], mine[:1] or one.bearers, view.directory),
        entries=duty_address(duty, view.year, one.at[-1]),
    )


def is_mine(desk: Desk, bearer: Bearer) -> bool:
    """Whether the actor, or the actor's section, owes it."""
    return bearer.id is not None and (bearer.id == desk.actor.person_id or bearer.id in desk.actor.unit_ids)


def names(bearers: tuple[Bearer, ...]) -> str:
    """Who is meant, the first few by name."""
    text = both("、", ", ").join(bearer.name for bearer in bearers[:NAMES] if bearer.name)
    if len(bearers) > NAMES:
        counted = "人" if bearers[0].kind == "person" else "个"
        return text + both(f"等 {len(bearers)} {counted}", f" and {len(bearers) - NAMES} more")
    return text
