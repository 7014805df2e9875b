"""Evidence handed in with a form. What is attached already travels with the page as signed tokens, so that nobody can
attach, and so read, a file by its hash alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core import signing
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from lianze.domain.errors import Refused
from lianze.ledger.evidence import store_file
from lianze.ledger.places import find_register, record_refusal
from lianze.web.language import one_language
from lianze.web.requests import DeskRequest

Attachment = tuple[str, str]
LONGEST = 255
HOURS = 24


@dataclass(frozen=True)
class Token:
    """An attached file as the form carries it."""

    name: str
    token: str


@require_POST
def send(request: DeskRequest, register_id: str) -> HttpResponse:
    """Files sent ahead of a form that is about to be sent, so that their way can be shown: JSON `{"kept": [{"name",
    "token"}]}`, or 422 `{"refused": sentence}`."""
    register = find_register(request.desk, register_id)
    if (reason := record_refusal(request.desk, register)) is not None:
        raise Refused(reason)
    try:
        found = read_uploads(request)
    except Refused as error:
        return JsonResponse({"refused": one_language(str(error))}, status=422)
    kept = [{"name": one.name, "token": one.token} for one in tokens_of(request.user.id, found)]
    return JsonResponse({"kept": kept})


def read_uploads(request: DeskRequest) -> list[Attachment]:
    """Stores the files sent and returns name and SHA-256 of each. Refused for what is no evidence."""
    return [store_upload(request, file) for file in request.FILES.getlist("files")]


def store_upload(request: DeskRequest, file: "UploadedFile[Any]") -> Attachment:
    """One file under the last part of its name."""
    name = Path((file.name or "").replace("\\", "/")).name[:LONGEST] or "佐证"
    source = Path(file.temporary_file_path()) if isinstance(file, TemporaryUploadedFile) else file.read()
    return name, store_file(request.desk.organisation.id, source, request.desk.now, name)


def tokens_of(account_id: UUID, attachments: Iterable[Attachment]) -> list[Token]:
    """The tokens of attached files, good for this account and a day."""
    signer = signing.TimestampSigner(salt=f"evidence:{account_id}")
    return [Token(name, signer.sign_object([name, sha256])) for name, sha256 in attachments]


def kept_of(account_id: UUID, tokens: Iterable[str]) -> list[Attachment]:
    """The files that tokens stand for; a token that is not ours stands for none."""
    signer = signing.TimestampSigner(salt=f"evidence:{account_id}")
    found = []
    for token in tokens:
        try:
            name, sha256 = signer.unsign_object(token, max_age=HOURS * 3600)
        except signing.BadSignature:
            continue
        found.append((str(name), str(sha256)))
    return found
