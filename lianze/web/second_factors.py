"""What an account has beside its password: codes from a phone, security keys, recovery codes; and what proves them."""

import json
import unicodedata
from datetime import datetime

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from lianze.ledger.second_factors import KINDS, has_second_factor, remove_second_factors
from lianze.org.models import Account

PERIOD_SECONDS = 30
LAST_STEP = "last_step"  # the period of the newest code that was taken: neither it nor an older one is taken again


def factors_of(account: Account) -> list[Authenticator]:
    """Everything the account has, oldest first."""
    return list(Authenticator.objects.filter(user_id=account.id).order_by("id"))


def step_of(secret: str, code: str, now: datetime) -> int:
    """The period of 30 seconds since 1970 whose code it is, among those near `now`; 0: none."""
    current, off = int(now.timestamp()) // PERIOD_SECONDS, settings.MFA_TOTP_TOLERANCE
    near = range(current - off, current + off + 1)
    known = ((step, format_hotp_value(hotp_value(secret, step))) for step in near)
    return next((step for step, expected in known if compare_user_code(actual=code, expected=expected)), 0)


@transaction.atomic
def use_code(account: Account, typed: str, now: datetime) -> str:
    """The kind of factor that the code proves, "" for none. No code proves anything twice.

    allauth remembers used codes in the process's own cache, for one period; here several processes serve and a code is
    good for three, so the row itself remembers.
    """
    code = unicodedata.normalize("NFKC", typed)  # digits as Chinese keyboards may send them
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    for row in Authenticator.objects.select_for_update().filter(user_id=account.id, type__in=kinds):
        if row.type == Authenticator.Type.TOTP:
            step = step_of(get_adapter().decrypt(row.data["secret"]), code, now)
            is_right = step > row.data[LAST_STEP]
            if is_right:
                row.data[LAST_STEP] = step
        else:
            wrapped = row.wrap()
            is_right = wrapped.validate_code(code)
            row = wrapped.instance
        if is_right:
            keep_use(row, now)
            return str(row.type)
    return ""


def use_key(account: Account, answer: str, now: datetime) -> str:
    """The kind of factor that the security key's answer proves, "" for none. The question was put in this session."""
    try:
        row = webauthn.complete_authentication(account, read_answer(answer))
    except (ValidationError, ValueError, TypeError, KeyError):
        return ""
    keep_use(row, now)
    return str(row.type)


def read_answer(answer: str) -> dict[str, object]:
    """What the browser sent of a security key. ValueError for anything else."""
    found = json.loads(answer)
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found


def keep_use(row: Authenticator, now: datetime) -> None:
    """Writes down that a factor was used."""
    row.last_used_at = now
    row.save(update_fields=["data", "last_used_at"])


@transaction.atomic
def add_totp(account: Account, secret: str, step: int) -> None:
    """Codes from a phone from now on; the code that proved it counts as used."""
    row = TOTP.activate(account, secret).instance
    row.data[LAST_STEP] = step
    row.save(update_fields=["data"])


def add_key(account: Account, name: str, answer: str) -> bool:
    """A security key under a name; False when its answer does not fit the question."""
    try:
        found = read_answer(answer)
        webauthn.complete_registration(found)
    except (ValidationError, ValueError, TypeError, KeyError):
        return False
    webauthn.WebAuthn.add(account, name, found)
    return True


def add_recovery_codes(account: Account, anew: bool = False) -> Authenticator | None:
    """Ten codes for the day the phone is lost; None when there are some and nobody wants new ones."""
    known = Authenticator.objects.filter(user_id=account.id, type=Authenticator.Type.RECOVERY_CODES)
    if known.exists():
        if not anew:
            return None
        known.delete()
    return RecoveryCodes.activate(account).instance


def remove(account: Account, factor_id: int) -> Authenticator | None:
    """Takes away one of the account's factors; recovery codes go with the last of them."""
    row = Authenticator.objects.filter(user_id=account.id, id=factor_id, type__in=KINDS).first()
    if row is None:
        return None
    row.delete()
    if not has_second_factor(account):
        remove_second_factors(account)
    return row
