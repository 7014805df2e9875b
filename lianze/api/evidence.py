"""Evidence files of an entry: list, attach, download. Limits and scanning are the ledger's, as for the pages."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from ninja import Router, Schema
from pydantic import BaseModel, ConfigDict

from lianze.api.answers import COMMON, WRITING
from lianze.api.auth import ApiRequest, Token, note_look
from lianze.api.entries import ENTRY, again, find_entry, told
from lianze.api.placeholders import EntryOut
from lianze.api.shapes import Version, Why
from lianze.domain.errors import Invalid, NotFound, Problem, Stale
from lianze.ledger.actions import Desk, amend, state_of
from lianze.ledger.evidence import path_of, read_file, store_file
from lianze.ledger.models import Attachment, Entry
from lianze.ledger.notes import read_concerned
from lianze.ledger.subjects import read_subject
from lianze.ledger.write import CHANGED_MEANWHILE
from lianze.pack.definitions import Register

router = Router(tags=["evidence"])
FILES = ENTRY + "/evidence"
LONGEST_NAME = 255
BYTES = {
    "description": "OK",
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}

PARTS = {
    "type": "object",
    "required": ["file", "version"],
    "properties": {
        "file": {"type": "string", "format": "binary"},
        "version": {"type": "integer", "minimum": 1, "description": "as last read"},
        "why": {"type": "string", "maxLength": 500},
    },
}
SENT = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": PARTS}}}}


class FileOut(Schema):
    """An evidence file: the name it was handed in with, its content's hash, bytes, and what it is by its content."""

    name: str
    sha256: str
    size: int
    media_type: str


class Attaching(BaseModel):
    """The version of the entry that the asker has seen, and why a file is attached."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    version: Version
    why: Why = ""


@router.get(FILES, auth=Token("read"), response={200: list[FileOut], **COMMON})
def list_evidence(request: ApiRequest, register_id: str, entry_id: UUID) -> HttpResponse:
    """The entry's files by name; none to somebody whom a restricted entry concerns."""
    known, entry = find_entry(request.desk, register_id, entry_id)
    note_look(request, known.id, f"{known.title} {entry.title}")
    return told([file_json(row) for row in read_files(request.desk, known, entry)])


@router.post(FILES, auth=Token("amend"), response={201: EntryOut, **WRITING}, openapi_extra=SENT)
def attach_evidence(request: ApiRequest, register_id: str, entry_id: UUID) -> HttpResponse:
    """Attaches one file, which makes a new version of the entry; the same file again changes nothing."""
    desk = request.desk
    known, entry = find_entry(desk, register_id, entry_id)
    desk.require("amend", read_subject(desk.organisation, entry, desk.pack))
    sent, file = Attaching.model_validate(request.POST.dict()), request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise Invalid([Problem(known.title, "file", "必须附上文件 / a file must be sent")])
    if entry.version != sent.version:
        raise Stale(CHANGED_MEANWHILE)
    name = Path((file.name or "").replace("\\", "/").replace("\0", "")).name[:LONGEST_NAME] or "佐证"
    source = Path(file.temporary_file_path()) if isinstance(file, TemporaryUploadedFile) else file.read()
    attached = (name, store_file(desk.organisation.id, source, desk.now, name))
    state = state_of(desk, entry)
    if attached not in state.attachments:
        amend(desk, entry.id, replace(state, attachments=(*state.attachments, attached)), sent.version, sent.why)
    return again(desk, known, entry.id, 201)


@router.get(FILES + "/{sha256}", auth=Token("read"), response=COMMON, openapi_extra={"responses": {200: BYTES}})
def download_evidence(request: ApiRequest, register_id: str, entry_id: UUID, sha256: str) -> HttpResponseBase:
    """One file's bytes."""
    known, entry = find_entry(request.desk, register_id, entry_id)
    found = next((row for row in read_files(request.desk, known, entry) if hash_of(row) == sha256), None)
    if found is None or not path_of(sha256).is_file():
        raise NotFound("没有这份佐证 / no such evidence")
    note_look(request, known.id, found.name)
    response = StreamingHttpResponse(read_file(sha256), content_type="application/octet-stream")
    response["Content-Length"] = str(found.evidence.size)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
    return response


def read_files(desk: Desk, register: Register, entry: Entry) -> list[Attachment]:
    """The entry's attachments, unless the asker must stand aside."""
    if read_concerned(desk, register, [entry]):
        return []
    rows = Attachment.objects.filter(organisation_id=desk.organisation.id, entry_id=entry.id)
    return list(rows.select_related("evidence").order_by("name", "id"))


def hash_of(row: Attachment) -> str:
    """The content's SHA-256 in hex."""
    return bytes(row.evidence.sha256).hex()


def file_json(row: Attachment) -> dict[str, Any]:
    """An attachment as JSON."""
    return {
        "name": row.name,
        "sha256": hash_of(row),
        "size": row.evidence.size,
        "media_type": row.evidence.media_type,
    }
