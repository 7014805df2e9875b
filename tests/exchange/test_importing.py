"""What a workbook becomes in the ledger, once, twice and changed."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianze.domain.errors import Invalid
from lianze.exchange.importing import import_workbook
from lianze.ledger.actions import Desk
from lianze.ledger.models import Attachment, Entry, Evidence, Link, LogHead, Participation, Revision
from lianze.ledger.rows import read_states
from lianze.org.models import Appointment, Person, Unit
from lianze.tlog import Frontier, require_hasher
from tests.exchange.offices import ABOUT, ACTIVITY, Rows, activities, bring, make_workbook, study


def entry(desk: Desk, number: str) -> Entry:
    """The entry of that number."""
    return Entry.objects.get(organisation_id=desk.organisation.id, number=number)


def names_in(desk: Desk, number: str, role: str) -> list[str]:
    """Who takes part, in order."""
    rows = Participation.objects.filter(
        organisation_id=desk.organisation.id, entry_id=entry(desk, number).id, role=role
    )
    return [row.person.name if row.person else row.outside_name for row in rows.order_by("order")]


def test_units_people_and_posts_come_from_their_sheets(desk: Desk, book: Path) -> None:
    report = bring(desk, book, ABOUT)
    assert [(sheet.title, sheet.added) for sheet in report.sheets] == [("机构", 4), ("人员", 5), ("任职", 5)]
    person = Person.objects.get(organisation_id=desk.organisation.id, code="P01")
    assert (person.pinyin, person.initials, person.unit.name) == ("zeng xiao ming", "zxm", "党组")
    assert Unit.objects.get(organisation_id=desk.organisation.id, code="BGS").parent.code == "DZ"
    assert Revision.objects.filter(organisation_id=desk.organisation.id, subject="appointment").count() == 5


def test_a_row_becomes_an_entry_with_people_in_their_capacity(desk: Desk, book: Path) -> None:
    bring(desk, book, activities(study("HD1", date(2023, 3, 15), "单慧、李建国（请假补学），王芳;欧阳 静")))
    found = entry(desk, "HD1")
    assert (found.kind, found.title, found.happened_on) == ("study.collective", "学习财务制度", date(2023, 3, 15))
    assert names_in(desk, "HD1", "attendee") == ["单慧", "李建国", "王芳", "欧阳静"]
    capacities = Participation.objects.filter(organisation_id=desk.organisation.id).order_by("order")
    assert [row.capacity for row in capacities] == ["principal", "member", "section_head", "section_head", "staff"]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("李建国、单慧", ["李建国", "单慧"]),
        ("李建国,单慧；王芳;曾晓明", ["李建国", "单慧", "王芳", "曾晓明"]),
        ("李建国\n单慧", ["李建国", "单慧"]),
        ("李建国　单　慧", ["李建国", "单慧"]),
        ("单　慧", ["单慧"]),
        ("李建国（记录）、纪检组 张明远", ["李建国", "纪检组", "张明远"]),
        ("P03、John Smith", ["李建国", "John Smith"]),
    ],
)
def test_several_people_in_one_cell(desk: Desk, book: Path, typed: str, names: list[str]) -> None:
    bring(desk, book, activities(study("HD1", date(2023, 3, 15), typed)))
    assert names_in(desk, "HD1", "attendee") == names


def test_votes_are_read_from_brackets_in_speaking_order(desk: Desk, book: Path) -> None:
    titles = ["类型", "议题", "决策日期", "表决结果", "主持人", "表态人员"]
    row = ["大额资金使用", "购置设备", date(2023, 4, 6), "通过", "曾晓明", "单慧（同意）、李建国(弃权)、曾晓明（同意）"]
    bring(desk, book, {**ABOUT, "三重一大台账": [titles, row]})
    votes = Participation.objects.filter(organisation_id=desk.organisation.id, role="decider").order_by("order")
    assert [(vote.person.name, vote.position) for vote in votes if vote.person] == [
        ("单慧", "for"),
        ("李建国", "abstained"),
        ("曾晓明", "for"),
    ]


def test_the_same_workbook_twice_adds_nothing(desk: Desk, book: Path) -> None:
    sheets = activities(study("HD1", date(2023, 3, 15)), study(None, date(2023, 4, 12)), study(None, "2023年5月8日"))
    first, leaves = bring(desk, book, sheets), Revision.objects.count()
    again = bring(desk, book, sheets)
    assert (first.added, first.unchanged) == (17, 0)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 17)
    assert Revision.objects.count() == leaves
    assert Entry.objects.filter(organisation_id=desk.organisation.id).count() == 3


def test_a_changed_row_becomes_a_revision_of_the_same_entry(desk: Desk, book: Path) -> None:
    bring(desk, book, activities(study("HD1", date(2023, 3, 15)), study("HD2", date(2023, 4, 12))))
    before = entry(desk, "HD1").id
    report = bring(desk, book, activities(study("HD1", date(2023, 3, 16), "单慧"), study("HD2", date(2023, 4, 12))))
    found = entry(desk, "HD1")
    assert (report.added, report.changed) == (0, 1)
    assert (found.id, found.version, found.happened_on) == (before, 2, date(2023, 3, 16))
    assert names_in(desk, "HD1", "attendee") == ["单慧"]
    revisions = Revision.objects.filter(organisation_id=desk.organisation.id, subject_id=found.id).order_by("number")
    assert [(row.number, row.action) for row in revisions] == [(1, "create"), (2, "amend")]


def test_a_row_without_number_is_recognised_by_the_key_and_may_get_a_number_later(desk: Desk, book: Path) -> None:
    bring(desk, book, activities(study(None, date(2023, 3, 15))))
    before = Entry.objects.get(organisation_id=desk.organisation.id).id
    report = bring(desk, book, activities(study("HD9", date(2023, 3, 15))))
    assert (report.added, report.changed) == (0, 1)
    assert entry(desk, "HD9").id == before


def test_what_the_workbook_does_not_mention_stays(desk: Desk, book: Path) -> None:
    titles = [*ACTIVITY, "地点", "内容摘要"]
    bring(
        desk,
        book,
        activities([*study("HD1", date(2023, 3, 15)), "三楼", "摘要"], study("HD2", date(2023, 3, 16)), titles=titles),
    )
    report = bring(desk, book, activities(study("HD1", date(2023, 3, 15))))
    assert (report.changed, Entry.objects.filter(organisation_id=desk.organisation.id).count()) == (0, 2)
    assert entry(desk, "HD1").data == {"place": "三楼", "summary": "摘要"}


def test_an_emptied_cell_empties_the_field(desk: Desk, book: Path) -> None:
    titles = [*ACTIVITY, "地点"]
    bring(desk, book, activities([*study("HD1", date(2023, 3, 15)), "三楼"], titles=titles))
    bring(desk, book, activities([*study("HD1", date(2023, 3, 15)), None], titles=titles))
    assert entry(desk, "HD1").data == {}


def test_links_lead_to_rows_of_any_sheet_in_any_order(desk: Desk, book: Path) -> None:
    risk: Rows = [
        ["编号", "类型", "风险事项", "排查日期", "所在科室", "风险等级"],
        ["FX1", "内设机构风险事项", "报销不严", date(2023, 4, 18), "办公室", "高风险"],
    ]
    control: Rows = [
        ["编号", "防控措施", "制定日期", "责任科室", "类型", "对应风险"],
        ["FK1", "三级联签", date(2023, 4, 20), "办公室", "前期预防", "FX1"],
    ]
    bring(desk, book, {**ABOUT, "防控措施清单": control, "廉政风险清单": risk})
    link = Link.objects.get(organisation_id=desk.organisation.id)
    assert (link.relation, link.entry.number, link.target.number) == ("controls", "FK1", "FX1")


def test_a_sheet_without_the_column_of_a_link_leaves_the_link(desk: Desk, book: Path) -> None:
    review: Rows = [["编号", "类型", "检查事项", "检查日期"], ["JC1", "廉政风险排查", "排查风险", date(2023, 4, 3)]]
    titles: list[object] = ["编号", "类型", "风险事项", "排查日期", "所在科室", "风险等级"]
    row: list[object] = ["FX1", "内设机构风险事项", "报销不严", date(2023, 4, 18), "办公室", "高风险"]
    bring(desk, book, {**ABOUT, "检查自查台账": review, "廉政风险清单": [[*titles, "来源排查"], [*row, "JC1"]]})
    assert bring(desk, book, {"廉政风险清单": [titles, row]}).unchanged == 1
    row[5] = "中风险"
    assert bring(desk, book, {"廉政风险清单": [titles, row]}).changed == 1
    assert Link.objects.get(organisation_id=desk.organisation.id).target.number == "JC1"


def test_numbers_are_exact_and_may_be_written_in_words(desk: Desk, book: Path) -> None:
    titles = ["类型", "用途", "日期", "预算或支出", "金额", "接待人次"]
    rows = [
        ["公务接待费", "来访接待", date(2023, 3, 1), "支出", 0.1 + 0.2, "十四人次"],
        ["公务接待费", "考察接待", date(2023, 3, 2), "支出", "3,500元", 6],
        ["公务接待费", "全年预算", date(2023, 1, 2), "预算", "1.2万", "１２"],
    ]
    bring(desk, book, {**ABOUT, "经费支出台账": [titles, *rows]})
    found = Entry.objects.filter(organisation_id=desk.organisation.id).order_by("-happened_on")
    assert [(row.amount, row.quantity) for row in found] == [
        (Decimal("0.35"), Decimal(6)),
        (Decimal("0.3"), Decimal(14)),
        (Decimal("1.2"), Decimal(12)),
    ]


def test_evidence_beside_the_workbook_is_attached_by_name_and_kept_once(desk: Desk, book: Path) -> None:
    folder = book.parent / "佐证"
    folder.mkdir()
    (folder / "签到表.txt").write_text("到会五人", encoding="utf-8")
    (folder / "纪要、附件.txt").write_text("纪要", encoding="utf-8")
    titles = [*ACTIVITY, "佐证"]
    sheets = activities(
        [*study("HD1", date(2023, 3, 15)), "签到表.txt"],
        [*study("HD2", date(2023, 3, 16)), "签到表"],
        [*study("HD3", date(2023, 3, 17)), "纪要、附件.txt"],
        titles=titles,
    )
    report = bring(desk, book, sheets)
    again = bring(desk, book, sheets)
    assert (report.files, again.changed) == (2, 0)
    assert Evidence.objects.filter(organisation_id=desk.organisation.id).count() == 2
    assert Attachment.objects.filter(organisation_id=desk.organisation.id).count() == 3
    kept = [path for path in (book.parent / "store").rglob("*") if path.is_file() and path.name != "lock"]
    assert sorted(len(path.parent.name + path.name) for path in kept) == [64, 64]


def test_a_dry_run_reports_and_writes_nothing(desk: Desk, book: Path) -> None:
    (book.parent / "佐证").mkdir()
    (book.parent / "佐证" / "a.txt").write_text("a")
    make_workbook(book, activities([*study("HD1", date(2023, 3, 15)), "a.txt"], titles=[*ACTIVITY, "佐证"]))
    report = import_workbook(desk, book, dry_run=True)
    assert (report.added, report.dry_run) == (15, True)
    assert Person.objects.filter(organisation_id=desk.organisation.id).count() == 0
    assert [path for path in (book.parent / "store").rglob("*") if path.is_file() and path.name != "lock"] == []


def test_progress_ends_at_its_total(desk: Desk, book: Path) -> None:
    seen: list[tuple[int, int]] = []
    make_workbook(book, activities(*(study(f"HD{n}", date(2023, 3, 1 + n % 28)) for n in range(40))))
    import_workbook(desk, book, progress=lambda done, total: seen.append((done, total)))
    import_workbook(desk, book, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1] == 2 * 54
    assert all(done <= total for done, total in seen)


def test_every_row_written_has_its_leaf_in_order(desk: Desk, book: Path) -> None:
    bring(desk, book, activities(*(study(f"HD{n}", date(2023, 3, 1 + n % 28)) for n in range(40))))
    rows = Revision.objects.filter(organisation_id=desk.organisation.id).order_by("leaf_index")
    head = LogHead.objects.get(organisation_id=desk.organisation.id)
    frontier = Frontier.from_bytes(bytes(head.frontier), require_hasher(head.hasher))
    assert [row.leaf_index for row in rows] == list(range(frontier.size))
    entries = list(Entry.objects.filter(organisation_id=desk.organisation.id))
    assert len(read_states(desk.organisation.id, entries)) == 40


def test_a_person_who_moves_to_another_post_is_changed_not_doubled(desk: Desk, book: Path) -> None:
    bring(desk, book, ABOUT)
    people = [list(row) for row in ABOUT["人员"]]
    people[5][2] = "办公室"
    report = bring(desk, book, {**ABOUT, "人员": people})
    assert (report.added, report.changed) == (0, 1)
    moved = Person.objects.get(organisation_id=desk.organisation.id, code="P05")
    numbers = Revision.objects.filter(organisation_id=desk.organisation.id, subject_id=moved.id).values_list("number")
    assert (moved.unit.code, sorted(number for (number,) in numbers)) == ("BGS", [1, 2])
    assert Appointment.objects.filter(organisation_id=desk.organisation.id).count() == 5


def test_a_state_moves_along_the_registers_steps_only(desk: Desk, book: Path) -> None:
    titles = ["编号", "类型", "登记事项", "登记日期", "状态"]
    row = ["PY1", "意见建议", "评议事项第1件", date(2023, 4, 3)]
    bring(desk, book, {**ABOUT, "群众评议台账": [titles, [*row, "已登记"]]})
    bring(desk, book, {"群众评议台账": [titles, [*row, "已反馈"]]})
    assert entry(desk, "PY1").state == "answered"
    with pytest.raises(Invalid, match="不能由“已反馈”变为“已登记”"):
        bring(desk, book, {"群众评议台账": [titles, [*row, "已登记"]]})
    bring(desk, book, {"群众评议台账": [titles, [*row, None]]})
    assert entry(desk, "PY1").state == "answered"


def test_a_decision_that_breaks_the_rules_comes_in_as_decided_and_not_as_approved(desk: Desk, book: Path) -> None:
    titles = ["编号", "类型", "议题", "决策日期", "表决结果", "主持人", "表态人员", "状态"]
    row = ["JY1", "重大决策", "年度重点任务", date(2023, 4, 3), "通过", "曾晓明"]
    first = "曾晓明（同意）、单慧（同意）"
    with pytest.raises(Invalid) as caught:
        bring(desk, book, {**ABOUT, "三重一大台账": [titles, [*row, first, "记录已核定"]]})
    (fault,) = caught.value.problems
    assert "第2行" in fault.place and "表态人员" in fault.place and "曾晓明须排在单慧之后" in fault.sentence
    bring(desk, book, {**ABOUT, "三重一大台账": [titles, [*row, first, "已议定"]]})
    assert entry(desk, "JY1").state == "decided"


FINDING = ["编号", "类型", "问题", "发现日期", "销号日期", "状态"]


def test_new_entries_that_nobody_confirmed_are_told_and_not_confirmed_by_the_same_hand(desk: Desk, book: Path) -> None:
    day = date(2023, 4, 3)
    rows = [
        ["WT1", "失责问题", "学用结合不够", day, day, "已销号"],
        ["WT2", "失责问题", "调研不深", day, None, "整改中"],
    ]
    report = bring(desk, book, {**ABOUT, "问题清单": [FINDING, *rows]})
    (doubt,) = report.doubts
    assert "有1条新记录直接写为“已销号”" in doubt
    with pytest.raises(Invalid, match="须由另一人办理"):
        bring(desk, book, {"问题清单": [FINDING, [*rows[1][:4], day, "已销号"]]})
    assert entry(desk, "WT2").state == "rectifying"


def test_every_statement_names_the_organisation(desk: Desk, book: Path) -> None:
    with CaptureQueriesContext(connection) as captured:
        bring(desk, book, activities(study("HD1", date(2023, 3, 15)), study(None, date(2023, 4, 12))))
        bring(desk, book, activities(study("HD1", date(2023, 3, 16), "单慧"), study(None, date(2023, 4, 12))))
    for query in captured.captured_queries:
        sql = query["sql"]
        assert "organisation_id" in sql or sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")), sql
