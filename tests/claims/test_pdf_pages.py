"""Pages of a PDF become paragraphs again: no page number, no page header twice, no break inside a sentence."""

import pytest

from lianze.claims.reading_pdf import join_lines, without_repeated_heads

LINE = "全年召开党组会议十四次并专题研究党风廉政建设和反腐败工作安排部署"


@pytest.mark.parametrize(
    "number", ["1", "— 12 —", "- 3 -", "第 2 页 共 3 页", "第2页", "第2页，共3页", "1/2", "12 / 30"]
)
def test_page_numbers_are_no_text(number: str) -> None:
    assert without_repeated_heads([f"{LINE}\r\n{number}"]) == [[LINE]]


def test_a_page_header_is_read_once() -> None:
    pages = [f"某局 2023年工作报告\n{LINE}\n1", f"某局2023年工作报告\n{LINE}甲\n2", f"某局 2023年工作报告\n{LINE}乙\n3"]
    lines = [line for page in without_repeated_heads(pages) for line in page]
    assert lines == ["某局 2023年工作报告", LINE, f"{LINE}甲", f"{LINE}乙"]


def test_lines_full_of_figures_are_as_wide_as_others() -> None:
    """Sixty figures take the room of thirty characters; a line of them is no short one, nor are those beside it."""
    figures = "1234567890" * 6
    assert list(join_lines([LINE, figures, LINE, "完。"])) == [LINE + figures + LINE + "完。"]


def test_a_title_over_two_columns_does_not_cut_them_into_pieces() -> None:
    title, column = "某局关于落实党风廉政建设责任制情况的自查报告和整改工作方案", "全年召开党组会议十四次并修订"
    paragraphs = list(join_lines([title, *[column] * 12, "制度七项。"]))
    assert paragraphs[-1].endswith(column + "制度七项。") and len(paragraphs) <= 2
