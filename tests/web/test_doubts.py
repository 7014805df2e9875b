"""Asked once before saving: an entry just like it, and a guest one character from a colleague. And where a refused form
leads to."""

import re
from collections.abc import Mapping
from dataclasses import replace

from django.test import Client
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from lianze.ledger.actions import Desk
from lianze.ledger.models import Entry, Participation
from lianze.ledger.states import Author, EntryState
from lianze.org.actors import read_actor
from lianze.org.models import Account, Organisation
from lianze.pack import Pack
from lianze.web.doubts import read_twins
from tests.web.browsing import follow, violations, window
from tests.web.conftest import NOW, LogIn
from tests.web.live import BROWSER_TESTS, session_of

NEW = "/registers/activity/new/"
STUDY = {
    "kind": "study.collective",
    "title": "学习公务接待新规补充",
    "happened_on": "2023-12-29",
    "@attendee": "乔知夏",
}
CONFIRMED = re.compile(r'name="confirmed" value="([^"]*)"')


def ask(client: Client, typed: Mapping[str, object], address: str = NEW) -> str:
    """The form that comes back and asks."""
    answer = client.post(address, typed)
    assert answer.status_code == 422, answer
    return answer.content.decode()


def test_an_entry_just_like_it_is_asked_about_and_recorded_when_sent_again(log_in: LogIn) -> None:
    client = log_in("clerk")
    first = client.post(NEW, STUDY).headers["Location"].split("?")[0]
    # Quotes and blanks make no other title.
    text = ask(client, {**STUDY, "title": "学习 公务接待新规补充"})
    assert "已有同类型、同日、同主题的记录" in text and f'href="{first}"' in text and "苏念安" in text
    assert Entry.objects.filter(title__contains="公务接待新规补充", happened_on="2023-12-29").count() == 1
    assert client.post(NEW, {**STUDY, "confirmed": CONFIRMED.findall(text)}).status_code == 302
    assert Entry.objects.filter(title=STUDY["title"]).count() == 2


def test_another_day_kind_or_title_is_not_asked_about_nor_what_was_withdrawn(log_in: LogIn) -> None:
    client = log_in("clerk")
    first = client.post(NEW, STUDY).headers["Location"].split("?")[0]
    for other in ({"happened_on": "2023-12-28"}, {"kind": "study.branch"}, {"title": "学习公务接待新规补充（二）"}):
        assert client.post(NEW, {**STUDY, **other}).status_code == 302, other
    assert client.post(f"{first}withdraw/", {"version": 1, "why": "重复"}).status_code == 302
    assert client.post(NEW, STUDY).status_code == 302


def test_of_several_days_those_are_told_that_are_there_already(log_in: LogIn) -> None:
    client = log_in("clerk")
    assert client.post(NEW, {**STUDY, "happened_on": "2023-04-19"}).status_code == 302
    text = ask(client, {**STUDY, "also_on": "4-19、5-17"})
    told = text[text.index('id="doubts"') : text.index("仍要另记一条")]
    assert "2023-04-19" in told and "2023-05-17" not in told and "2023-12-29" not in told


def test_a_twin_that_one_may_not_see_is_not_told(log_in: LogIn, neighbour: Organisation, pack: Pack) -> None:
    """Neither another organisation's nor that of somebody whose roles open nothing."""
    assert log_in("clerk").post(NEW, STUDY).status_code == 302
    entry = Entry.objects.get(title=STUDY["title"])
    like = EntryState("activity", entry.title, entry.happened_on, kind=entry.kind)
    register, own = pack.registers["activity"], Organisation.objects.get(id=entry.organisation_id)
    clerk = read_actor(Account.objects.get(username="clerk"), own, NOW.date())
    desk = Desk(own, pack, clerk, Author(""), NOW)
    assert [twin.id for twin in read_twins(desk, register, [like])] == [entry.id]
    assert read_twins(replace(desk, organisation=neighbour), register, [like]) == []
    assert read_twins(replace(desk, actor=replace(clerk, grants=())), register, [like]) == []


def test_a_guest_one_character_from_a_colleague_is_asked_about_once(log_in: LogIn) -> None:
    client = log_in("clerk")
    typed = {**STUDY, "@attendee": "乔知夏、宁书遥、欧阳采薇"}
    text = ask(client, typed)
    assert "“宁书遥”不是本单位人员，与本单位“宁书瑶”只差一字" in text and 'data-take="宁书瑶"' in text
    assert "“欧阳采薇”" not in text and not Entry.objects.filter(title=STUDY["title"]).exists()
    answer = client.post(NEW, {**typed, "confirmed": CONFIRMED.findall(text)}, follow=True)
    page = answer.content.decode()
    assert "宁书遥（外单位）" in page and "欧阳采薇（外单位）" in page and "乔知夏（外单位）" not in page
    # Amending asks about guests that come anew only.
    entry = Entry.objects.get(title=STUDY["title"])
    address = f"/entries/{entry.id}/amend/"
    assert client.post(address, {**typed, "place": "礼堂", "version": 1}).status_code == 302
    assert "向北晨" in ask(client, {**typed, "@attendee": "宁书遥、向北晨", "version": 2}, address)


def test_a_confirmed_guest_does_not_confirm_another(log_in: LogIn) -> None:
    client = log_in("clerk")
    confirmed = CONFIRMED.findall(ask(client, {**STUDY, "@attendee": "宁书遥"}))
    text = ask(client, {**STUDY, "@attendee": "宁书遥、向北晨", "confirmed": confirmed})
    told = text[text.index('id="doubts"') : text.index("写错的，请在下面改正")]
    assert "向北晨" in told and "宁书遥" not in told
    typed = {**STUDY, "@attendee": "宁书遥、向北晨", "confirmed": CONFIRMED.findall(text)}
    assert client.post(NEW, typed).status_code == 302
    assert Participation.objects.filter(outside_name__in=["宁书遥", "向北晨"]).count() == 2


def test_guests_are_told_from_colleagues_in_a_list_of_names(log_in: LogIn) -> None:
    found = log_in("clerk").get("/people/?near=宁书遥&near=欧阳采薇&near=宁书瑶").json()["found"]
    assert found == [{"value": "宁书遥", "near": ["宁书瑶"]}]


def test_a_wrong_further_day_is_told_there_and_the_form_leads_there(log_in: LogIn) -> None:
    text = ask(log_in("clerk"), {**STUDY, "also_on": "2024-02-30 2099-11-27"})
    assert "2099-11-27还没有到" in text[text.index('id="also-fault"') :]
    assert '<a href="#also_on">同样内容的其他日期</a>' in text
    assert re.search(r'id="c-happened_on"[^>]*aria-invalid', text) is None
    assert re.search(r'id="also_on"[^>]*autofocus', text) and text.count("autofocus") == 1


def test_the_first_field_at_fault_has_the_focus_and_each_is_linked(log_in: LogIn) -> None:
    text = ask(log_in("clerk"), {**STUDY, "happened_on": "2023-02-30", "unit": "没有的科", "@host": "查无此人"})
    links = re.findall(r'<li><a href="#([^"]+)">', text)
    assert len(links) == 3 and all(f'id="{link}"' in text for link in links)
    assert text.count("autofocus") == 1 and re.search(rf'id="{links[0]}"[^>]*autofocus', text)


def test_names_typed_in_one_line_come_back_as_they_would_be_saved(log_in: LogIn) -> None:
    typed = {**STUDY, "title": "", "@attendee": "陆青禾、贺明远 乔知夏，宁书遥;向北辰"}
    text = ask(log_in("clerk"), typed)
    names = re.findall(r'type="hidden" name="@attendee" value="([^"]+)"', text)
    assert names == ["陆青禾", "贺明远", "乔知夏", "宁书遥", "向北辰"]


class TestInABrowser:
    pytestmark = BROWSER_TESTS

    def test_a_colleague_is_taken_for_a_misspelt_guest_with_one_click(
        self, browser: Browser, live_server: LiveServer, live_office: Organisation
    ) -> None:
        with window(browser, live_server.url, session_of("clerk"), 390) as page:
            page.goto(NEW + "?kind=study.collective")
            page.locator("[name=title]").fill("学习公务接待新规补充")
            picker = page.get_by_role("combobox", name="参加人员")
            picker.fill("宁书遥")
            picker.press("Enter")
            expect(page.locator("[data-near-told]")).to_contain_text("与本单位“宁书瑶”只差一字")
            assert not violations(page)
            # Saved as it stands, it is asked about; then taken from the form that came back.
            follow(page.get_by_role("button", name="记录", exact=True))
            expect(page.locator("#doubts")).to_be_focused()
            assert not violations(page)
            page.get_by_role("button", name="改为“宁书瑶”").click()
            expect(page.locator("[data-near-told]")).to_have_count(0)
            assert page.locator("[name='@attendee'][type=hidden]").input_value() == "宁书瑶"
            follow(page.get_by_role("button", name="记录", exact=True))
            expect(page.get_by_role("heading", level=1)).to_have_text("学习公务接待新规补充")
