"""Lists: filters, pages, totals, order, exports, bulk."""

import csv
import io
import re
from datetime import date

import openpyxl
import pytest
from django.db.models import Q
from django.test import Client

from lianze.ledger import filters, paging
from lianze.ledger.models import Entry, Participation
from lianze.ledger.states import EntryState
from lianze.ledger.write import write_new
from lianze.org.keys import new_id
from lianze.org.models import Account, AuditRecord, Organisation
from lianze.pack import Pack
from lianze.web import totals
from lianze.web.audit_words import about_in_words
from tests.web.conftest import NOW, LogIn
from tests.web.office import AUTHOR


def count(organisation: Organisation, **wanted: object) -> int:
    return Entry.objects.filter(organisation_id=organisation.id, withdrawn=False, **wanted).count()


def test_filters_narrow_the_list_and_its_count(log_in: LogIn, office: Organisation) -> None:
    client = log_in("clerk")
    wanted = count(office, register="activity", kind="study.collective")
    assert f"共 {wanted} 条" in client.get("/registers/activity/?kind=study.collective").content.decode()
    family = count(office, register="activity", kind__startswith="study.")
    assert f"共 {family} 条" in client.get("/registers/activity/?kind=study.").content.decode()
    may = count(office, register="activity", happened_on__range=(date(2023, 5, 1), date(2023, 5, 31)))
    assert f"共 {may} 条" in client.get("/registers/activity/?from=2023-05-01&to=2023-05-31").content.decode()
    theme = count(office, register="activity", data__campaign="theme")
    assert f"共 {theme} 条" in client.get("/registers/activity/?campaign=theme").content.decode()


@pytest.mark.parametrize("sort", ["", "title", "-title", "kind", "due_on"])
def test_pages_hold_every_entry_once_in_every_order(sort: str, log_in: LogIn, office: Organisation) -> None:
    client, seen, after = log_in("clerk"), [], ""
    while True:
        answer = client.get("/registers/activity/", {"sort": sort, "after": after})
        seen += [line.entry.id for line in answer.context["lines"]]
        after = answer.context["page"].after
        if not after:
            break
    assert len(seen) == len(set(seen)) == count(office, register="activity")


def test_a_long_list_says_so_instead_of_counting(log_in: LogIn, office: Organisation) -> None:
    state = EntryState("activity", "学习", date(2022, 1, 5), kind="study.collective")
    write_new(office.id, [(new_id(), state) for _ in range(1001)], AUTHOR, "", NOW)
    client = log_in("clerk")
    text = client.get("/registers/activity/").content.decode()
    assert "超过 1,000 条" in text and "?from=" in text
    assert client.get("/registers/activity/?sort=title").context["page"].sort == "title"


def test_too_long_a_list_comes_by_date_alone_and_says_why(
    log_in: LogIn, office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "SORTABLE", 10)
    monkeypatch.setattr(totals, "CAP", 10)
    client = log_in("clerk")
    answer = client.get("/registers/activity/?sort=title")
    assert answer.context["page"].sort == "-happened_on" and "仍按日期排列" in answer.content.decode()
    by_date = client.get("/registers/activity/?sort=happened_on")
    days = [line.entry.happened_on for line in by_date.context["lines"]]
    assert days == sorted(days) and "仍按日期排列" not in by_date.content.decode()


def test_sums_keep_budget_and_payment_apart(log_in: LogIn) -> None:
    totals = log_in("clerk").get("/registers/expense/").context["totals"]
    titles = [f"{total.title} {title}" for total in totals.sums for title, _ in total.parts]
    assert titles and all("预算" in title or "支出" in title for title in titles if "·" in title)
    assert len(titles) == len(set(titles))


def test_the_export_is_what_the_list_shows(log_in: LogIn, office: Organisation) -> None:
    client = log_in("clerk")
    address = "/registers/duty/export.{}?state=done"
    sent = client.get(address.format("csv")).content
    assert sent.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(sent.decode("utf-8-sig"))))
    assert len(rows) == 1 + count(office, register="duty", state="done")
    book = openpyxl.load_workbook(io.BytesIO(client.get(address.format("xlsx")).content))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == rows[0] and sheet.max_row == len(rows)
    assert AuditRecord.objects.filter(action="exported").count() == 2


def test_an_export_of_all_fields_holds_what_the_list_does_not_show(
    log_in: LogIn, office: Organisation, pack: Pack
) -> None:
    client, register = log_in("clerk"), pack.registers["activity"]
    address = "/registers/activity/export.csv?kind=study.collective&fields=all"
    heads, *rows = csv.reader(io.StringIO(client.get(address).content.decode("utf-8-sig")))
    assert len(rows) == count(office, register="activity", kind="study.collective")
    wanted = [*(field.title for field in register.field), *(part.title for part in register.participant)]
    assert set(wanted) < set(heads) and heads[0] == "编号" and heads[-1] == "登记时间"
    entry = Entry.objects.get(organisation_id=office.id, register="activity", number=rows[0][0])
    assert rows[0][heads.index("主题")] == entry.title
    line = AuditRecord.objects.get(action="exported")
    assert "全部字段" in about_in_words(line, pack)


def test_all_fields_keep_back_the_free_text_of_ones_own_archive_entry(log_in: LogIn, office: Organisation) -> None:
    own = Account.objects.get(username="principal").person_id
    address, free = "/registers/archive/export.csv?fields=all", "存放处"
    heads, *rows = csv.reader(io.StringIO(log_in("discipline").get(address).content.decode("utf-8-sig")))
    told = {row[heads.index("编号")]: row[heads.index(free)] for row in rows}
    kept = Entry.objects.filter(organisation_id=office.id, register="archive", owner_id=own)
    number = kept.exclude(number="").values_list("number", flat=True)[0]
    assert told[number] not in ("", "（回避）")
    heads, *rows = csv.reader(io.StringIO(log_in("principal").get(address).content.decode("utf-8-sig")))
    told = {row[heads.index("编号")]: row[heads.index(free)] for row in rows}
    assert told[number] == "（回避）" and set(told.values()) != {"（回避）"}


def test_a_list_without_titles_is_opened_by_its_first_column(log_in: LogIn, office: Organisation) -> None:
    entry = Entry.objects.filter(organisation_id=office.id, register="archive")[0]
    assert f'href="/entries/{entry.id}/"' in log_in("discipline").get("/registers/archive/").content.decode()


def test_what_is_printed_says_which_filter_it_is_of(log_in: LogIn) -> None:
    text = log_in("clerk").get("/registers/activity/?kind=study.collective&from=2023-05-01&q=学").content.decode()
    line = re.search(r'<p class="paperonly">(.*?)</p>', text)
    assert line and line[1] == "类型：集中学习，自2023-05-01，“学”"


def test_an_export_never_starts_a_formula(log_in: LogIn) -> None:
    client = log_in("clerk")
    typed = {"kind": "study.collective", "title": "=cmd|' /C calc'!A0", "happened_on": "2023-12-30"}
    assert client.post("/registers/activity/new/", typed).status_code == 302
    text = client.get("/registers/activity/export.csv?q=cmd").content.decode("utf-8-sig")
    assert "'=cmd" in text and ",=cmd" not in text


def test_bulk_previews_each_entry_before_anything_happens(log_in: LogIn, office: Organisation) -> None:
    leader = log_in("leader")
    rows = Entry.objects.filter(organisation_id=office.id, register="finding").order_by("happened_on", "title")
    others = rows.filter(state="rectifying").exclude(owner_id=Account.objects.get(username="leader").person_id)
    ids = [str(e.id) for e in [*others[:2], *rows.filter(state="closed")[:1]]]
    sent = {"entry": ids, "action": "close", "day": "2024-01-02"}
    preview = leader.post("/registers/finding/bulk/", sent)
    assert preview.context["able"] == 2
    assert rows.filter(id__in=ids, state="closed").count() == 1
    done = leader.post("/registers/finding/bulk/", {**sent, "confirmed": "1"}, follow=True)
    assert {str(entry.id) for entry, _, _ in done.context["lines"]} == set(ids[:2])
    assert all(f"/entries/{entry_id}/" in done.content.decode() for entry_id in ids[:2])
    assert "没有刚才办理的记录" in leader.get("/registers/activity/done/").content.decode()
    assert rows.filter(id__in=ids, state="closed").count() == 3


def test_what_the_workbench_has_no_room_for_is_a_link_away(log_in: LogIn) -> None:
    client = log_in("clerk")
    count = re.search(r'href="/due/(\w+)/">全部 (\d+) 条', client.get("/").content.decode())
    assert count is not None
    lines = client.get(f"/due/{count[1]}/").content.decode().split("<tbody>")[1].count("<tr>")
    assert lines == int(count[2]) > 8
    assert client.get("/due/nosuch/").status_code == 404
    assert log_in("auditor").get("/due/late/").status_code == 403


def test_a_month_with_too_many_entries_to_name_counts_them_by_register(log_in: LogIn, office: Organisation) -> None:
    """Every number leads to exactly what it counts."""
    state = EntryState("activity", "学习", date(2023, 5, 8), kind="study.collective")
    write_new(office.id, [(new_id(), state) for _ in range(501)], AUTHOR, "", NOW)
    client = log_in("clerk")
    found = re.findall(r'href="(/registers/activity/\?from=2023-05-08[^"]*)">([^<]*)<', page_of(client, "2023-05"))
    [(address, text)] = found
    wanted = count(office, register="activity", happened_on=date(2023, 5, 8))
    assert text.endswith(f" {wanted}") and wanted > 500
    assert f"共 {wanted} 条" in client.get(address.replace("&amp;", "&")).content.decode()
    assert "/registers/activity/?from" not in page_of(client, "2023-06")


def page_of(client: Client, month: str) -> str:
    """A month of the calendar."""
    return client.get(f"/calendar/?month={month}").content.decode()


@pytest.mark.parametrize("few", [0, 10_000])
def test_a_persons_entries_are_the_same_however_the_database_finds_them(
    few: int, log_in: LogIn, office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever takes part or answers for it, with many entries and with few."""
    monkeypatch.setattr(filters, "FEW", few)
    person = Participation.objects.filter(organisation_id=office.id, person__isnull=False).first()
    assert person is not None
    taking_part = Q(participations__person_id=person.person_id) | Q(owner_id=person.person_id)
    rows = Entry.objects.filter(taking_part, organisation_id=office.id, register="activity", withdrawn=False)
    wanted = rows.distinct().count()
    shown = log_in("clerk").get(f"/registers/activity/?person={person.person_id}").content.decode()
    assert wanted and f"共 {wanted} 条" in shown


def test_a_figure_with_many_entries_leads_to_all_of_them_page_by_page(log_in: LogIn, office: Organisation) -> None:
    state = EntryState("activity", "学习", date(2023, 5, 8), kind="study.collective")
    write_new(office.id, [(new_id(), state) for _ in range(1001)], AUTHOR, "", NOW)
    client, seen, row = log_in("clerk"), [], 0
    while row is not None:
        shown = client.get(f"/figures/study.collective.count/?year=2023&row={row}").context
        assert len(shown["behind"].rows) <= 100
        seen += [one.row.id for one in shown["behind"].rows]
        row = shown["after"]
    assert len(seen) == len(set(seen)) == shown["one"].result.hits > 1001
