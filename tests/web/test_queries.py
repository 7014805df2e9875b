"""How many statements a page asks of the database, log-in, roles and audit included, on the sample year.

The year's figures and who is who are remembered until something is written; each page is asked twice and its second
answer counted.
"""

from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianze.ledger.models import Entry
from lianze.ledger.org_states import UnitState
from lianze.ledger.upsert import Pen
from lianze.ledger.write_accounts import write_grant
from lianze.ledger.write_org import write_units
from lianze.org.actors import read_actor
from lianze.org.models import Account, Grant, Organisation, Unit
from lianze.pack import Pack
from tests.web.conftest import NOW, LogIn, first_of
from tests.web.office import AUTHOR

MOST = 12
# By whom, and what; {activity} and the like stand for the latest entry of that register.
PAGES = [
    ("clerk", "/"),
    ("head", "/"),
    ("leader", "/due/late/"),
    ("leader", "/due/waiting/"),
    ("clerk", "/registers/"),
    ("clerk", "/registers/activity/"),
    ("clerk", "/registers/activity/?kind=study.&q=学&from=2023-01-01&to=2023-12-31"),
    ("clerk", "/registers/activity/?person={person}&sort=title"),
    ("clerk", "/registers/activity/?unit={unit}&withdrawn=1"),
    ("clerk", "/registers/expense/"),
    ("clerk", "/registers/finding/?state=not-final"),
    ("clerk", "/registers/finding/overview/"),
    ("principal", "/registers/archive/"),
    ("clerk", "/registers/activity/new/"),
    ("clerk", "/entries/{activity}/"),
    ("clerk", "/entries/{finding}/"),
    ("clerk", "/entries/{measure}/"),
    ("head", "/entries/{decision}/"),
    ("principal", "/entries/{archive}/"),
    ("discipline", "/entries/{opinion}/"),
    ("clerk", "/entries/{activity}/amend/"),
    ("clerk", "/entries/{measure}/amend/"),
    ("clerk", "/figures/?year=2023"),
    ("clerk", "/figures/study.collective.count/?year=2023"),
    ("clerk", "/duties/?year=2023"),
    ("clerk", "/duties/talk.heart/?year=2023"),
    ("principal", "/duties/leader.declaration/?year=2023"),
    ("clerk", "/duties/matrix.xlsx?year=2023"),
    ("clerk", "/report/?year=2023"),
    ("clerk", "/check/"),
    ("clerk", "/timeline/"),
    ("clerk", "/calendar/"),
    ("clerk", "/calendar/export.ics"),
    ("clerk", "/account/calendar/"),
    ("clerk", "/organisation/"),
    ("clerk", "/search/?q=学"),
    ("clerk", "/search/?q=2023年 谈话"),
    ("clerk", "/people/?q=a"),
    ("clerk", "/registers/activity/find/?q=学"),
    ("clerk", "/registers/activity/export.csv"),
    ("clerk", "/registers/activity/print/"),
    ("clerk", "/search/?q=学&withdrawn=1"),
    ("clerk", "/calendar/?month=2023-12&whose=all"),
    ("clerk", "/account/"),
    ("clerk", "/account/tokens/"),
    ("clerk", "/place/"),
    ("clerk", "/import/"),
    ("sysadmin", "/accounts/"),
    ("secadmin", "/roles/"),
    ("auditor", "/audit/"),
]


def statements(client: Client, address: str) -> list[str]:
    """What the page's second answer asks."""
    assert client.get(address).status_code == 200, address
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in asked.captured_queries]


@pytest.mark.django_db
@pytest.mark.parametrize("who", sorted({who for who, _ in PAGES}))
def test_no_page_asks_more_than_the_table_says(who: str, log_in: LogIn, office: Organisation) -> None:
    client, names = log_in(who), places_in(office)
    found = {page: len(statements(client, page.format(**names))) for asker, page in PAGES if asker == who}
    assert {page: count for page, count in found.items() if count > MOST} == {}


def places_in(office: Organisation) -> dict[str, UUID]:
    """What the addresses name."""
    registers = Entry.objects.filter(organisation_id=office.id).values_list("register", flat=True).distinct()
    entries = {register: first_of(office, register) for register in registers}
    unit = Unit.objects.filter(organisation_id=office.id).first()
    person = next(entry.owner_id for entry in entries.values() if entry.owner_id)
    assert unit is not None
    return {**{register: entry.id for register, entry in entries.items()}, "unit": unit.id, "person": person}


@pytest.mark.django_db
def test_recording_asks_no_more_than_the_table_says(log_in: LogIn) -> None:
    client = log_in("clerk")
    sent = {
        "kind": "study.collective",
        "title": "学习",
        "happened_on": "2023-05-08",
        "unit": "办公室",
        "@attendee": "陆之远",
    }
    client.get("/registers/activity/new/")
    with CaptureQueriesContext(connection) as asked:
        assert client.post("/registers/activity/new/", sent).status_code == 302
    # Without the transaction's own, which the tests' is around.
    sql = [query["sql"] for query in asked.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(sql) <= MOST, sql


@pytest.mark.django_db
def test_a_unit_renamed_elsewhere_is_renamed_on_the_next_page(log_in: LogIn, office: Organisation) -> None:
    """What is remembered is never shown once it is no longer so."""
    client = log_in("clerk")
    unit = Unit.objects.filter(organisation_id=office.id, code="BGS").get()
    assert f">{unit.name}<" in client.get("/registers/activity/").content.decode()
    pen = Pen(office.id, AUTHOR, "", NOW)
    write_units(pen, [UnitState(unit.code, "综合科", unit.kind, "", unit.order)])
    text = client.get("/registers/activity/").content.decode()
    assert ">综合科<" in text and f">{unit.name}<" not in text


@pytest.mark.django_db
def test_a_role_that_was_ended_opens_nothing_from_the_next_page_on(log_in: LogIn, office: Organisation) -> None:
    client = log_in("clerk")
    assert client.get("/registers/activity/").status_code == 200
    Grant.objects.filter(organisation_id=office.id, role="clerk").update(end_on=date(2023, 1, 1))
    assert client.get("/registers/activity/").status_code == 404


@pytest.mark.django_db
def test_a_role_limited_to_units_costs_one_statement_however_many_there_are(office: Organisation, pack: Pack) -> None:
    """Each unit with those below it."""
    account = Account.objects.get(username="clerk")
    units = list(Unit.objects.filter(organisation_id=office.id))
    for unit in units:
        write_grant(Pen(office.id, AUTHOR, "", NOW), account, "section_head", date(2023, 1, 1), unit_id=unit.id)
    with CaptureQueriesContext(connection) as asked:
        actor = read_actor(account, office, date(2024, 1, 3))
    assert len(asked) == 2
    limited = [grant.unit_ids for grant in actor.grants if grant.unit_ids]
    assert len(limited) == len(units) and all(unit.id in set().union(*limited) for unit in units)
