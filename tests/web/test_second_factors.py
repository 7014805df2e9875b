"""Codes from a phone as the second step of a log-in: nothing before it, nothing twice, five wrong ones and no more."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from lianze.domain.errors import Refused
from lianze.exchange.sample.accounts import PASSWORD
from lianze.org.models import Account, AuditRecord, Organisation
from lianze.web.entering import HALF, HALF_SECONDS
from lianze.web.second_factors import step_of, use_code
from tests.web.conftest import LogIn
from tests.web.factors import code_at, give_password, give_totp, shown_secret

SECOND = "/login/second/"
TOTP_PAGE = "/account/protection/totp/"


def actions_of(username: str) -> list[str]:
    """What the audit list says of an account, oldest first."""
    account = Account.objects.get(username=username)
    lines = AuditRecord.objects.filter(account_id=account.id).order_by("id")
    return [f"{line.action} {line.about}".strip() for line in lines]


def is_in(client: Client) -> bool:
    """Whether the client is somebody."""
    return client.get("/").status_code == 200


def set_up(client: Client) -> tuple[str, list[str]]:
    """Sets up codes on the account's own page; the secret and the recovery codes."""
    secret = shown_secret(client.get(TOTP_PAGE).content.decode())
    answer = client.post(TOTP_PAGE, {"code": code_at(secret, timezone.now()), "owner": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == "/account/protection/codes/"
    lines = client.get("/account/protection/codes.txt").content.decode().split()
    return secret, [line for line in lines if line.isdecimal()]


def test_codes_are_set_up_on_ones_own_page_and_asked_for_at_the_next_log_in(log_in: LogIn) -> None:
    client = log_in("clerk")
    secret, codes = set_up(client)
    assert len(codes) == 10 and len(set(codes)) == 10
    row = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert secret not in str(row.data), "sealed in the database"
    other = Client()
    give_password(other, "clerk")
    assert not is_in(other)
    now = timezone.now()
    answer = other.post(SECOND, {"code": code_at(secret, now, 1)})
    assert answer.status_code == 302 and answer.headers["Location"] == "/registers/"
    assert is_in(other)
    assert actions_of("clerk")[-2:] == ["protected + totp", "login totp"]


def test_setting_up_asks_who_is_there_unless_they_just_logged_in(log_in: LogIn, office: Organisation) -> None:
    client = log_in("clerk")
    secret = shown_secret(client.get(TOTP_PAGE).content.decode())
    sent = {"code": code_at(secret, timezone.now()), "owner": "not-the-password"}
    assert client.post(TOTP_PAGE, sent).status_code == 422
    assert actions_of("clerk")[-1] == "second_failed clerk"
    assert not Authenticator.objects.exists()
    fresh = Client()
    fresh.post("/login/", {"username": "clerk", "password": PASSWORD})
    page = fresh.get(TOTP_PAGE).content.decode()
    assert 'name="owner"' not in page
    assert fresh.post(TOTP_PAGE, {"code": code_at(shown_secret(page), timezone.now())}).status_code == 302


def test_the_picture_is_our_own_and_is_never_kept(log_in: LogIn) -> None:
    client = log_in("clerk")
    address = "/account/protection/totp/code.svg"
    assert client.get(address).status_code == 404
    client.get(TOTP_PAGE)
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "image/svg+xml" and b"<svg" in answer.content
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", "/"),
        ("get", "/registers/"),
        ("get", "/account/"),
        ("get", "/account/protection/"),
        ("get", TOTP_PAGE),
        ("get", "/account/protection/codes/"),
        ("post", "/account/protection/1/remove/"),
        ("get", "/account/tokens/"),
        ("get", "/api/"),
        ("get", "/api/openapi.json"),
        ("get", "/api/me"),
        ("get", "/api/registers"),
    ],
)
def test_half_way_reaches_nothing(method: str, address: str, office: Organisation) -> None:
    give_totp("clerk")
    client = Client()
    give_password(client, "clerk")
    answer = getattr(client, method)(address)
    if address.startswith("/api/") and address != "/api/":
        assert answer.status_code == 401
    else:
        assert answer.status_code == 302 and answer.headers["Location"].startswith("/login/?next=")
    assert "_auth_user_id" not in client.session


def test_half_way_ends_after_minutes_with_a_new_password_and_with_the_account(office: Organisation) -> None:
    secret = give_totp("clerk")
    account = Account.objects.get(username="clerk")
    client = Client()

    def answer_of() -> str:
        code = code_at(secret, timezone.now())
        return str(client.post(SECOND, {"code": code}).headers["Location"])

    give_password(client, "clerk")
    session = client.session
    session[HALF] = {**session[HALF], "since": int(time.time()) - HALF_SECONDS - 1}
    session.save()
    assert answer_of() == "/login/"
    give_password(client, "clerk")
    Account.objects.filter(id=account.id).update(is_active=False)
    assert answer_of() == "/login/"
    Account.objects.filter(id=account.id).update(is_active=True)
    give_password(client, "clerk")
    account.set_password("another-password-1")
    account.save()
    assert answer_of() == "/login/"
    assert Client().get(SECOND).headers["Location"] == "/login/"


def test_a_code_is_taken_once_and_no_older_one_after_it(office: Organisation) -> None:
    secret = give_totp("clerk")
    now = timezone.now()
    account = Account.objects.get(username="clerk")
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code_at(secret, now))
    assert use_code(account, wide, now) == "totp", "full-width digits of a Chinese keyboard"
    assert use_code(account, code_at(secret, now), now) == ""
    assert use_code(account, code_at(secret, now, -1), now) == ""
    later = now + timedelta(seconds=30)
    assert use_code(account, code_at(secret, later), later) == "totp"


def test_a_code_is_good_for_its_time_alone() -> None:
    now = timezone.now()
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    near = [bool(step_of(secret, code_at(secret, now, off), now)) for off in range(-3, 4)]
    assert near == [False, False, True, True, True, False, False]


def test_the_same_code_does_not_open_a_second_session(office: Organisation) -> None:
    code = code_at(give_totp("clerk"), timezone.now())
    for client, expected in ((Client(), 302), (Client(), 200)):
        give_password(client, "clerk")
        assert client.post(SECOND, {"code": code}).status_code == expected


def test_wrong_codes_shut_the_door_and_stand_in_the_audit_list(office: Organisation) -> None:
    secret = give_totp("clerk")
    client = Client()
    give_password(client, "clerk")
    answers = [client.post(SECOND, {"code": "000000"}) for _ in range(settings.AXES_FAILURE_LIMIT)]
    assert [answer.status_code for answer in answers] == [200] * (len(answers) - 1) + [403]
    assert "失败次数过多" in answers[-1].content.decode()
    right = client.post(SECOND, {"code": code_at(secret, timezone.now())})
    assert right.status_code == 403 and not is_in(client)
    again = Client().post("/login/", {"username": "clerk", "password": PASSWORD})
    assert again.status_code == 403 and "失败次数过多" in again.content.decode()
    found = actions_of("clerk")
    assert found.count("second_failed clerk") == settings.AXES_FAILURE_LIMIT
    assert "locked_out clerk" in found and "login totp" not in found
    with connection.cursor() as cursor:
        cursor.execute("SELECT post_data FROM axes_accessattempt")
        assert all("000000" not in row[0] for row in cursor.fetchall())


def test_a_recovery_code_works_once_and_the_page_says_how_many_are_left(log_in: LogIn) -> None:
    _, codes = set_up(log_in("clerk"))
    client = Client()
    give_password(client, "clerk")
    page = client.post(SECOND, {"code": codes[3]}, follow=True)
    assert "还剩9个" in page.content.decode()
    again = Client()
    give_password(again, "clerk")
    assert again.post(SECOND, {"code": codes[3]}).status_code == 200
    assert again.post(SECOND, {"code": codes[4]}).status_code == 302


def test_recovery_codes_are_shown_in_the_session_that_made_them_until_they_are_kept(log_in: LogIn) -> None:
    client = log_in("clerk")
    _, codes = set_up(client)
    assert codes[0] in client.get("/account/protection/codes/").content.decode()
    assert log_in("clerk").get("/account/protection/codes/").status_code == 404
    assert log_in("clerk").get("/account/protection/codes.txt").status_code == 404
    client.post("/account/protection/codes/")
    assert client.get("/account/protection/codes/").status_code == 404
    assert client.get("/account/protection/codes.txt").status_code == 404


def test_new_recovery_codes_end_the_old_ones(log_in: LogIn) -> None:
    client = log_in("clerk")
    _, old = set_up(client)
    assert (
        client.post("/account/protection/codes/new/", {"owner": "wrong"}).headers["Location"] == "/account/protection/"
    )
    answer = client.post("/account/protection/codes/new/", {"owner": PASSWORD}, follow=True)
    assert old[0] not in answer.content.decode()
    account = Account.objects.get(username="clerk")
    assert use_code(account, old[0], timezone.now()) == ""


def test_turning_it_off_asks_for_the_password_or_a_code_and_takes_the_recovery_codes_along(
    office: Organisation,
) -> None:
    for owner in ("password", "code"):
        client = Client()
        client.post("/login/", {"username": "clerk", "password": PASSWORD})
        secret, _ = set_up(client)
        address = f"/account/protection/{Authenticator.objects.get(type='totp').id}/remove/"
        client.post(address, {"owner": "wrong"})
        assert Authenticator.objects.count() == 2
        client.post(address, {"owner": PASSWORD if owner == "password" else code_at(secret, timezone.now(), 1)})
        assert not Authenticator.objects.exists()
        assert actions_of("clerk")[-1] == "protected - totp"


def test_nobody_removes_the_factor_of_somebody_else(log_in: LogIn) -> None:
    give_totp("leader")
    factor = Authenticator.objects.get(type="totp")
    assert log_in("clerk").post(f"/account/protection/{factor.id}/remove/", {"owner": PASSWORD}).status_code == 404
    assert Authenticator.objects.filter(id=factor.id).exists()


def test_the_security_administrator_alone_resets_a_lost_one_and_never_their_own(log_in: LogIn) -> None:
    for name in ("clerk", "secadmin"):
        give_totp(name)
    sent = {"username": "clerk"}
    for other in ("sysadmin", "auditor", "principal", "clerk"):
        assert log_in(other).post("/roles/second-factor/", sent).status_code == 403, other
    secadmin = log_in("secadmin")
    assert secadmin.post("/roles/second-factor/", {"username": "secadmin"}).status_code == 403
    assert Authenticator.objects.filter(user__username="clerk").count() == 2
    assert secadmin.post("/roles/second-factor/", sent).status_code == 302
    assert not Authenticator.objects.filter(user__username="clerk").exists()
    assert Authenticator.objects.filter(user__username="secadmin").count() == 2
    assert actions_of("secadmin")[-1] == "second_reset clerk"
    client = Client()
    client.post("/login/", {"username": "clerk", "password": PASSWORD})
    assert is_in(client)


def test_a_secret_sealed_with_another_key_is_refused_with_what_to_do(office: Organisation) -> None:
    give_totp("clerk")
    client = Client()
    give_password(client, "clerk")
    (settings.KEYS / "second-factor-key").write_text("another", encoding="ascii")
    answer = client.post(SECOND, {"code": "123456"})
    assert answer.status_code == 403 and "从备份恢复" in answer.content.decode()
    (settings.KEYS / "second-factor-key").unlink()
    with pytest.raises(Refused, match="second-factor-key"):
        use_code(Account.objects.get(username="clerk"), "123456", timezone.now())
