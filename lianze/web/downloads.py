"""Files that people take away: named by the office, what is in it, and the day or year, so that they are known again."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from lianze.ledger.actions import Desk
from lianze.web.language import both

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_download(content: bytes | str, kind: str, name: str) -> HttpResponse:
    """A file under its name, of the media type `kind`."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def of_office(desk: Desk, what: str) -> str:
    """What is in the file, behind the office's short name."""
    office = desk.organisation.short_name or desk.organisation.name
    return both(f"{office}{what}", f"{office} {what}")
