"""The first run in a terminal and as a page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.test import Client

from lianze.cli.account import account_group, open_command
from lianze.cli.init import init_command
from lianze.cli.log import log_group
from lianze.cli.setup import setup_command
from lianze.ledger.checkpoints import make_checkpoint
from lianze.ledger.first_run import read_people
from lianze.ledger.models import Revision
from lianze.ledger.setup_code import is_setup_code, make_setup_code
from lianze.ledger.states import Author
from lianze.ledger.write_org import create_organisation
from lianze.org.models import Account, Grant, Organisation, Person
from tests.web.conftest import NOW, LogIn
from tests.web.factors import give_totp

TWICE = {"password": "tulip-river-91", "again": "tulip-river-91"}
ANSWERS = ["青川市图书馆", "", "", "办公室", "业务科", "", "林溪 办公室", "周行 业务科", "", "林溪"]


@pytest.fixture
def own_keys(tmp_path: Path) -> Iterator[Path]:
    """Keys of one test only."""
    before = settings.KEYS
    settings.KEYS = tmp_path / "keys"
    yield settings.KEYS
    settings.KEYS = before


@pytest.mark.django_db
def test_a_few_answers_make_an_office() -> None:
    secret = ["tulip-river-91", "tulip-river-91"]
    result = CliRunner().invoke(setup_command, input="\n".join([*ANSWERS, *secret]) + "\n")
    assert result.exit_code == 0, result.output
    organisation = Organisation.objects.get(name="青川市图书馆")
    assert Person.objects.filter(organisation_id=organisation.id).count() == 2
    account = Account.objects.get(username="林溪")
    assert account.person_id == Person.objects.get(organisation_id=organisation.id, name="林溪").id
    assert "人员编号：林溪 P01、周行 P02" in result.output
    assert CliRunner().invoke(setup_command).exit_code == 2
    signed = CliRunner().invoke(log_group, ["checkpoint"])
    assert signed.exit_code == 0, signed.output
    assert CliRunner().invoke(log_group, ["verify"]).exit_code == 0


@pytest.mark.django_db
def test_an_office_from_before_keys_gets_them_with_its_first_checkpoint() -> None:
    office = create_organisation("branch", "青川市图书馆分馆", "分馆", "", "", NOW, Author("从前"))
    make_checkpoint(office, NOW)
    assert Revision.objects.filter(organisation_id=office.id, subject="keys").count() == 1


@pytest.mark.django_db
def test_a_wrong_line_is_told_at_once_and_asked_for_again() -> None:
    office = ["", "青川市图书馆", "", "", "办公室", "业务科", ""]
    people = ["林溪 办公室", "周行 财务科", "周行 业务科", "林溪 业务科", "顾岚", ""]
    account = ["", "林溪", "12345", "tulip-river-91", "tulip-river-92", "tulip-river-91", "tulip-river-91"]
    said = CliRunner().invoke(setup_command, input="\n".join([*office, *people, *account]) + "\n")
    assert said.exit_code == 0, said.output
    for told in ("请填写单位全称", "“周行”所在的“财务科”不在内设机构中；应为办公室、业务科", "“林溪”已经写过"):
        assert told in said.output
    assert "如“李明 办公室”；领导等不属于科室的只写姓名" in said.output
    assert "请填写第一个账号的用户名" in said.output and "两次输入的密码不同" in said.output
    assert "Repeat" not in said.output and "Error" not in said.output
    rows = Person.objects.order_by("code").values_list("name", "unit__name")
    assert list(rows) == [("林溪", "办公室"), ("周行", "业务科"), ("顾岚", "办公室")]


@pytest.mark.django_db
def test_a_weak_password_makes_nothing() -> None:
    result = CliRunner().invoke(setup_command, input="\n".join([*ANSWERS, "12345", "12345"]) + "\n")
    assert result.exit_code == 1
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_after_init_the_first_account_is_made_on_a_page() -> None:
    said = CliRunner().invoke(init_command, ["--code", "lib", "--name", "青川市图书馆"])
    assert said.exit_code == 0 and "lianze serve" in said.output and "/setup/" in said.output, said.output
    client, code = Client(), make_setup_code()
    assert 'href="/setup/"' in client.get("/login/").content.decode()
    asked = client.get(f"/setup/?code={code}").content.decode()
    assert "青川市图书馆" in asked and 'name="name"' not in asked
    weak = client.post("/setup/", {"username": "林溪", "password": "12345", "again": "12345", "code": code})
    assert weak.status_code == 422 and not Account.objects.exists()
    assert "密码太短，至少10个字符" in weak.content.decode() and "至少10个字符，不能全是数字" in asked
    typed = {"username": "林溪", **TWICE, "code": code}
    slip = client.post("/setup/", {**typed, "again": "tulip-river-19"})
    assert slip.status_code == 422 and "两次输入的密码不同" in slip.content.decode() and not Account.objects.exists()
    assert client.post("/setup/", typed).headers["Location"] == "/login/"
    account = Account.objects.get(username="林溪")
    assert account.organisation_id == Organisation.objects.get().id
    assert set(Grant.objects.values_list("role", flat=True)) == {"clerk", "sysadmin", "secadmin", "auditor"}
    assert client.get(f"/setup/?code={code}").status_code == 404
    assert "/setup/" not in client.get("/login/").content.decode()
    assert client.post("/login/", typed).headers["Location"] == "/"


@pytest.mark.django_db
def test_the_page_says_which_numbers_people_were_given() -> None:
    typed = {"name": "青川市图书馆", "sections": "办公室", "people": "林溪 办公室\n周行", "username": "林溪"}
    sent = {**typed, **TWICE, "code": make_setup_code()}
    page = Client().post("/setup/", sent, follow=True).content.decode()
    assert "人员编号：林溪 P01、周行 P02" in page


@pytest.mark.django_db
def test_an_office_that_begins_is_told_how_to_begin_and_not_what_it_missed() -> None:
    typed = {"name": "青川市图书馆", "sections": "办公室", "people": "林溪 办公室", "username": "林溪", **TWICE}
    client = Client()
    client.post("/setup/", {**typed, "code": make_setup_code()})
    client.post("/login/", {"username": "林溪", "password": TWICE["password"]})
    first_day = client.get("/")
    assert "先做这三步" in first_day.content.decode()
    assert first_day.context["missed"] == [] and first_day.context["duties"]


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("林溪 办公室", ("林溪", "办公室")),
        ("林溪\u3000办公室", ("林溪", "办公室")),
        ("林　溪　　办公室", ("林溪", "办公室")),
        ("林\u3000溪", ("林溪", "")),
        ("林溪，办公室", ("林溪", "办公室")),
        ("林溪\t办公室", ("林溪", "办公室")),
        ("林溪", ("林溪", "")),
        ("Anna Lin Office", ("Anna Lin", "Office")),
    ],
)
def test_a_line_is_a_name_and_a_section_however_they_are_spaced(line: str, read: tuple[str, str]) -> None:
    assert read_people(line) == [read]


@pytest.mark.django_db
def test_the_typed_list_is_looked_at_before_anything_is_made() -> None:
    typed = {"code": make_setup_code(), "sections": "办公室、业务科", "people": "林溪 办公室\n林溪", "look": "1"}
    wrong = Client().post("/setup/", typed)
    page = wrong.content.decode()
    assert (
        wrong.status_code == 422 and "“办公室、业务科”像是几个机构，请每行只写一个" in page and "“林溪”已经写过" in page
    )
    right = Client().post("/setup/", {**typed, "sections": "办公室\n业务科", "people": "林溪\n周行 业务科"})
    page = right.content.decode()
    assert right.status_code == 200 and "将建立 2 个内设机构：办公室、业务科" in page
    assert "林溪（办公室）、周行（业务科）" in page and not Organisation.objects.exists()


@pytest.mark.django_db
def test_without_the_code_from_the_terminal_nothing_is_made(own_keys: Path) -> None:
    assert CliRunner().invoke(init_command, ["--code", "lib", "--name", "青川市图书馆"]).exit_code == 0
    client, typed = Client(), {"username": "外人", **TWICE}
    assert not is_setup_code("")
    assert client.get("/setup/").status_code == 200 and client.post("/setup/", typed).status_code == 200
    first = make_setup_code()
    said = CliRunner().invoke(setup_command, ["--code"])
    assert said.exit_code == 0 and said.output.strip() != first
    for wrong in (first, "abcd-efgh-jkmn", "' OR 1=1", "码"):
        assert client.post("/setup/", {**typed, "code": wrong}).status_code == 403
    assert not Account.objects.exists()
    assert (own_keys / "setup-code").stat().st_mode & 0o077 == 0
    right = said.output.strip().upper().replace("-", " ")
    assert client.post("/setup/", {**typed, "code": right}).status_code == 302
    assert not (own_keys / "setup-code").exists()


def test_it_stays_closed_when_every_account_is(log_in: LogIn, own_keys: Path) -> None:
    """A door that opens again once everybody is locked out is a door for whoever locks them out."""
    code = make_setup_code()
    Account.objects.update(is_active=False)
    typed = {"username": "外人", "password": "tulip-river-91", "code": code}
    assert Client().get(f"/setup/?code={code}").status_code == Client().post("/setup/", typed).status_code == 404
    assert CliRunner().invoke(setup_command, ["--code"]).exit_code == 2
    assert "/setup/" not in Client().get("/login/").content.decode()


def test_at_the_machine_itself_an_account_is_opened_again(log_in: LogIn) -> None:
    Account.objects.update(is_active=False)
    again = ["lianze-open-2024", "lianze-open-2024"]
    assert CliRunner().invoke(open_command, ["clerk"], input="1\n1\n").exit_code == 1
    assert CliRunner().invoke(open_command, ["nobody"]).exit_code == 2
    said = CliRunner().invoke(open_command, ["clerk"], input="\n".join(again) + "\n")
    assert said.exit_code == 0, said.output
    assert Client().post("/login/", {"username": "clerk", "password": again[0]}).headers["Location"] == "/"


def test_a_lone_security_administrator_who_lost_everything_is_let_in(log_in: LogIn) -> None:
    give_totp("secadmin")
    for _ in range(6):
        Client().post("/login/", {"username": "secadmin", "password": "wrong"})
    again = "lianze-open-2024\n" * 2
    said = CliRunner().invoke(open_command, ["secadmin"], input=again)
    assert said.exit_code == 0 and "--without-second-factor" in said.output
    typed = {"username": "secadmin", "password": "lianze-open-2024"}
    assert Client().post("/login/", typed).headers["Location"].startswith("/login/second")
    said = CliRunner().invoke(open_command, ["secadmin", "--without-second-factor"], input=again)
    assert said.exit_code == 0 and "--without-second-factor" not in said.output
    assert Client().post("/login/", typed).headers["Location"] == "/"
    told = log_in("auditor").get("/audit/").content.decode()
    assert "重置第二步验证" in told and "解除登录锁定" in told and "命令行" in told


def test_the_machine_lists_the_accounts_there_are(log_in: LogIn) -> None:
    Account.objects.filter(username="clerk").update(is_active=False)
    said = CliRunner().invoke(account_group, ["list"])
    assert said.exit_code == 0
    assert any(line.startswith("clerk ") and line.endswith("（已停用）") for line in said.output.splitlines())
    assert any(
        line.startswith("head ") and "云澜市" in line and "停用" not in line for line in said.output.splitlines()
    )


def test_while_somebody_can_log_in_the_first_run_is_closed(log_in: LogIn) -> None:
    typed = {"username": "外人", "password": "tulip-river-91"}
    assert Client().get("/setup/").status_code == Client().post("/setup/", typed).status_code == 404
    assert log_in("sysadmin").get("/setup/").status_code == 404
    assert not Account.objects.filter(username="外人").exists()
