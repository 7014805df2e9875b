"""A number that means less than the whole a figure counts is suggested at most."""

import pytest

from lianze.claims.check import check_reading
from lianze.claims.reading import read_text
from lianze.claims.terms import load_terms
from tests.claims.binding_scoring import load_facts

FACTS = load_facts()


def _bound(text: str) -> list[tuple[str, str]]:
    checked = check_reading(read_text(text), load_terms(), FACTS)
    return [(m.raw, v.binding.figure) for m, v in zip(checked.mentions, checked.verdicts, strict=True)
            if v and v.binding.state == "auto"]  # fmt: skip


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("全年开展谈心谈话6次。", "全年与新任职干部开展谈心谈话6次。"),
        ("全年开展谈心谈话6次。", "分管领导开展谈心谈话6次。"),
        ("全年开展谈心谈话6次。", "上半年开展谈心谈话6次。"),
        ("支部讲党课2次。", "班子成员到支部讲党课2次。"),
        ("党支部现有党员5名。", "党支部现有女党员5名。"),
        ("全年召开党组会议14次。", "下属单位召开党组会议14次。"),
        ("全年共发现各类问题46个。", "作风督查抽查科室5个，发现问题46个。"),
        ("修订制度7项。", "修订内部管理制度7项。"),
        ("全年开展提醒谈话10人次。", "全年我与分管领域干部谈心，开展提醒谈话10人次。"),
        ("修订制度7项。", "推动修订《经费细则》等制度3项、修订7项。"),
        ("党组书记讲廉政党课2次。", "纪委书记讲廉政党课2次。"),
        ("新增制度2项。", "督促新增制度2项。"),
        ("开展警示教育2次，谈心谈话6次。", "指导支部开展警示教育2次，谈心谈话6次。"),
        ("主题党日12次。", "三个支部各开展主题党日12次。"),
        ("谈心谈话6次。", "财务科谈心谈话6次。"),
        ("主题教育中，党员个人查摆问题23个。", "党员个人查摆问题23个。"),
        ("修订《财务管理办法》等制度7项。", "修订《财务管理办法》等财务制度7项。"),
        ("党组会全年开14次。", "党组会研究人事议题开14次。"),
        ("排查岗位廉政风险35处。", "排查岗位廉政风险领域35处。"),
        ("支部党课2次。", "支部书记讲党课2次。"),
        ("典型案例通报学习2次。", "编发典型案例通报2期。"),
        ("签订家庭廉洁承诺书8份。", "签订廉洁承诺书8份。"),
        ("内设机构共排查风险点14个。", "内设机构共排查风险点30个，其中人事处14个。"),
    ],
)
def test_a_number_with_a_word_that_narrows_it_does_not_bind(whole: str, part: str) -> None:
    assert _bound(whole)
    assert _bound(part)[-1:] != _bound(whole)


@pytest.mark.parametrize(
    "title",
    [
        "某局2023年上半年党风廉政建设工作总结",
        "2023年1—11月工作总结",
        "2022—2023学年党风廉政建设报告",
        "2021—2023年工作总结",
    ],
)
def test_a_report_on_another_time_than_a_year_binds_nothing(title: str) -> None:
    assert _bound("某局2023年工作总结\n开展谈心谈话6次。")
    assert _bound(f"{title}\n开展谈心谈话6次。") == []


def test_whoever_is_met_level_by_level_leaves_nobody_out() -> None:
    assert _bound("与8个股室层层签订责任书14份。") == [("14", "promise.duty.count")]
    assert _bound("与女干部签订责任书14份。") == []


def test_the_last_inspections_findings_are_this_years() -> None:
    title = "某局2023年工作总结\n"
    assert _bound(f"{title}2022年度责任制检查考核反馈问题3个。") == [("3", "inspection.findings")]
    assert _bound(f"{title}2022年度谈心谈话3次。") == []


def test_a_second_number_right_after_a_comma_is_of_the_same_thing() -> None:
    assert _bound("公务接待费2.18万元，接待31批次、246人次。")[1:] == [
        ("31", "expense.reception.batches"),
        ("246", "expense.reception.guests"),
    ]


def test_what_people_took_part_in_is_what_they_are_counted_for() -> None:
    assert _bound("组织集中学习22次，300人次参加网上答题。") == [("22", "study.collective.count")]


def test_a_report_up_to_december_is_a_whole_year() -> None:
    assert _bound("某局2023年1—12月工作总结\n开展谈心谈话6次。") == [("6", "talk.heart.count")]


def test_numbers_told_respectively_have_each_their_own_noun() -> None:
    text = "干部职工共排查岗位风险隐患35项，高、中、低风险隐患分别为17、11、7项。"
    assert _bound(text)[-3:] == [("17", "risk.post.high"), ("11", "risk.post.mid"), ("7", "risk.post.low")]


def test_people_named_alone_at_a_number_did_what_was_counted_before() -> None:
    text = "全年提醒谈话8次，其中，党组书记4次，班子成员2次。"
    assert _bound(text)[-2:] == [("4", "talk.reminder.by_principal"), ("2", "talk.reminder.by_member")]


def test_dates_in_brackets_are_not_the_time_of_what_follows_them() -> None:
    assert _bound("中心组学习7次（1月12日、3月8日，见附件2），第一议题学习10次。")[-1:] == [
        ("10", "study.first_topic.count")
    ]


def test_what_others_were_urged_to_do_is_not_the_offices_own() -> None:
    assert _bound("修订制度7项。") == [("7", "rule.revised")]
    assert _bound("督促被监督单位修订制度7项。") == []


@pytest.mark.parametrize(
    "text",
    [
        "廉政党课每年至少2次。",
        "完善制度14项（新建2项、修订7项）。",
        "三年合计谈心谈话6次。",
    ],
)
def test_what_must_be_done_and_totals_told_with_their_parts_do_not_bind(text: str) -> None:
    assert not {figure for _, figure in _bound(text)} & {
        "lecture.integrity.count",
        "rule.revised",
        "talk.reminder.count",
        "talk.heart.count",
    }
