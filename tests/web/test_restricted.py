"""Restricted registers do not exist for those without them: same page, same words, wherever one asks."""

import re

import pytest

from lianze.ledger.models import Entry, Link
from lianze.org.keys import new_id
from lianze.org.models import Account, Organisation
from lianze.pack import Pack
from tests.web.conftest import LogIn, first_of

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": "[^"]+"|name="next" value="[^"]+"')
UNKNOWN = "00000000-0000-7000-8000-000000000000"
# Who may know of which restricted register.
KNOWING = {"leader": {"opinion"}, "principal": {"opinion", "archive"}, "discipline": {"opinion", "archive"}}
READERS = ("clerk", "head", "leader", "principal", "discipline")


def words(content: bytes) -> str:
    """A page without what differs from request to request."""
    return TOKEN.sub("", content.decode())


def restricted(pack: Pack) -> list[str]:
    return [register.id for register in pack.registers.values() if register.restricted]


@pytest.mark.parametrize("who", READERS)
def test_a_hidden_register_answers_like_one_that_does_not_exist(who: str, log_in: LogIn, pack: Pack) -> None:
    client = log_in(who)
    nothing = client.get("/registers/nosuch/")
    assert nothing.status_code == 404
    for register in restricted(pack):
        pages = [
            f"/registers/{register}/{end}"
            for end in ("", "new/", "overview/", "find/?q=a", "export.xlsx", "export.csv")
        ]
        for page in pages:
            answer = client.get(page)
            if register in KNOWING.get(who, set()):
                assert answer.status_code in (200, 403), page
            else:
                assert answer.status_code == 404, page
                assert words(answer.content) == words(nothing.content), page


@pytest.mark.parametrize("who", READERS)
def test_a_hidden_entry_answers_like_one_that_does_not_exist(
    who: str, log_in: LogIn, pack: Pack, office: Organisation
) -> None:
    client = log_in(who)
    for register in restricted(pack):
        entry = first_of(office, register)
        ends = ("", "amend/", "evidence/" + "0" * 64 + "/")
        for end in ends:
            answer = client.get(f"/entries/{entry.id}/{end}")
            if register not in KNOWING.get(who, set()):
                nothing = client.get(f"/entries/{UNKNOWN}/{end}")
                assert answer.status_code == nothing.status_code == 404
                assert words(answer.content) == words(nothing.content)
        for end in ("withdraw/", "step/transfer/"):
            if register not in KNOWING.get(who, set()):
                answer = client.post(f"/entries/{entry.id}/{end}", {"version": 1, "why": "x"})
                assert answer.status_code == 404


@pytest.mark.parametrize("who", READERS)
def test_no_page_names_a_hidden_register_or_its_entries(
    who: str, log_in: LogIn, pack: Pack, office: Organisation
) -> None:
    client = log_in(who)
    for register_id in restricted(pack):
        if register_id in KNOWING.get(who, set()):
            continue
        register = pack.registers[register_id]
        titles = {entry.title for entry in Entry.objects.filter(organisation_id=office.id, register=register_id)}
        ids = [str(entry.id) for entry in Entry.objects.filter(organisation_id=office.id, register=register_id)]
        others = Entry.objects.filter(organisation_id=office.id).exclude(register=register_id)
        # Other registers may speak of the same thing; what only the hidden one says must not appear.
        said = "\n".join([*(entry.title for entry in others), *(f.title for f in pack.figures.values())])
        own = {title for title in titles if title not in said}
        word = sorted(titles)[0]
        pages = [
            "/",
            "/registers/",
            "/figures/?year=2023",
            "/duties/?year=2023",
            "/timeline/?year=2023",
            "/calendar/?month=2023-11",
        ]
        for page in [*pages, f"/search/?q={word}", f"/timeline/?register={register_id}"]:
            text = client.get(page).content.decode().replace(f'value="{word}"', "").replace(f"：{word}", "")
            assert register.title not in text, page
            assert not [entry_id for entry_id in ids if entry_id in text], page
            for title in own:
                assert title not in text.replace(f"q={word}", ""), (page, title)


def test_figures_about_a_hidden_register_are_not_there(log_in: LogIn, pack: Pack) -> None:
    about = [f for f in pack.figures.values() if f.register in restricted(pack)]
    assert about
    clerk, principal = log_in("clerk"), log_in("principal")
    page = clerk.get("/figures/?year=2023").content.decode()
    for figure in about:
        assert f"/figures/{figure.id}/" not in page
        assert clerk.get(f"/figures/{figure.id}/?year=2023").status_code == 404
        assert principal.get(f"/figures/{figure.id}/?year=2023").status_code == 200


def test_a_link_to_a_hidden_entry_is_neither_shown_nor_lost(log_in: LogIn, office: Organisation) -> None:
    finding, opinion = first_of(office, "finding"), first_of(office, "opinion")
    link = Link(id=new_id(), organisation_id=office.id, entry=finding, relation="found_in", target=opinion)
    link.save()
    clerk = log_in("clerk")
    for page in (f"/entries/{finding.id}/", f"/entries/{finding.id}/amend/"):
        text = clerk.get(page).content.decode()
        assert str(opinion.id) not in text and opinion.title not in text


def test_looking_into_a_restricted_register_is_on_the_audit_list(log_in: LogIn, office: Organisation) -> None:
    entry = first_of(office, "archive")
    log_in("principal").get(f"/entries/{entry.id}/")
    text = log_in("auditor").get("/audit/").content.decode()
    assert "查看受限台账" in text and entry.title in text
    assert log_in("clerk").get("/audit/").status_code == 403


def test_amending_keeps_a_link_that_the_amender_may_not_see(log_in: LogIn, office: Organisation) -> None:
    finding, opinion = first_of(office, "finding", state="rectifying"), first_of(office, "opinion")
    Link(id=new_id(), organisation_id=office.id, entry=finding, relation="found_in", target=opinion).save()
    clerk = log_in("clerk")
    form = clerk.get(f"/entries/{finding.id}/amend/")
    controls = [*form.context["layout"].open, *form.context["layout"].folded]
    typed = {control.name: control.values for control in controls}
    sent = {**typed, "title": "改过的标题", "version": 1, "why": "措辞"}
    answer = clerk.post(f"/entries/{finding.id}/amend/", sent)
    assert answer.status_code == 302, [control.faults for control in answer.context["layout"].open]
    assert Link.objects.filter(organisation_id=office.id, entry_id=finding.id, target_id=opinion.id).exists()


def test_notes_of_ones_own_archive_entry_are_not_shown(log_in: LogIn, office: Organisation) -> None:
    """The principal sees that the own archive is there, never what stands in it, and may not change it."""
    own = Account.objects.get(username="principal").person_id
    entry = first_of(office, "archive", owner_id=own)
    principal = log_in("principal")
    text = principal.get(f"/entries/{entry.id}/").content.decode()
    assert "按回避要求不显示" in text and "修订与证明" not in text
    assert principal.get(f"/entries/{entry.id}/amend/").status_code == 403


def test_nobody_takes_a_step_with_their_own_archive_entry(log_in: LogIn, office: Organisation) -> None:
    own = Account.objects.get(username="principal").person_id
    entry = first_of(office, "archive", owner_id=own, state="kept")
    sent = {"version": 1, "why": "移交", "day": "2024-01-02"}
    assert log_in("principal").post(f"/entries/{entry.id}/step/transfer/", sent).status_code == 403
