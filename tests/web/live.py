"""What tests in a browser share: their marks, a session to begin with, and what is looked at on every page."""

import os
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from playwright.sync_api import Page

from lianze.org.models import Account
from tests.web.browsing import CHROMIUM, keep_screen, violations
from tests.web.conftest import BACKEND

BROWSER_TESTS = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not Path(CHROMIUM).exists() and os.environ.get("CI") != "true", reason="Chromium is not installed"
    ),
]


def session_of(username: str) -> str:
    """The session key of somebody logged in."""
    client = Client()
    client.force_login(Account.objects.get(username=username), backend=BACKEND)
    store = client.session
    assert isinstance(store, SessionStore)
    return store.session_key or ""


def check(page: Page, name: str, width: int, language: str, faults: dict[str, list[str]]) -> None:
    """axe, width and picture of the page that is open."""
    where = f"{name} {language} {width}"
    if found := violations(page):
        faults[where] = found
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        faults[f"{where} is {wide} wide"] = []
    if language == "zh-hans":
        keep_screen(page, f"{name}-{width}")
