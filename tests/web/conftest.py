"""The office of the sample year with one account for each role, a neighbour that has nothing to do with it, and a browser."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from lianze.cli.init import make_data_folder
from lianze.exchange.sample.accounts import make_demo_accounts
from lianze.ledger.models import Entry
from lianze.org.models import Account, Organisation
from lianze.pack import Pack, load_builtin
from tests.web.browsing import launch
from tests.web.office import make_office
from tests.web.served import Served

NOW = datetime(2024, 1, 3, 1, tzinfo=UTC)
BACKEND = "django.contrib.auth.backends.ModelBackend"
LogIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def quick_passwords() -> Iterator[None]:
    """argon2 is slow on purpose; these tests are not about it."""
    before = settings.PASSWORD_HASHERS
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    yield
    settings.PASSWORD_HASHERS = before


@pytest.fixture(autouse=True)
def own_evidence(tmp_path: Path) -> Iterator[None]:
    """Evidence files of one test only."""
    before = settings.EVIDENCE
    settings.EVIDENCE = tmp_path / "evidence"
    yield
    settings.EVIDENCE = before


@pytest.fixture(autouse=True)
def own_secrets(tmp_path: Path) -> Iterator[None]:
    """The key folder of a new instance, of one test only: log keys and the key of second factors."""
    before = settings.KEYS
    make_data_folder(tmp_path)
    settings.KEYS = tmp_path / "keys"
    yield
    settings.KEYS = before


@pytest.fixture
def pack() -> Pack:
    return load_builtin()


@pytest.fixture
def office(db: None, pack: Pack) -> Organisation:
    """The sample year's office and its accounts."""
    organisation = make_office()
    make_demo_accounts(organisation, pack, NOW)
    return organisation


@pytest.fixture
def log_in(office: Organisation) -> LogIn:
    """A client logged in as one of the cast."""

    def client(username: str) -> Client:
        found = Client()
        found.force_login(Account.objects.get(username=username), backend=BACKEND)
        return found

    return client


@pytest.fixture
def neighbour(office: Organisation) -> Organisation:
    """Another organisation with records of its own."""
    return make_office("neighbour")


def first_of(organisation: Organisation, register: str, **wanted: object) -> Entry:
    """One entry of a register."""
    rows = Entry.objects.filter(organisation_id=organisation.id, register=register, **wanted)
    found = rows.order_by("-happened_on", "-id").first()
    assert found is not None, register
    return found


@pytest.fixture(scope="module")
def started() -> Iterator[list[Browser]]:
    """The Chromiums of the module, newest last. Playwright's loop makes Django suspect asynchronous code where there is none."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        found = [launch(playwright.chromium)]
        yield found
        found[-1].close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def browser(started: list[Browser]) -> Browser:
    """One Chromium for the module; another when it has died, which is then one test's fault and not all the others'."""
    if not started[-1].is_connected():
        started.append(launch(started[-1].browser_type))
    return started[-1]


@pytest.fixture(scope="session")
def served(live_server: LiveServer) -> Served:
    """What the live server runs."""
    application = live_server.thread.httpd.get_app()
    assert application is not None
    found = Served(application)
    live_server.thread.httpd.set_app(found)
    return found


@pytest.fixture
def emptied(transactional_db: None, served: Served) -> Iterator[None]:
    """Empties every table after the test: Django's own flush knows nothing of our composite keys on SQLite."""
    yield
    served.wait_until_idle()
    if connection.vendor == "sqlite":
        with connection.constraint_checks_disabled(), connection.cursor() as cursor:
            for table in connection.introspection.django_table_names(only_existing=True):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


@pytest.fixture
def live_office(live_server: LiveServer, emptied: None, pack: Pack) -> Organisation:
    """The sample year's office behind a live server."""
    organisation = make_office()
    make_demo_accounts(organisation, pack, NOW)
    return organisation
