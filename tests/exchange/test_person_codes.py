"""Whom a row of 人员 means: nobody becomes somebody else, and nobody is there twice unasked."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from lianze.exchange.importing import import_workbook
from lianze.exchange.outcome import FaultyWorkbook
from lianze.ledger.actions import Desk
from lianze.org.models import Person
from tests.exchange.offices import ABOUT, ACTIVITY, Rows, bring, faults_in, make_workbook, places, study

HEADS = ["姓名", "编号", "所在机构", "入职日期"]
DAY = date(2023, 3, 15)


def people(*rows: Sequence[object]) -> dict[str, Rows]:
    return {"人员": [HEADS, *rows]}


def codes_of(desk: Desk, name: str) -> list[str]:
    rows = Person.objects.filter(organisation_id=desk.organisation.id, name=name)
    return list(rows.order_by("code").values_list("code", flat=True))


def test_a_number_never_passes_to_another_name(desk: Desk, book: Path) -> None:
    bring(desk, book, ABOUT)
    (problem,) = faults_in(desk, book, people(["赵敏", "P02", "党组", "2020-05-06"]))
    assert places([problem]) == ["人员!B2"]
    assert "P02在台账中是单慧；改名请在“单位”页办理" in problem.sentence
    assert codes_of(desk, "单慧") == ["P02"] and not codes_of(desk, "赵敏")


def test_a_name_set_wide_is_the_same_name(desk: Desk, book: Path) -> None:
    bring(desk, book, ABOUT)
    assert bring(desk, book, people(["单　慧", "P02", "办公室", "2020-05-06"])).changed == 1


def test_a_row_without_number_is_recognised_by_its_name_and_a_newcomer_gets_the_next(desk: Desk, book: Path) -> None:
    bring(desk, book, ABOUT)
    sheets = people(["李建国", None, "业务科", "2015-08-03"], ["赵敏", None, "业务科", "2023-02-01"])
    report = bring(desk, book, sheets)
    assert (report.added, report.changed) == (1, 1)
    assert (codes_of(desk, "李建国"), codes_of(desk, "赵敏")) == (["P03"], ["P06"])
    assert bring(desk, book, sheets).unchanged == 2
    assert (
        bring(desk, book, {"人员": [["姓名", "所在机构", "入职日期"], ["赵敏", "业务科", "2023-02-01"]]}).unchanged == 1
    )


def test_namesakes_without_number_are_told_apart_by_their_unit_or_asked_for_the_number(desk: Desk, book: Path) -> None:
    bring(
        desk,
        book,
        {**ABOUT, "人员": [*ABOUT["人员"], ["李建国", "P06", "业务科", date(2022, 1, 4)]], "任职": ABOUT["任职"][:2]},
    )
    assert bring(desk, book, people(["李建国", None, "业务科", "2022-01-04"])).unchanged == 1
    (problem,) = faults_in(desk, book, people(["李建国", None, "党组", "2022-01-04"]))
    assert "叫“李建国”的不止一人（台账中有P03、P06），请填编号" in problem.sentence
    problems = faults_in(desk, book, people(["赵敏", None, "党组", DAY], ["赵敏", "P09", "办公室", DAY]))
    assert places(problems) == ["人员!B2"]


def test_somebody_under_a_second_number_is_asked_about_beside_the_faults_that_follow(desk: Desk, book: Path) -> None:
    bring(desk, book, ABOUT)
    sheets: dict[str, Rows] = {
        **people(["李建国", "A01", "办公室", "2015-08-03"]),
        "活动台账": [ACTIVITY, study("HD1", DAY)],
    }
    make_workbook(book, sheets)
    try:
        import_workbook(desk, book)
    except FaultyWorkbook as error:
        assert "有2人叫“李建国”（A01、P03），请填人员编号" in error.cells[0].sentence
        assert "“李建国”（A01）与P03同名：是同一人的，请用原来的编号" in error.doubts[0]
    else:
        raise AssertionError("the second name was taken for either of them")
