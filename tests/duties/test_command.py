"""`lianze duties`, and `GET /api/duties`: the same answer, without what the asker may not know of."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner, Result
from django.test import Client

from lianze.cli import lianze
from lianze.exchange.sample.accounts import make_demo_accounts
from lianze.ledger.tokens import SCOPES, issue_token
from lianze.org.models import Account, Organisation
from lianze.pack import load_builtin
from tests.web.conftest import NOW
from tests.web.office import make_office

pytestmark = pytest.mark.django_db
YEAR, ADDRESS = ("--year", "2023"), "/api/duties?year=2023"


@pytest.fixture
def office(db: None) -> Organisation:
    """The sample year."""
    return make_office()


def call(*arguments: str, language: str = "zh_CN") -> Result:
    return CliRunner().invoke(lianze, ["duties", *arguments], env={"LIANZE_LANG": language}, prog_name="lianze")


def test_the_command_lists_who_is_short_and_of_what(office: Organisation) -> None:
    said = call(*YEAR).stdout
    lines = [line for line in said.splitlines() if "talk.heart" in line]
    assert len(lines) == 5 and sum("01-01~12-31 0/1" in line for line in lines) == 2
    assert any("6/6" in line for line in said.splitlines() if "holiday.reminder" in line)
    assert "Themed Party day" in call(*YEAR, language="en").stdout


def test_its_json_has_every_period_with_its_days(office: Organisation) -> None:
    found = json.loads(call(*YEAR, "--json").stdout)
    reminder = next(one for one in found if one["duty"] == "holiday.reminder")
    joint = next(period for period in reminder["periods"] if len(period["holidays"]) == 2)
    assert (joint["due_on"], joint["done"], joint["required"], joint["state"]) == ("2023-09-28", 2, 1, "done")
    assert (reminder["bearer"], reminder["mark"], joint["days_left"]) == ("organisation", "D", None)


def test_the_year_must_be_said(office: Organisation) -> None:
    assert call().exit_code == 2


def test_the_api_gives_what_the_token_may_know_of(office: Organisation) -> None:
    make_demo_accounts(office, load_builtin(), NOW)

    def client_of(username: str) -> Client:
        account = Account.objects.get(username=username)
        _, secret = issue_token(account, "test", SCOPES, 30, datetime.now(UTC))
        return Client(headers={"Authorization": f"Bearer {secret}"})

    clerk, principal = client_of("clerk"), client_of("principal")
    assert "archive" not in {one["register"] for one in clerk.get(ADDRESS).json()}
    found = principal.get(ADDRESS).json()
    assert found == json.loads(call(*YEAR, "--json").stdout)
    assert sum(one["register"] == "archive" for one in found) == 3
    assert all(len(one["periods"]) == 12 for one in found if one["every"] == "month")
    assert Client().get(ADDRESS).status_code == 401 and clerk.get("/api/duties?year=20x3").status_code == 422
