"""Three administrators kept apart: one makes accounts, one gives roles, one reads the audit list."""

import io

import openpyxl
import pytest
from django.test import Client

from lianze.ledger.models import Revision
from lianze.org.models import Account, Grant, Organisation
from tests.web.conftest import LogIn
from tests.web.office import make_office

MADE = {"username": "new", "password": "a-long-password-1", "display_name": "新人"}
TODAY = {"username": "new", "start": "2024-01-03"}


@pytest.mark.parametrize(
    ("who", "where"), [("secadmin", "/roles/"), ("sysadmin", "/accounts/"), ("auditor", "/audit/")]
)
def test_an_administrator_lands_on_the_page_of_their_work(who: str, where: str, log_in: LogIn) -> None:
    answer = log_in(who).get("/", follow=True)
    assert answer.redirect_chain == [(where, 302)]
    assert 'href="/">' not in answer.content.decode().partition("<nav")[2].partition("</nav>")[0]
    assert log_in("clerk").get("/").status_code == 200


def test_an_account_is_made_without_any_role_and_stands_in_the_log(log_in: LogIn) -> None:
    admin = log_in("sysadmin")
    assert admin.post("/accounts/", {**MADE, "password": "short"}).status_code == 422
    assert admin.post("/accounts/", MADE).status_code == 302
    account = Account.objects.get(username="new")
    assert not Grant.objects.filter(account=account).exists()
    assert admin.post(f"/accounts/{account.id}/").status_code == 302
    assert not Account.objects.get(username="new").is_active
    actions = Revision.objects.filter(subject_id=account.id).order_by("number").values_list("action", flat=True)
    assert list(actions) == ["create", "amend"]
    own = Account.objects.get(username="sysadmin")
    assert admin.post(f"/accounts/{own.id}/").status_code == 403


def test_roles_that_exclude_each_other_are_not_given_together(log_in: LogIn) -> None:
    log_in("sysadmin").post("/accounts/", MADE)
    security = log_in("secadmin")
    assert security.post("/roles/", {**TODAY, "role": "sysadmin"}).status_code == 302
    for role in ("secadmin", "auditor", "operator"):
        assert security.post("/roles/", {**TODAY, "role": role}).status_code == 422, role
    assert security.post("/roles/", {"username": "secadmin", "role": "clerk", "start": "2024-01-03"}).status_code == 422
    grant = Grant.objects.get(account__username="new")
    assert security.post(f"/roles/{grant.id}/end/").status_code == 302
    assert Grant.objects.get(id=grant.id).end_on is not None


def test_a_role_is_not_given_twice_for_the_same_days(log_in: LogIn) -> None:
    log_in("sysadmin").post("/accounts/", MADE)
    security, typed = log_in("secadmin"), {**TODAY, "role": "clerk"}
    assert security.post("/roles/", {**typed, "end": "2024-06-30"}).status_code == 302
    again = security.post("/roles/", {**typed, "start": "2024-06-30"})
    assert again.status_code == 422 and "不必重复授予" in again.content.decode()
    assert "2024-01-03 — 2024-06-30" in again.content.decode()
    assert Grant.objects.filter(account__username="new").count() == 1
    assert security.post("/roles/", {**typed, "start": "2024-07-01"}).status_code == 302


def test_an_account_is_chosen_by_name_and_a_wrong_name_is_told(log_in: LogIn) -> None:
    log_in("sysadmin").post("/accounts/", MADE)
    security = log_in("secadmin")
    assert '<option value="新人（new）">' in security.get("/roles/").content.decode()
    for text, role in (("新人（new）", "clerk"), ("新人", "leader")):
        given = security.post("/roles/", {"username": text, "start": "2024-01-03", "role": role})
        assert given.status_code == 302, given.content.decode()[-2000:]
    assert '<th scope="row">新人（new）</th>' in security.get("/roles/").content.decode()
    for address in ("/roles/", "/roles/unlock/", "/roles/second-factor/"):
        wrong = security.post(address, {"username": "无此人", "start": "2024-01-03", "role": "clerk"})
        assert wrong.status_code in (400, 422) and "没有“无此人”这个账号" in wrong.content.decode(), address
    assert security.post("/roles/unlock/", {"username": "新人（new）"}).status_code == 302


def test_an_office_with_one_administrator_reads_what_is_not_kept_apart(log_in: LogIn, office: Organisation) -> None:
    security = log_in("secadmin")
    assert "没有分开的职责" not in security.get("/roles/").content.decode()
    account = Account.objects.get(username="secadmin")
    Grant(organisation=office, account=account, role="auditor", start_on="2020-01-01").save()
    assert "没有分开的职责" in security.get("/roles/").content.decode()


@pytest.mark.parametrize("page", ["/accounts/", "/roles/", "/audit/"])
def test_each_page_is_one_administrators(page: str, log_in: LogIn) -> None:
    answers = {who: log_in(who).get(page).status_code for who in ("sysadmin", "secadmin", "auditor", "principal")}
    assert sorted(answers.values()) == [200, 403, 403, 403]


def test_the_api_page_asks_nothing_of_other_hosts(log_in: LogIn) -> None:
    answer = log_in("clerk").get("/api/")
    assert "http://" not in answer.content.decode() and "https://" not in answer.content.decode()
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy + ";" and "connect-src 'self'" in policy


def test_the_audit_list_is_in_words_filtered_and_its_export_stands_in_it(log_in: LogIn) -> None:
    log_in("sysadmin").post("/accounts/", MADE)
    log_in("secadmin").post("/roles/", {**TODAY, "role": "clerk"})
    log_in("auditor").get("/report/")
    log_in("clerk").get("/registers/activity/export.csv?kind=talk.heart")
    auditor = log_in("auditor")
    page = auditor.get("/audit/").content.decode()
    for told in ("授予 new“经办人”，自2024-01-03起", "打开“报告”：", "建立或启用 new", "类型 谈心谈话"):
        assert told in page, told
    assert "GET /report/" not in page and "talk.heart" not in page
    only = auditor.get("/audit/", {"account": "secadmin"}).content.decode()
    assert "授予 new" in only and "建立或启用" not in only
    assert "授予 new" not in auditor.get("/audit/", {"to": "2020-01-01"}).content.decode()
    book = openpyxl.load_workbook(
        io.BytesIO(auditor.get("/audit/list.xlsx", {"account": "secadmin", "action": "granted"}).content)
    )
    assert [row[3] for row in book.worksheets[0].values] == ["内容", "授予 new“经办人”，自2024-01-03起"]
    assert "审计记录 1 条" in auditor.get("/audit/", {"action": "exported"}).content.decode()
    assert log_in("secadmin").get("/audit/list.xlsx").status_code == 403


def test_a_look_is_told_in_the_auditors_language_whatever_language_was_looked_in(log_in: LogIn) -> None:
    principal = log_in("principal")
    principal.cookies["lianze_language"] = "en"
    principal.get("/registers/archive/")
    assert "廉政档案台账" in log_in("auditor").get("/audit/?action=viewed").content.decode()


def test_failures_of_nobody_are_read_where_everything_stands_under_one_roof(
    log_in: LogIn, office: Organisation
) -> None:
    Client().post("/login/", {"username": "nobody-here", "password": "x"})
    auditor = log_in("auditor")
    assert "nobody-here" in auditor.get("/audit/").content.decode()
    make_office("neighbour", with_entries=False)
    assert "nobody-here" not in auditor.get("/audit/").content.decode()


def test_what_takes_a_colleague_out_is_asked_first_and_tells_the_way_back(log_in: LogIn) -> None:
    admin, security = log_in("sysadmin"), log_in("secadmin")
    clerk = Account.objects.get(username="clerk")
    page = admin.get("/accounts/").content.decode()
    form = f'<form method="post" action="/accounts/{clerk.id}/"'
    assert page.count(form) == 2 and all(
        before.rpartition("<details>")[2].count("</details>") == 0 for before in page.split(form)[:-1]
    )
    said = admin.post(f"/accounts/{clerk.id}/", follow=True).content.decode()
    assert "已停用。点“启用”可恢复。" in said
    assert "“clerk”已启用" in admin.post(f"/accounts/{clerk.id}/", follow=True).content.decode()
    page = security.get("/roles/").content.decode()
    grant = Grant.objects.get(account=clerk, role="clerk")
    before, _, _ = page.partition(f'<form method="post" action="/roles/{grant.id}/end/"')
    assert before.rpartition("<details>")[2].count("</details>") == 0 and "确认终止" in page


def test_who_is_locked_out_is_listed_and_who_is_not_is_told_so(log_in: LogIn, office: Organisation) -> None:
    security = log_in("secadmin")
    neighbour = make_office("neighbour", with_entries=False)
    Account.objects.filter(username="auditor").update(organisation_id=neighbour.id)
    assert "现在没有被锁定的账号" in security.get("/roles/").content.decode()
    assert "“clerk”没有被锁定" in security.post("/roles/unlock/", {"username": "clerk"}, follow=True).content.decode()
    for _ in range(4):
        Client().post("/login/", {"username": "clerk", "password": "x"})
    assert "现在没有被锁定的账号" in security.get("/roles/").content.decode()
    for agent in ("one", "other"):
        Client(headers={"user-agent": agent}).post("/login/", {"username": "clerk", "password": "x"})
    for _ in range(5):
        Client().post("/login/", {"username": "auditor", "password": "x"})
    page = security.get("/roles/").content.decode()
    assert '<input type="hidden" name="username" value="clerk">' in page
    assert page.count('action="/roles/unlock/"') == 2
    assert "“clerk”可以重新登录" in security.post("/roles/unlock/", {"username": "clerk"}, follow=True).content.decode()
    assert "现在没有被锁定的账号" in security.get("/roles/").content.decode()
