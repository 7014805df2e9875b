"""One start of LibreOffice sets every document that the layout tests measure."""

from __future__ import annotations

import os
from collections.abc import Mapping

import pytest

from lianze.reports.typeset.docx import render_docx
from lianze.reports.typeset.pdf import find_office, render_pdfs
from tests.typeset import documents
from tests.typeset.pages import Page, read_pages

SET = {
    "report": documents.REPORT,
    "grid": documents.GRID,
    "punctuated": documents.PUNCTUATED,
    "short": documents.SHORT,
    "room": documents.ROOM,
    "no_room": documents.NO_ROOM,
    "hostile": documents.HOSTILE,
}


@pytest.fixture(scope="session")
def office() -> None:
    """LibreOffice; without it these tests are skipped by name, or fail where CI=true."""
    if find_office() is None:
        reason = "needs LibreOffice (libreoffice-writer-nogui): PDF, lines and pages stay untested"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def pdfs(office: None) -> Mapping[str, bytes]:
    """Each document of SET as PDF."""
    made = render_pdfs([render_docx(document, documents.AT) for document in SET.values()])
    return dict(zip(SET, made, strict=True))


@pytest.fixture(scope="session")
def pages(pdfs: Mapping[str, bytes]) -> Mapping[str, list[Page]]:
    """Each document of SET, measured."""
    return {name: read_pages(pdf) for name, pdf in pdfs.items()}
