"""Really sends each request, in a transaction that is undone, and says what came of it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client

from lianze.ledger.models import Entry
from lianze.org.models import Account, Grant, Person
from lianze.pack.definitions import Register
from tests.permissions.endpoints import Endpoint
from tests.permissions.expected import HIDDEN, LOGIN, MAY, REFUSED, step_of
from tests.permissions.tree import RELATIONS, Holder, Tree

BACKEND = "django.contrib.auth.backends.ModelBackend"
# A session's cookie for each role and relation, and whether it could go there.
Sessions = dict[tuple[str, str], tuple[str, bool]]
NOTHING = "00000000-0000-7000-8000-000000000000"


@contextmanager
def undone() -> Iterator[None]:
    """Nothing that happens inside stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def names_of(tree: Tree, register: Register, relation: str) -> dict[str, str]:
    """What an address's names stand for."""
    organisation = tree.organisations[relation]
    account = Account.objects.filter(organisation_id=organisation.id, username="as-leader").first()
    grant = Grant.objects.filter(organisation_id=organisation.id, account=account).first()
    return {
        "register": register.id,
        "entry": str(tree.entries[relation, register.id]),
        "step": step_of(register),
        "sha256": tree.sha256,
        "unit": str(tree.units[relation]),
        "person": str(Person.objects.filter(organisation_id=organisation.id).order_by("code").first().id),  # type: ignore[union-attr]
        "figure": "",
        "account": str(account.id) if account else NOTHING,
        "username": account.username if account else "nobody",
        "grant": str(grant.id) if grant else NOTHING,
        "token": NOTHING,
        "code": organisation.code,
    }


def filled(value: object, names: dict[str, str]) -> Any:
    """A text with its names filled in; anything else as it is."""
    if isinstance(value, str) and value.startswith("{"):
        return names[value.strip("{}")]
    return value


def try_page(client: Client, endpoint: Endpoint, names: dict[str, str]) -> str:
    """What a page answers."""
    address = endpoint.address.format(**names)
    sent = {name: filled(value, names) for name, value in (endpoint.sent or {}).items()}
    answer = client.generic("GET", address) if endpoint.method == "GET" else client.post(address, sent)
    if answer.status_code == 302 and answer.headers["Location"].startswith("/login/") and endpoint.route != "logout":
        return LOGIN
    if endpoint.route == "bulk" and answer.status_code == 302:
        return MAY if Entry.objects.filter(id=names["entry"], withdrawn=True).exists() else REFUSED
    return sign_of(answer.status_code)


def try_call(client: Client, endpoint: Endpoint, names: dict[str, str]) -> str:
    """What the API answers."""
    mark = "&" if "?" in endpoint.address else "?"
    address = endpoint.address.format(**names) + f"{mark}organisation={names['code']}"
    sent = {name: filled(value, names) for name, value in (endpoint.sent or {}).items()}
    body = json.dumps(sent) if endpoint.sent is not None else ""
    answer = client.generic(endpoint.method, address, body, "application/json")
    return sign_of(answer.status_code)


def sign_of(status: int) -> str:
    """A status as one sign; what is only wrong in content got past the guard."""
    signs = {401: LOGIN, 403: REFUSED, 404: HIDDEN}
    assert status in (200, 201, 302, 400, 401, 403, 404, 409, 422), status
    return signs.get(status, MAY)


def session_at(holder: Holder, relation: str, tree: Tree) -> tuple[str, bool]:
    """Logged in, and gone to work in another organisation where that may be; whether it may."""
    client = Client()
    client.force_login(holder.account, backend=BACKEND)
    answer = client.post("/place/", {"organisation": tree.organisations[relation].code})
    return client.cookies[settings.SESSION_COOKIE_NAME].value, answer.status_code == 302


def sessions(tree: Tree) -> Sessions:
    """A session for each role in each relation, made once."""
    return {(h.role, relation): session_at(h, relation, tree) for h in tree.holders for relation in RELATIONS}


def with_cookie(cookie: str) -> Client:
    """A client of a session that is there."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    return client
