"""The office of the import's tests and its workbooks: five people, two sections and a branch, typed by hand."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl

from lianze.domain.errors import Invalid
from lianze.exchange.faults import CellProblem
from lianze.exchange.importing import import_workbook
from lianze.exchange.outcome import ImportReport
from lianze.ledger.actions import Desk
from lianze.ledger.states import Author
from lianze.ledger.write_org import create_organisation
from lianze.org.actors import local_actor
from lianze.org.models import Organisation
from lianze.pack.definitions import Pack
from lianze.pack.load import load_builtin

NOW = datetime(2023, 12, 31, 8, 0, tzinfo=UTC)
TODAY = date(2023, 12, 31)
Rows = Sequence[Sequence[object]]

UNITS: Rows = [
    ["名称", "编码", "类别", "上级编码"],
    ["党组", "DZ", "党组", None],
    ["办公室", "BGS", "内设机构", "DZ"],
    ["业务科", "YWK", "内设机构", "DZ"],
    ["机关党支部", "ZB", "支部", "DZ"],
]
PEOPLE: Rows = [
    ["姓名", "编号", "所在机构", "入职日期", "离职日期", "入党日期", "备注"],
    ["曾晓明", "P01", "党组", date(2019, 3, 1), None, date(1999, 7, 1), None],
    ["单慧", "P02", "党组", "2020年5月6日", None, "2004.7.1", None],
    ["李建国", "P03", "办公室", "2015-08-03", None, None, None],
    ["王芳", "P04", "业务科", date(2018, 9, 10), date(2023, 6, 30), None, None],
    ["欧阳静", "P05", "业务科", date(2021, 11, 1), None, None, None],
]
POSTS: Rows = [
    ["姓名", "职务", "所在机构", "身份", "职级", "起", "止"],
    ["曾晓明", "党组书记", "党组", "主要负责人", "正处级", date(2019, 3, 1), None],
    ["单慧", "党组成员", "党组", "班子成员", "副处级", date(2020, 5, 6), None],
    ["李建国", "办公室主任", "办公室", "科室负责人", "科级及以下", date(2016, 1, 1), None],
    ["王芳", "科长", "业务科", "科室负责人", "科级及以下", date(2018, 9, 10), date(2023, 6, 30)],
    ["欧阳静", "干部", "业务科", "工作人员", "科级及以下", date(2021, 11, 1), None],
]
ABOUT: Mapping[str, Rows] = {"机构": UNITS, "人员": PEOPLE, "任职": POSTS}
ACTIVITY = ["编号", "类型", "主题", "日期", "组织单位", "主持人", "参加人员"]


def activities(*rows: Sequence[object], titles: Sequence[object] = ACTIVITY) -> dict[str, Rows]:
    """A workbook of the office with these rows of the activity register."""
    return {**ABOUT, "活动台账": [titles, *rows]}


def study(
    number: object, day: object, attendees: object = "李建国、欧阳静", title: str = "学习财务制度"
) -> list[object]:
    """A row of collective study."""
    return [number, "集中学习", title, day, "办公室", "曾晓明", attendees]


def make_workbook(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Writes the sheets as they are."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    workbook.save(path)
    return path


def make_desk(code: str = "office", pack: Pack | None = None) -> Desk:
    """A new organisation, and the operator who works in it."""
    author = Author("test")
    organisation = create_organisation(code, f"某市{code}", code, "市委", "", NOW, author)
    return desk_of(organisation, pack)


def desk_of(organisation: Organisation, pack: Pack | None = None) -> Desk:
    """The operator of an organisation."""
    return Desk(organisation, pack or load_builtin(), local_actor(organisation, TODAY), Author("test"), NOW)


def bring(desk: Desk, path: Path, sheets: Mapping[str, Rows]) -> ImportReport:
    """Writes and imports a workbook."""
    return import_workbook(desk, make_workbook(path, sheets))


def faults_in(desk: Desk, path: Path, sheets: Mapping[str, Rows]) -> list[CellProblem]:
    """What the import finds wrong; fails when it finds nothing."""
    try:
        bring(desk, path, sheets)
    except Invalid as error:
        return [problem for problem in error.problems if isinstance(problem, CellProblem)]
    raise AssertionError("the import found nothing wrong")


def places(problems: Sequence[CellProblem]) -> list[str]:
    """Sheet and cell of each fault: 活动台账!D2."""
    return [f"{problem.sheet}!{problem.column}{problem.row or ''}" for problem in problems]
