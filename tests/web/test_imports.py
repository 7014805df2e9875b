"""The workbook through the page: sent once, looked at without writing, imported as it was looked at; every fault listed."""

import io
import os
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from lianze.exchange.sample.accounts import make_demo_accounts
from lianze.exchange.sample.writing import write_sample
from lianze.exchange.waiting import LIFE, all_folders, sweep_waiting
from lianze.ledger.models import Entry
from lianze.org.models import Account, AuditRecord, Organisation, Person
from lianze.pack import Pack
from tests.web.conftest import BACKEND, NOW, LogIn
from tests.web.office import make_office

ACTIVITY = ["类型", "主题", "日期"]
PEOPLE = [["姓名", "编号", "所在机构", "入职日期"]]
GOOD = {"活动台账": [ACTIVITY, ["集中学习", "学条例", "2023-03-02"]]}


def clerk_of_an_empty_office(pack: Pack) -> tuple[Organisation, Client]:
    """An office without entries, and its clerk's client."""
    organisation = make_office("empty", with_entries=False)
    make_demo_accounts(organisation, pack, NOW)
    client = Client()
    client.force_login(Account.objects.get(username="clerk"), backend=BACKEND)
    return organisation, client


def book_of(path: Path, sheets: Mapping[str, Sequence[Sequence[str]]]) -> Path:
    """A workbook of these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def send(client: Client, workbook: Path, folder: Path | None = None) -> Any:
    """The page that answers a workbook sent."""
    files = [path.open("rb") for path in sorted(folder.iterdir())] if folder else []
    answer = client.post("/import/", {"workbook": workbook.open("rb"), "evidence": files})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return client.get(answer["Location"])


def hidden_in(page: Any) -> dict[str, str]:
    """What the page's button sends along."""
    return dict(re.findall(r'name="(digest|ledger)" value="([^"]+)"', page.content.decode()))


def entries_of(organisation: Organisation) -> int:
    return Entry.objects.filter(organisation_id=organisation.id).count()


def test_the_sample_workbook_is_sent_once_looked_at_and_imported(db: None, pack: Pack, tmp_path: Path) -> None:
    organisation, client = clerk_of_an_empty_office(pack)
    restricted = [register for register in pack.registers.values() if register.restricted]
    workbook, folder = tmp_path / "台账.xlsx", tmp_path / "佐证材料"
    write_sample(workbook, folder)
    checked = send(client, workbook, folder)
    text = checked.content.decode()
    assert "确认导入" in text and "换一个文件" in text, text[-3000:]
    assert "佐证文件 7 个" in text or re.search(r"佐证文件 \d+ 个", text)
    assert not entries_of(organisation)
    assert client.get("/import/").content.decode().count("还没有导入") == 1
    assert "不是本单位人员，按外单位人员登记" in text
    assert client.post("/import/confirm/", {**hidden_in(checked), "looked": "1"}).status_code == 302
    assert entries_of(organisation) > 500
    assert not list(all_folders())
    assert AuditRecord.objects.get(action="imported").about.startswith("台账.xlsx +")
    # A clerk imports nothing into what a clerk may not know of, and is told what is told of any strange sheet.
    assert not Entry.objects.filter(register__in=[register.id for register in restricted]).exists()
    text = client.get("/").content.decode()
    for register in restricted:
        assert f"工作表“{register.title}”不在可导入的表之列" in text


def test_each_sheet_says_what_is_new_changed_and_the_same(db: None, pack: Pack, tmp_path: Path) -> None:
    _, client = clerk_of_an_empty_office(pack)
    rows = [["编号", *ACTIVITY], ["A1", "集中学习", "学条例", "2023-03-02"], ["A2", "集中学习", "学党章", "2023-04-02"]]
    first = send(client, book_of(tmp_path / "一.xlsx", {"活动台账": rows}))
    client.post("/import/confirm/", hidden_in(first))
    rows[1][2] = "学新条例"
    rows.append(["A3", "集中学习", "学准则", "2023-05-02"])
    answer = send(client, book_of(tmp_path / "二.xlsx", {"活动台账": rows, "人员": PEOPLE}))
    (line,) = answer.context["filled"]
    assert (line.added, line.changed, line.unchanged, line.faults) == (1, 1, 1, 0)
    assert "主题：学条例 → <strong>学新条例</strong>" in answer.content.decode()
    assert "1 张表没有填写" in answer.content.decode()


def test_faults_are_counted_by_sheet_with_what_to_do_and_nothing_is_written(
    db: None, pack: Pack, tmp_path: Path
) -> None:
    organisation, client = clerk_of_an_empty_office(pack)
    rows = [
        [*ACTIVITY, "主持人"],
        ["集中学习", "", "2023-02-30", ""],
        ["没有的类型", "学习", "昨天", "查无此人"],
        ["集中学习", "学条例", "2023-03-02", ""],
    ]
    answer = send(client, book_of(tmp_path / "台账.xlsx", {"活动台账": rows}))
    text = answer.content.decode()
    assert "日历上没有这一天" in text and "没有的类型" in text and "确认导入" not in text
    (line,) = answer.context["filled"]
    assert line.added == 1 and line.faults == answer.context["count"] == 5
    assert "日期，如 2023-03-05" in text and "/organisation/person/new/" in text
    assert not entries_of(organisation)


def test_the_faults_are_had_as_a_list_to_work_down(db: None, pack: Pack, tmp_path: Path) -> None:
    organisation, client = clerk_of_an_empty_office(pack)
    send(client, book_of(tmp_path / "台账.xlsx", {"活动台账": [ACTIVITY, ["集中学习", "学习", "昨天"]]}))
    answer = client.get("/import/faults.xlsx")
    assert f"{organisation.short_name}导入问题清单-" in unquote(answer["Content-Disposition"])
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    heads, row = ([cell.value for cell in line] for line in sheet.iter_rows(max_row=2))
    told = dict(zip(heads, row, strict=True))
    assert (told["工作表"], told["行"], told["列"], told["列名"]) == ("活动台账", 2, "C", "日期")
    assert "昨天" in str(told["问题"]) and " / " not in str(told["问题"]) and told["应填"] == "日期，如 2023-03-05"
    client.cookies["lianze_language"] = "en"
    english = openpyxl.load_workbook(io.BytesIO(client.get("/import/faults.xlsx").content)).worksheets[0]
    assert english["B1"].value == "Sheet" and "a day, as 2023-03-05" in str(english["G2"].value)


def test_what_others_recorded_meanwhile_is_looked_at_again_and_said(db: None, pack: Pack, tmp_path: Path) -> None:
    organisation, client = clerk_of_an_empty_office(pack)
    seen = hidden_in(send(client, book_of(tmp_path / "台账.xlsx", GOOD)))
    typed = {"kind": "study.collective", "title": "别的学习", "happened_on": "2023-12-30"}
    assert client.post("/registers/activity/new/", typed).status_code == 302
    again = client.post("/import/confirm/", seen, follow=True)
    assert "已重新检查" in again.content.decode() and entries_of(organisation) == 1
    assert client.post("/import/confirm/", hidden_in(again)).status_code == 302
    assert entries_of(organisation) == 2


def test_only_the_very_file_that_was_looked_at_is_imported(db: None, pack: Pack, tmp_path: Path) -> None:
    organisation, client = clerk_of_an_empty_office(pack)
    seen = hidden_in(send(client, book_of(tmp_path / "一.xlsx", GOOD)))
    other = {"活动台账": [ACTIVITY, ["集中学习", "换过的", "2023-03-02"]]}
    send(client, book_of(tmp_path / "二.xlsx", other))
    answer = client.post("/import/confirm/", seen, follow=True)
    assert "这不是刚才检查的那份文件" in answer.content.decode() and not entries_of(organisation)
    client.post("/import/drop/")
    assert "没有等待导入的工作簿" in client.post("/import/confirm/", seen, follow=True).content.decode()
    assert not list(all_folders())


def test_namesakes_and_names_too_long_are_asked_about_first(db: None, pack: Pack, tmp_path: Path) -> None:
    _, client = clerk_of_an_empty_office(pack)
    known = Person.objects.order_by("code").first()
    assert known is not None
    people = [*PEOPLE, [known.name, "新01", "办公室", "2023-01-03"]]
    page = send(client, book_of(tmp_path / "人员.xlsx", {"人员": people}))
    assert f"“{known.name}”（新01）与{known.code}同名" in page.content.decode()
    before = Person.objects.count()
    assert "请先核对" in client.post("/import/confirm/", hidden_in(page), follow=True).content.decode()
    assert Person.objects.count() == before
    client.post("/import/confirm/", {**hidden_in(page), "looked": "1"})
    assert Person.objects.count() == before + 1
    again = send(client, book_of(tmp_path / "人员.xlsx", {"人员": people}))
    assert "同名" not in again.content.decode()


def test_what_waits_is_its_senders_own_and_goes_after_some_hours(db: None, pack: Pack, tmp_path: Path) -> None:
    _, client = clerk_of_an_empty_office(pack)
    send(client, book_of(tmp_path / "台账.xlsx", GOOD))
    other = Client()
    other.force_login(Account.objects.get(username="discipline"), backend=BACKEND)
    assert "没有等待导入的工作簿" in other.get("/import/check/", follow=True).content.decode()
    (folder,) = all_folders()
    old = (timezone.now() - LIFE - timedelta(minutes=1)).timestamp()
    os.utime(folder, (old, old))
    assert "没有等待导入的工作簿" in client.get("/import/check/", follow=True).content.decode()
    sweep_waiting(timezone.now())
    assert not list(all_folders())


def test_too_much_at_once_is_refused_and_not_kept(
    db: None, pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, client = clerk_of_an_empty_office(pack)
    book = book_of(tmp_path / "台账.xlsx", GOOD)
    monkeypatch.setattr(settings, "IMPORT_LIMIT_BYTES", book.stat().st_size + 10)
    files = [io.BytesIO(b"x" * 11)]
    files[0].name = "签到.txt"
    answer = client.post("/import/", {"workbook": book.open("rb"), "evidence": files})
    assert answer.status_code == 422 and "请分几次导入" in answer.content.decode()
    assert not list(all_folders())
    long = book_of(tmp_path / "a.xlsx", GOOD)
    with long.open("rb") as file:
        file_named = io.BytesIO(file.read())
    file_named.name = "台" * 120 + ".xlsx"
    monkeypatch.setattr(settings, "IMPORT_LIMIT_BYTES", 10**7)
    answer = client.post("/import/", {"workbook": file_named})
    assert answer.status_code == 422 and "文件名太长" in answer.content.decode()


def test_as_much_evidence_is_taken_as_the_page_says(db: None, pack: Pack, tmp_path: Path) -> None:
    _, client = clerk_of_an_empty_office(pack)
    most = client.get("/import/").context["most"]
    folder = tmp_path / "佐证"
    folder.mkdir()
    for at in range(most):
        (folder / f"{at}.txt").write_text(f"{at}")
    workbook = book_of(tmp_path / "台账.xlsx", GOOD)
    assert "确认导入" in send(client, workbook, folder).content.decode()
    files = [path.open("rb") for path in (*folder.iterdir(), workbook)]
    assert client.post("/import/", {"workbook": workbook.open("rb"), "evidence": files}).status_code == 400


def test_what_is_no_workbook_is_refused_in_words(db: None, pack: Pack, tmp_path: Path) -> None:
    _, client = clerk_of_an_empty_office(pack)
    (tmp_path / "台账.xlsx").write_bytes(b"not a workbook")
    text = send(client, tmp_path / "台账.xlsx").content.decode()
    assert 'role="alert"' in text and "不是 .xlsx 工作簿" in text and "确认导入" not in text
    assert client.post("/import/").status_code == 422


def words_in(workbook: bytes) -> str:
    """Everything that the file says, in any sheet, note or property."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def test_the_empty_workbook_names_no_register_that_one_may_not_import(log_in: LogIn, pack: Pack) -> None:
    restricted = {register.id for register in pack.registers.values() if register.restricted}
    clerks = words_in(log_in("clerk").get("/import/template.xlsx").content)
    others = words_in(log_in("discipline").get("/import/template.xlsx").content)
    for register in pack.registers.values():
        assert (register.title in clerks) == (register.id not in restricted), register.id
        assert register.title in others


def test_a_sheet_one_may_not_know_of_is_told_like_any_strange_one(log_in: LogIn, pack: Pack, tmp_path: Path) -> None:
    hidden = next(register.title for register in pack.registers.values() if register.restricted)
    clerk, said = log_in("clerk"), []
    for title in (hidden, "自制表"):
        page = send(clerk, book_of(tmp_path / "台账.xlsx", {title: [["主题", "日期"], ["一件事", "2023-05-01"]]}))
        said.append(re.search(r'class="note error"[^>]*>([^<]+)', page.content.decode())[1])  # type: ignore[index]
    assert said[0] == said[1] and hidden not in said[0]
