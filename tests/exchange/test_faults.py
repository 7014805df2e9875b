"""Every fault of a workbook at once, each with its sheet, row, column, what is wrong and what is expected."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from lianze.domain.errors import Refused
from lianze.exchange.importing import import_workbook
from lianze.ledger.actions import Desk
from lianze.ledger.models import Entry, Revision
from lianze.org.models import Person, Unit
from tests.exchange.offices import (
    ABOUT,
    ACTIVITY,
    Rows,
    activities,
    bring,
    faults_in,
    make_workbook,
    places,
    study,
)

DAY = date(2023, 3, 15)


def test_every_fault_is_told_at_once_with_its_cell_and_nothing_is_written(desk: Desk, book: Path) -> None:
    leaves = Revision.objects.count()
    sheets = activities(
        study("HD1", "2023年2月30日"),
        study("HD2", "2023年3月"),
        ["HD3", "集体学习", None, DAY, "财务科", "张三", "李建国"],
        study("HD4", DAY),
        study("HD4", date(2023, 3, 16)),
        study("HD5", date(2018, 1, 5)),
    )
    problems = faults_in(desk, book, sheets)
    assert places(problems) == [
        "活动台账!D2",
        "活动台账!D3",
        "活动台账!B4",
        "活动台账!C4",
        "活动台账!E4",
        "活动台账!F4",
        "活动台账!A6",
        "活动台账!F7",
    ]
    told = [problem.sentence for problem in problems]
    assert "日历上没有这一天" in told[0]
    assert "缺少哪一日" in told[1] and "2023-03-05" in told[1]
    assert "没有“集体学习”这一项；是否为集中学习" in told[2]
    assert "未填“主题”" in told[3]
    assert "没有叫“财务科”的机构；应为党组、办公室、业务科、机关党支部" in told[4]
    assert "“张三”不是本单位人员" in told[5]
    assert "编号“HD4”与“活动台账”第5行重复" in told[6]
    assert "2019-03-01才入职" in told[7]
    assert str(problems[0]).startswith("活动台账 第2行 D列“日期”: ")
    assert Revision.objects.count() == leaves
    assert not Unit.objects.filter(organisation_id=desk.organisation.id).exists()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("去年三月", "不是日期"),
        ("3月5日", "缺少年份"),
        (44990, "可能是2023-03-05"),
        ("2203-03-05", "年份不对"),
        (True, "不是日期"),
    ],
)
def test_a_day_that_is_none_says_what_is_expected(desk: Desk, book: Path, typed: object, told: str) -> None:
    (problem,) = faults_in(desk, book, activities(study("HD1", typed)))
    assert told in problem.sentence
    assert (problem.sheet, problem.row, problem.column, problem.title) == ("活动台账", 2, "D", "日期")


@pytest.mark.parametrize(
    "typed",
    [
        "2023.3.5",
        "2023/3/5",
        "20230305",
        20230305,
        "２０２３年３月５日",
        "二〇二三年三月五日",
        "2023-03-05（星期日）",
        datetime(2023, 3, 5, 14, 30),  # noqa: DTZ001 (Excel knows no time zones)
    ],
)
def test_days_as_offices_write_them(desk: Desk, book: Path, typed: object) -> None:
    bring(desk, book, activities(study("HD1", typed)))
    assert Entry.objects.get(organisation_id=desk.organisation.id).happened_on == date(2023, 3, 5)


def test_titles_with_marks_remarks_and_aliases_are_known(desk: Desk, book: Path) -> None:
    titles = ["序号", " 编 号 ", "类型*", "会议名称（必填）", "日期【年月日】", "科室", "主持", "参会人员"]
    sheets: dict[str, Rows] = {
        **ABOUT,
        " 活动台账 （2023年）": [
            ["2023年活动"],
            [],
            ["填报：办公室"],
            titles,
            [1, *study("HD1", DAY)],
            [],
            [None, "  "],
        ],
    }
    assert bring(desk, book, sheets).added == 15


def test_an_unknown_title_names_those_it_may_mean(desk: Desk, book: Path) -> None:
    problems = faults_in(desk, book, activities([*study("HD1", DAY), "x"], titles=[*ACTIVITY, "地点类型"]))
    assert places(problems) == ["活动台账!H1"]
    assert "不认识的列“地点类型”；是否为地点类别" in problems[0].sentence


def test_a_missing_column_is_told_once_not_for_every_row(desk: Desk, book: Path) -> None:
    rows = [row[:3] + row[4:] for row in (study("HD1", DAY), study("HD2", DAY))]
    problems = faults_in(desk, book, activities(*rows, titles=ACTIVITY[:3] + ACTIVITY[4:]))
    assert [problem.sentence.partition(" /")[0] for problem in problems] == ["缺少“日期”这一列"]


def test_a_column_twice_content_without_title_and_no_header_at_all(desk: Desk, book: Path) -> None:
    titles = [*ACTIVITY, "参加人员", None]
    sheets = activities([*study("HD1", DAY), None, "备忘"], titles=titles)
    sheets["问题清单"] = [["今年没有"], ["发现问题"]]
    problems = faults_in(desk, book, sheets)
    assert places(problems) == ["活动台账!H1", "活动台账!I2", "问题清单!"]


def test_a_restricted_field_belongs_to_its_kinds_only(desk: Desk, book: Path) -> None:
    problems = faults_in(desk, book, activities([*study("HD1", DAY), "元旦"], titles=[*ACTIVITY, "节日"]))
    assert "“节日”只用于节前廉政提醒会" in problems[0].sentence


def test_a_faulty_person_is_not_told_again_wherever_named(desk: Desk, book: Path) -> None:
    people = [list(row) for row in ABOUT["人员"]]
    people[1][3] = "三月"
    problems = faults_in(desk, book, {**activities(study("HD1", DAY)), "人员": people})
    assert places(problems) == ["人员!D2"]


def test_two_people_of_one_name_are_told_apart_by_number(desk: Desk, book: Path) -> None:
    people = [*ABOUT["人员"], ["李建国", "P06", "业务科", date(2022, 1, 4), None, None, None]]
    sheets = {**activities(study("HD1", DAY)), "人员": people, "任职": ABOUT["任职"][:2]}
    (problem,) = faults_in(desk, book, sheets)
    assert "有2人叫“李建国”（P03、P06），请填人员编号" in problem.sentence
    for known in ("P06", "李建国（P06）"):
        bring(desk, book, {**activities(study("HD1", DAY, known)), "人员": people, "任职": ABOUT["任职"][:2]})


def test_rows_of_the_organisation_are_checked_too(desk: Desk, book: Path) -> None:
    units = [*ABOUT["机构"], ["财务科", "BGS", "内设机构", "XX"], ["审计科", "SJK", "科", None]]
    posts = [*ABOUT["任职"], ["赵六", "干部", "财务科", "工作人员", "科级及以下", date(2023, 5, 1), date(2023, 4, 1)]]
    problems = faults_in(desk, book, {"机构": units, "人员": ABOUT["人员"], "任职": posts})
    assert places(problems) == ["机构!B6", "机构!D6", "机构!C7", "任职!A7", "任职!G7"]


def test_units_in_a_circle_are_refused(desk: Desk, book: Path) -> None:
    units: Rows = [ABOUT["机构"][0], ["甲", "A", "内设机构", "B"], ["乙", "B", "内设机构", "A"]]
    (problem,) = faults_in(desk, book, {"机构": units})
    assert "互为上级" in problem.sentence


def test_a_unit_may_not_take_the_name_of_one_that_is_there(desk: Desk, book: Path) -> None:
    bring(desk, book, ABOUT)
    (problem,) = faults_in(desk, book, {"机构": [ABOUT["机构"][0], ["办公室", "NEW", "内设机构", None]]})
    assert "已有编码为“BGS”的机构叫“办公室”" in problem.sentence


def test_two_units_that_swap_their_names_are_refused_in_words(desk: Desk, book: Path) -> None:
    bring(desk, book, ABOUT)
    units = [list(row) for row in ABOUT["机构"]]
    units[2][0], units[3][0] = units[3][0], units[2][0]
    with pytest.raises(Refused, match="与已有记录冲突"):
        bring(desk, book, {"机构": units})


def test_a_link_to_nothing_names_the_register_it_looks_in(desk: Desk, book: Path) -> None:
    titles = ["防控措施", "制定日期", "责任科室", "类型", "对应风险"]
    rows = [["三级联签", DAY, "办公室", "前期预防", "FX9"], ["询价", DAY, "办公室", "前期预防", None]]
    problems = faults_in(desk, book, {**ABOUT, "防控措施清单": [titles, *rows]})
    assert "“廉政风险清单”中没有编号为“FX9”的记录" in problems[0].sentence
    assert "未填“对应风险”" in problems[1].sentence


def test_the_same_row_twice_without_numbers_is_a_fault(desk: Desk, book: Path) -> None:
    problems = faults_in(desk, book, activities(study(None, DAY), study(None, DAY), study("HD1", DAY)))
    assert len(problems) == 2
    assert "分别填写“编号”" in problems[0].sentence


def test_a_formula_with_its_result_is_read_and_one_without_is_a_fault(desk: Desk, book: Path) -> None:
    workbook = xlsxwriter.Workbook(book)
    for name, rows in activities(study("HD1", None)).items():
        sheet = workbook.add_worksheet(name)
        for at, row in enumerate(rows):
            for position, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_string(at, position, cell.isoformat())
                elif cell is not None:
                    sheet.write(at, position, cell)
        if name == "活动台账":
            sheet.write_formula("D2", '="2023-03-"&"15"', None, "2023-03-15")
    workbook.close()
    assert import_workbook(desk, book).added == 15
    problems = faults_in(desk, book, activities(study("HD1", "=DATE(2023,3,15)"), study("HD2", "=1/0")))
    assert places(problems) == ["活动台账!D2", "活动台账!D3"]
    assert "公式没有计算结果" in problems[0].sentence


def test_an_error_value_is_a_fault(desk: Desk, book: Path) -> None:
    make_workbook(book, activities(study("HD1", DAY)))
    workbook = openpyxl.load_workbook(book)
    cell = workbook["活动台账"]["E2"]
    cell.value, cell.data_type = "#N/A", "e"
    workbook.save(book)
    with pytest.raises(Exception, match="错误值 #N/A"):
        import_workbook(desk, book)


def test_cells_merged_downwards_count_for_each_row(desk: Desk, book: Path) -> None:
    make_workbook(book, activities(study("HD1", DAY), ["HD2", None, *study("", DAY)[2:]]))
    workbook = openpyxl.load_workbook(book)
    workbook["活动台账"].merge_cells("B2:B3")
    workbook.save(book)
    assert import_workbook(desk, book).added == 16


def test_a_copied_sheet_is_told_and_its_faults_are_not_echoed(desk: Desk, book: Path) -> None:
    rows = activities(study("HD1", DAY))["活动台账"]
    bring(desk, book, ABOUT)
    report = bring(desk, book, {"活动台账": rows, "活动台账 (2)": rows})
    assert any("“活动台账 (2)”与“活动台账”内容完全相同，只导入一份" in note for note in report.notes)
    changed = activities(study("HD2", DAY))["活动台账"]
    report = bring(desk, book, {"活动台账": rows, "活动台账 (2)": changed})
    assert any("“活动台账 (2)”像是“活动台账”的副本，两张都读了" in note for note in report.notes)
    assert report.added == 1


def test_sheets_that_are_unknown_or_hidden_are_named_and_left_out(desk: Desk, book: Path) -> None:
    make_workbook(
        book,
        {
            **activities(study("HD1", DAY)),
            "通讯录": [["姓名", "电话"], ["赵六", "8612"]],
            "意见箱": [["编号", "意见"]],
            "问题清单": [["编号", "问题"]],
        },
    )
    workbook = openpyxl.load_workbook(book)
    workbook["问题清单"].sheet_state = "hidden"
    workbook.save(book)
    report = import_workbook(desk, book)
    assert any("“通讯录”" in note for note in report.notes)
    assert not any("“意见箱”" in note for note in report.notes), "nothing stands in it"
    assert any("“问题清单”已隐藏" in note for note in report.notes)


def test_a_workbook_without_any_known_sheet_is_refused(desk: Desk, book: Path) -> None:
    make_workbook(book, {"Sheet1": [["编号", "类型"]]})
    with pytest.raises(Refused, match="没有可导入的工作表；工作表应名为：机构、人员"):
        import_workbook(desk, book)


@pytest.mark.parametrize("name", ["../../etc/passwd", "没有.pdf", "链接.txt"])
def test_evidence_outside_the_folder_or_missing_is_a_fault(desk: Desk, book: Path, name: str) -> None:
    (book.parent / "佐证").mkdir()
    (book.parent / "佐证" / "链接.txt").symlink_to("/etc/hostname")
    (problem,) = faults_in(desk, book, activities([*study("HD1", DAY), name], titles=[*ACTIVITY, "佐证"]))
    assert (problem.column, problem.row) == ("H", 2)
    assert not [path for path in (book.parent / "store").rglob("*") if path.is_file() and path.name != "lock"]


def test_evidence_too_large_or_empty_is_a_fault(desk: Desk, book: Path, settings: pytest.FixtureRequest) -> None:
    settings.EVIDENCE_LIMIT_BYTES = 1 << 20  # type: ignore[attr-defined]
    (book.parent / "佐证").mkdir()
    (book.parent / "佐证" / "大.bin").write_bytes(bytes((1 << 20) + 1))
    (book.parent / "佐证" / "空.txt").touch()
    rows: Sequence[Sequence[object]] = [[*study("HD1", DAY), "大.bin"], [*study("HD2", DAY, title="其他"), "空.txt"]]
    problems = faults_in(desk, book, activities(*rows, titles=[*ACTIVITY, "佐证"]))
    assert ["超过1 MB" in problems[0].sentence, "空文件" in problems[1].sentence] == [True, True]
    assert not [path for path in (book.parent / "store").rglob("*") if path.is_file() and path.name != "lock"]


def test_who_may_not_import_is_told_before_anything_is_read_from_the_rows(desk: Desk, book: Path) -> None:
    make_workbook(book, activities(study("HD1", "错")))
    stranger = replace(desk, actor=replace(desk.actor, grants=()))
    with pytest.raises(Refused, match="没有“导入”权限"):
        import_workbook(stranger, book)


def test_what_cannot_be_is_a_fault_at_its_cell(desk: Desk, book: Path) -> None:
    titles = [*ACTIVITY, "缺席人员", "谈话人", "谈话对象"]
    rows: Sequence[Sequence[object]] = [
        [*study("HD1", DAY, "李建国、欧阳静"), "欧阳静", None, None],
        ["HD2", "谈心谈话", "谈工作", DAY, "办公室", None, None, None, "曾晓明", "曾晓明、单慧"],
        ["HD3", "谈心谈话", "谈学习", DAY, "办公室", None, None, None, "曾晓明", None],
    ]
    problems = faults_in(desk, book, activities(*rows, titles=titles))
    assert places(problems) == ["活动台账!H2", "活动台账!J3", "活动台账!J4"]
    told = ["欧阳静不能既是“参加人员”又是“缺席人员”", "曾晓明不能既是“谈话人”又是“谈话走访对象”", "未填“谈话走访对象”"]
    assert all(words in problem.sentence for words, problem in zip(told, problems, strict=True))


def test_a_day_that_has_not_come_is_a_fault_at_its_cell(desk: Desk, book: Path) -> None:
    sheets = activities(study("HD1", date(2099, 3, 15)), study("HD2", date(2024, 1, 1)), study("HD3", DAY))
    problems = faults_in(desk, book, sheets)
    assert places(problems) == ["活动台账!D2", "活动台账!D3"]
    assert all("还没有到" in problem.sentence for problem in problems)


def test_the_importer_s_own_archive_is_left_to_others(desk: Desk, book: Path) -> None:
    bring(desk, book, ABOUT)
    people = dict(Person.objects.filter(organisation_id=desk.organisation.id).values_list("name", "id"))
    own = replace(desk, actor=replace(desk.actor, person_id=people["单慧"], relatives=frozenset({people["王芳"]})))
    titles = ["类型", "档案名称", "填报日期", "本人"]
    rows = [["个人廉政档案", "廉政档案", DAY, name] for name in ("李建国", "单慧", "王芳")]
    problems = faults_in(own, book, {"廉政档案台账": [titles, *rows]})
    assert [problem.row for problem in problems] == [3, 4] and all("回避" in p.sentence for p in problems)
    assert not Entry.objects.filter(organisation_id=desk.organisation.id).exists()
