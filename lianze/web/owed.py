"""Which missed period a form was opened for, in words: what happened then has no day that the form could fill in."""

from lianze.duties.periods import Span, spans_of
from lianze.ledger.filters import parse_day
from lianze.pack.definitions import Duty, Register
from lianze.web.duty_words import period_title
from lianze.web.language import both, named
from lianze.web.requests import DeskRequest

# In the form's address: the duty, and its period's first day.
DUTY, FROM = "owed", "owed_from"


def owed_pairs(duty: Duty, span: Span) -> list[tuple[str, str]]:
    """What the form's address says of the period."""
    return [(DUTY, duty.id), (FROM, span.period.start.isoformat())]


def owed_words(request: DeskRequest, register: Register) -> str:
    """What to enter, and between which days it happened; "" when the form was not opened for a missed period."""
    pack, start = request.desk.pack, parse_day(request.GET.get(FROM, ""))
    duty = pack.duties.get(request.GET.get(DUTY, ""))
    if duty is None or start is None or duty.register != register.id:
        return ""
    span = next((one for one in spans_of(duty, start.year, pack) if one.period.start == start), None)
    if span is None:
        return ""
    what, first, last, due_on = start.year, span.period.start, span.period.last_day, span.due_on
    late = both(f"{due_on}以后的算逾期办理。", f" After {due_on} it was done late.") if due_on < last else ""
    said = both(
        f"补记{what}年{period_title(duty, span, pack)}“{named(duty)}”：日期请填{first}至{last}内的实际日期。",
        f"Entered afterwards for {period_title(duty, span, pack)} {what}, “{named(duty)}”: give the day it really"
        f" happened, from {first} to {last}.",
    )
    return said + late
