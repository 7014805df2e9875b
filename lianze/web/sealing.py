"""Secrets of second factors as the database keeps them: sealed, with a key that lies in the key folder."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from lianze.domain.errors import Refused
from lianze.org.models import Account

FILE = "second-factor-key"
NAME = "廉责"
MISSING = (
    "第二步验证的密钥不在密钥文件夹中，或不是原来的。请系统管理员从备份恢复 keys/second-factor-key，或请安全管理员重置"
    " / the key of second factors is missing or not the one they were sealed with: restore keys/second-factor-key from a "
    "backup, or have the security administrator reset the second factor"
)


def sealer() -> Fernet:
    """Seals and opens. Refused where there is no key."""
    secret = settings.SECOND_FACTOR_KEY
    if not secret:
        file = Path(settings.KEYS) / FILE
        if not file.exists():
            raise Refused(MISSING)
        secret = file.read_text(encoding="ascii").strip()
    return Fernet(urlsafe_b64encode(sha256(secret.encode()).digest()))


class SealingAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """What allauth asks its site: how secrets are kept, and what an account is called on a phone or a security key."""

    def encrypt(self, text: str) -> str:
        """The secret as it is stored."""
        return sealer().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret itself. Refused when it was sealed with another key."""
        try:
            return sealer().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise Refused(MISSING) from error

    def get_totp_issuer(self) -> str:
        """What the app on the phone shows above the code."""
        return NAME

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, str | bytes]:
        """Whom a security key says it is for."""
        known: dict[str, str | bytes] = super().get_public_key_credential_user_entity(user)
        return {**known, "display_name": user.display_name, "name": user.username}
