"""Nobody sees or touches another organisation's records through any page."""

import pytest
from django.test import Client

from lianze.ledger.models import Entry
from lianze.org.models import Organisation
from tests.web.conftest import LogIn, first_of

ROLES = ("clerk", "head", "leader", "principal", "discipline", "sysadmin", "secadmin", "auditor")


@pytest.mark.parametrize("who", ROLES)
def test_another_organisations_entry_is_not_there(who: str, log_in: LogIn, neighbour: Organisation) -> None:
    client = log_in(who)
    entry = first_of(neighbour, "activity")
    assert client.get(f"/entries/{entry.id}/").status_code == 404
    assert client.get(f"/entries/{entry.id}/amend/").status_code == 404
    answer = client.post(f"/entries/{entry.id}/withdraw/", {"version": 1, "why": "x"})
    assert answer.status_code == 404
    assert not Entry.objects.get(id=entry.id).withdrawn


def test_a_link_to_another_organisations_entry_is_refused(log_in: LogIn, neighbour: Organisation) -> None:
    duty = first_of(neighbour, "duty")
    typed = {"kind": "study.collective", "title": "学习", "happened_on": "2023-05-04", ">fulfils": str(duty.id)}
    answer = log_in("clerk").post("/registers/activity/new/", typed)
    assert answer.status_code == 422
    assert "应关联" in answer.content.decode()


PAGES = ("/", "/registers/", "/registers/activity/", "/figures/", "/timeline/", "/calendar/", "/organisation/")


@pytest.mark.parametrize("page", [*PAGES, "/search/?q=a", "/import/", "/audit/", "/account/", "/people/?q=a"])
def test_a_stranger_is_sent_to_the_log_in_page(page: str, office: Organisation) -> None:
    answer = Client().get(page)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login/")


# What each role sees of the pages that are not about one entry: 200, or 403/404 with the reason.
EXPECTED = {
    "clerk": {"/import/": 200, "/audit/": 403, "/registers/activity/": 200, "/figures/": 200, "/organisation/": 200},
    "head": {"/import/": 403, "/audit/": 403, "/registers/activity/": 200, "/figures/": 200, "/organisation/": 200},
    "leader": {"/import/": 403, "/audit/": 403, "/registers/activity/": 200, "/figures/": 200},
    "principal": {"/import/": 403, "/audit/": 403, "/registers/archive/": 200, "/figures/": 200},
    "discipline": {"/import/": 200, "/audit/": 403, "/registers/archive/": 200, "/figures/": 200},
    "sysadmin": {"/audit/": 403, "/registers/activity/": 404, "/figures/": 403, "/organisation/": 403},
    "secadmin": {"/audit/": 403, "/registers/activity/": 404, "/figures/": 403, "/organisation/": 403},
    "auditor": {"/audit/": 200, "/registers/activity/": 404, "/figures/": 403, "/organisation/": 403},
}


@pytest.mark.parametrize("who", ROLES)
def test_each_role_gets_its_own_pages_and_no_more(who: str, log_in: LogIn) -> None:
    client = log_in(who)
    assert client.get("/", follow=True).status_code == 200
    found = {page: client.get(page).status_code for page in EXPECTED[who]}
    assert found == EXPECTED[who]
