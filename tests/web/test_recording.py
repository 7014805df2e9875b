"""Recording, amending, steps and withdrawal through the pages."""

import json
import re

from django.db.models import QuerySet
from django.test import Client

from lianze.ledger.models import Entry, Link, Participation, Revision
from lianze.ledger.rows import read_states
from lianze.ledger.states import json_of
from lianze.org.models import Account, Organisation, Person
from lianze.pack import load_builtin
from lianze.web.merging import merged_files, state_in_json
from tests.web.conftest import LogIn

STUDY = {
    "kind": "study.collective",
    "title": "学习公务接待新规",
    "happened_on": "2023-12-29",
    "unit": "办公室",
    "@host": "沈望川",
    "@attendee": ["乔知夏", "苏念安、宁书瑶"],
}


def record(client: Client, **typed: object) -> Entry:
    """Records a study session and returns it."""
    answer = client.post("/registers/activity/new/", {**STUDY, **typed})
    assert answer.status_code == 302, answer.content.decode()
    return Entry.objects.get(id=answer.headers["Location"].split("/")[2])


def test_a_session_is_recorded_with_its_people_and_leaf(log_in: LogIn, office: Organisation) -> None:
    entry = record(log_in("clerk"))
    assert (entry.title, entry.kind, str(entry.happened_on)) == (STUDY["title"], "study.collective", "2023-12-29")
    people = Participation.objects.filter(organisation_id=office.id, entry_id=entry.id).count()
    assert people == 4
    assert Revision.objects.filter(organisation_id=office.id, subject_id=entry.id).count() == 1


def test_several_days_make_several_entries(log_in: LogIn) -> None:
    answer = log_in("clerk").post(
        "/registers/activity/new/", {**STUDY, "also_on": "4-19、5月17日 2023-06-21"}, follow=True
    )
    assert len(answer.context["lines"]) == 4 and "再记一条" in answer.content.decode()
    days = Entry.objects.filter(title=STUDY["title"]).order_by("happened_on").values_list("happened_on", flat=True)
    assert [str(day) for day in days] == ["2023-04-19", "2023-05-17", "2023-06-21", "2023-12-29"]


def test_a_talk_names_both_sides_and_its_form_says_so(log_in: LogIn) -> None:
    clerk = log_in("clerk")
    form = clerk.get("/registers/activity/new/?kind=talk.heart").content.decode()
    assert re.search(r'谈话走访对象 <span class="quiet">必填', form)
    typed = {"kind": "talk.heart", "title": "岗位变动", "happened_on": "2023-12-29", "@talker": "沈望川"}
    answer = clerk.post("/registers/activity/new/", typed)
    assert answer.status_code == 422 and "未填“谈话走访对象”" in answer.content.decode()
    assert clerk.post("/registers/activity/new/", {**typed, "@talked_to": "陆青禾"}).status_code == 302


def test_a_guest_is_marked_and_a_group_is_no_name(log_in: LogIn) -> None:
    typed = {**STUDY, "@attendee": ["乔知夏", "乔知下", "全体干部职工"]}
    answer = log_in("clerk").post("/registers/activity/new/", typed)
    text = answer.content.decode()
    assert answer.status_code == 422 and "“全体干部职工”不是姓名" in text
    assert re.search(r'乔知下<span class="guest quiet">外单位</span>', text)
    assert not re.search(r"乔知夏<span", text)


def test_every_fault_is_shown_at_its_field_and_nothing_typed_is_lost(log_in: LogIn) -> None:
    before = Entry.objects.count()
    typed = {"kind": "study.collective", "title": "", "happened_on": "2023-02-30", "@host": "查无此人", "place": "礼堂"}
    answer = log_in("clerk").post("/registers/activity/new/", typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "未填“主题”" in text and "日历上没有这一天" in text and "没有“查无此人”" in text
    assert 'value="礼堂"' in text and "查无此人" in text
    assert Entry.objects.count() == before


def test_faults_are_read_in_english(log_in: LogIn) -> None:
    client = log_in("clerk")
    client.cookies["lianze_language"] = "en"
    text = client.post("/registers/activity/new/", {"kind": "study.collective"}).content.decode()
    assert "Topic must be given" in text and "未填" not in text


def test_the_form_starts_with_today_my_section_and_me(log_in: LogIn) -> None:
    text = log_in("clerk").get("/registers/activity/new/?kind=study.collective").content.decode()
    assert '<option value="办公室" selected>' in text
    assert 'name="owner" value="苏念安"' in text


def test_a_talk_asks_who_talked_with_whom_and_not_who_hosted_or_attended(log_in: LogIn) -> None:
    page = log_in("clerk").get("/registers/activity/new/?kind=talk.heart")
    layout = page.context["layout"]
    at_hand = {control.name for control in layout.open}
    assert {"@talker", "@talked_to"} <= at_hand
    assert not {"@host", "@attendee"} & (at_hand | {control.name for control in layout.folded})


def test_each_kind_asks_first_for_the_roles_of_its_own(log_in: LogIn) -> None:
    client = log_in("clerk")
    for kind, roles in {
        "": {"@host", "@attendee"},
        "lecture.integrity": {"@host", "@attendee", "@speaker"},
        "meeting.hearing": {"@host", "@attendee", "@reporter"},
        "visit.home": {"@talker", "@talked_to"},
        "visit.condolence": {"@host", "@attendee"},
        "lead.deploy": {"@host"},
    }.items():
        page = client.get(f"/registers/activity/new/?kind={kind}")
        shown = {control.name for control in page.context["layout"].open if control.name.startswith("@")}
        assert shown == roles, kind


def test_a_name_typed_before_the_kind_was_changed_stays_in_sight(log_in: LogIn) -> None:
    typed = {"kind": "talk.heart", "@attendee": ["乔知夏"]}
    text = log_in("clerk").post("/registers/activity/fields/", typed).content.decode()
    assert 'name="@attendee" value="乔知夏"' in text


def test_the_last_entry_of_the_kind_fills_people_but_not_topic(log_in: LogIn) -> None:
    client = log_in("clerk")
    last = record(client, place="四楼")
    typed = {"kind": "study.collective", "copy_last": "1", "happened_on": "2024-01-05", "title": "新主题"}
    text = client.post("/registers/activity/fields/", typed).content.decode()
    assert 'name="@host" value="沈望川"' in text and 'value="四楼"' in text
    assert last.title not in text and 'value="新主题"' in text and 'value="2024-01-05"' in text


def test_an_amendment_shows_what_differs(log_in: LogIn) -> None:
    client = log_in("clerk")
    entry = record(client)
    typed = {**STUDY, "title": "学习纪律处分条例", "version": 1, "why": "写错主题"}
    assert client.post(f"/entries/{entry.id}/amend/", typed).status_code == 302
    text = client.get(f"/entries/{entry.id}/").content.decode()
    assert "<del>学习公务接待新规</del>" in text and "<ins>学习纪律处分条例</ins>" in text and "写错主题" in text


def test_two_people_amending_at_once_do_not_overwrite_each_other(log_in: LogIn) -> None:
    client = log_in("clerk")
    entry = record(client)
    client.post(f"/entries/{entry.id}/amend/", {**STUDY, "place": "甲", "version": 1})
    answer = client.post(f"/entries/{entry.id}/amend/", {**STUDY, "place": "乙", "version": 1})
    text = answer.content.decode()
    assert answer.status_code == 422 and "请改正下面标出的内容" not in text
    assert (
        "<ins>甲</ins>" in text and 'value="乙"' in text and 'name="version" value="2"' in text and "覆盖保存" in text
    )
    assert client.post(f"/entries/{entry.id}/amend/", {**STUDY, "place": "乙", "version": 2}).status_code == 302
    assert Entry.objects.get(id=entry.id).data["place"] == "乙"


def test_what_a_window_did_not_touch_is_as_the_other_window_saved_it(log_in: LogIn) -> None:
    client = log_in("clerk")
    entry = record(client, place="甲")
    address = f"/entries/{entry.id}/amend/"
    people = {**STUDY, "@attendee": ["乔知夏", "宁书瑶"]}
    assert client.post(address, {**people, "place": "甲", "happened_on": "2023-12-28", "version": 1}).status_code == 302
    answer = client.post(address, {**STUDY, "place": "乙", "version": 1})
    text = answer.content.decode()
    assert answer.status_code == 422 and "覆盖保存" not in text and "互不影响" in text and "aria-invalid" not in text
    assert 'value="2023-12-28"' in text and 'value="乙"' in text and 'name="@attendee" value="苏念安"' not in text
    answer = client.post(address, {**STUDY, "happened_on": "2023-12-27", "place": "乙", "version": 1})
    text = answer.content.decode()
    assert text.count("aria-invalid") == 1 and "这一项两边都改过" in text and "覆盖保存" in text
    assert 'value="2023-12-27"' in text and 'name="@attendee" value="苏念安"' not in text


def test_every_kind_of_entry_is_read_back_from_its_revision_as_it_was(office: Organisation) -> None:
    for register in load_builtin().registers:
        rows = list(Entry.objects.filter(organisation_id=office.id, register=register)[:20])
        for state in read_states(office.id, rows).values():
            assert state_in_json(json.loads(json.dumps(json_of(state)))) == state


def test_files_of_both_windows_are_kept_and_what_one_took_away_is_gone() -> None:
    old, theirs, mine = ("旧.pdf", "01"), ("甲.pdf", "02"), ("乙.pdf", "03")
    assert merged_files((old,), (old, theirs), (mine,)) == (theirs, mine)
    assert merged_files((old,), (theirs,), (old, mine)) == (theirs, mine)


def test_withdrawing_needs_a_reason_and_keeps_the_entry(log_in: LogIn) -> None:
    client = log_in("clerk")
    entry = record(client)
    assert client.post(f"/entries/{entry.id}/withdraw/", {"version": 1, "why": " "}).status_code == 403
    assert client.post(f"/entries/{entry.id}/withdraw/", {"version": 1, "why": "重复"}).status_code == 302
    assert entry.title not in client.get("/registers/activity/").content.decode()
    assert entry.title in client.get("/registers/activity/?withdrawn=1").content.decode()


def test_who_recorded_a_finding_may_not_close_it_and_is_told_so(log_in: LogIn, office: Organisation) -> None:
    clerk = log_in("clerk")
    owner = Person.objects.get(organisation_id=office.id, code="P05")
    typed = {"kind": "ecology", "title": "会议记录不全", "happened_on": "2023-10-12", "owner": owner.name}
    typed |= {"unit": "经济科", "cause": "style", "aspect": "style", "description": "两次会议没有记录"}
    answer = clerk.post("/registers/finding/new/", typed)
    assert answer.status_code == 302, re.findall(r'class="fault"[^>]*>([^<]+)', answer.content.decode())
    entry_id = answer.headers["Location"].split("/")[2]
    assert "销号</button>" not in clerk.get(f"/entries/{entry_id}/").content.decode(), "nothing was mended yet"
    assert clerk.post(f"/entries/{entry_id}/step/start/", {"version": 1}).status_code == 302
    text = clerk.get(f"/entries/{entry_id}/").content.decode()
    assert re.search(r"<button disabled[^>]*>销号</button>", text) and "须由另一人办理" in text
    done = clerk.post(f"/entries/{entry_id}/step/close/", {"version": 2, "day": "2023-12-01"})
    assert done.status_code == 403 and "须由另一人办理" in done.content.decode()
    other = log_in("leader").post(f"/entries/{entry_id}/step/close/", {"version": 2, "day": "2023-12-01"})
    assert other.status_code == 302
    assert Entry.objects.get(id=entry_id).state == "closed"


def in_hand(office: Organisation) -> QuerySet[Entry]:
    """Findings being mended, always in the same order."""
    return Entry.objects.filter(organisation_id=office.id, register="finding", state="rectifying").order_by("title")


def test_nothing_is_closed_before_somebody_began_to_mend_it(log_in: LogIn, office: Organisation) -> None:
    leader = Account.objects.get(username="leader")
    entry = in_hand(office).exclude(owner_id=leader.person_id)[0]
    Entry.objects.filter(id=entry.id).update(state="open")
    sent = {"version": entry.version, "day": "2023-12-01"}
    answer = log_in("leader").post(f"/entries/{entry.id}/step/close/", sent)
    assert answer.status_code == 422 and "只能从" in answer.content.decode()


def test_whoever_may_close_a_finding_is_told_which_of_its_measures_are_not_done(
    log_in: LogIn, office: Organisation
) -> None:
    found = Link.objects.filter(organisation_id=office.id, entry__register="measure", target__state="rectifying")
    link = found.order_by("entry__title")[0]
    measure = Entry.objects.filter(id=link.entry_id)
    leader = log_in("leader")
    measure.update(state="open")
    page = leader.get(f"/entries/{link.target_id}/")
    assert measure[0] in page.context["unfinished"] and "还没有办完" in page.content.decode()
    measure.update(state="done")
    assert measure[0] not in leader.get(f"/entries/{link.target_id}/").context["unfinished"]


def test_an_imported_finding_is_not_closed_by_who_is_in_charge_of_it(log_in: LogIn, office: Organisation) -> None:
    clerk = Account.objects.get(username="clerk")
    entry = in_hand(office)[0]
    Entry.objects.filter(id=entry.id).update(owner_id=clerk.person_id, author_id=None)
    text = log_in("clerk").get(f"/entries/{entry.id}/").content.decode()
    assert re.search(r"<button disabled[^>]*>销号</button>", text) and "您是责任人" in text


def test_who_took_the_step_before_may_not_close_after_somebody_else_amended(
    log_in: LogIn, office: Organisation
) -> None:
    clerk, leader = log_in("clerk"), log_in("leader")
    typed = {"kind": "research", "title": "接待登记不及时", "happened_on": "2023-10-12"}
    entry_id = leader.post("/registers/finding/new/", typed).headers["Location"].split("/")[2]
    clerk.post(f"/entries/{entry_id}/step/start/", {"version": 1})
    leader.post(f"/entries/{entry_id}/amend/", {**typed, "cause": "", "version": 2, "why": "补充"})
    assert Entry.objects.get(id=entry_id).version == 3
    done = clerk.post(f"/entries/{entry_id}/step/close/", {"version": 3, "day": "2023-12-01"})
    assert done.status_code == 403 and "上一步经办人" in done.content.decode()


def test_a_section_head_records_for_the_own_section_only(log_in: LogIn) -> None:
    head = log_in("head")
    assert head.post("/registers/activity/new/", {**STUDY, "unit": "经济科"}).status_code == 302
    answer = head.post("/registers/activity/new/", {**STUDY, "unit": "办公室"})
    assert answer.status_code == 422 and "不能在此处" in answer.content.decode()


def test_five_wrong_passwords_lock_the_door(office: Organisation) -> None:
    client = Client()
    for _ in range(5):
        client.post("/login/", {"username": "clerk", "password": "wrong"})
    answer = client.post("/login/", {"username": "clerk", "password": "lianze-demo-2023"})
    assert answer.status_code in (403, 429)
    assert Account.objects.get(username="clerk").is_active


def test_a_long_text_is_looked_up_without_a_refusal(log_in: LogIn) -> None:
    client = log_in("clerk")
    answer = client.get("/people/", {"q": "很长的一段文字" * 9000})
    assert answer.status_code == 200 and answer.json() == {"found": []}
    assert client.get("/people/?name=沈望川&name=外单位甲").json() == {"found": [{"value": "沈望川", "text": "沈望川"}]}
