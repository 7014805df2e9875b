"""A step with a fault, an extension from the asking to the answer, and what waits for whom."""

from datetime import date

import pytest
from django.test import Client

from lianze.ledger.models import Entry, Link, Revision
from lianze.org.keys import new_id
from lianze.org.models import Account, Organisation
from tests.web.conftest import LogIn

LIMIT, ASKED = date(2023, 12, 20), "2099-06-30"


@pytest.fixture
def entry(office: Organisation) -> Entry:
    """A finding being mended that is overdue, answered for by the principal."""
    principal = Account.objects.get(username="principal")
    found = Entry.objects.filter(organisation_id=office.id, register="finding", state="rectifying").order_by("id")[0]
    Entry.objects.filter(id=found.id).update(owner_id=principal.person_id, due_on=LIMIT)
    found.refresh_from_db()
    return found


def take(client: Client, entry: Entry, step: str, **typed: str) -> tuple[int, str]:
    """Status and text of the answer."""
    entry.refresh_from_db()
    answer = client.post(f"/entries/{entry.id}/step/{step}/", {"version": entry.version, **typed})
    entry.refresh_from_db()
    return answer.status_code, answer.content.decode()


def ask(client: Client, entry: Entry, day: str = ASKED) -> tuple[int, str]:
    return take(client, entry, "extend", day=day, why="路途远，分两次去")


def test_an_extension_names_its_day_and_a_second_person_grants_it(log_in: LogIn, entry: Entry) -> None:
    principal = log_in("principal")
    assert ask(principal, entry)[0] == 302
    page = principal.get(f"/entries/{entry.id}/").content.decode()
    assert (entry.state, entry.due_on) == ("extended", LIMIT) and "申请延期至 2099-06-30</span>" in page
    assert take(principal, entry, "approve_extension")[0] == 403
    assert take(log_in("leader"), entry, "approve_extension") == (302, "")
    assert (entry.state, str(entry.due_on), entry.data["extensions"]) == ("rectifying", ASKED, 1)
    assert "extended_to" not in entry.data
    page = principal.get(f"/entries/{entry.id}/").content.decode()
    assert "<del>2023-12-20</del> → <ins>2099-06-30</ins>" in page and '<span class="late">逾期' not in page


def test_an_extension_refused_or_taken_back_leaves_the_limit(log_in: LogIn, entry: Entry) -> None:
    principal, leader = log_in("principal"), log_in("leader")
    assert ask(principal, entry)[0] == 302
    assert take(leader, entry, "retract_extension")[0] == 403
    assert take(leader, entry, "refuse_extension", why="年底前能办完")[0] == 302
    assert (entry.state, entry.due_on) == ("rectifying", LIMIT) and "extended_to" not in entry.data
    assert ask(principal, entry)[0] == 302
    assert take(principal, entry, "retract_extension")[0] == 302
    assert (entry.state, entry.due_on, entry.data.get("extensions")) == ("rectifying", LIMIT, None)


def test_an_extension_from_before_days_were_asked_has_a_way_out(log_in: LogIn, entry: Entry) -> None:
    Entry.objects.filter(id=entry.id).update(state="extended")
    leader = log_in("leader")
    status, text = take(leader, entry, "approve_extension")
    assert status == 422 and "须有“申请延期至”" in text
    assert take(leader, entry, "retract_extension")[0] == 302 and entry.state == "rectifying"


@pytest.mark.parametrize(
    ("typed", "said"), [("", "须填“申请延期至”"), ("2023-12-01", "早于“整改时限”"), ("年底", "不是日期")]
)
def test_a_bad_day_is_told_beside_it_and_the_reason_stays(typed: str, said: str, log_in: LogIn, entry: Entry) -> None:
    status, text = ask(log_in("principal"), entry, typed)
    place, _, rest = text.partition('id="day-extend-fault">')
    assert status == 422 and said in rest.partition("</p>")[0]
    assert f'name="day" value="{typed}" required aria-invalid="true"' in place
    assert 'value="路途远，分两次去"' in rest and entry.state == "rectifying"


def test_several_are_previewed_on_the_day_that_is_typed(log_in: LogIn, entry: Entry) -> None:
    leader, sent = log_in("leader"), {"entry": [str(entry.id)], "action": "close"}
    early = leader.post("/registers/finding/bulk/", {**sent, "day": "2001-01-01"}).content.decode()
    assert "早于" in early and "没有可办理的记录" in early
    wrong = leader.post("/registers/finding/bulk/", {**sent, "day": "昨天", "confirmed": "1"})
    assert wrong.status_code == 422 and 'value="昨天" aria-invalid="true"' in wrong.content.decode()
    entry.refresh_from_db()
    assert entry.state == "rectifying"


def test_an_amended_entry_keeps_what_steps_fill(log_in: LogIn, entry: Entry) -> None:
    principal = log_in("principal")
    ask(principal, entry)
    form = principal.get(f"/entries/{entry.id}/amend/").content.decode()
    assert 'name="extended_to"' not in form and 'name="extensions"' not in form
    sent = {"version": entry.version, "kind": entry.kind, "title": "另一写法", "happened_on": str(entry.happened_on)}
    answer = principal.post(f"/entries/{entry.id}/amend/", {**sent, "why": "改写"})
    entry.refresh_from_db()
    assert answer.status_code == 302 and (entry.title, entry.data["extended_to"]) == ("另一写法", ASKED)


def test_only_what_can_be_confirmed_now_waits(log_in: LogIn, office: Organisation, entry: Entry) -> None:
    leader, link = log_in("leader"), f'href="/entries/{entry.id}/"'
    measure = Entry.objects.filter(organisation_id=office.id, register="measure").order_by("id")[0]
    Link.objects.filter(target_id=entry.id).delete()
    assert link in leader.get("/due/waiting/").content.decode()
    Link(id=new_id(), organisation=office, entry=measure, relation="addresses", target=entry).save()
    Entry.objects.filter(id=measure.id).update(state="open")
    assert link not in leader.get("/due/waiting/").content.decode()
    Entry.objects.filter(id=measure.id).update(state="done")
    text = leader.get("/due/waiting/").content.decode()
    assert link in text
    count = text.partition("<h1>等我确认 ")[2].partition("<")[0]
    assert f'<h2 id="h-wait">等我确认 {count}</h2>' in leader.get("/").content.decode()
    # An extension that is asked for waits however unfinished its measures are.
    Entry.objects.filter(id=measure.id).update(state="open")
    ask(log_in("principal"), entry)
    text = leader.get("/due/waiting/").content.decode()
    assert link in text.replace("\n", "") and "同意延期" in text


def test_a_finding_without_a_limit_is_advised_against_and_listed(log_in: LogIn, entry: Entry) -> None:
    clerk, link = log_in("clerk"), f'href="/entries/{entry.id}/"'
    form = clerk.get("/registers/finding/new/").content.decode()
    assert '<p class="help" id="c-due_on-help">建议填写</p>' in form
    assert link not in clerk.get("/due/undated/").content.decode()
    Entry.objects.filter(id=entry.id).update(due_on=None)
    assert link in clerk.get("/due/undated/").content.decode()
    assert "未定时限" in clerk.get("/").content.decode()
    assert "未填“整改时限”" in clerk.get(f"/entries/{entry.id}/").content.decode()
    Entry.objects.filter(id=entry.id).update(state="closed")
    assert link not in clerk.get("/due/undated/").content.decode()


def test_a_head_is_told_whose_it_is_and_which_roles_may(log_in: LogIn, office: Organisation) -> None:
    head = log_in("head")
    others = Entry.objects.filter(organisation_id=office.id, register="finding", unit__isnull=False).select_related(
        "unit"
    )
    told = []
    for other in others:
        text = head.get(f"/entries/{other.id}/").content.decode()
        if f"这条记录属于{other.unit.name}；可由经办人、科室负责人、班子成员、主要负责人、纪检组办理" in text:
            told.append(other)
    assert told and all(Revision.objects.filter(subject_id=one.id).exists() for one in told)
