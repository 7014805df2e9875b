"""Each part in the font of the standard or its stand-in, and no character without a glyph."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from lianze.reports.typeset import fonts
from lianze.reports.typeset.docx import render_docx
from lianze.reports.typeset.fonts import characters_without_font, font_folders, render_fontconfig
from lianze.reports.typeset.pdf import render_pdf
from tests.typeset.documents import AT, GRID, RARE
from tests.typeset.pages import Page, read_pages, words

Pages = Mapping[str, list[Page]]
needs_fandol = pytest.mark.skipif(not font_folders(), reason="Fandol is not unpacked (scripts/debian-packages.sh)")


@cache
def files_of(postscript_name: str) -> list[str]:
    """Font files that a PDF font may have come from; the Noto collections share one name over languages."""
    plain = postscript_name.replace("CJKjp", "CJK").removesuffix("-VKana")
    folders = [str(folder) for folder in font_folders()]
    listed = subprocess.run(["fc-list", "--format", "%{file}\n"], capture_output=True, text=True, check=True).stdout
    found = subprocess.run(["find", *folders, "-name", "*.otf"], capture_output=True, text=True).stdout
    return [
        name for name in {*listed.split("\n"), *found.split("\n")} if Path(name).stem in (plain, f"{plain}-Regular")
    ]


@cache
def covered(postscript_name: str) -> list[tuple[int, int]]:
    """The characters of a font, as first and last of each range."""
    file = files_of(postscript_name)[0]
    command = ["fc-query", "--index", "0", "--format", "%{charset}", file]
    ranges = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return [(int(span.split("-")[0], 16), int(span.split("-")[-1], 16)) for span in ranges]


def lacking(pages: list[Page]) -> set[tuple[str, str]]:
    """(character, font) of everything set in a font that has no glyph for it."""
    signs = {(sign.text, sign.font) for page in pages for sign in page.signs}
    return {
        (text, font) for text, font in signs if not any(first <= ord(text) <= last for first, last in covered(font))
    }


def font_of(pages: list[Page], text: str) -> set[str]:
    """The fonts in which a stretch of text is set."""
    for page in pages:
        for line in page.body():
            start = words(line).find(text)
            if start >= 0:
                return {sign.font for sign in line[start : start + len(text)]}
    raise AssertionError(f"{text} is not there")


@pytest.mark.office
@needs_fandol
@pytest.mark.parametrize(
    ("text", "font"),
    [
        ("党风廉政建设责任制", "NotoSerifCJKjp-Bold-VKana"),
        ("工作开展情况", "FandolHei-Regular"),
        ("把牢政治方向", "FandolKai-Regular"),
        ("段首标题。", "FandolKai-Regular"),
        ("标题与正文同段", "FandolFang-Regular"),
        ("抓实理论学习", "FandolFang-Regular"),
        ("四级标题", "FandolFang-Regular"),
        ("22", "LiberationSerif"),
        ("“第一议题”", "FandolKai-Regular"),
    ],
)
def test_each_level_has_its_font(pages: Pages, text: str, font: str) -> None:
    assert font_of(pages["report"], text) == {font}


@pytest.mark.office
@needs_fandol
def test_page_numbers_are_in_song(pages: Pages) -> None:
    assert {sign.font for page in pages["report"] for sign in page.footer()} == {"FandolSong-Regular"}


@pytest.mark.office
@needs_fandol
def test_rare_characters_of_names_come_from_noto(pages: Pages) -> None:
    assert font_of(pages["report"], RARE) == {"NotoSerifCJKjp-Regular-VKana"}


@pytest.mark.office
def test_no_character_is_an_empty_box(pages: Pages) -> None:
    for name in ("report", "grid", "punctuated", "short"):
        assert lacking(pages[name]) == set()


@pytest.mark.office
def test_without_fandol_noto_keeps_the_grid(office: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "font_folders", list)
    pages = read_pages(render_pdf(render_docx(GRID, AT)))
    assert {sign.font for line in pages[1].body() for sign in line} == {"NotoSerifCJKjp-Regular-VKana"}
    assert [len(line) for line in pages[1].body()] == [28] * 22


@pytest.mark.office
def test_what_no_font_can_draw_is_named(office: None) -> None:
    assert characters_without_font(f"云溪市2023年，{RARE}é—“”") == []
    assert characters_without_font("名\U0010fffd字\ue123\U0010fffd") == ["\U0010fffd", "\ue123"]


def test_the_configuration_keeps_the_machines_own_and_names_every_folder() -> None:
    text = render_fontconfig(font_folders(), "/srv/<fonts>.conf")
    assert "/srv/&lt;fonts&gt;.conf" in text
    assert all(f"<dir>{folder}</dir>" in text for folder in font_folders())
