"""The only writer of accounts and grants. What an account is and may do is part of the log; its password never is."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from lianze.domain.errors import Refused
from lianze.ledger.log import Change, append_revisions
from lianze.ledger.upsert import Pen, read_numbers, row_json
from lianze.org.keys import new_id
from lianze.org.models import Account, Grant
from lianze.tlog import JsonValue


@dataclass(frozen=True)
class AccountState:
    """An account as an administrator describes it."""

    username: str
    display_name: str
    person_id: UUID | None = None
    language: str = "zh-hans"


def account_json(account: Account) -> dict[str, JsonValue]:
    """What the log keeps of an account."""
    return {
        "username": account.username,
        "display_name": account.display_name,
        "person_id": str(account.person_id) if account.person_id else None,
        "is_active": account.is_active,
    }


@transaction.atomic
def create_account(pen: Pen, state: AccountState, password: str, *, is_own: bool = False) -> Account:
    """A new account of the organisation. `is_own`: whoever will use the password chose it; else they are asked for one of
    their own, which `password_changed_at` says by being empty. Refused when the name is taken, here or elsewhere: log-ins share one door."""
    if Account.objects.filter(username=state.username).exists():
        raise Refused(f"用户名“{state.username}”已被使用 / the user name is taken")
    account = Account(
        id=new_id(),
        username=state.username,
        display_name=state.display_name,
        person_id=state.person_id,
        organisation_id=pen.organisation_id,
        language=state.language,
        password=make_password(password),
        created_at=pen.now,
        password_changed_at=pen.now if is_own else None,
    )
    account.save(force_insert=True)
    change = Change("account", account.id, 1, "create", account_json(account))
    append_revisions(pen.organisation_id, [change], pen.author, pen.why, pen.now)
    return account


@transaction.atomic
def set_active(pen: Pen, account: Account, is_active: bool) -> None:
    """Closes an account, or opens it again; what it did stays."""
    account.is_active = is_active
    account.save(update_fields=["is_active"])
    log_account(pen, account)


@transaction.atomic
def reset_password(pen: Pen, account: Account, password: str) -> None:
    """A new password from an administrator, to be changed for one's own at the next log-in; that it was given is part of the log, the password is not. Sessions end."""
    account.password = make_password(password)
    account.password_changed_at = None
    account.save(update_fields=["password", "password_changed_at"])
    log_account(pen, account, "password")


def log_account(pen: Pen, account: Account, action: str = "amend") -> None:
    """The account's next revision."""
    number = read_numbers(pen.organisation_id, [account.id]).get(account.id, 0) + 1
    change = Change("account", account.id, number, action, account_json(account))
    append_revisions(pen.organisation_id, [change], pen.author, pen.why, pen.now)


@transaction.atomic
def write_grant(
    pen: Pen, account: Account, role: str, start_on: date, end_on: date | None = None, unit_id: UUID | None = None
) -> Grant:
    """Gives a role; whether it may be given is for `lianze.rules.grant_refusal` to say first."""
    grant = Grant(
        id=new_id(),
        organisation_id=pen.organisation_id,
        account=account,
        role=role,
        unit_id=unit_id,
        start_on=start_on,
        end_on=end_on,
    )
    grant.save(force_insert=True)
    change = Change("grant", grant.id, 1, "create", row_json(grant))
    append_revisions(pen.organisation_id, [change], pen.author, pen.why, pen.now)
    return grant


@transaction.atomic
def end_grant(pen: Pen, grant: Grant, last_day: date) -> None:
    """The role ends after `last_day`; what was done under it stays."""
    Grant.objects.filter(organisation_id=pen.organisation_id, id=grant.id).update(end_on=last_day)
    grant.end_on = last_day
    number = read_numbers(pen.organisation_id, [grant.id])[grant.id] + 1
    change = Change("grant", grant.id, number, "amend", row_json(grant))
    append_revisions(pen.organisation_id, [change], pen.author, pen.why, pen.now)
