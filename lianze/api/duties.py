"""What is owed in a year, and where it stands."""

from django.http import HttpResponse
from ninja import Field, Router, Schema

from lianze.api.answers import COMMON
from lianze.api.auth import ApiRequest, Token
from lianze.api.entries import told
from lianze.api.figures import Year
from lianze.duties.compute import compute_duties
from lianze.duties.opening import is_open
from lianze.duties.output import duties_as_json
from lianze.figures.opening import require_reading
from lianze.org.directory import read_directory

router = Router(tags=["duties"])


class PeriodOut(Schema):
    """One period; `end` is its last day, `due_on` the last to act. `state`: done, due, missed, ahead, none; `is_late`: done
    only by what happened after `due_on`."""

    start: str
    end: str
    due_on: str
    holidays: list[str]
    state: str
    done: int
    required: int
    is_late: bool
    days_left: int | None


class DutyOut(Schema):
    """A duty of one bearer; `bearer` is organisation, unit or person."""

    duty: str
    title: str
    source: str
    mark: str
    every: str
    at_least: int
    register_id: str = Field(alias="register")
    bearer: str
    code: str
    name: str
    periods: list[PeriodOut]


@router.get("/duties", auth=Token("figures"), response={200: list[DutyOut], **COMMON}, by_alias=True)
def list_duties(request: ApiRequest, year: Year) -> HttpResponse:
    """Every duty of the year that is switched on and that the asker may know of, one object a bearer."""
    desk = request.desk
    require_reading(desk)
    directory = read_directory(desk.organisation.id, desk.pack)
    found = compute_duties(desk.organisation.id, desk.pack, year, desk.actor.day, directory)
    return told(duties_as_json((one for one in found if is_open(desk, one.duty)), desk.actor.day))
