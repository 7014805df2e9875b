"""Accounts as people name them: 苏念安（clerk） in a list to choose from, and what was typed read back."""

import re
from uuid import UUID

from lianze.org.models import Account
from lianze.web.language import both

LABELLED = re.compile(r"[（(]([^（）()]+)[）)]$")


def label(account: Account) -> str:
    """The name with the user name, which tells namesakes apart."""
    name, username = account.display_name, account.username
    return both(f"{name}（{username}）", f"{name} ({username})") if name and name != username else username


def read_labels(organisation_id: UUID) -> list[str]:
    """The organisation's open accounts, to choose from."""
    return [
        label(account)
        for account in Account.objects.filter(organisation_id=organisation_id, is_active=True).order_by("username")
    ]


def account_named(text: str, organisation_id: UUID) -> Account | None:
    """By user name, else by label, else by the name shown where just one account of the organisation has it."""
    typed = text.strip()
    found = LABELLED.search(typed)
    for username in (typed, found[1].strip() if found else ""):
        if username and (account := Account.objects.filter(username=username).first()):
            return account
    alike = list(Account.objects.filter(organisation_id=organisation_id, display_name=typed)[:2]) if typed else []
    return alike[0] if len(alike) == 1 else None


def unknown_account(text: str) -> str:
    """What is said of a name that no account has; Chinese and English in one, as errors are."""
    return (
        f"没有“{text.strip()}”这个账号，请从列表中选择 / there is no account “{text.strip()}”; choose one from the list"
    )
