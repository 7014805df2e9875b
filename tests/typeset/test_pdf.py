"""LibreOffice as it is: present, missing, failing, late."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from lianze.reports.typeset.docx import render_docx
from lianze.reports.typeset.pdf import NoOffice, OfficeFailed, render_pdf, render_pdfs
from tests.typeset.documents import AT, SHORT
from tests.typeset.pages import Page


def test_a_machine_without_libreoffice_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoOffice, match="libreoffice-writer-nogui"):
        render_pdf(render_docx(SHORT, AT))


@pytest.mark.office
def test_what_is_no_docx_fails_in_words(office: None) -> None:
    with pytest.raises(OfficeFailed, match="not a DOCX"):
        render_pdf(b"plain text")


@pytest.mark.office
def test_a_late_conversion_is_ended(office: None) -> None:
    with pytest.raises(OfficeFailed, match=r"within 0\.01 seconds"):
        render_pdf(render_docx(SHORT, AT), timeout_seconds=0.01)


@pytest.mark.office
def test_a_batch_keeps_its_order(pages: Mapping[str, list[Page]]) -> None:
    assert "关于廉政工作的报告" in pages["short"][0].text
    assert set(pages["grid"][1].text) == set("国—2")


@pytest.mark.office
def test_hostile_text_still_becomes_pages(pages: Mapping[str, list[Page]]) -> None:
    assert "控制字符" in "".join(page.text for page in pages["hostile"])


def test_no_files_need_no_start(office: None) -> None:
    assert render_pdfs([]) == []
