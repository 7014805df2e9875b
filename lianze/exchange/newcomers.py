"""People from a small workbook of one sheet: its template, and its reading with every fault at once.

Needs no database: in the first run there is nobody yet to be held against.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import xlsxwriter

from lianze.domain.errors import Invalid, Refused
from lianze.exchange.columns import Column, SheetPlan
from lianze.exchange.drafts import Draft, DraftSheet, drafts_of
from lianze.exchange.faults import CellProblem
from lianze.exchange.organisation_sheets import APPOINTMENT, PERSON
from lianze.exchange.people import unpadded
from lianze.exchange.template import Template
from lianze.exchange.workbook import read_workbook
from lianze.ledger.org_states import Newcomer
from lianze.pack.choosing import options_of
from lianze.pack.definitions import Field, Pack

MOST_PEOPLE, LARGEST_BYTES = 3_000, 1 << 20
KNOWN = {field.name: field for field in (*APPOINTMENT, *PERSON)}
SECTION = Field(
    "unit",
    "所在机构",
    "Unit",
    "text",
    required=True,
    maximum=KNOWN["name"].maximum,
    aliases=KNOWN["unit"].aliases,
    example="办公室",
)
FIELDS = (
    KNOWN["name"],
    SECTION,
    *(Field(**{**vars(KNOWN[name]), "required": False}) for name in ("post", "capacity", "rank")),
    KNOWN["joined_on"],
    KNOWN["party_member_since"],
    Field("code", "编号", "Number", "text", maximum=KNOWN["code"].maximum, help="可不填；有同名的须填，以便区别"),
)
SENTENCES = (
    "1. 每人一行，填在“人员”表中；带 * 的红底列必须填写，其余可以以后再补。",
    "2. 所在机构写科室的全称，同一科室每次写法要一致。",
    "3. 职务不填的按身份登记；身份不填的按最后一种（一般为工作人员）登记。",
    "4. 日期可写作 2023-03-05、2023/3/5、2023年3月5日或20230305，须有年月日。不是党员的，入党日期不填。",
    "5. 有两人同名的，两人都要填编号，编号在本单位内不得重复。",
    "6. 上传后先看核对结果，有问题会一次列出全部问题所在的行、列；确认以前什么也不写入。",
)


def plan_of(pack: Pack) -> SheetPlan:
    """The one sheet and its columns."""
    return SheetPlan("person", "人员", tuple(Column(field.name, field, options_of(field, pack)) for field in FIELDS))


def write_people_template(pack: Pack, path: Path) -> None:
    """Writes the empty workbook."""
    with xlsxwriter.Workbook(path) as workbook:
        workbook.set_properties({"title": "人员名单（空白）", "comments": f"{pack.id} {pack.version}"})
        Template(workbook, pack, [plan_of(pack)], SENTENCES).write()


def read_newcomers(path: Path, pack: Pack) -> list[Newcomer]:
    """Everybody in the file. Refused for a file that cannot be opened; Invalid with every fault of what it says."""
    problems: list[CellProblem] = []
    sheet = drafts_of(read_workbook(path, [plan_of(pack)]).sheets[0], problems)
    if len(sheet.drafts) > MOST_PEOPLE:
        raise Refused(f"一次最多{MOST_PEOPLE}人，请分几个文件 / at most {MOST_PEOPLE} people at a time")
    for draft in sheet.drafts:
        problems.extend(unfilled(sheet, draft))
    problems.extend(twins(sheet))
    if problems:
        raise Invalid([*sorted(problems, key=lambda problem: (problem.row, len(problem.column), problem.column))])
    if not sheet.drafts:
        raise Refused("“人员”表中没有填写任何人 / nobody is filled in")
    return [newcomer_of(draft, sheet, pack) for draft in sheet.drafts]


def unfilled(sheet: DraftSheet, draft: Draft) -> Iterator[CellProblem]:
    """Cells of a row that must be filled, in columns that are there."""
    for column in sheet.plan.columns:
        missing = draft.values.get(column.key) is None and column.key not in draft.faulty
        if column.field.required and missing and column.key not in sheet.missing:
            yield sheet.problem(draft, column.key, f"未填“{column.title}” / {column.field.title_en} must be given")


def twins(sheet: DraftSheet) -> Iterator[CellProblem]:
    """Names that stand there twice without numbers, and numbers twice."""
    names: dict[str, Draft] = {}
    codes: dict[str, Draft] = {}
    for draft in sheet.drafts:
        name, code = unpadded(text(draft, "name")), text(draft, "code")
        if name and name in names and not (code and text(names[name], "code")):
            told = (
                f"与第{names[name].row + 1}行同名；是两个人的，两行都请填编号 / the same name twice: give both a number"
            )
            yield sheet.problem(draft, "code", told)
        if code and code in codes:
            yield sheet.problem(draft, "code", f"编号与第{codes[code].row + 1}行重复 / the number is there twice")
        names.setdefault(name, draft)
        codes.setdefault(code, draft)


def newcomer_of(draft: Draft, sheet: DraftSheet, pack: Pack) -> Newcomer:
    """One row as somebody who joins; who has no capacity has the lowest, who has no post is called by the capacity."""
    choices = pack.vocabularies["capacity"].choice
    capacity = text(draft, "capacity") or choices[-1].id
    title = next((choice.title for choice in choices if choice.id == capacity), capacity)
    return Newcomer(
        unpadded(text(draft, "name")),
        text(draft, "unit"),
        text(draft, "post") or title,
        capacity,
        text(draft, "rank"),
        day(draft, "joined_on") or date.min,
        day(draft, "party_member_since"),
        text(draft, "code"),
        f"{sheet.name} 第{draft.row + 1}行",
    )


def text(draft: Draft, key: str) -> str:
    """The text in a column; "" for an empty cell."""
    value = draft.values.get(key)
    return value.strip() if isinstance(value, str) else ""


def day(draft: Draft, key: str) -> date | None:
    """The day in a column."""
    value = draft.values.get(key)
    return value if isinstance(value, date) else None
