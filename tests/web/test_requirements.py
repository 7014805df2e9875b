"""A decision that breaks the rules of deciding is recorded as it was, and its record is not approved."""

from django.test import Client

from lianze.ledger.models import Entry
from tests.web.conftest import LogIn

DECISION = {
    "kind": "major",
    "title": "年度重点任务调整",
    "happened_on": "2023-12-28",
    "consulted_on": "2023-12-26",
    "result": "通过",
    "@host": "沈望川",
    "@decider": ["沈望川（同意）、陆青禾（同意）、贺明远（同意）"],
}
IN_ORDER = {"@decider": ["陆青禾（同意）、贺明远（同意）、沈望川（同意）"]}


def record(client: Client, **typed: object) -> Entry:
    """Records the decision and returns it."""
    answer = client.post("/registers/decision/new/", {**DECISION, **typed})
    assert answer.status_code == 302, answer.content.decode()
    return Entry.objects.get(id=answer.headers["Location"].split("/")[2])


def approve(client: Client, entry: Entry) -> str:
    """Approves the record; the state the entry is in afterwards."""
    client.post(f"/entries/{entry.id}/step/approve_record/", {"version": entry.version})
    entry.refresh_from_db()
    return entry.state


def test_the_page_says_what_is_not_kept_and_the_step_waits(log_in: LogIn) -> None:
    entry = record(log_in("clerk"))
    leader = log_in("leader")
    page = leader.get(f"/entries/{entry.id}/").content.decode()
    assert page.count("不符合</strong>") == 1 and "沈望川须排在贺明远之后" in page
    assert f'action="/entries/{entry.id}/step/execute/"' not in page
    assert approve(leader, entry) == "decided"
    bulk = {"entry": [str(entry.id)], "action": "approve_record"}
    (preview,) = leader.post("/registers/decision/bulk/", bulk).context["previews"]
    assert any("主要负责人末位表态" in reason for reason in preview.reasons)


def test_put_right_it_is_approved_and_not_put_wrong_again(log_in: LogIn) -> None:
    clerk, leader = log_in("clerk"), log_in("leader")
    entry = record(clerk)
    answer = clerk.post(f"/entries/{entry.id}/amend/", {**DECISION, **IN_ORDER, "version": 1, "why": "按会议记录更正"})
    assert answer.status_code == 302
    entry.refresh_from_db()
    assert "不符合</strong>" not in leader.get(f"/entries/{entry.id}/").content.decode()
    assert approve(leader, entry) == "recorded"
    again = clerk.post(f"/entries/{entry.id}/amend/", {**DECISION, "version": entry.version, "why": "改回"})
    assert again.status_code == 422 and "主要负责人末位表态" in again.content.decode()


def test_whoever_stood_aside_cannot_have_decided(log_in: LogIn) -> None:
    entry = record(log_in("clerk"), **IN_ORDER, **{"@recused": ["陆青禾"]})
    leader = log_in("leader")
    assert "陆青禾不能既是“表态人员”又是“回避人员”" in leader.get(f"/entries/{entry.id}/").content.decode()
    assert approve(leader, entry) == "decided"


def test_one_hand_for_both_is_recorded_and_told(log_in: LogIn) -> None:
    typed = {"kind": "travel", "title": "下乡差旅", "happened_on": "2023-12-28", "side": "支出", "amount": "0.1"}
    answer = log_in("clerk").post(
        "/registers/expense/new/", {**typed, "@handler": "乔知夏", "@section_signer": "乔知夏"}, follow=True
    )
    assert "乔知夏不能既是“经办人”又是“科室负责人签字”" in answer.content.decode()


def test_a_step_back_in_time_is_refused_with_its_day(log_in: LogIn) -> None:
    clerk, leader = log_in("clerk"), log_in("leader")
    entry = record(clerk, **IN_ORDER)
    assert approve(leader, entry) == "recorded"
    early = {"version": entry.version, "day": "2023-12-27"}
    assert "早于“决策日期”" in clerk.post(f"/entries/{entry.id}/step/execute/", early, follow=True).content.decode()
    entry.refresh_from_db()
    assert entry.state == "recorded"
    answer = clerk.post(
        f"/entries/{entry.id}/step/execute/", {"version": entry.version, "day": "2023-12-29"}, follow=True
    )
    entry.refresh_from_db()
    assert entry.state == "executed", answer.content.decode()
