"""Commands that read a ledger: registers by their titles, and errors as JSON where JSON was asked for."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pytest_django.fixtures import Settings

from lianze.cli import lianze
from lianze.ledger.actions import Desk
from tests.exchange.offices import ABOUT, activities, make_desk, make_workbook, study


@pytest.fixture
def desk(db: None, tmp_path: Path, settings: Settings) -> Desk:
    """An office without entries."""
    settings.DATA = tmp_path
    return make_desk()


def call(*arguments: str, language: str = "zh_CN") -> Result:
    return CliRunner().invoke(lianze, list(arguments), env={"LIANZE_LANG": language}, prog_name="lianze")


def error_of(result: Result) -> dict[str, object]:
    error: dict[str, object] = json.loads(result.stdout)["error"]
    assert result.stderr == ""
    return error


def test_an_unknown_figure_is_an_error_in_json(desk: Desk) -> None:
    result = call("trace", "study.colective.count", "--year", "2023", "--json")
    error = error_of(result)
    assert (result.exit_code, error["code"]) == (2, "no_figure")
    assert "study.collective.count" in str(error["message"])


def test_an_unknown_organisation_is_an_error_in_json(desk: Desk) -> None:
    result = call("figures", "--year", "2023", "--organisation", "没有", "--json")
    assert (result.exit_code, error_of(result)["code"]) == (2, "which_organisation")


def test_the_same_error_without_json_is_a_sentence(desk: Desk) -> None:
    result = call("figures", "--year", "2023", "--organisation", "没有")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "请用 --organisation 指明单位" in result.stderr


def test_faults_of_a_workbook_come_as_a_list_in_json(desk: Desk, tmp_path: Path) -> None:
    book = make_workbook(tmp_path / "台账.xlsx", activities(study("HD1", "不是日期")))
    result = call("import", str(book), "--json")
    error = error_of(result)
    assert (result.exit_code, error["code"]) == (1, "invalid")
    problems = error["problems"]
    assert isinstance(problems, list)
    assert problems
    assert {"place", "line", "rule", "sentence"} == set(problems[0])
    assert "未写入任何数据" in str(error["message"])


def test_a_figure_is_traced_by_the_title_that_the_list_prints(desk: Desk, tmp_path: Path) -> None:
    by_title = call("trace", "集中学习次数", "--year", "2023")
    assert by_title.exit_code == 0
    assert by_title.stdout == call("trace", "study.collective.count", "--year", "2023").stdout
    near = call("trace", "集中学习", "--year", "2023")
    assert near.exit_code == 2 and "集中学习次数（study.collective.count）" in near.output


def test_the_list_of_figures_names_the_scope_as_people_do(spent: Desk) -> None:
    listed = call("figures", "--year", "2023").stdout
    assert "│ 全单位 " in listed and "│ organisation" not in listed and "│ unit:" not in listed


def test_a_traced_entry_names_its_register_by_title(desk: Desk, tmp_path: Path) -> None:
    book = make_workbook(tmp_path / "台账.xlsx", activities(study("HD1", "2023-01-06")))
    assert call("import", str(book)).exit_code == 0
    said = call("trace", "study.collective.count", "--year", "2023").stdout
    assert "\t活动台账\t" in said
    assert "activity" not in said


@pytest.fixture
def spent(desk: Desk, tmp_path: Path) -> Desk:
    """The office with two meals of guests, whose money and number of guests differ."""
    titles = ["编号", "类型", "用途", "日期", "经办科室", "预算或支出", "金额", "接待批次", "接待人次"]
    rows = [
        ["JF1", "公务接待费", "接待来访", "2023-03-02", "办公室", "支出", 0.35, 1, 14],
        ["JF2", "公务接待费", "接待调研", "2023-04-02", "业务科", "支出", 0.42, 1, 9],
    ]
    result = call("import", str(make_workbook(tmp_path / "台账.xlsx", {**ABOUT, "经费支出台账": [titles, *rows]})))
    assert result.exit_code == 0, result.stderr
    return desk


def test_every_figure_of_a_new_office_is_traced_in_both_languages_and_as_json(spent: Desk) -> None:
    for figure in spent.pack.figures.values():
        scope = ("--scope", "办公室") if figure.by == "unit" else ()
        for language, more in (("zh_CN", ()), ("en", ()), ("en", ("--json",))):
            result = call("trace", figure.id, "--year", "2023", *scope, *more, language=language)
            assert (result.exit_code, result.exception) == (0, None), (figure.id, language, more)


def test_the_rows_of_a_sum_say_what_they_add_and_come_to_the_figure(spent: Desk) -> None:
    result = call("trace", "expense.reception.actual", "--year", "2023")
    assert [line.split("\t")[2::3] for line in result.stdout.splitlines()] == [
        ["JF1", "0.35 万元"],
        ["JF2", "0.42 万元"],
    ]
    assert "以上各行相加：0.77 万元，就是这个数" in result.stderr
    rows = json.loads(call("trace", "expense.reception.actual", "--year", "2023", "--json").stdout)
    assert [(row["number"], row["quantity"]) for row in rows] == [("JF1", 0.35), ("JF2", 0.42)]


def test_people_times_say_how_many_people_each_entry_has(desk: Desk, tmp_path: Path) -> None:
    book = make_workbook(
        tmp_path / "台账.xlsx", activities(study("HD1", "2023-01-06"), study("HD2", "2023-02-06", "李建国"))
    )
    assert call("import", str(book)).exit_code == 0
    said = call("trace", "study.collective.attendance", "--year", "2023", language="en")
    assert [line.split("\t")[-1] for line in said.stdout.splitlines()] == ["2 人次", "1 人次"]


def test_a_zero_leads_to_the_entries_of_those_who_looked(desk: Desk, tmp_path: Path) -> None:
    titles = ["编号", "类型", "检查事项", "检查日期", "完成日期", "牵头科室", "状态", "结论"]
    first = ["JC1", "津补贴自查", "上半年津补贴自查", "2023-05-06", "2023-05-08", "办公室", "已完成", "未发现问题"]
    second = ["JC2", "津补贴自查", "年末津补贴自查", "2023-11-06", None, "办公室", "进行中", None]
    sheet = [titles, first]
    book = make_workbook(tmp_path / "台账.xlsx", {**ABOUT, "检查自查台账": sheet})
    result = call("import", str(book))
    assert result.exit_code == 0, result.stderr
    said = call("trace", "allowance.findings", "--year", "2023")
    assert "查过，没有发现" in said.stderr
    assert "JC1" in said.stdout
    more = make_workbook(tmp_path / "又.xlsx", {**ABOUT, "检查自查台账": [titles, second]})
    assert call("import", str(more)).exit_code == 0
    said = call("trace", "allowance.findings", "--year", "2023")
    assert "还没有全部查完" in said.stderr
    assert "JC2" in said.stdout


def test_a_figure_by_unit_lists_the_units_and_takes_a_name_or_code(desk: Desk, tmp_path: Path) -> None:
    assert (
        call("import", str(make_workbook(tmp_path / "台账.xlsx", activities(study("HD1", "2023-01-06"))))).exit_code
        == 0
    )
    asked = call("trace", "section.meetings.per_unit", "--year", "2023")
    assert asked.exit_code == 2
    assert "办公室（BGS）、业务科（YWK）" in asked.stderr
    for scope in ("办公室", "BGS", "unit:BGS"):
        assert call("trace", "section.meetings.per_unit", "--year", "2023", "--scope", scope).exit_code == 0
    whole = call("trace", "study.collective.count", "--year", "2023", "--scope", "办公室")
    assert "只有全单位的数" in whole.stderr


def test_a_last_day_outside_the_year_is_a_wrong_call(desk: Desk) -> None:
    for command in ("figures", "report", "package"):
        result = call(command, "--year", "2023", "--until", "2022-06-30")
        assert result.exit_code == 2 and "2023年" in result.stderr, (command, result.stderr)


def test_figures_up_to_a_day_say_so(desk: Desk) -> None:
    assert "2023年只算到2023-06-30，不是全年" in call("figures", "--year", "2023", "--until", "2023-06-30").stdout
    assert "只算到" not in call("figures", "--year", "2023").stdout
    found = json.loads(call("figures", "--year", "2023", "--until", "2023-02-10", "--json").stdout)
    least = next(one for one in found if one["figure"] == "research.village.least_per_quarter")
    assert (least["until"], least["value"], least["status"]) == ("2023-02-10", None, "not_yet")
