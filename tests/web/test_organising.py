"""The organisation changed on pages: each change looked at first, told in words, and kept in a history."""

from collections.abc import Mapping
from datetime import date

import pytest
from django.test import Client

from lianze.ledger.upsert import Pen
from lianze.ledger.write_accounts import AccountState, create_account, write_grant
from lianze.org.directory import read_directory
from lianze.org.models import Appointment, AuditRecord, Organisation, Person, Unit
from lianze.pack import Pack
from tests.web.conftest import BACKEND, NOW, LogIn
from tests.web.office import AUTHOR

HEAD = {"capacity": "section_head", "rank": "section_and_below"}


def person_of(office: Organisation, name: str) -> Person:
    return Person.objects.get(organisation_id=office.id, name=name)


def page_of(office: Organisation, name: str) -> str:
    """The address of somebody's page."""
    return f"/organisation/person/{person_of(office, name).id}/"


def held(office: Organisation, pack: Pack, name: str, day: date) -> list[str]:
    """Posts held on a day."""
    holdings = read_directory(office.id, pack).holdings.get(person_of(office, name).id, ())
    return [one.post for one in holdings if one.covers(day)]


def send(client: Client, address: str, typed: Mapping[str, object]) -> str:
    """Sends a form, checks that it is only looked at, confirms it; returns what was shown in between."""
    looked = client.post(address, {"seen": "1", **typed})
    assert looked.status_code == 200, looked.content.decode()[-3000:]
    done = client.post(address, {"seen": "1", **typed, "confirmed": "1"})
    assert done.status_code == 302, done.content.decode()[-3000:]
    return looked.content.decode()


def test_a_transfer_is_shown_before_it_is_written_and_told_to_the_audit_list_in_words(
    log_in: LogIn, office: Organisation, pack: Pack
) -> None:
    clerk = log_in("clerk")
    held_now = Appointment.objects.get(organisation_id=office.id, person__name="向北辰")
    address = f"/organisation/appointment/{held_now.id}/transfer/"
    typed = {**HEAD, "post": "联络科科长", "unit": "联络科", "start_on": "2023-07-01"}
    looked = clerk.post(address, {"seen": "1", **typed}).content.decode()
    assert "还没有写入" in looked and "自 2023-07-01 起" in looked
    assert held(office, pack, "向北辰", date(2023, 7, 1)) == ["经济科科长"]
    send(clerk, address, typed)
    assert held(office, pack, "向北辰", date(2023, 6, 30)) == ["经济科科长"]
    assert held(office, pack, "向北辰", date(2023, 7, 1)) == ["联络科科长"]
    told = AuditRecord.objects.filter(organisation_id=office.id, action="organised").get().about
    assert "止 — → 2023-06-30" in told and "机构 经济科 → 联络科" in told
    page = clerk.get(page_of(office, "向北辰")).content.decode()
    assert "联络科科长" in page and "已免" in page
    assert "联络科科长" in clerk.get("/organisation/?on=2023-07-01").content.decode()
    assert "经济科科长" in clerk.get("/organisation/?on=2023-06-30").content.decode().partition("任职经历")[0]


def test_somebody_joins_with_a_post_and_leaves_again(log_in: LogIn, office: Organisation, pack: Pack) -> None:
    clerk = log_in("clerk")
    typed = {"name": "周 行", "unit": "联络科", "joined_on": "2023-03-01", **HEAD, "capacity": "staff"}
    looked = send(clerk, "/organisation/person/new/", typed)
    assert "全部人员：8 → <strong>9</strong>" in looked.replace("\n", "")
    person = person_of(office, "周行")
    assert person.code == "P09" and held(office, pack, "周行", date(2023, 3, 1)) == ["工作人员"]
    send(clerk, f"{page_of(office, '周行')}leave/", {"left_on": "2023-08-31"})
    assert not held(office, pack, "周行", date(2023, 9, 1))
    early = clerk.post(f"{page_of(office, '周行')}leave/", {"left_on": "2023-02-28", "seen": "2"})
    assert early.status_code == 422 and "早于开始的2023-03-01" in early.content.decode()


def test_a_rank_is_kept_in_a_transfer_asked_for_and_its_norm_shown(log_in: LogIn, office: Organisation) -> None:
    clerk = log_in("clerk")
    row = Appointment.objects.get(organisation_id=office.id, person__name="向北辰")
    address = f"/organisation/appointment/{row.id}/transfer/"
    first = clerk.get(address).content.decode()
    for kept in HEAD.values():
        assert f'<option value="{kept}" selected>' in first, kept
    typed = {**HEAD, "rank": "", "post": "联络科科长", "unit": "联络科", "start_on": "2023-07-01", "seen": "1"}
    looked = clerk.post(address, typed).content.decode()
    assert "“向北辰”的“联络科科长”没有职级，不计入“核定办公用房面积”" in looked
    assert "核定办公用房面积：" in looked and "标准合计不变" not in looked
    assert clerk.post(address, {**typed, "confirmed": "1"}).status_code == 422
    ranked = clerk.post(address, {**typed, **HEAD}).content.decode()
    assert "没有职级" not in ranked and "标准合计不变" in ranked
    raised = clerk.post(address, {**typed, "rank": "division_deputy"}).content.decode()
    assert "核定办公用房面积：" in raised and "㎡" in raised


@pytest.mark.parametrize(
    ("typed", "told"), [({"joined_on": "2099-03-01"}, "2099-03-01在一年以后"), ({"name": "很" * 21}, "超过20个字")]
)
def test_what_is_seldom_so_is_asked_about_before_it_is_written(
    log_in: LogIn, office: Organisation, typed: dict[str, str], told: str
) -> None:
    sent = {"name": "甲", "unit": "办公室", "joined_on": "2023-03-01", "seen": "0", **typed}
    clerk = log_in("clerk")
    assert told in clerk.post("/organisation/person/new/", sent).content.decode()
    assert clerk.post("/organisation/person/new/", {**sent, "confirmed": "1"}).status_code == 422
    assert clerk.post("/organisation/person/new/", {**sent, "confirmed": "1", "why": "文件如此"}).status_code == 302


def test_who_has_no_post_is_told_with_a_link_to_appoint_them(log_in: LogIn, office: Organisation) -> None:
    clerk = log_in("clerk")
    assert "未登记任职" not in clerk.get("/organisation/").content.decode()
    send(clerk, "/organisation/person/new/", {"name": "甲", "unit": "办公室", "joined_on": "2023-03-01", "seen": "0"})
    page = clerk.get("/organisation/").content.decode()
    assert "未登记任职 1 人" in page and f"/organisation/appointment/new/?person={person_of(office, '甲').id}" in page
    assert "未登记任职" not in clerk.get("/organisation/?on=2023-02-28").content.decode()
    seen = log_in("head").get("/organisation/").content.decode()
    assert "未登记任职 1 人" in seen and "/organisation/appointment/new/" not in seen


def test_a_transfer_ahead_is_told_with_its_day_and_not_offered_twice(log_in: LogIn, office: Organisation) -> None:
    clerk = log_in("clerk")
    row = Appointment.objects.get(organisation_id=office.id, person__name="向北辰")
    transfer = f"/organisation/appointment/{row.id}/transfer/"
    assert transfer in clerk.get(page_of(office, "向北辰")).content.decode()
    send(clerk, transfer, {**HEAD, "post": "联络科科长", "unit": "联络科", "start_on": "2099-12-01"})
    page = clerk.get(page_of(office, "向北辰")).content.decode()
    assert "自 2099-12-01 起" in page and transfer not in page and f"/appointment/{row.id}/end/" not in page


@pytest.mark.parametrize(
    ("kind", "typed", "told"),
    [
        ("person", {"name": "乔知夏", "unit": "办公室", "joined_on": "2023-03-01"}, "已有同名的“乔知夏”：P04（办公室）"),
        ("person", {"name": "甲", "unit": "办公室", "joined_on": "2023-03-01", "code": "P04"}, "已是“乔知夏”的"),
        ("person", {"name": "甲", "unit": "没有的科", "joined_on": "2023-03-01"}, "没有“没有的科”这一机构"),
        ("person", {"name": "甲", "unit": "办公室", "joined_on": ""}, "请填写“入职日期”"),
        ("person", {"name": "甲", "unit": "办公室", "joined_on": "2023-03-01", "post": "科员"}, "请选择身份"),
        ("unit", {"name": "办公室", "unit_kind": "section"}, "已有叫“办公室”的机构"),
        ("appointment", {**HEAD, "person": "无此人", "post": "科长", "unit": "办公室", "start_on": "2023-01-01"}, "没有“无此人”"),
        ("appointment", {**HEAD, "person": "乔知夏", "post": "办公室主任", "unit": "办公室", "start_on": "2023-01-01"}, "重叠"),
        ("portfolio", {"person": "陆青禾", "start_on": "2023-01-01"}, "至少填一项"),
        ("portfolio", {"person": "陆青禾", "area": "audit", "start_on": "2023-02-01", "end_on": "2023-01-01"}, "早于开始的"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_in_words_beside_what_was_typed(
    log_in: LogIn, office: Organisation, kind: str, typed: dict[str, str], told: str
) -> None:
    answer = log_in("clerk").post(f"/organisation/{kind}/new/", {**typed, "confirmed": "1", "seen": "0"})
    assert answer.status_code == 422 and told in answer.content.decode(), answer.content.decode()[-3000:]
    assert not AuditRecord.objects.filter(action="organised").exists()


def test_a_namesake_with_a_code_is_somebody_else(log_in: LogIn, office: Organisation) -> None:
    typed = {"name": "乔知夏", "unit": "经济科", "joined_on": "2023-03-01", "code": "P77"}
    send(log_in("clerk"), "/organisation/person/new/", typed)
    assert Person.objects.filter(organisation_id=office.id, name="乔知夏").count() == 2


def test_what_the_principal_may_not_be_in_charge_of_is_shown_with_its_clause(
    log_in: LogIn, office: Organisation, pack: Pack
) -> None:
    clerk = log_in("clerk")
    typed = {"person": "沈望川", "area": "purchasing", "start_on": "2023-05-01", "seen": "0"}
    looked = clerk.post("/organisation/portfolio/new/", typed).content.decode()
    assert "直接分管“物资采购”" in looked and pack.area_source in looked
    assert clerk.post("/organisation/portfolio/new/", {**typed, "confirmed": "1"}).status_code == 422
    reasoned = {**typed, "confirmed": "1", "why": "副职空缺，暂代"}
    assert clerk.post("/organisation/portfolio/new/", reasoned).status_code == 302
    assert "不得直接分管" in clerk.get("/organisation/?on=2023-06-01").content.decode()
    assert "不得直接分管" not in clerk.get("/organisation/?on=2023-04-30").content.decode()


def test_a_wrong_appointment_is_corrected_with_a_reason_and_the_history_keeps_both(
    log_in: LogIn, office: Organisation, pack: Pack
) -> None:
    clerk = log_in("clerk")
    row = Appointment.objects.get(organisation_id=office.id, person__name="向北辰")
    address = f"/organisation/appointment/{row.id}/"
    typed = {**HEAD, "person": "向北辰", "post": "经济科科长", "unit": "经济科", "start_on": "2020-05-20", "seen": "1"}
    assert clerk.post(f"{address}change/", {**typed, "confirmed": "1"}).status_code == 422
    assert clerk.post(f"{address}change/", {**typed, "confirmed": "1", "why": "日期看错"}).status_code == 302
    assert clerk.post(f"{address}withdraw/", {"seen": "1", "confirmed": "1", "why": "录错人"}).status_code == 422
    assert clerk.post(f"{address}withdraw/", {"seen": "2", "confirmed": "1", "why": "录错人"}).status_code == 302
    assert not held(office, pack, "向北辰", date(2023, 1, 1))
    page = clerk.get(page_of(office, "向北辰")).content.decode()
    for said in ("日期看错", "<del>2020-04-20</del> → <ins>2020-05-20</ins>", "录错人", "已撤回"):
        assert said in page, said
    assert clerk.get(f"{address}change/").status_code == 404


def test_a_unit_is_closed_when_its_people_go_somewhere(log_in: LogIn, office: Organisation) -> None:
    clerk = log_in("clerk")
    unit = Unit.objects.get(organisation_id=office.id, name="联络科")
    address = f"/organisation/unit/{unit.id}/close/"
    asked = {"closed_on": "2023-12-31", "seen": "1", "confirmed": "1"}
    refused = clerk.post(address, asked)
    assert refused.status_code == 422 and "请写明去向" in refused.content.decode()
    assert "还没有到这一天" in clerk.post(address, {**asked, "closed_on": "2099-01-01"}).content.decode()
    assert clerk.post(address, {**asked, "to": "办公室"}).status_code == 302
    assert person_of(office, "宁书瑶").unit.name == "办公室"
    assert "已撤销" in clerk.get(f"/organisation/unit/{unit.id}/").content.decode()


def test_who_may_not_is_told_why_and_sees_neither_relatives_nor_notes(log_in: LogIn, office: Organisation) -> None:
    clerk, head = log_in("clerk"), log_in("head")
    address = page_of(office, "柏林川")
    typed = {
        "name": "柏林川",
        "unit": "经济科",
        "joined_on": "2019-08-12",
        "relatives": "宁书瑶",
        "note": "只给经办人看",
    }
    send(clerk, f"{address}change/", typed)
    assert "宁书瑶" in clerk.get(address).content.decode()
    seen = head.get(address).content.decode()
    assert "维护机构和人员" in seen and "disabled" in seen and "/leave/" not in seen
    assert "宁书瑶" not in seen and "只给经办人看" not in seen
    told = AuditRecord.objects.filter(organisation_id=office.id, action="organised").get().about
    assert "只给经办人看" not in told
    for page in (f"{address}leave/", "/organisation/person/new/"):
        assert head.get(page).status_code == head.post(page, {}).status_code == 403


def test_another_organisations_people_are_not_there(
    log_in: LogIn, office: Organisation, neighbour: Organisation
) -> None:
    clerk, other = log_in("clerk"), person_of(neighbour, "柏林川")
    assert clerk.get(f"/organisation/person/{other.id}/").status_code == 404
    left = {"left_on": "2023-06-30", "confirmed": "1", "seen": "1"}
    assert clerk.post(f"/organisation/person/{other.id}/leave/", left).status_code == 404
    assert person_of(neighbour, "柏林川").left_on is None
    stray = {**HEAD, "person": "柏林川", "unit": "办公室", "post": "科长", "start_on": "2023-07-01", "seen": "0"}
    row = Appointment.objects.filter(organisation_id=neighbour.id).first()
    assert row is not None and clerk.post(f"/organisation/appointment/{row.id}/change/", stray).status_code == 404


def test_an_empty_office_is_told_what_to_do_first(db: None, pack: Pack) -> None:
    from lianze.ledger.write_org import create_organisation

    empty = create_organisation("empty", "空单位", "空", "", "", NOW, AUTHOR)
    pen = Pen(empty.id, AUTHOR, "", NOW)
    account = create_account(pen, AccountState("first", "甲"), "a password of a test", is_own=True)
    write_grant(pen, account, "clerk", date(2020, 1, 1))
    client = Client()
    client.force_login(account, backend=BACKEND)
    assert "先点上面的“新建机构”" in client.get("/organisation/").content.decode()
    send(client, "/organisation/unit/new/", {"name": "办公室", "unit_kind": "section", "seen": "0"})
    send(client, "/organisation/person/new/", {"name": "甲", "unit": "办公室", "joined_on": "2023-01-01", "seen": "0"})
    assert person_of(empty, "甲").code == "P01"
