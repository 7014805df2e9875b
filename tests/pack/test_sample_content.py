"""The sample year fits the built-in pack: headers, kinds, choices, people, links, dates, evidence.

No database and no import: what is wrong here is wrong in the data.
"""

import re
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from lianze.pack import load_builtin
from lianze.pack.definitions import Field, Pack
from tests.pack.sheets import REGISTERS, SAMPLE, Row, choices_of, column, headers_of, names_in, read_sheet

ORGANISATION = {
    "unit": ["名称", "编码", "类别", "上级编码"],
    "person": ["姓名", "编号", "所在机构", "入职日期", "离职日期", "入党日期", "备注"],
    "appointment": ["姓名", "职务", "所在机构", "身份", "职级", "起", "止"],
    "portfolio": ["姓名", "事项", "分管机构", "起", "止", "文件"],
}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_builtin()


def test_sheets_of_the_organisation_have_their_headers() -> None:
    for sheet, headers in ORGANISATION.items():
        assert read_sheet(sheet)[0] == headers


def test_the_organisation_refers_to_what_is_there(pack: Pack) -> None:
    units, people = column("unit", "名称"), column("person", "姓名")
    titles = {name: {choice.title for choice in pack.vocabularies[name].choice} for name in pack.vocabularies}
    assert column("unit", "类别") <= titles["unit_kind"]
    assert column("unit", "上级编码") - {""} <= column("unit", "编码")
    assert column("person", "所在机构") | column("appointment", "所在机构") <= units
    assert column("appointment", "姓名") == people
    assert column("appointment", "身份") == titles["capacity"]
    assert column("appointment", "职级") <= titles["rank"]
    assert column("portfolio", "姓名") <= people
    assert column("portfolio", "事项") <= titles["area"]
    assert column("portfolio", "分管机构") - {""} <= units
    days = {
        row[h]
        for sheet in ORGANISATION
        for row in read_sheet(sheet)[1]
        for h in row
        if h.endswith("日期") or h in "起止"
    }
    assert all(date.fromisoformat(day) for day in days - {""})


def test_the_sample_principal_is_in_charge_of_no_listed_area(pack: Pack) -> None:
    listed = {choice.title for choice in pack.vocabularies["area"].choice if choice.id in pack.listed_areas}
    principals = {row["姓名"] for row in read_sheet("appointment")[1] if row["身份"] == "主要负责人"}
    assert len(listed) == len(pack.listed_areas)
    assert [row for row in read_sheet("portfolio")[1] if row["姓名"] in principals and row["事项"] in listed] == []


@pytest.mark.parametrize("name", REGISTERS)
def test_headers_are_the_titles_of_the_register(pack: Pack, name: str) -> None:
    assert read_sheet(name)[0] == headers_of(pack.registers[name])


@pytest.mark.parametrize("name", REGISTERS)
def test_every_cell_of_the_sample_can_be_read(pack: Pack, name: str) -> None:
    register, rows = pack.registers[name], read_sheet(name)[1]
    kinds = {kind.title: kind.id for kind in register.kind}
    numbers = [row["编号"] for row in rows]
    assert rows and all(numbers) and len(set(numbers)) == len(numbers)
    for row in rows:
        assert row["类型"] in kinds, row
        assert row.get("状态", "") in {"", *(state.title for state in register.state)}, row
        for field in register.field:
            fault = fault_of(pack, field, row[field.title], kinds[row["类型"]])
            assert fault is None, (row["编号"], field.title, fault)


def fault_of(pack: Pack, field: Field, cell: str, kind: str) -> str | None:
    """What is wrong with one cell of the sample; None when nothing is."""
    if not cell:
        return "must be filled" if field.required else None
    if field.kinds and kind not in field.kinds:
        return f"not a field of {kind}"
    if field.type in ("integer", "decimal"):
        number = Decimal(cell)
        low, high = field.minimum, field.maximum
        inside = (low is None or number >= low) and (high is None or number <= high)
        return None if inside else "outside the limits"
    if field.type == "date":
        return None if date.fromisoformat(cell).isoformat() == cell else "not a date"
    known = {
        "choice": {choice.title for choice in choices_of(pack, field)} if field.type == "choice" else set(),
        "boolean": {"是", "否"},
        "unit": column("unit", "名称"),
        "person": column("person", "姓名"),
    }.get(field.type)
    return None if known is None or cell in known else "not known"


@pytest.mark.parametrize("name", REGISTERS)
def test_people_of_the_sample_are_people_of_the_office(pack: Pack, name: str) -> None:
    known = column("person", "姓名")
    for row in read_sheet(name)[1]:
        for part in pack.registers[name].participant:
            cell = row[part.title]
            people = names_in(cell)
            assert part.many or len(people) <= 1, (row["编号"], part.title)
            assert people or not part.required, (row["编号"], part.title)
            assert part.outside or set(people) <= known, (row["编号"], part.title, people)
            positions = set(re.findall(r"（([^）]*)）", cell))
            assert not part.positions or positions <= {p.title for p in part.positions}, (row["编号"], positions)


def test_names_from_outside_are_the_few_guests_of_the_sample(pack: Pack) -> None:
    """A misspelt colleague would pass for a guest; relatives are recorded as “relative of …”, never by name."""
    known = column("person", "姓名")
    relatives = {f"{name}家属" for name in known}
    outside = {
        name
        for sheet in REGISTERS
        for row in read_sheet(sheet)[1]
        for part in pack.registers[sheet].participant
        for name in names_in(row[part.title])
    } - known
    assert outside - relatives == {"方砚秋", "程以恒", "顾安澜", "市委党校讲师"}


@pytest.mark.parametrize("name", REGISTERS)
def test_links_of_the_sample_lead_to_rows(pack: Pack, name: str) -> None:
    for link in pack.registers[name].link:
        there = column(link.to, "编号")
        for row in read_sheet(name)[1]:
            cell = row[link.title]
            assert cell or not link.required, (row["编号"], link.title)
            assert {number for number in cell.split("、") if number} <= there, (row["编号"], link.title)


def test_rows_of_one_register_are_told_apart_by_its_key(pack: Pack) -> None:
    for name, register in pack.registers.items():
        title_of = {"kind": "类型"} | {field.name: field.title for field in register.field}
        keys = Counter(tuple(row[title_of[part]] for part in register.key) for row in read_sheet(name)[1])
        assert [key for key, times in keys.items() if times > 1] == [], name


def test_evidence_named_in_the_sample_lies_beside_it() -> None:
    named = {file for name in REGISTERS for row in read_sheet(name)[1] for file in row["佐证"].split("、") if file}
    there = {path.name for path in (SAMPLE / "evidence").iterdir()}
    assert named == there
    assert all((SAMPLE / "evidence" / file).read_text(encoding="utf-8").strip() for file in there)


def test_nobody_is_in_the_field_and_at_a_meeting_on_one_day() -> None:
    """A trip of several days keeps its people away from everything else recorded for those days."""
    rows = read_sheet("activity")[1]
    away: dict[tuple[str, int], str] = {}
    for row in (row for row in rows if "调研" in row["类型"] or row["类型"] == "春节慰问"):
        for day in days_of(row):
            away |= {(person, day): row["编号"] for person in names_in(row["参加人员"])}
    present = ("主持人", "参加人员", "主讲人", "谈话人", "谈话走访对象", "汇报人", "记录人")
    clashes = {
        (row["编号"], away[person, day])
        for row in rows
        for day in days_of(row)
        for role in present
        for person in names_in(row[role])
        if away.get((person, day), row["编号"]) != row["编号"]
    }
    assert clashes == set()


def days_of(row: Row) -> range:
    """The days of an activity, as ordinals."""
    first = date.fromisoformat(row["日期"]).toordinal()
    return range(first, date.fromisoformat(row["结束日期"] or row["日期"]).toordinal() + 1)


def test_done_is_not_before_given(pack: Pack) -> None:
    for name, register in pack.registers.items():
        title_of = {field.name: field.title for field in register.field}
        if "done_on" not in title_of or name == "duty":
            continue
        for row in read_sheet(name)[1]:
            done = row[title_of["done_on"]]
            assert not done or done >= row[title_of["happened_on"]], (name, row["编号"])
