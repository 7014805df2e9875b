"""Tokens that do not hold stand in the audit list, a line a minute for each address at most."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from lianze.api import refused_tokens
from lianze.api.refused_tokens import ACTION, note_refused
from lianze.ledger.tokens import issue_token, revoke_token
from lianze.org.models import Account, AuditRecord
from tests.permissions.tree import Tree

NOW = datetime(2024, 5, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_before() -> Iterator[None]:
    refused_tokens.windows.clear()
    yield
    refused_tokens.windows.clear()


def lines() -> list[AuditRecord]:
    return list(AuditRecord.objects.filter(action=ACTION).order_by("id"))


def ask(secret: str, address: str = "10.0.0.1") -> int:
    return Client(headers={"Authorization": f"Bearer {secret}"}, REMOTE_ADDR=address).get("/api/me").status_code


def test_an_unknown_expired_and_revoked_token_each_leave_a_line(tree: Tree) -> None:
    account, now = Account.objects.get(username="as-clerk"), datetime.now(UTC)
    _, expired = issue_token(account, "旧的", ["read"], 1, now - timedelta(days=3))
    token, revoked = issue_token(account, "收回的", ["read"], 9, now)
    revoke_token(account, token.id, now)
    assert [ask("lianze_guess", "10.0.0.1"), ask(expired, "10.0.0.2"), ask(revoked, "10.0.0.3")] == [401, 401, 401]
    unknown, old, ended = lines()
    assert (unknown.organisation_id, unknown.address) == (None, "10.0.0.1") and "没有这个令牌" in unknown.about
    assert (old.who, old.organisation_id) == ("as-clerk", account.organisation_id) and "已过期" in old.about
    assert "“收回的”已吊销" in ended.about and "GET /api/me" in ended.about
    assert "lianze_guess" not in unknown.about + unknown.who


def test_a_request_without_a_token_leaves_none(tree: Tree) -> None:
    assert Client().get("/api/me").status_code == 401
    assert not lines()


def test_a_flood_makes_one_line_a_minute_with_its_count(db: None) -> None:
    for second in range(150):
        note_refused("x", "GET /api/me", "10.0.0.1", NOW + timedelta(seconds=second))
    assert len(lines()) == 3
    assert "此前另有59次" in lines()[1].about


def test_many_addresses_together_make_few_lines_and_no_count_is_lost(db: None) -> None:
    for number in range(1000):
        note_refused("x", "GET /api/me", f"10.0.{number // 250}.{number % 250}", NOW)
    assert len(lines()) == refused_tokens.MOST_ADDRESSES + 1
    note_refused("x", "GET /api/me", "10.9.9.9", NOW + timedelta(minutes=2))
    assert any("另有799次" in line.about for line in lines())
