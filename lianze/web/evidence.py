"""An entry's evidence files: shown to whoever may see the entry and its notes, and to nobody by hash alone."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

from csp.decorators import csp
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static

from lianze.domain.errors import NotFound
from lianze.ledger.evidence import path_of, preview_of, read_file
from lianze.ledger.models import Attachment
from lianze.ledger.read import read_entry
from lianze.ledger.subjects import read_subject
from lianze.org.keys import new_id
from lianze.rules import may_see_notes
from lianze.web.audit import append_look
from lianze.web.requests import DeskRequest

PDF = "application/pdf"
# What a browser may show; anything else is only handed over to be saved.
SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp", PDF)
# The file may be framed by our own pages, and loads nothing itself.
SANDBOX = {
    "default-src": ["'none'"],
    "img-src": ["'self'"],
    "style-src": ["'unsafe-inline'"],
    "frame-ancestors": ["'self'"],
}
NOTHING = "没有这份佐证 / no such evidence"
PATIENCE_SECONDS = 20


@csp(SANDBOX)  # type: ignore[arg-type]  # it knows plain requests only
def show(request: DeskRequest, entry_id: UUID, sha256: str) -> HttpResponseBase:
    """The file. Sandboxed: whatever it holds, it runs nothing and reaches nothing."""
    found = find_attachment(request, entry_id, sha256)
    kind = found.evidence.media_type
    shown = kind in SHOWN
    response = StreamingHttpResponse(read_file(sha256), content_type=kind if shown else "application/octet-stream")
    response["Content-Length"] = str(found.evidence.size)
    how = "inline" if shown and "save" not in request.GET else "attachment"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(found.name)}"
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def preview(request: DeskRequest, entry_id: UUID, sha256: str) -> HttpResponseBase:
    """The first page of a PDF as a picture, made once; a plain mark for a PDF that cannot be read."""
    found = find_attachment(request, entry_id, sha256)
    if found.evidence.media_type != PDF:
        raise NotFound(NOTHING)
    picture = preview_of(sha256)
    if not picture.is_file():
        make_preview(path_of(sha256), picture)
    if not picture.stat().st_size:
        return redirect(static("web/pdf.svg"))
    return FileResponse(picture.open("rb"), content_type="image/png")


def find_attachment(request: DeskRequest, entry_id: UUID, sha256: str) -> Attachment:
    """The entry's file of that hash; NotFound in the same words for an entry hidden, a file not its own or not there."""
    desk = request.desk
    entry = read_entry(desk.organisation, entry_id, desk.actor, desk.pack)
    if not may_see_notes(desk.actor, read_subject(desk.organisation, entry, desk.pack), desk.pack):
        raise NotFound(NOTHING)
    rows = Attachment.objects.filter(organisation_id=desk.organisation.id, entry_id=entry.id)
    found = rows.filter(evidence__sha256=bytes.fromhex(sha256)).select_related("evidence").first()
    if found is None or not path_of(sha256).is_file():
        raise NotFound(NOTHING)
    append_look(request, entry.register, found.name)
    return found


def make_preview(source: Path, target: Path) -> None:
    """Makes the picture, or an empty file that says it cannot be made; whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f"{new_id()}.part")
    half.touch()
    command = [sys.executable, "-m", "lianze.web.first_page", str(source), str(half)]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_SECONDS)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        half.write_bytes(b"")
    half.replace(target)
