"""The empty workbook: what stands in it, and that what is filled into it comes back out of the ledger."""

import json
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianze.exchange.columns import plans_of
from lianze.exchange.importing import import_workbook
from lianze.exchange.sample import FOLDER, SAMPLE, write_sample
from lianze.exchange.scan import column_letters
from lianze.exchange.template import EXAMPLES, GUIDE, HEADER_ROW, LISTS, write_template
from lianze.ledger.actions import Desk
from lianze.ledger.models import Entry, Revision
from lianze.ledger.rows import read_states
from lianze.org.models import Person
from lianze.pack.load import load_builtin
from tests.exchange.offices import ABOUT, bring, desk_of, make_desk

PACK = load_builtin()
NAMES = {"李建国": "P03", "曾晓明": "P01", "单慧": "P02"}
KINDS = {kind.title: kind.id for kind in PACK.registers["activity"].kind}
FORMS = {choice.title: choice.id for choice in PACK.vocabularies["form"].choice}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The empty workbook."""
    path = tmp_path_factory.mktemp("template") / "template.xlsx"
    write_template(PACK, path)
    return path


def test_every_column_of_every_sheet_is_there_with_its_note(template: Path) -> None:
    workbook = openpyxl.load_workbook(template)
    plans = plans_of(PACK)
    assert workbook.sheetnames == [GUIDE, *(plan.title for plan in plans), EXAMPLES, LISTS]
    assert workbook[LISTS].sheet_state == "veryHidden"
    for plan in plans:
        sheet = workbook[plan.title]
        titles = [cell for cell in sheet[HEADER_ROW + 1] if cell.value]
        assert [str(cell.value).rstrip("*") for cell in titles] == [column.title for column in plan.columns]
        assert all(cell.comment and cell.comment.text for cell in titles)
        assert (sheet.freeze_panes, sheet.page_setup.orientation) == ("C3", "landscape")


def test_drop_downs_offer_exactly_what_the_import_takes(template: Path) -> None:
    workbook = openpyxl.load_workbook(template)
    for plan in plans_of(PACK):
        rules = {str(rule.sqref).split(":")[0]: rule for rule in workbook[plan.title].data_validations.dataValidation}
        for position, column in enumerate(plan.columns, 1):
            if not column.options.options:
                continue
            rule = rules[f"{column_letters(position - 1)}3"]
            cells = workbook[LISTS][rule.formula1.partition("!")[2].replace("$", "")]
            listed = [row[0].value for row in (cells if isinstance(cells, tuple) else ((cells,),))]
            assert [column.options.find(str(title)) for title in listed] == [one.id for one in column.options.options]


def test_the_empty_template_imports_as_nothing(desk: Desk, template: Path) -> None:
    report = import_workbook(desk, template)
    assert (report.added, report.changed, report.notes) == (0, 0, ())


meetings = st.lists(
    st.fixed_dictionaries(
        {
            "类型": st.sampled_from(["集中学习", "党组会议", "主题党日"]),
            "主题": st.text("学习会议研究部署工作、（）“”abc 0123456789", min_size=1, max_size=30)
            .map(str.strip)
            .filter(bool),
            "日期": st.dates(date(2020, 6, 1), date(2023, 12, 31)),
            "天数": st.none(),
            "形式": st.none() | st.sampled_from(sorted(FORMS)),
            "参加人员": st.lists(st.sampled_from(sorted(NAMES)), unique=True, max_size=3),
            "地点": st.none() | st.text("三楼会议室 ABC12", min_size=1, max_size=10).map(str.strip).filter(bool),
        }
    ),
    max_size=8,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(rows=meetings)
def test_what_is_filled_in_comes_back_out(
    db: None, template: Path, tmp_path: Path, rows: list[dict[str, object]]
) -> None:
    with transaction.atomic():
        desk = make_desk()
        bring(desk, tmp_path / "about.xlsx", ABOUT)
        workbook = openpyxl.load_workbook(template)
        sheet = workbook["活动台账"]
        titles = {str(cell.value).rstrip("*"): cell.column for cell in sheet[HEADER_ROW + 1] if cell.value}
        for at, row in enumerate(rows):
            place = HEADER_ROW + 2 + at
            sheet.cell(place, titles["编号"], f"HD{at}")
            for title, value in row.items():
                typed = "、".join(str(name) for name in value) if isinstance(value, list) else value
                assert typed is None or isinstance(typed, str | date)
                sheet.cell(place, titles[title], typed or None)
        workbook.save(tmp_path / "filled.xlsx")
        assert import_workbook(desk, tmp_path / "filled.xlsx").added == len(rows)
        entries = list(Entry.objects.filter(organisation_id=desk.organisation.id))
        states = {entry.number: read_states(desk.organisation.id, [entry])[entry.id] for entry in entries}
        people = {one.id: one.name for one in Person.objects.filter(organisation_id=desk.organisation.id)}
        for at, row in enumerate(rows):
            state = states[f"HD{at}"]
            assert (state.kind, state.title, state.happened_on) == (KINDS[str(row["类型"])], row["主题"], row["日期"])
            assert state.data.get("place") == row["地点"]
            assert state.data.get("form") == FORMS.get(str(row["形式"]))
            assert [people[part.person_id] for part in state.parts if part.person_id] == row["参加人员"]
        assert import_workbook(desk, tmp_path / "filled.xlsx").unchanged == len(rows)
        transaction.set_rollback(True)


def test_the_sample_is_the_same_every_time_and_imports_twice_alike(desk: Desk, tmp_path: Path) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    for path in (first, second):
        write_sample(path, tmp_path / "佐证材料")
    with zipfile.ZipFile(first) as one, zipfile.ZipFile(second) as other:
        assert [one.read(name) == other.read(name) for name in one.namelist()].count(False) == 0
    report = import_workbook(desk, first)
    lines = [len(path.read_text(encoding="utf-8").splitlines()) - 1 for path in FOLDER.glob("*.tsv")]
    assert (report.added, report.changed, report.notes) == (sum(lines), 0, ())
    leaves = Revision.objects.count()
    again = import_workbook(desk_of(desk.organisation), second)
    assert (again.added, again.changed, Revision.objects.count()) == (0, 0, leaves)


def test_the_sample_mixes_real_dates_typed_dates_and_several_people(tmp_path: Path) -> None:
    write_sample(tmp_path / "a.xlsx", tmp_path / "佐证材料")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["活动台账"]
    assert str(sheet["A1"].value) == f"{SAMPLE.short_name}{SAMPLE.year}年活动台账"
    assert {str(found).partition(":")[0] for found in sheet.merged_cells.ranges} == {"A1", "A2"}
    kinds = {type(cell.value).__name__ for cell in sheet["D"][3:]}
    assert kinds == {"datetime", "str"}


def test_a_report_says_what_happened_as_json(desk: Desk, tmp_path: Path) -> None:
    report = bring(desk, tmp_path / "a.xlsx", ABOUT)
    told = json.loads(json.dumps(report.as_json()))
    assert (told["added"], told["sheets"][0]["title"], told["files"]) == (14, "机构", 0)
