"""What is owed in a phone's calendar: under a secret address, as a file, for whoever the workbench shows it to."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from lianze.ledger.models import Entry
from lianze.ledger.states import EntryState
from lianze.ledger.tokens import CALENDAR, issue_token
from lianze.ledger.write import write_new
from lianze.org.keys import new_id
from lianze.org.models import Account, AuditRecord, Organisation, Unit
from lianze.pack import Pack
from tests.web.conftest import NOW, LogIn
from tests.web.office import AUTHOR


def address_for(client: Client, name: str = "我的手机") -> str:
    """A new address, as the page shows it this once, without its host."""
    text = client.post("/account/calendar/", {"name": name}).content.decode()
    found = re.search(r"/calendar/lianze_[\w-]+\.ics", text)
    assert found, text[-2000:]
    return found[0]


def events(content: bytes) -> list[Any]:
    return Calendar.from_ical(content).walk("VEVENT")


def titles(content: bytes) -> set[str]:
    return {str(event["SUMMARY"]) for event in events(content)}


def make_due(office: Organisation, register: str, title: str, username: str, in_days: int) -> None:
    """An open entry of the account's own person or unit, due in so many days."""
    account = Account.objects.get(username=username)
    kind = {"finding": "research", "opinion": "", "measure": ""}.get(register, "")
    state = EntryState(
        register,
        title,
        date(2024, 1, 2),
        kind=kind,
        unit_id=Unit.objects.filter(organisation_id=office.id).order_by("order")[0].id,
        owner_id=account.person_id,
        due_on=timezone.localdate() + timedelta(in_days),
    )
    write_new(office.id, [(new_id(), state)], AUTHOR, "", NOW)


def test_the_address_needs_no_log_in_and_shows_what_is_owed(log_in: LogIn, office: Organisation) -> None:
    make_due(office, "finding", "接待登记不及时；请、核对，" * 8, "clerk", 40)
    address = address_for(log_in("clerk"))
    answer = Client().get(address)
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    found = {str(event["SUMMARY"]): event for event in events(answer.content)}
    event = found["接待登记不及时；请、核对，" * 8]
    assert event["DTSTART"].dt == timezone.localdate() + timedelta(40)
    assert str(event["URL"]).startswith("http://testserver/entries/")
    assert any("主题党日" in title for title in found), sorted(found)
    assert len({str(event["UID"]) for event in events(answer.content)}) == len(events(answer.content))
    assert Client().get(address).content != b"" and "no-store" in Client().get(address)["Cache-Control"]


def test_what_is_done_goes_from_the_calendar(log_in: LogIn, office: Organisation) -> None:
    make_due(office, "finding", "一件小事", "clerk", 3)
    address = address_for(log_in("clerk"))
    assert "一件小事" in titles(Client().get(address).content)
    Entry.objects.filter(title="一件小事").update(done_on=timezone.localdate())
    assert "一件小事" not in titles(Client().get(address).content)


@pytest.mark.parametrize("who", ["clerk", "head", "leader", "principal", "discipline", "auditor"])
def test_the_calendar_names_no_duty_that_the_matrix_does_not_show(who: str, log_in: LogIn, pack: Pack) -> None:
    client = log_in(who)
    shown = client.get(f"/duties/?year={timezone.localdate().year}").content.decode()
    told = "\n".join(titles(client.get("/calendar/export.ics").content))
    named = {duty.title for duty in pack.duties.values() if duty.title in told}
    assert all(title in shown for title in named)
    assert bool(named) == (who != "auditor")


def test_of_restricted_registers_it_says_only_that_something_is_due(
    log_in: LogIn, office: Organisation, pack: Pack
) -> None:
    make_due(office, "opinion", "来信反映某事", "principal", 5)
    content = log_in("principal").get("/calendar/export.ics").content.decode()
    assert "受限事项到期" in content and "来信反映" not in content
    assert pack.registers["opinion"].title not in content
    make_due(office, "opinion", "另一件来信", "clerk", 5)
    assert "受限事项到期" not in log_in("clerk").get("/calendar/export.ics").content.decode()


def test_others_open_entries_stay_out(log_in: LogIn, office: Organisation) -> None:
    make_due(office, "finding", "别人的事", "leader", 5)
    assert "别人的事" in titles(log_in("leader").get("/calendar/export.ics").content)
    assert "别人的事" not in titles(log_in("head").get("/calendar/export.ics").content)


def test_an_address_ends_when_its_owner_says_so_or_may_no_longer_log_in(log_in: LogIn, office: Organisation) -> None:
    client = log_in("clerk")
    address = address_for(client)
    other, second = log_in("head"), address_for(client, "电脑")
    end = re.findall(r'action="(/account/calendar/[^"]+/end/)"', client.get("/account/calendar/").content.decode())
    assert len(end) == 2
    assert other.post(end[0]).status_code == 404
    assert client.post(end[1]).status_code == 302
    assert Client().get(address).status_code == Client().get("/calendar/lianze_nosuch.ics").status_code == 404
    assert Client().get(second).status_code == 200
    Account.objects.filter(username="clerk").update(is_active=False)
    assert Client().get(second).status_code == 404
    told = AuditRecord.objects.filter(action__startswith="calendar_").order_by("id").values_list("action", "about")
    assert list(told) == [("calendar_made", "我的手机"), ("calendar_made", "电脑"), ("calendar_revoked", "我的手机")]


def test_a_calendar_opens_nothing_else_and_no_token_opens_it(log_in: LogIn, office: Organisation) -> None:
    client = log_in("clerk")
    secret = address_for(client).removeprefix("/calendar/").removesuffix(".ics")
    for path in ("/api/me", "/api/duties?year=2023", "/api/registers"):
        assert Client(headers={"Authorization": f"Bearer {secret}"}).get(path).status_code == 401, path
    account = Account.objects.get(username="clerk")
    _, program = issue_token(account, "程序", ["read", "figures"], 9, timezone.now())
    assert Client().get(f"/calendar/{program}.ics").status_code == 404
    assert "我的手机" not in client.get("/account/tokens/").content.decode()
    client.post("/account/tokens/", {"name": "混", "scope": [CALENDAR], "days": "9"})
    assert not account.apitoken_set.filter(name="混").exists()


def test_the_address_keeps_the_language_in_which_it_was_made(log_in: LogIn) -> None:
    client = log_in("clerk")
    client.cookies["lianze_language"] = "en"
    text = client.post("/account/calendar/", {"name": "phone"}).content.decode()
    address = re.search(r"/calendar/lianze_[\w-]+\.ics\?language=en", text)
    assert address and "ends today" in Client().get(address[0]).content.decode().replace("\r\n ", "")
