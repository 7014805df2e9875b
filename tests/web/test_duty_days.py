"""A yearly duty with a day of its own on the pages: matrix, the duty's page, workbench, calendar, timeline, workbook."""

import io
from datetime import date
from typing import Any

import openpyxl
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from lianze.ledger.models import Entry
from lianze.ledger.states import EntryState
from lianze.ledger.write import write_new
from lianze.org.keys import new_id
from lianze.org.models import Account, Organisation
from tests.web.conftest import NOW, LogIn
from tests.web.office import AUTHOR

DUTY = "leader.declaration"
PAGE = f"/duties/{DUTY}/"


def declare(office: Organisation, username: str, day: date) -> None:
    """That the account's person has handed in the year's declaration."""
    person = Account.objects.get(username=username).person_id
    state = EntryState("archive", "个人有关事项已填报", day, kind="declaration", owner_id=person)
    write_new(office.id, [(new_id(), state)], AUTHOR, "", NOW)


def events(client: Client) -> list[Any]:
    """What the account's calendar says of the duty."""
    found = Calendar.from_ical(client.get("/calendar/export.ics").content).walk("VEVENT")
    return [one for one in found if DUTY in str(one["UID"])]


def test_matrix_and_page_name_the_day(log_in: LogIn) -> None:
    """Three leaders declared on 19 January 2023."""
    client = log_in("principal")
    assert "✓ 3 · 1月31日前" in client.get("/duties/?year=2023").content.decode()
    assert "每年1月31日前至少 1 次" in client.get(PAGE + "?year=2023").content.decode()


def test_they_say_how_many_were_late_and_who(log_in: LogIn, office: Organisation) -> None:
    """One of the three declared on 8 March, another again in December."""
    client, person = log_in("principal"), Account.objects.get(username="principal").person_id
    moved = Entry.objects.filter(organisation_id=office.id, kind="declaration", owner_id=person)
    moved.update(happened_on=date(2023, 3, 8))
    declare(office, "leader", date(2023, 12, 1))
    text = client.get("/duties/?year=2023").content.decode()
    assert "✓ 3 逾期 1 · 1月31日前" in text and "办 3，应办 3，逾期 1" in text
    assert "✓ 1 逾期 · 1月31日前" in client.get(PAGE + "?year=2023").content.decode()
    client.cookies["lianze_language"] = "en"
    assert "✓ 3 late 1 · by 31 Jan" in client.get("/duties/?year=2023").content.decode()


def test_the_workbook_says_who_was_late(log_in: LogIn, office: Organisation) -> None:
    Entry.objects.filter(organisation_id=office.id, kind="declaration").update(happened_on=date(2023, 3, 8))
    _, details = openpyxl.load_workbook(io.BytesIO(log_in("principal").get("/duties/matrix.xlsx?year=2023").content))
    rows = [row for row in details.values if row[0] == "领导干部报告个人有关事项"]
    assert [(str(row[5])[:10], row[8]) for row in rows] == [("2023-01-31", "已办 逾期")] * 3


def test_workbench_and_calendar_have_the_day(log_in: LogIn, office: Organisation) -> None:
    """This year: owed by 31 January, missing after it until recorded."""
    client, today = log_in("principal"), timezone.localdate()
    declare(office, "leader", today)
    due_on, is_over = date(today.year, 1, 31), today > date(today.year, 1, 31)
    context = client.get("/").context
    [line] = [one for one in context["missed" if is_over else "duties"] if one.missing.duty.id == DUTY]
    assert line.is_mine and line.period == "1月31日前" and (line.missing.done, line.missing.owed) == (1, 3)
    assert ("happened_on=&" in line.record + "&") == is_over
    said = f"{due_on}以后的算逾期办理。"
    assert (said in client.get(line.record).content.decode()) == is_over
    [event] = events(client)
    assert event["DTSTART"].dt == due_on and str(event["SUMMARY"]).startswith("未见记录") == is_over
    declare(office, "principal", today)
    assert events(client) == []


def test_the_timeline_shows_the_day_in_its_month_to_whoever_may_know(log_in: LogIn) -> None:
    client = log_in("principal")
    text = client.get("/timeline/?year=2023&month=1").content.decode()
    assert "2023-01-31" in text and "办理期限：" in text and "已办（办 3，应办 3）" in text
    for other in ("month=2", "register=activity"):
        assert "办理期限：" not in client.get(f"/timeline/?year=2023&{other}").content.decode()
    assert "办理期限：" not in log_in("clerk").get("/timeline/?year=2023&month=1").content.decode()
