"""What a number is, each class with the wording that decides it."""

import pytest

from lianze.claims.blocks import with_sections
from lianze.claims.extract import read_mentions
from lianze.claims.shapes import Block
from lianze.claims.terms import load_terms


def _classes(*lines: str) -> list[tuple[str, str]]:
    blocks = with_sections([Block(n, line) for n, line in enumerate(lines, 1)], load_terms())
    return [(m.raw, m.cls) for m in read_mentions(blocks, load_terms())]


@pytest.mark.parametrize(
    ("text", "raw", "cls"),
    [
        ("知识答题平均93分，满分388人。", "388", "claim"),
        ("知识答题满分100分。", "100", "standard"),
        ("不规范合同中，期限过长57份。", "57", "claim"),
        ("答复时限15天。", "15", "standard"),
        ("行风考核纳入绩效，占比由5%提高到8%。", "5", "claim"),
        ("行风考核纳入绩效，占比8%。", "8", "standard"),
        ("学习教育情况（20分，自评19.5分）。", "20", "standard"),
        ("学习教育情况（20分，自评19.5分）。", "19.5", "claim"),
        ("每日就餐3,200余人。", "3,200", "claim"),
        ("每季度约谈3人。", "每季度约谈3人", "frequency"),
        ("师生比1∶12.3。", "12.3", "claim"),
        ("按3∶1比例抽取专家。", "3", "name"),
        ("案件比为1:14。", "14", "claim"),
        ("9:30查岗。", "9:30", "date"),
        ("培训时长2学时，离学校要求的4学时差一半。", "4", "standard"),
        ("下年：新增示范村2个。", "2", "plan"),
        ("编印典型案例2辑。", "2", "claim"),
        ("举办巡演9场、书画展2届。", "2", "claim"),
        ("党的20届三中全会精神。", "20届", "ordinal"),
        ("工程审定额1797.5万元。", "1797.5", "claim"),
        ("行政编制定额12人。", "12", "standard"),
        ("二轮延包以来的纠纷。", "二轮延包", "name"),
        ("全年零投诉、零举报。", "零", "claim"),
        ("首次实现零信访、零投诉。", "零", "name"),
        ("实行零报告制度。", "零", "name"),
        ("力争零投诉。", "零", "plan"),
        ("1.9个支部中有2个记录不全。", "9", "claim"),
        ("对抢修超过24小时的7件工单倒查。", "24", "standard"),
        ("发现超限额使用现金等问题33个。", "33", "claim"),
        ("水厂二期工程跟踪监督。", "二期工程", "name"),
        ("县委巡察二组反馈问题。", "巡察二组", "name"),
        ("公开事项52项、38项，两所合计90项。", "两", "name"),
        ("领导班子检视问题8个，完成整改6个，剩余2个延至明年6月；形成调研报告9篇。", "9", "claim"),
        ("明年，开展检查6次；形成调研报告9篇。", "9", "plan"),
        ("风险点调整为133个，划分为高29、中47、低57个。", "29", "claim"),
        ("餐费为十二元五角。", "五", "claim"),
        ("开展“五个一”活动，上一堂党课，签订一份承诺书。", "一", "name"),
        ("落实“三重一大”制度。", "三重一大", "name"),
        ("做到三个到位。", "三个到位", "name"),
        ("严格落实五项制度。", "五项制度", "name"),
        ("贯彻二十届中央纪委二次全会精神。", "二十届", "ordinal"),
        ("贯彻二十届中央纪委二次全会精神。", "二次", "ordinal"),
        ("学习《十条措施》。", "十条措施", "name"),
        ("根据中发〔2010〕19号文件。", "〔2010〕19号", "name"),
        ("拨打12388举报电话。", "12388", "name"),
        ("推行1+3+N模式。", "1+3+N", "name"),
        ("2023年12月8日召开会议。", "2023年12月8日", "date"),
        ("1至11月开展检查。", "1至11月", "date"),
        ("元旦、春节、五一前提醒。", "五一", "date"),
        ("三季度开展检查。", "三季度", "date"),
        ("每半年听取1次汇报。", "每半年听取1次", "frequency"),
        ("每季度到村调研。", "每季度", "frequency"),
        ("一年两次分析形势。", "一年两次", "frequency"),
        ("核算需办公用房面积105㎡。", "105", "standard"),
        ("测评得分80分为及格。", "80", "standard"),
        ("对照24种形式主义具体表现形式自查。", "24", "standard"),
        ("要求全年学习不少于12次。", "12", "standard"),
        ("应在15个工作日内答复。", "15", "standard"),
        ("明年将开展培训3次。", "3", "plan"),
        ("计划开展培训3次。", "3", "plan"),
        ("力争增长5%。", "5", "plan"),
        ("近三年参加测试。", "三", "period"),
        ("五年来成效明显。", "五", "period"),
        ("党的XX大精神。", "XX", "placeholder"),
        ("第X次党代会。", "第X次", "placeholder"),
        ("报告##paidbegin##内容。", "##paidbegin##", "garbled"),
        ("纳入“一会一课”内容。", "一会一课", "name"),
        ("到四县一区开展慰问。", "四", "claim"),
        ("上一堂家风课。", "一", "claim"),
        ("全市四县一区同步推进。", "四", "name"),
        ("这三项工作已完成。", "三", "name"),
        ("作为一项重要任务。", "一", "name"),
    ],
)
def test_numeral_is_of_its_class(text: str, raw: str, cls: str) -> None:
    assert (raw, cls) in _classes(text)


@pytest.mark.parametrize(
    "text", ["进一步统一思想。", "一些同志一直这样。", "基层一线百姓十分满意。", "人数和次数等数据。"]
)
def test_word_that_only_looks_like_a_numeral_is_passed_over(text: str) -> None:
    assert _classes(text) == []


def test_numbers_under_a_heading_about_what_comes_next_are_plans() -> None:
    found = _classes("一、工作情况", "开展谈话5次。", "三、下一步打算", "（一）加强教育。", "开展谈话6次。")
    assert ("5", "claim") in found
    assert ("6", "plan") in found


def test_a_heading_with_a_later_year_is_about_plans() -> None:
    title = "某局2024年工作总结"
    assert ("6", "plan") in _classes(title, "七、2025年重点工作", "开展谈话6次。")
    assert ("6", "claim") in _classes(title, "七、2024年重点工作", "开展谈话6次。")


def test_total_after_a_frequency_stays_a_claim() -> None:
    assert _classes("每月开展主题党日，全年共开展12次。") == [("每月", "frequency"), ("12", "claim")]


def test_handing_out_tasks_is_no_plan() -> None:
    assert _classes("将23项任务分解到4个科室。") == [("23", "claim"), ("4", "claim")]


def test_quoted_number_that_the_list_after_it_counts_out_is_a_claim() -> None:
    text = "采取了“三措施”抓落实。一是学习。二是检查。三是整改。"
    assert _classes(text)[0] == ("三", "claim")
    assert _classes("落实“三措施”要求。")[0] == ("三", "name")


def test_a_heading_that_begins_with_a_year_is_a_heading() -> None:
    assert ("6", "plan") in _classes("5.2026年工作打算", "全年检查6次；群众满意度提高2个百分点。")


@pytest.mark.parametrize(
    ("title", "part", "cls"),
    [
        ("某局2024年上半年工作报告", "下半年", "plan"),
        ("某局2024年度工作报告", "下半年", "claim"),
        ("某局2024年前三季度小结", "四季度", "plan"),
        ("某局2024年度小结", "四季度", "claim"),
        ("某系第二学期小结", "下学期", "plan"),
        ("某系2024年小结", "下学期", "claim"),
    ],
)
def test_the_next_part_of_a_year_is_ahead_only_of_a_report_on_the_part_before(title: str, part: str, cls: str) -> None:
    lines = (title, "一、问题与打算", f"两处整改不到位。{part}处方点评增加300张，回访24家。")
    assert [c for raw, c in _classes(*lines) if raw in ("300", "24")] == [cls, cls]
