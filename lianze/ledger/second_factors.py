"""Whether an account must show more than its password, and taking all of that away when its owner lost it."""

from allauth.mfa.models import Authenticator

from lianze.org.models import Account

KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(account: Account) -> bool:
    """Whether a password alone does not let the account in. Recovery codes alone are no factor."""
    return bool(Authenticator.objects.filter(user_id=account.id, type__in=KINDS).exists())


def remove_second_factors(account: Account) -> bool:
    """Takes away every factor of an account, recovery codes too; whether there was one."""
    return bool(Authenticator.objects.filter(user_id=account.id).delete()[0])
