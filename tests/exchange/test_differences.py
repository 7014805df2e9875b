"""What an import changes is told row by row before it is written."""

import json
from datetime import date
from pathlib import Path

from click.testing import CliRunner

from lianze.cli.importing import import_command
from lianze.exchange.importing import import_workbook
from lianze.exchange.outcome import SheetReport
from lianze.ledger.actions import Desk
from tests.exchange.offices import ABOUT, Rows, activities, bring, make_workbook, study


def sheet(desk: Desk, book: Path, sheets: dict[str, Rows], title: str) -> SheetReport:
    """What a dry run says of one sheet."""
    report = import_workbook(desk, make_workbook(book, sheets), dry_run=True)
    return next(one for one in report.sheets if one.title == title)


def said(found: SheetReport) -> list[tuple[int, str, list[tuple[str, str, str]]]]:
    return [(row.row, row.name, [(f.title, f.before, f.after) for f in row.fields]) for row in found.changes]


def test_an_entry_that_changes_is_told_field_by_field(desk: Desk, book: Path) -> None:
    bring(desk, book, activities(study("HD1", date(2023, 3, 15)), study("HD2", date(2023, 4, 12))))
    sheets = activities(study("HD1", date(2023, 3, 15)), study("HD2", date(2023, 4, 13), "单慧", "学习廉政规定"))
    fields = [
        ("主题", "学习财务制度", "学习廉政规定"),
        ("日期", "2023-04-12", "2023-04-13"),
        ("参加人员", "李建国、欧阳静", "单慧"),
    ]
    assert said(sheet(desk, book, sheets, "活动台账")) == [(3, "学习财务制度", fields)]


def test_links_are_told_by_their_numbers(desk: Desk, book: Path) -> None:
    titles = ["编号", "类型", "风险事项", "排查日期", "所在科室", "风险等级"]
    risks: Rows = [
        titles,
        *([f"FX{n}", "内设机构风险事项", f"事项{n}", date(2023, 4, n), "办公室", "高风险"] for n in (1, 2)),
    ]
    heads = ["编号", "防控措施", "制定日期", "责任科室", "类型", "对应风险"]
    row: list[object] = ["FK1", "三级联签", date(2023, 4, 20), "办公室", "前期预防", "FX1"]
    bring(desk, book, {**ABOUT, "廉政风险清单": risks, "防控措施清单": [heads, row]})
    row[5] = "FX1、FX2"
    ((_, _, fields),) = said(sheet(desk, book, {"防控措施清单": [heads, row]}, "防控措施清单"))
    assert fields == [("对应风险", "FX1", "FX1、FX2")]


def test_people_units_and_posts_that_change_are_told_too(desk: Desk, book: Path) -> None:
    bring(desk, book, ABOUT)
    units, people, posts = ([list(row) for row in ABOUT[name]] for name in ("机构", "人员", "任职"))
    units[3][3], people[3][2], posts[5][6] = "BGS", "业务科", date(2023, 11, 30)
    sheets: dict[str, Rows] = {"机构": units, "人员": people, "任职": posts}
    assert said(sheet(desk, book, sheets, "机构")) == [(4, "业务科", [("上级编码", "DZ", "BGS")])]
    assert said(sheet(desk, book, sheets, "人员")) == [(4, "李建国", [("所在机构", "办公室", "业务科")])]
    assert said(sheet(desk, book, sheets, "任职")) == [(6, "欧阳静 干部", [("止", "", "2023-11-30")])]


def test_the_first_fifty_rows_are_told_and_how_many_more_there_are(desk: Desk, book: Path) -> None:
    rows = [study(f"HD{n}", date(2023, 1 + n % 12, 1 + n % 28), title=f"学习{n}") for n in range(60)]
    bring(desk, book, activities(*rows))
    for row in rows:
        row[6] = "单慧"
    found = sheet(desk, book, activities(*rows), "活动台账")
    assert (found.changed, len(found.changes), found.untold) == (60, 50, 10)


def test_the_terminal_tells_before_and_after_in_words_and_as_json(desk: Desk, book: Path) -> None:
    bring(desk, book, ABOUT)
    people = [list(row) for row in ABOUT["人员"]]
    people[3][2] = "业务科"
    make_workbook(book, {"人员": people})
    call = [str(book), "--organisation", desk.organisation.code, "--dry-run"]
    told = CliRunner().invoke(import_command, call).output
    assert "人员 第4行 李建国" in told and "所在机构: 办公室 → 业务科" in told, told
    (found,) = json.loads(CliRunner().invoke(import_command, [*call, "--json"]).output)["sheets"]
    field = {"title": "所在机构", "before": "办公室", "after": "业务科"}
    assert found["changes"] == [{"row": 4, "name": "李建国", "fields": [field]}]
