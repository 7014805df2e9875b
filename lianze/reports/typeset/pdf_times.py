"""Takes the moment of conversion out of a PDF, so that the same document gives the same bytes.

LibreOffice writes the clock into /CreationDate and hashes made from it into /ID and /DocChecksum. Each is replaced by a
text of the same length, so that no offset in the file moves.
"""

import hashlib
import re
from datetime import UTC, datetime, timedelta, timezone

CREATED = re.compile(rb"(/CreationDate ?\(D:)(\d{14})(Z|[+-]\d\d'\d\d)")
IDENTITIES = re.compile(rb"(?<=[</])[0-9A-F]{32}(?=[>\s])")


def without_conversion_time(pdf: bytes, source: bytes, at: datetime) -> bytes:
    """The PDF as though it had been made from `source` at `at`."""
    name = hashlib.sha256(source).hexdigest()[:32].upper().encode()

    def created(match: re.Match[bytes]) -> bytes:
        digits = at.astimezone(zone_of(match[3].decode())).strftime("%Y%m%d%H%M%S").encode()
        return match[1] + digits + match[3]

    # What follows the last object; within objects there may be anything.
    tail = pdf.rfind(b"trailer")
    if tail < 0:
        return CREATED.sub(created, pdf)
    return CREATED.sub(created, pdf[:tail]) + IDENTITIES.sub(name, pdf[tail:])


def zone_of(suffix: str) -> timezone:
    """The zone that a PDF date names: Z, or +08'00."""
    if suffix == "Z":
        return UTC
    hours, minutes = int(suffix[1:3]), int(suffix[4:6])
    return timezone(timedelta(hours=hours, minutes=minutes) * (-1 if suffix[0] == "-" else 1))
