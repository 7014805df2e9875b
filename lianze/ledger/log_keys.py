"""The keys that sign an organisation's log: in a folder of their own, apart from the data, and named in the log itself,
so that a key put in their place does not fit the leaves."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction

from lianze.domain.errors import Refused
from lianze.ledger.log import Change, append_revisions
from lianze.ledger.log_sql import lock_head
from lianze.ledger.models import Revision
from lianze.ledger.states import Author
from lianze.org.models import Organisation
from lianze.tlog import JsonValue, PublicKey, Signer, load_json, load_public_keys, load_signer, make_keys, rotate_keys
from lianze.tlog.key_files import PUBLIC
from lianze.tlog.keys import render_key

SUBJECT = "keys"


def origin_of(organisation_id: UUID) -> str:
    """The name of an organisation's log and of the keys that sign it."""
    return f"lianze/{organisation_id}"


def key_folder(organisation_id: UUID) -> Path:
    """Where the organisation's keys lie."""
    return Path(settings.KEYS) / str(organisation_id)


def subject_id_of(organisation_id: UUID) -> UUID:
    """The id under which the log speaks of its own keys."""
    return uuid5(organisation_id, SUBJECT)


def ensure_keys(organisation: Organisation, author: Author, now: datetime) -> None:
    """Makes the first key and names it in the log; refused where the log names keys that are not there."""
    folder = key_folder(organisation.id)
    declared = read_declared(organisation.id)
    if not (folder / PUBLIC).exists():
        if declared:
            raise Refused(
                "日志已登记的密钥不在密钥文件夹中，请从备份恢复，不要另造 / the keys named in the log are not in the key "
                "folder: restore them from a backup, do not make others"
            )
        make_keys(folder, origin_of(organisation.id), now)
    if not declared:
        declare_keys(organisation.id, "create", author, "", now)


def change_keys(organisation: Organisation, author: Author, why: str, now: datetime) -> PublicKey:
    """A new signing key from the next second on. What was signed stays verifiable; the old private half is destroyed."""
    folder = key_folder(organisation.id)
    load_signer(folder)
    # Keys speak for whole seconds: what the old key has signed in this one is still its own.
    rotate_keys(folder, now.replace(microsecond=0) + timedelta(seconds=1))
    declare_keys(organisation.id, "rotate", author, why, now)
    return load_public_keys(folder)[-1]


def declare_keys(organisation_id: UUID, action: str, author: Author, why: str, now: datetime) -> None:
    """Names the public keys of the key folder in the log."""
    lines: list[JsonValue] = [render_key(key) for key in load_public_keys(key_folder(organisation_id))]
    subject_id = subject_id_of(organisation_id)
    with transaction.atomic():
        lock_head(organisation_id)
        known = Revision.objects.filter(organisation_id=organisation_id, subject_id=subject_id).count()
        change = Change(SUBJECT, subject_id, known + 1, action, {"keys": lines})
        append_revisions(organisation_id, [change], author, why, now)


def read_declared(organisation_id: UUID) -> tuple[str, ...]:
    """The key lines that the log names last; none where it names none."""
    rows = Revision.objects.filter(organisation_id=organisation_id, subject_id=subject_id_of(organisation_id))
    canonical = rows.order_by("-number").values_list("canonical", flat=True).first()
    return () if canonical is None else declared_in(load_json(canonical.encode()))


def declared_in(document: JsonValue) -> tuple[str, ...]:
    """The key lines of one revision's document."""
    state = document.get("state") if isinstance(document, dict) else None
    lines = state.get("keys") if isinstance(state, dict) else None
    return tuple(line for line in lines if isinstance(line, str)) if isinstance(lines, list) else ()


def signer_of(organisation_id: UUID) -> Signer:
    """The signing key; KeyFileError where it is missing, readable by others, or not the one in use."""
    return load_signer(key_folder(organisation_id))
