"""Names that are nobody's of the organisation: asked about, and words for groups refused."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from lianze.cli.importing import import_command
from lianze.exchange.importing import import_workbook
from lianze.exchange.outcome import FaultyWorkbook
from lianze.exchange.people import split_names
from lianze.ledger.actions import Desk
from tests.exchange.offices import activities, bring, faults_in, make_workbook, places, study

DAY = date(2023, 3, 15)


def test_a_guest_one_character_from_a_colleague_is_asked_about_by_name(desk: Desk, book: Path) -> None:
    report = bring(desk, book, activities(study("HD1", DAY, "李建囯、欧阳静、赵六"), study("HD2", DAY, "赵六")))
    typing, guests = report.doubts
    assert "“李建囯”不是本单位人员，按外单位人员登记（活动台账第2行“参加人员”）；是否应为李建国？" in typing
    assert "按外单位人员登记：赵六（活动台账第2行“参加人员”等2处）" in guests


def test_a_guest_that_the_entry_has_already_is_not_asked_about_again(desk: Desk, book: Path) -> None:
    bring(desk, book, activities(study("HD1", DAY, "赵六")))
    assert not bring(desk, book, activities(study("HD1", DAY, "赵六"))).doubts
    assert "孙七" in bring(desk, book, activities(study("HD1", DAY, "赵六、孙七"))).doubts[0]


def test_a_colleague_who_had_left_is_a_guest_who_was_not_there_that_day(desk: Desk, book: Path) -> None:
    (doubt,) = bring(desk, book, activities(study("HD1", date(2023, 9, 1), "王芳、李建国"))).doubts
    assert "王芳（活动台账第2行“参加人员”；那天不在本单位）" in doubt and "李建国" not in doubt


@pytest.mark.parametrize(
    "words",
    [
        "全体干部职工",
        "机关全体党员",
        "班子成员",
        "李建国、欧阳静等20人",
        "李建国等二十余人",
        "各科室负责人",
        "有关人员",
    ],
)
def test_words_for_a_group_are_refused_where_names_are_asked_for(desk: Desk, book: Path, words: str) -> None:
    (problem,) = faults_in(desk, book, activities(study("HD1", DAY, words)))
    assert places([problem]) == ["活动台账!G2"]
    assert "不是姓名" in problem.sentence and "请逐一写出姓名" in problem.sentence


def test_a_group_beside_names_is_told_once_and_as_no_guest(desk: Desk, book: Path) -> None:
    make_workbook(book, activities(study("HD1", DAY, "李建国等3人"), study("HD2", DAY, "赵六")))
    with pytest.raises(FaultyWorkbook) as raised:
        import_workbook(desk, book)
    assert not any("李建国等3人" in doubt for doubt in raised.value.doubts)
    assert [problem.rule for problem in raised.value.problems] == ["@attendee"]


def test_an_unknown_name_is_told_with_the_colleague_who_sounds_the_same(desk: Desk, book: Path) -> None:
    row = study("HD1", DAY)
    row[5] = "李健国"
    (problem,) = faults_in(desk, book, activities(row))
    assert "“李健国”不是本单位人员；是否应为李建国？" in problem.sentence and problem.is_unknown
    row[5] = "各科室负责人"
    (problem,) = faults_in(desk, book, activities(row))
    assert not problem.is_unknown, "nobody is added under that name"


def test_a_group_is_told_as_one_where_no_guests_are_allowed_either(desk: Desk, book: Path) -> None:
    row = study("HD1", DAY)
    row[5] = "班子成员"
    (problem,) = faults_in(desk, book, activities(row))
    assert "“班子成员”不是姓名" in problem.sentence


def test_the_terminal_lists_guests(desk: Desk, book: Path) -> None:
    make_workbook(book, activities(study("HD1", DAY, "李建囯")))
    said = CliRunner().invoke(import_command, [str(book), "--organisation", desk.organisation.code, "--dry-run"])
    assert said.exit_code == 0 and "请核对：“李建囯”不是本单位人员" in said.output, said.output


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("市纪委派驻组 何组长", ["市纪委派驻组何组长"]),
        ("纪检组 张明远", ["纪检组", "张明远"]),
        ("市纪委派驻组、何组长", ["市纪委派驻组", "何组长"]),
        ("艾克拜尔·米吉提 张明远", ["艾克拜尔·米吉提", "张明远"]),
        ("市纪委派驻组 李建国", ["市纪委派驻组", "李建国"]),
    ],
)
def test_a_place_too_long_for_a_name_belongs_to_the_guest_behind_it(typed: str, names: list[str]) -> None:
    assert [named.name for named in split_names(typed, lambda name: name == "李建国")] == names
