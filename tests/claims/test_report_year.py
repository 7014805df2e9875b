"""The year that a report is about: its title's, else the one its text names most; another year's records judge nothing."""

import pytest

from lianze.claims.blocks import with_sections
from lianze.claims.check import check_reading
from lianze.claims.reading import read_text
from lianze.claims.report_year import report_year
from lianze.claims.terms import load_terms
from tests.claims.binding_scoring import load_facts

TALKS = "全年开展谈心谈话6次。"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (f"某局2023年度工作总结\n2022年底以来，{TALKS}", 2023),
        (f"某局二〇二三年党风廉政建设报告\n{TALKS}", 2023),
        (f"某局２０２３年工作总结\n{TALKS}", 2023),
        (f"关于2022年度落实情况的报告\n（2023年1月10日）\n{TALKS}", 2022),
        (f"贯彻《2022年考核办法》情况报告\n2023年，我局{TALKS}", 2023),
        ("根据2022年巡察反馈，我局认真整改。\n2023年开展检查3次。\n2023年底前全部完成。", 2023),
        ("工作总结\n一、做法\n2023年开展检查3次。\n二、下一步打算\n2024年再查。2024年收尾。", 2023),
        (f"某局2021—2023年工作总结\n{TALKS}", 2023),
        (TALKS, 0),
        ("办文12023年页。", 0),
    ],
)
def test_the_reports_year_is_read(text: str, year: int) -> None:
    assert report_year(with_sections(read_text(text).blocks, load_terms())) == year


@pytest.mark.parametrize(
    ("title", "year", "verdict"),
    [("2023年工作总结", 2023, "confirmed"), ("2022年工作总结", 2023, "not_checked"), ("工作总结", 2023, "confirmed")],
)
def test_only_the_records_of_the_reports_own_year_judge_it(title: str, year: int, verdict: str) -> None:
    checked = check_reading(
        read_text(f"{title}\n{TALKS}\n未发现形式主义官僚主义问题。"), load_terms(), load_facts(), None, year
    )
    found = [v for v in checked.verdicts if v]
    assert [v.code for v in found] == [verdict]
    assert found[0].binding.figure == "talk.heart.count"
    assert (found[0].binding.state == "auto", bool(checked.implied)) == (verdict == "confirmed",) * 2
