"""Second factors as their owners use them: the code that a phone shows, and accounts that have one."""

import re
from datetime import datetime

from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from lianze.exchange.sample.accounts import PASSWORD
from lianze.org.models import Account
from lianze.web.second_factors import PERIOD_SECONDS, add_recovery_codes, add_totp


def code_at(secret: str, now: datetime, later: int = 0) -> str:
    """What the phone shows at `now`, or `later` periods after."""
    return str(format_hotp_value(hotp_value(secret, int(now.timestamp()) // PERIOD_SECONDS + later)))


def give_totp(username: str) -> str:
    """Codes from a phone for an account, set up long ago; the secret."""
    secret = str(generate_totp_secret())
    account = Account.objects.get(username=username)
    add_totp(account, secret, 0)
    add_recovery_codes(account)
    return secret


def give_password(client: Client, username: str, onward: str = "/registers/") -> None:
    """The first page of a log-in, filled in rightly."""
    answer = client.post("/login/", {"username": username, "password": PASSWORD, "next": onward})
    assert answer.status_code == 302 and answer.headers["Location"] == "/login/second/"


def shown_secret(page: str) -> str:
    """The key that the page shows in text."""
    found = re.search(r'class="hash">([A-Z2-7 ]+)<', page)
    assert found, page
    return found[1].replace(" ", "")
