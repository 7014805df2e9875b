"""A password that an administrator chose opens one page only: the one to choose one's own."""

from django.test import Client

from lianze.exchange.sample.accounts import PASSWORD
from lianze.org.models import Account, Organisation
from tests.web.conftest import LogIn

GIVEN, OWN = "initial-pass-2024-x", "my-own-secret-2024-y"


def come_in(username: str, password: str) -> Client:
    client = Client()
    client.post("/login/", {"username": username, "password": password})
    return client


def choose(client: Client, old: str, new: str) -> None:
    assert client.post("/account/", {"old": old, "new": new, "again": new}).status_code == 302


def test_a_new_account_chooses_its_own_password_first(log_in: LogIn, office: Organisation) -> None:
    administrator = log_in("sysadmin")
    administrator.post("/accounts/", {"username": "newcomer", "display_name": "新同志", "password": GIVEN})
    client = come_in("newcomer", GIVEN)
    shut = client.get("/registers/")
    assert shut.headers["Location"] == "/account/"
    assert "管理员设的" in client.get("/account/").content.decode()
    choose(client, GIVEN, OWN)
    assert client.get("/account/").context["is_given"] is False
    assert client.get("/").headers.get("Location") != "/account/"
    # Set again by the administrator, it is somebody else's again.
    account = Account.objects.get(username="newcomer")
    administrator.post(f"/accounts/{account.id}/", {"password": GIVEN})
    assert come_in("newcomer", GIVEN).get("/registers/").headers["Location"] == "/account/"


def test_a_slip_in_the_new_password_shuts_nobody_out(log_in: LogIn) -> None:
    client = log_in("clerk")
    slip = client.post("/account/", {"old": PASSWORD, "new": OWN, "again": OWN + "x"})
    assert "两次输入的密码不同" in slip.content.decode()
    short = client.post("/account/", {"old": PASSWORD, "new": "12345", "again": "12345"}).content.decode()
    assert "密码太短，至少10个字符" in short and "不能全是数字" in short and "too short" not in short
    assert come_in("clerk", PASSWORD).get("/registers/").status_code == 200


def test_nobody_else_is_asked(log_in: LogIn) -> None:
    assert log_in("clerk").get("/registers/").status_code == 200
