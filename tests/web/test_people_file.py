"""People from Excel: a small template, every fault at once with its cell, and nothing written before it is confirmed."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lianze.ledger.setup_code import make_setup_code
from lianze.ledger.verify import verify_log
from lianze.ledger.verify_heads import Outside
from lianze.org.directory import read_directory
from lianze.org.models import Account, AuditRecord, Organisation, Person, Unit
from lianze.pack import Pack
from tests.web.conftest import LogIn
from tests.web.test_first_run import TWICE

TITLES = ["姓名", "所在机构", "职务", "身份", "入职日期", "入党日期", "编号"]
GOOD: list[Sequence[object]] = [
    ["林 溪", "办公室", "馆长", "主要负责人", "2019-03-01", "2005年7月1日", None],
    ["周行", "业务科", None, "科室负责人", date(2020, 5, 6), None, None],
    ["何秋", "业务科", None, None, "2021.9.1", None, None],
]


@pytest.fixture
def own_keys(tmp_path: Path) -> Iterator[Path]:
    """Keys of one test only."""
    before = settings.KEYS
    settings.KEYS = tmp_path / "keys"
    yield settings.KEYS
    settings.KEYS = before


def book(*rows: Sequence[object], titles: Sequence[object] = TITLES) -> bytes:
    """A workbook with one sheet of people."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "人员"
    for row in (titles, *rows):
        sheet.append(list(row))
    kept = io.BytesIO()
    workbook.save(kept)
    return kept.getvalue()


def sent(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("名单.xlsx", content)


def kept_in(page: bytes) -> str:
    """The file that travels with the page."""
    found = re.search(r'name="kept" value="([^"]+)"', page.decode())
    assert found, page.decode()[-3000:]
    return found[1]


def test_a_list_is_looked_at_then_everybody_comes_with_a_post(log_in: LogIn, office: Organisation, pack: Pack) -> None:
    clerk = log_in("clerk")
    rows = [[*row[:1], "经济科", *row[2:]] for row in GOOD[1:]]
    looked = clerk.post("/organisation/people/", {"people_file": sent(book(*rows))})
    assert looked.status_code == 200 and "还没有写入" in looked.content.decode()
    assert Person.objects.filter(organisation_id=office.id).count() == 8
    done = clerk.post("/organisation/people/", {"kept": kept_in(looked.content), "confirmed": "1"})
    assert done.status_code == 302, done.content.decode()[-2000:]
    who = Person.objects.get(organisation_id=office.id, name="周行")
    directory = read_directory(office.id, pack)
    assert (who.code, who.unit.name, who.joined_on) == ("P09", "经济科", date(2020, 5, 6))
    assert [h.post for h in directory.holdings[who.id]] == ["科室负责人"]
    assert directory.capacity_on(Person.objects.get(name="何秋").id, date(2022, 1, 1)) == "staff"
    assert "周行（经济科）" in AuditRecord.objects.get(action="organised").about
    assert verify_log(office.id, Outside()).misfit is None
    again = clerk.post("/organisation/people/", {"kept": kept_in(looked.content), "confirmed": "1"})
    assert again.status_code == 422 and "已在名单中（P09）" in again.content.decode()


def test_a_namesake_a_far_day_and_a_long_name_want_to_be_looked_at(log_in: LogIn, office: Organisation) -> None:
    clerk = log_in("clerk")
    rows: list[Sequence[object]] = [
        ["柏林川", "经济科", None, None, "2020-01-01", None, "P77"],
        ["甲", "经济科", None, None, "2099-01-01", None, None],
        ["很" * 21, "经济科", None, None, "2020-01-01", None, None],
    ]
    looked = clerk.post("/organisation/people/", {"people_file": sent(book(*rows))})
    said = looked.content.decode()
    assert looked.status_code == 200
    for told in ("已有同名：柏林川（P07）", "2099-01-01在一年以后", "超过20个字"):
        assert told in said, told
    confirmed = {"kept": kept_in(looked.content), "confirmed": "1"}
    assert clerk.post("/organisation/people/", confirmed).status_code == 200
    assert Person.objects.filter(organisation_id=office.id).count() == 8
    assert clerk.post("/organisation/people/", {**confirmed, "looked": "1"}).status_code == 302
    assert Person.objects.filter(organisation_id=office.id).count() == 11


def test_every_fault_of_a_list_is_told_at_once_with_its_cell(log_in: LogIn, office: Organisation) -> None:
    rows: list[Sequence[object]] = [
        [None, "经济科", None, None, "2020-01-01", None, None],
        ["甲", None, None, None, "2020-02-30", None, None],
        ["乙", "经济科", None, "局长", "2020-01-01", "是", None],
        ["乙", "经济科", None, None, "2020-01-01", None, None],
        ["丙", "经济科", None, None, None, None, "X1"],
        ["丁", "经济科", None, None, "=TODAY()", None, "X1"],
    ]
    answer = log_in("clerk").post("/organisation/people/", {"people_file": sent(book(*rows))})
    said = answer.content.decode()
    assert answer.status_code == 422
    for place in ("2行 A列", "3行 B列", "3行 E列", "4行 D列", "4行 F列", "5行 G列", "6行 E列", "7行 E列", "7行 G列"):
        assert f"人员 第{place}" in said, (place, re.findall(r"人员 第\d+行 [A-Z]列", said))
    assert Person.objects.filter(organisation_id=office.id).count() == 8


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (["甲", "没有的科", None, None, "2020-01-01", None, None], "没有叫“没有的科”的机构"),
        (["乔知夏", "经济科", None, None, "2020-01-01", None, None], "已在名单中（P04）"),
        (["甲", "经济科", None, None, "2020-01-01", None, "P04"], "编号“P04”已被使用"),
    ],
)
def test_a_list_is_held_against_the_office(
    log_in: LogIn, office: Organisation, row: Sequence[object], told: str
) -> None:
    answer = log_in("clerk").post("/organisation/people/", {"people_file": sent(book(row))})
    assert answer.status_code == 422 and told in answer.content.decode()
    assert "人员 第2行" in answer.content.decode()


def bomb() -> bytes:
    """A zip whose sheet unpacks to more than it says."""
    kept = io.BytesIO(book(*GOOD))
    with zipfile.ZipFile(kept, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"<c>" * 900_000)
    return kept.getvalue().replace((2_700_000).to_bytes(4, "little"), (9).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "请选择"),
        (b"not a workbook", "不是 .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 .xls"),
        (book(*GOOD)[:-900], "损坏"),
        (bomb(), "压缩炸弹"),
        (b"PK" + b"\0" * (1 << 20), "超过1 MB"),
        (book(titles=["姓名", "所在机构", "入职日期"]), "没有填写任何人"),
        (book(["甲"], titles=["不认识"]), "没有找到标题行"),
    ],
)
def test_a_hostile_file_is_refused_in_words(log_in: LogIn, office: Organisation, content: bytes, told: str) -> None:
    answer = log_in("clerk").post("/organisation/people/", {"people_file": sent(content)})
    assert answer.status_code == 422 and told in answer.content.decode(), answer.content.decode()[-2500:]


def test_a_file_changed_on_its_way_is_read_anew(log_in: LogIn, office: Organisation) -> None:
    clerk = log_in("clerk")
    for kept in ("%%%", "AAAA", ""):
        answer = clerk.post("/organisation/people/", {"kept": kept, "confirmed": "1"})
        assert answer.status_code == 422
    assert Person.objects.filter(organisation_id=office.id).count() == 8


def test_the_template_is_read_back(log_in: LogIn, office: Organisation) -> None:
    clerk = log_in("clerk")
    template = clerk.get("/organisation/people/template.xlsx").content
    workbook = openpyxl.load_workbook(io.BytesIO(template))
    assert workbook.sheetnames[:2] == ["填写说明", "人员"]
    for column, value in enumerate(["甲", "经济科", "科员", "工作人员", "科级及以下", "2020-01-01"], 1):
        workbook["人员"].cell(3, column, value)
    kept = io.BytesIO()
    workbook.save(kept)
    answer = clerk.post("/organisation/people/", {"people_file": sent(kept.getvalue())})
    assert answer.status_code == 200 and "名单共 1 人" in answer.content.decode(), answer.content.decode()[-2500:]


@pytest.mark.django_db
def test_a_list_beside_typed_sections_says_which_more_will_be_made() -> None:
    typed = {"code": make_setup_code(), "name": "青川市图书馆", "sections": "办公室"}
    looked = Client().post("/setup/", {**typed, "people_file": sent(book(*GOOD))}).content.decode()
    assert "将建立 2 个内设机构：办公室、业务科" in looked
    typed["sections"] = "办公室\n业务科"
    blank = [["何秋", "业务 科", None, None, "2021.9.1", None, None]]
    refused = Client().post("/setup/", {**typed, "people_file": sent(book(*blank))})
    assert refused.status_code == 422 and "“业务 科”多了空格，应为“业务科”" in refused.content.decode()


@pytest.mark.django_db
def test_an_office_is_set_up_from_a_list(own_keys: Path, pack: Pack) -> None:
    client, code = Client(), make_setup_code()
    assert client.get("/setup/people.xlsx").status_code == 404
    assert client.get(f"/setup/people.xlsx?code={code}").status_code == 200
    typed = {"code": code, "name": "青川市图书馆", "username": "林溪"} | TWICE
    wrong = client.post("/setup/", {**typed, "people_file": sent(book(["甲", None, None, None, None, None, None]))})
    assert wrong.status_code == 422 and "人员 第2行 B列" in wrong.content.decode()
    looked = client.post("/setup/", {**typed, "people_file": sent(book(*GOOD))})
    assert looked.status_code == 200 and "名单共 3 人" in looked.content.decode()
    assert not Organisation.objects.exists() and not Account.objects.exists()
    assert client.post("/setup/", {**typed, "kept": kept_in(looked.content)}).status_code == 302
    office = Organisation.objects.get()
    assert [u.name for u in Unit.objects.filter(organisation_id=office.id).order_by("order")] == ["办公室", "业务科"]
    directory = read_directory(office.id, pack)
    head = directory.people[directory.people_named("林溪")[0]]
    assert directory.capacity_on(head.id, date(2020, 1, 1)) == "principal"
    assert head.party_member_since == date(2005, 7, 1)
    assert Account.objects.get().person_id == head.id
    assert verify_log(office.id, Outside()).misfit is None
