"""The page of GB/T 9704-2012, measured in the PDF that LibreOffice makes of the DOCX."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.typeset.documents import OFFICE
from tests.typeset.pages import Page, Sign, rules_of, words

pytestmark = pytest.mark.office

LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0  # edges of the block on the page, mm
SLACK = 0.6  # mm: less than a tenth of a character
Pages = Mapping[str, list[Page]]


def line_with(pages: list[Page], text: str) -> list[Sign]:
    """The first line that holds the text."""
    return next(line for page in pages for line in page.body() if text in words(line))


def test_every_full_page_holds_22_lines_of_28_characters(pages: Pages) -> None:
    first, *middle, _ = pages["grid"]
    assert [len(line) for line in first.body()] == [26] + [28] * 21
    assert middle
    for page in middle:
        assert [len(line) for line in page.body()] == [28] * 22


def test_pages_of_a_real_report_hold_22_lines(pages: Pages) -> None:
    inner = [page for page in pages["report"][1:] if "表1" not in page.text and "附件" not in page.text]
    assert len(inner) >= 3
    assert {len(page.body()) for page in inner[:-1]} == {22}


def test_no_ink_leaves_the_block_and_no_comma_hangs_over_its_edge(pages: Pages) -> None:
    for name in ("grid", "punctuated", "report", "short", "room"):
        for page in pages[name]:
            assert (round(page.width), round(page.height)) == (210, 297)
            signs = [sign for line in page.body() for sign in line]
            assert min(sign.left for sign in signs) >= LEFT
            assert max(sign.right for sign in signs) <= RIGHT
            assert min(sign.top for sign in signs) >= TOP
            assert max(sign.bottom for sign in signs) <= BOTTOM


def test_full_lines_reach_both_edges_of_the_block(pages: Pages) -> None:
    for page in pages["grid"][1:-1]:
        for line in page.body():
            assert line[0].origin == pytest.approx(LEFT, abs=SLACK)
            assert line[-1].end == pytest.approx(RIGHT, abs=SLACK)


def test_lines_start_with_no_closing_and_end_with_no_opening_mark(pages: Pages) -> None:
    lines = [words(line) for page in pages["punctuated"] for line in page.body()]
    assert not [line for line in lines if line[0] in "，。”》）：" or line[-1] in "“《（"]


def test_page_numbers_stand_outside_7_mm_below_the_block(pages: Pages) -> None:
    character = 14 * 25.4 / 72
    for page in pages["report"]:
        number = sorted(page.footer(), key=lambda sign: sign.origin)
        assert words(number) == f"—{page.number}—"
        assert {sign.size for sign in number} == {14.0}
        assert (number[0].top + number[0].bottom) / 2 == pytest.approx(BOTTOM + 7, abs=SLACK)
        if page.number % 2:
            assert number[-1].end == pytest.approx(RIGHT - character, abs=SLACK)
        else:
            assert number[0].origin == pytest.approx(LEFT + character, abs=SLACK)


def test_title_is_centred_and_ends_one_blank_line_above_the_addressee(pages: Pages) -> None:
    title, addressee = pages["short"][0].body()[:2]
    assert {sign.size for sign in title} == {22.0}
    assert (title[0].origin + title[-1].end) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=SLACK)
    assert words(addressee) == "市委："
    assert addressee[0].base - title[0].base == pytest.approx(2 * 10.21, abs=1)


def test_headings_and_body_are_indented_two_characters(pages: Pages) -> None:
    two = LEFT + 2 * 15.75 * 25.4 / 72
    for text in ("一、工作开展情况", "（一）把牢", "抓实理论学习", "（二）段首标题", "四级标题"):
        assert line_with(pages["report"], text)[0].origin == pytest.approx(two, abs=SLACK)


def test_date_ends_four_characters_from_the_edge_below_the_middle_of_the_name(pages: Pages) -> None:
    character = 15.75 * 25.4 / 72
    name, day = pages["short"][0].body()[-2:]
    assert (words(name), words(day)) == (OFFICE, "2023年12月8日")
    assert day[-1].end == pytest.approx(RIGHT - 4 * character, abs=SLACK)
    assert (name[0].origin + name[-1].end) / 2 == pytest.approx((day[0].origin + day[-1].end) / 2, abs=1.5)


def test_names_of_annexes_turn_over_below_the_first_name(pages: Pages) -> None:
    lines = [line for page in pages["report"] for line in page.body()]
    first = next(index for index, line in enumerate(lines) if words(line).startswith("附件：1."))
    start = lines[first][len("附件：1.")].origin
    assert lines[first + 1][0].origin == pytest.approx(start, abs=SLACK)
    second = lines[first + 2]
    assert words(second) == "2.谈话情况表"
    assert second[2].origin == pytest.approx(start, abs=SLACK)


def test_red_head_starts_35_mm_below_the_edge_with_a_line_4_mm_below_the_number(
    pages: Pages, pdfs: Mapping[str, bytes]
) -> None:
    mark, number = pages["report"][0].body()[:2]
    assert words(mark) == f"{OFFICE}文件"
    assert min(sign.top for sign in mark) == pytest.approx(TOP + 35, abs=1)
    left, right, upper, lower = rules_of(pdfs["report"], 1)[0]
    assert left == pytest.approx(LEFT, abs=SLACK)
    assert right == pytest.approx(RIGHT, abs=SLACK)
    assert (upper + lower) / 2 - max(sign.bottom for sign in number) == pytest.approx(4, abs=SLACK)


def test_imprint_stands_on_the_lower_edge_of_the_last_page(pages: Pages, pdfs: Mapping[str, bytes]) -> None:
    for name, count in (("room", 1), ("no_room", 2)):
        assert len(pages[name]) == count
        assert "抄送：" in pages[name][-1].text
        first, middle, last = sorted(rules_of(pdfs[name], count), key=lambda rule: rule[2])
        assert (last[2] + last[3]) / 2 == pytest.approx(BOTTOM, abs=SLACK)
        assert first[3] - first[2] > middle[3] - middle[2]
        lowest = max(sign.bottom for line in pages[name][-1].body() for sign in line)
        assert middle[3] < lowest < last[2]


def test_imprint_never_covers_text(pages: Pages, pdfs: Mapping[str, bytes]) -> None:
    text = [sign for sign in pages["room"][0].signs if sign.size == 16]
    assert len(text) == 28 * 17
    top = min(rule[2] for rule in rules_of(pdfs["room"], 1))
    assert max(sign.bottom for sign in text) < top
