"""The code that opens the first run: whoever reads the terminal or the data folder may make the first account, and no
passer-by who finds the address. A proxy on the same machine makes every visitor come from loopback, so that the
address asked from proves nothing.

One code is good at a time. It is made by `lianze serve` and `lianze setup --code` and gone once it was used.
"""

import os
import secrets
from hmac import compare_digest
from pathlib import Path

from django.conf import settings

# No characters that are taken for one another when they are read off a screen.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
GROUPS, GROUP = 3, 4


def code_file() -> Path:
    """Where the code is kept, for the data folder's owner only."""
    return Path(settings.KEYS) / "setup-code"


def make_setup_code() -> str:
    """A new code, about 59 bits; the one before it is void."""
    code = "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
    code_file().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(code_file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(code)
    return code


def is_setup_code(text: str) -> bool:
    """Whether it is the code, however spaced and cased."""
    try:
        kept = code_file().read_text(encoding="ascii")
    except OSError:
        return False
    return compare_digest(bare(kept).encode(), bare(text).encode())


def bare(text: str) -> str:
    """The code's characters alone."""
    return "".join(text.split()).replace("-", "").lower()


def void_setup_code() -> None:
    """No code is good any longer."""
    code_file().unlink(missing_ok=True)
