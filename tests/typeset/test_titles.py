"""Long titles are broken between words into lines of different length; headings are counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianze.reports.typeset.model import Annex, Block, Heading, Paragraph, Run
from lianze.reports.typeset.numbering import chinese_numeral, heading_label, number_headings
from lianze.reports.typeset.titles import break_title


@pytest.mark.parametrize(
    "lines",
    [
        ("关于廉政工作的报告",),
        ("云溪市归国华侨联合会2023年", "党风廉政建设责任制执行情况报告"),
        ("云溪市归国华侨联合会关于2023年度", "落实全面从严治党主体责任情况的报告"),
        ("关于印发《云溪市归国华侨联合会", "廉政风险防控办法》的通知"),
    ],
)
def test_titles_are_broken_where_a_reader_would(lines: tuple[str, ...]) -> None:
    assert break_title("".join(lines)) == lines


def test_a_year_and_a_book_title_stay_whole() -> None:
    for length in range(1, 30):
        lines = break_title("云" * length + "2023年度《中国共产党廉洁自律准则》执行情况报告")
        assert not any(line.startswith(("0", "2年", "3年", "》", "年")) for line in lines)
        assert any("《中国共产党廉洁自律准则》" in line for line in lines)


@given(st.text(alphabet="云溪市归国华侨联合会关于的年报告《》“”2023A，", max_size=120))
def test_nothing_is_lost_and_no_line_is_empty(title: str) -> None:
    lines = break_title(title)
    assert "".join(lines) == title.strip()
    assert all(lines) or lines == ("",)


def test_headings_are_counted_among_their_siblings_and_anew_in_an_annex() -> None:
    levels = (1, 2, 3, 3, 2, 3, 3, 1, 2)
    blocks: tuple[Block, ...] = (
        *(Heading(level, (Run("标题"),)) for level in levels),
        Annex("附件"),
        Heading(1, (Run("标题"),)),
    )
    numbers = [block.number for block in number_headings(blocks) if isinstance(block, Heading)]
    assert numbers == [1, 1, 1, 2, 2, 1, 2, 2, 1, 1]


def test_below_the_second_level_a_heading_alone_has_no_number() -> None:
    levels = (1, 2, 3, 4, 4, 2, 3, 3, 4, 1, 3)
    numbers = [block.number for block in number_headings(Heading(level, (Run("题"),)) for level in levels)]  # type: ignore[union-attr]
    assert numbers == [1, 1, None, 1, 2, 2, 1, 2, None, 2, None]


def test_paragraphs_between_headings_change_no_number() -> None:
    blocks = number_headings((Heading(1, (Run("一"),)), Paragraph((Run("文"),)), Heading(1, (Run("二"),))))
    assert [block.number for block in blocks if isinstance(block, Heading)] == [1, 2]


def test_labels_are_those_of_the_standard() -> None:
    assert [heading_label(level, 2) for level in (1, 2, 3, 4)] == ["二、", "（二）", "2.", "（2）"]
    assert [chinese_numeral(number) for number in (1, 10, 11, 20, 99)] == ["一", "十", "十一", "二十", "九十九"]
    spelt = ["一百", "一百零一", "一百一十", "三百一十五", "一千零五", "一千零五十", "九千九百九十九"]
    assert [chinese_numeral(number) for number in (100, 101, 110, 315, 1005, 1050, 9999)] == spelt
