"""A role that a pack says must not be used with a password alone: set up first, everything else after."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from lianze.exchange.sample.accounts import PASSWORD
from lianze.ledger.second_factors import remove_second_factors
from lianze.org.models import Account, Organisation
from lianze.org.packs import read_pack
from tests.web.conftest import LogIn
from tests.web.factors import code_at, give_totp, shown_secret

PAGE = "/account/protection/"
LAYER = {
    "pack.toml": 'id = "office"\nversion = "1"\ntitle = "本单位"\ntitle_en = "Office"\nextends = "cn-integrity"\n',
    "roles.toml": """
[[role]]
id = "leader"
title = "班子成员"
title_en = "Member of the leading group"
scope = "organisation"
actions = ["read", "record", "amend", "transition", "export", "report"]
restricted = ["opinion"]
excludes = ["auditor"]
second_factor = "required"
""",
}


@pytest.fixture
def strict(tmp_path: Path, office: Organisation) -> Iterator[None]:
    """An office whose own pack asks leaders for a second factor."""
    folder = tmp_path / "pack"
    folder.mkdir()
    for name, text in LAYER.items():
        (folder / name).write_text(text, encoding="utf-8")
    before = settings.PACKS
    settings.PACKS = [folder]
    read_pack.cache_clear()
    yield
    settings.PACKS = before
    read_pack.cache_clear()


def logged_in(username: str) -> Client:
    client = Client()
    client.post("/login/", {"username": username, "password": PASSWORD})
    return client


def test_whoever_must_have_one_is_led_there_and_reaches_nothing_else(strict: None) -> None:
    client = logged_in("leader")
    for address in ("/", "/registers/", "/account/", "/account/tokens/", "/api/", "/api/openapi.json", "/figures/"):
        answer = client.get(address)
        assert answer.status_code == 302 and answer.headers["Location"] == PAGE, address
    assert client.post("/account/tokens/", {"name": "t", "scope": "read", "days": "3"}).headers["Location"] == PAGE
    assert "您的角色要求" in client.get(PAGE).content.decode()
    secret = shown_secret(client.get(PAGE + "totp/").content.decode())
    client.post(PAGE + "totp/", {"code": code_at(secret, timezone.now())})
    assert client.get("/registers/").status_code == 200
    assert client.get("/api/openapi.json").status_code == 200


def test_they_may_log_out_and_choose_the_language(strict: None) -> None:
    client = logged_in("leader")
    assert client.post("/language/", {"language": "en", "next": PAGE}).headers["Location"] == PAGE
    assert "Your role needs more than a password" in client.get(PAGE).content.decode()
    assert client.post("/logout/").headers["Location"] == "/login/?out=1"


def test_other_roles_are_not_asked(strict: None) -> None:
    assert logged_in("clerk").get("/registers/").status_code == 200


def test_after_a_reset_the_next_page_leads_there_again(strict: None, log_in: LogIn) -> None:
    give_totp("leader")
    client = log_in("leader")
    assert client.get("/registers/").status_code == 200
    remove_second_factors(Account.objects.get(username="leader"))
    assert client.get("/registers/").headers["Location"] == PAGE


def test_an_old_password_is_changed_first(strict: None) -> None:
    before = settings.PASSWORD_DAYS
    settings.PASSWORD_DAYS = 1
    try:
        client = logged_in("leader")
        assert client.get("/").headers["Location"] == "/account/"
        assert client.get("/account/").status_code == 200
        changed = {"old": PASSWORD, "new": "another-long-password-3", "again": "another-long-password-3"}
        assert client.post("/account/", changed).status_code == 302
        assert client.get("/").headers["Location"] == PAGE
    finally:
        settings.PASSWORD_DAYS = before


def test_the_built_in_pack_asks_nobody(office: Organisation) -> None:
    assert all(role.second_factor == "optional" for role in read_pack().roles.values())
    assert logged_in("secadmin").get("/roles/").status_code == 200
