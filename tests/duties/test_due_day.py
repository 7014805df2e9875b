"""A yearly duty with a day of its own: early, on the day, after it but within the year, and not at all."""

from collections.abc import Callable
from datetime import date

import pytest

from lianze.domain.periods import year_period
from lianze.duties.compute import compute_duties
from lianze.duties.entries import counted_entries
from lianze.duties.missing import missing_before, missing_now
from lianze.duties.output import duties_as_json
from lianze.org.directory import read_directory
from lianze.org.models import Appointment
from lianze.pack import Pack
from tests.duties.conftest import duty
from tests.figures.cast import Office, meeting

pytestmark = pytest.mark.django_db
MakePack = Callable[..., Pack]
BY_MARCH = duty("a", every='"year"', due='"03-31"')

# The days it was done on, the day it is looked at on, how often it is owed: where it stands, and whether late.
TABLE = [
    ((), "2022-12-31", 1, "ahead", False),
    ((), "2023-01-01", 1, "due", False),
    ((), "2023-03-31", 1, "due", False),
    ((), "2023-04-01", 1, "missed", False),
    ((), "2024-01-01", 1, "missed", False),
    (("01-01",), "2023-01-02", 1, "done", False),
    (("03-31",), "2023-03-31", 1, "done", False),
    (("03-31",), "2024-01-01", 1, "done", False),
    (("04-01",), "2023-04-01", 1, "done", True),
    (("12-31",), "2024-01-01", 1, "done", True),
    (("03-31", "04-01"), "2024-01-01", 1, "done", False),
    (("03-31", "04-01"), "2024-01-01", 2, "done", True),
    (("03-31",), "2024-01-01", 2, "missed", False),
    (("02-01",), "2023-03-01", 2, "due", False),
]


@pytest.mark.parametrize(("done", "day", "at_least", "state", "is_late"), TABLE)
def test_where_it_stands(
    office: Office, pack: MakePack, done: tuple[str, ...], day: str, at_least: int, state: str, is_late: bool
) -> None:
    known = pack(duty("a", every='"year"', due='"03-31"', at_least=str(at_least)))
    office.write(*(meeting(on) for on in done))
    directory = read_directory(office.id, known)
    [standing] = compute_duties(office.id, known, 2023, date.fromisoformat(day), directory)
    [cell] = standing.rows[0].cells
    assert (cell.state, cell.is_late, cell.hits, cell.span.due_on) == (state, is_late, len(done), date(2023, 3, 31))
    assert len(missing_now([standing])) == (state == "due") and len(missing_before([standing])) == (state == "missed")
    [told] = duties_as_json([standing], date.fromisoformat(day))
    periods = [period for period in told["periods"] if isinstance(period, dict)]  # type: ignore[union-attr]
    assert [(period["is_late"], period["due_on"]) for period in periods] == [(is_late, "2023-03-31")]
    assert len(counted_entries(office.id, standing.duty, known, year_period(2023))) == len(done)


@pytest.mark.parametrize(
    ("year", "day", "state", "is_late"),
    [(2024, "02-28", "done", False), (2024, "02-29", "done", True), (2023, "02-28", "done", False)],
)
def test_the_leap_day_is_after_the_twenty_eighth(
    office: Office, pack: MakePack, year: int, day: str, state: str, is_late: bool
) -> None:
    known = pack(duty("a", every='"year"', due='"02-28"'))
    office.write(meeting(f"{year}-{day}"))
    [standing] = compute_duties(office.id, known, year, date(year, 3, 5), read_directory(office.id, known))
    [cell] = standing.rows[0].cells
    assert (cell.state, cell.is_late) == (state, is_late)


def test_who_is_there_on_the_day_owes_it(office: Office, pack: MakePack) -> None:
    """li's post ends on 15 March: not owed on the 31st; on 30 April, after the day, it is."""
    known = pack(duty("a", who='"leaders"', of='"owner"', every='"year"', due='"03-31"'))
    directory = read_directory(office.id, known)
    posts = Appointment.objects.filter(organisation_id=office.id, person_id=office.people["li"])
    for end_on, owes in ((date(2023, 3, 15), False), (date(2023, 4, 30), True)):
        posts.update(end_on=end_on)
        directory = read_directory(office.id, known)
        [standing] = compute_duties(office.id, known, 2023, date(2024, 1, 1), directory)
        assert ("li" in {row.bearer.code for row in standing.rows}) == owes


def test_a_reminder_in_the_days_off_before_the_holiday_is_late(office: Office, pack: MakePack) -> None:
    """元旦 with a day off before it: its reminder is due on 30 December."""
    early = (
        '[[days_off]]\nid = "x"\nholidays = ["new_year"]\nfirst = "2023-12-31"\nlast = "2024-01-01"\nsource = "测试"\n'
    )
    known = pack(early, duty("a", every='"holiday"'))
    directory = read_directory(office.id, known)
    [standing] = compute_duties(office.id, known, 2023, date(2023, 12, 31), directory)
    assert standing.rows[0].cells[-1].state == "missed"
    office.write(meeting("12-31"))
    [standing] = compute_duties(office.id, known, 2023, date(2023, 12, 31), directory)
    assert (standing.rows[0].cells[-1].state, standing.rows[0].cells[-1].is_late) == ("done", True)
