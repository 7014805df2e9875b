"""The only writer of access tokens: made, used and revoked. The secret is told once; the database keeps its hash.

The secret of a calendar's address is a token too: it opens that one file and nothing else, and no other token opens it.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from lianze.domain.errors import NotFound, Refused
from lianze.ledger.audit import append_audit
from lianze.org.keys import new_id
from lianze.org.models import Account, ApiToken

# What a token can be made for; each is one kind of request, whatever the account itself may do.
SCOPES = ("read", "record", "amend", "withdraw", "transition", "figures")
CALENDAR = "calendar"
PREFIX = "lianze_"
LONGEST_DAYS = 366
MOST = 20
TOUCH = timedelta(minutes=5)


def hash_of(secret: str) -> bytes:
    """What is kept of a secret of 256 random bits: nothing slower is needed, since there is nothing to guess."""
    return hashlib.sha256(secret.encode()).digest()


@transaction.atomic
def issue_token(
    account: Account, name: str, scopes: Sequence[str], days: int, now: datetime, address: str = ""
) -> tuple[ApiToken, str]:
    """A token of the account for its own organisation, and its secret. Refused with the reason when it cannot be."""
    chosen = [CALENDAR] if list(scopes) == [CALENDAR] else [scope for scope in SCOPES if scope in scopes]
    if (reason := token_refusal(account, name, chosen, days, now)) is not None or account.organisation_id is None:
        raise Refused(reason or "账号没有单位 / the account belongs to no organisation")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        id=new_id(),
        organisation_id=account.organisation_id,
        account=account,
        name=name.strip(),
        secret_hash=hash_of(secret),
        scopes=chosen,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    token.save(force_insert=True)
    made = (
        ("calendar_made", token.name) if chosen == [CALENDAR] else ("token_made", f"{token.name}: {' '.join(chosen)}")
    )
    append_audit(account, *made, address, now)
    return token, secret


def token_refusal(account: Account, name: str, scopes: Sequence[str], days: int, now: datetime) -> str | None:
    """Why there can be no such token."""
    if not name.strip() or len(name.strip()) > 60:
        return "请填写名称，最多60字 / give a name of at most 60 characters"
    if not scopes:
        return "请至少选一项用途 / choose at least one scope"
    if not 1 <= days <= LONGEST_DAYS:
        return f"有效期须为1至{LONGEST_DAYS}天 / it must expire within {LONGEST_DAYS} days"
    live = ApiToken.objects.filter(account_id=account.id, revoked_at=None, expires_at__gt=now).count()
    return f"每个账号最多{MOST}个令牌 / at most {MOST} tokens an account" if live >= MOST else None


def revoke_token(account: Account, token_id: UUID, now: datetime, address: str = "") -> ApiToken:
    """Ends one of the account's own tokens at once; NotFound for anybody else's."""
    token = ApiToken.objects.filter(account_id=account.id, id=token_id, revoked_at=None).first()
    if token is None:
        raise NotFound("没有这个令牌 / no such token")
    token.revoked_at = now
    token.save(update_fields=["revoked_at"])
    append_audit(account, "calendar_revoked" if is_calendar(token) else "token_revoked", token.name, address, now)
    return token


def is_calendar(token: ApiToken) -> bool:
    """Whether it is the secret of a calendar's address."""
    return bool(token.scopes == [CALENDAR])


def read_token(secret: str, now: datetime) -> ApiToken | None:
    """The token of that secret while it holds; None for one unknown, expired, revoked, of a closed account or a calendar."""
    token = read_any(secret, now)
    return token if token is not None and not is_calendar(token) else None


def read_calendar_token(secret: str, now: datetime) -> ApiToken | None:
    """The same for a calendar's address."""
    token = read_any(secret, now)
    return token if token is not None and is_calendar(token) else None


def read_any(secret: str, now: datetime) -> ApiToken | None:
    """The token of that secret while it holds, whatever it is for; when it was used last is kept."""
    token = find_token(secret)
    if token is None or token_fault(token, now) is not None:
        return None
    if token.used_at is None or now - token.used_at > TOUCH:
        ApiToken.objects.filter(id=token.id).update(used_at=now)
    return token


def find_token(secret: str) -> ApiToken | None:
    """The token of that secret, whether or not it still holds."""
    if not secret.startswith(PREFIX):
        return None
    return ApiToken.objects.select_related("account").filter(secret_hash=hash_of(secret)).first()


def token_fault(token: ApiToken | None, now: datetime) -> str | None:
    """Why a token does not hold; None while it does."""
    if token is None:
        return "没有这个令牌 / no such token"
    if token.revoked_at is not None:
        return f"令牌“{token.name}”已吊销 / this token was revoked"
    if token.expires_at <= now:
        return f"令牌“{token.name}”已过期 / this token has expired"
    return None if token.account.is_active else f"令牌“{token.name}”的账号已停用 / its account is closed"


def program_fault(token: ApiToken | None, now: datetime) -> str | None:
    """Why a token does not open the API; None while it does."""
    if token is not None and is_calendar(token):
        return f"“{token.name}”是日历地址，不能用于程序接口 / a calendar's address is no token of a program"
    return token_fault(token, now)


def read_tokens(account: Account) -> list[ApiToken]:
    """The account's tokens that are not revoked, the newest first."""
    return list(ApiToken.objects.filter(account_id=account.id, revoked_at=None).order_by("-id"))
