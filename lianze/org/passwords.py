"""What a password must keep to, in both languages; where the accounts' own validators have no Chinese, ours."""

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from lianze.org.models import Account

BROKEN = {
    "password_too_short": "密码太短，至少{min_length}个字符 / the password is too short: at least {min_length} characters",
    "password_too_common": "这个密码太常见，容易被猜到 / this password is too common",
    "password_entirely_numeric": "密码不能全是数字 / the password must not be digits alone",
}
DIFFERENT = "两次输入的密码不同，请重新输入 / the two passwords are not the same; type them again"


def password_faults(password: str, account: Account | None = None) -> list[str]:
    """Every rule that the password breaks, as “中文 / English”."""
    try:
        validate_password(password, account)
    except ValidationError as error:
        return [sentence_of(one) for one in error.error_list]
    return []


def sentence_of(error: ValidationError) -> str:
    """The broken rule in both languages; a validator that a setting added says it in its own words."""
    params = error.params if isinstance(error.params, dict) else {}
    told = BROKEN.get(error.code or "")
    return told.format(**params) if told else "；".join(error.messages)


def password_rule() -> str:
    """What to keep to, told before it is broken."""
    return (
        f"至少{settings.PASSWORD_LENGTH}个字符，不能全是数字，也不能是常见密码 /"
        f" at least {settings.PASSWORD_LENGTH} characters, not digits alone, and no common password"
    )
