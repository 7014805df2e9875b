"""Tokens: never more than the account, only for their scopes, until they expire or are revoked."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from lianze.domain.errors import NotFound, Refused
from lianze.ledger.tokens import SCOPES, hash_of, issue_token, read_token, revoke_token
from lianze.org.models import Account, ApiToken
from tests.permissions.tree import Tree

NOW = datetime(2024, 5, 1, tzinfo=UTC)


@pytest.fixture
def account(tree: Tree) -> Account:
    return Account.objects.get(username="as-clerk")


def test_the_secret_is_nowhere_in_the_database(account: Account) -> None:
    token, secret = issue_token(account, "台账同步", ["read"], 10, NOW)
    kept = ApiToken.objects.get(id=token.id)
    assert bytes(kept.secret_hash) == hash_of(secret)
    assert secret not in str(vars(kept))


def test_a_token_ends_when_it_expires_is_revoked_or_its_account_is_closed(account: Account) -> None:
    token, secret = issue_token(account, "t", ["read"], 10, NOW)
    assert read_token(secret, NOW + timedelta(days=10) - timedelta(seconds=1)) is not None
    assert read_token(secret, NOW + timedelta(days=10)) is None
    account.is_active = False
    account.save()
    assert read_token(secret, NOW) is None
    account.is_active = True
    account.save()
    revoke_token(account, token.id, NOW)
    assert read_token(secret, NOW) is None
    assert read_token("lianze_wrong", NOW) is None
    assert read_token("", NOW) is None


def test_nobody_revokes_another_accounts_token(account: Account) -> None:
    token, _ = issue_token(account, "t", ["read"], 10, NOW)
    with pytest.raises(NotFound):
        revoke_token(Account.objects.get(username="as-leader"), token.id, NOW)


@pytest.mark.parametrize(("name", "scopes", "days"), [("", ["read"], 1), ("t", ["rule"], 1), ("t", ["read"], 9999)])
def test_what_is_no_sound_token_is_refused(name: str, scopes: list[str], days: int, account: Account) -> None:
    with pytest.raises(Refused):
        issue_token(account, name, scopes, days, NOW)


def test_a_scope_opens_its_own_requests_only(tree: Tree, account: Account) -> None:
    _, secret = issue_token(account, "t", ["read"], 10, datetime.now(UTC))
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    assert client.get("/api/registers/finding/entries").status_code == 200
    assert client.get("/api/figures?year=2023").status_code == 403
    refused = client.post("/api/registers/finding/entries", {}, "application/json")
    assert (refused.status_code, refused.json()["error"]) == (403, "refused")
    assert "record" in SCOPES


def test_a_session_is_no_token(account: Account) -> None:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/api/me").status_code == 401
