"""Entries through the API: what pages can do, programs can, and no more."""

import json
from typing import Any

from django.test import Client

from lianze.ledger.models import Entry, Link, Revision
from lianze.org.models import Account, AuditRecord, Grant
from lianze.pack import Pack
from tests.api.conftest import client_of
from tests.permissions.tree import Tree


def send(client: Client, method: str, address: str, body: object) -> Any:
    return client.generic(method, address, json.dumps(body), "application/json")


def finding(title: str = "一个问题") -> dict[str, Any]:
    return {"kind": "sign", "fields": {"title": title, "happened_on": "2023-05-04"}}


def test_an_entry_is_recorded_amended_and_withdrawn_each_with_its_leaf(tree: Tree) -> None:
    clerk = client_of(tree, "clerk")
    made = send(clerk, "POST", "/api/registers/finding/entries", finding())
    assert made.status_code == 201, made.content.decode()
    entry = made.json()
    address = f"/api/registers/finding/entries/{entry['id']}"
    assert clerk.get(address).json() == entry
    sent = {"version": 1, "why": "写错", "entry": finding("另一个问题")}
    amended = send(clerk, "PUT", address, sent).json()
    assert (amended["fields"]["title"], amended["version"]) == ("另一个问题", 2)
    assert send(clerk, "PUT", address, sent).status_code == 409
    assert send(clerk, "POST", address + "/withdraw", {"version": 2, "why": "重复"}).json()["withdrawn"]
    history = clerk.get(address + "/history").json()
    assert [line["action"] for line in history] == ["create", "amend", "withdraw"]
    leaves = Revision.objects.filter(subject_id=entry["id"]).order_by("number").values_list("leaf", flat=True)
    assert [line["leaf"] for line in history] == [bytes(leaf).hex() for leaf in leaves]
    assert entry["id"] not in clerk.get("/api/registers/finding/entries").content.decode()


def test_every_problem_is_told_at_once_with_its_place(tree: Tree) -> None:
    sent = {"kind": "sign", "fields": {"title": "", "happened_on": "2023-05-04", "due_on": "1066-01-01"}}
    sent["links"] = {"found_in": ["00000000-0000-7000-8000-000000000000"]}
    answer = send(client_of(tree, "clerk"), "POST", "/api/registers/finding/entries", sent)
    assert answer.status_code == 422
    problems = answer.json()["problems"]
    assert {"fields.title", "fields.due_on", "links.found_in"} <= {problem["field"] for problem in problems}
    assert all(problem["sentence"] and problem["rule"] for problem in problems)
    assert Entry.objects.filter(register="finding").count() == 0


def test_a_list_goes_on_by_key_and_misses_nothing(tree: Tree) -> None:
    clerk = client_of(tree, "clerk")
    for number in range(53):
        made = send(clerk, "POST", "/api/registers/finding/entries", finding(f"问题{number}"))
        assert made.status_code == 201
    first = clerk.get("/api/registers/finding/entries").json()
    second = clerk.get("/api/registers/finding/entries", {"after": first["after"]}).json()
    ids = [entry["id"] for entry in (*first["entries"], *second["entries"])]
    assert len(first["entries"]) == 50
    assert len(ids) == len(set(ids)) == 53
    assert second["after"] == ""
    assert clerk.get("/api/registers/finding/entries", {"after": "nonsense"}).status_code == 422
    assert len(clerk.get("/api/registers/finding/entries", {"q": "问题52"}).json()["entries"]) == 1


def test_a_link_that_the_asker_may_not_know_of_is_not_shown_and_survives_an_amendment(tree: Tree) -> None:
    clerk, own = client_of(tree, "clerk"), tree.organisations["own"]
    entry = send(clerk, "POST", "/api/registers/finding/entries", finding()).json()
    hidden = tree.entries["own", "archive"]
    Link.objects.create(organisation=own, entry_id=entry["id"], relation="found_in", target_id=hidden)
    address = f"/api/registers/finding/entries/{entry['id']}"
    assert str(hidden) not in clerk.get(address).content.decode()
    assert send(clerk, "PUT", address, {"version": 1, "why": "", "entry": finding("改")}).status_code == 200
    assert Link.objects.filter(entry_id=entry["id"], target_id=hidden).exists()
    sent = {**finding(), "links": {"found_in": [str(hidden)]}}
    refused = send(clerk, "POST", "/api/registers/finding/entries", sent)
    assert refused.json()["problems"][0]["field"] == "links.found_in"


def test_a_hidden_register_answers_like_one_that_does_not_exist(tree: Tree) -> None:
    clerk = client_of(tree, "clerk")
    entry = tree.entries["own", "archive"]
    for method in ("GET", "POST", "PUT", "DELETE"):
        for end in ("", "/entries", f"/entries/{entry}", f"/entries/{entry}/history", f"/entries/{entry}/withdraw"):
            hidden = send(clerk, method, f"/api/registers/archive{end}", {})
            nothing = send(clerk, method, f"/api/registers/nosuch{end}", {})
            assert (hidden.status_code, hidden.content) == (nothing.status_code, nothing.content), (method, end)


def test_the_description_names_no_hidden_register(tree: Tree, pack: Pack) -> None:
    text = client_of(tree, "clerk").get("/api/openapi.json").content.decode()
    for register in pack.registers.values():
        assert (f"/api/registers/{register.id}/entries" in text) != register.restricted
        if register.restricted:
            assert register.title not in text


def test_refusals_and_looks_into_restricted_registers_stand_in_the_audit_list(tree: Tree) -> None:
    own = tree.organisations["own"]
    entry = tree.entries["own", "archive"]
    principal = client_of(tree, "principal")
    assert principal.get(f"/api/registers/archive/entries/{entry}").status_code == 200
    answer = send(principal, "POST", f"/api/registers/archive/entries/{entry}/withdraw", {"version": 1, "why": "x"})
    assert answer.status_code == 403
    lines = AuditRecord.objects.filter(organisation_id=own.id, who="as-principal").values_list("action", flat=True)
    assert {"viewed", "refused"} <= set(lines)


def test_somebody_whom_a_restricted_entry_concerns_reads_no_notes_and_stands_aside(tree: Tree) -> None:
    entry = tree.entries["own", "archive"]
    principal, account = client_of(tree, "principal"), Account.objects.get(username="as-principal")
    address = f"/api/registers/archive/entries/{entry}"
    assert principal.get(address).json()["notes"]
    Entry.objects.filter(id=entry).update(owner_id=account.person_id)
    answer = principal.get(address).json()
    assert (answer["notes"], answer["evidence"]) == (False, [])
    assert principal.get(address + "/history").json() == []
    sent = {"step": "transfer", "version": 1, "why": "移交"}
    assert "回避" in send(principal, "POST", address + "/transitions", sent).json()["sentence"]


def test_a_role_that_ended_takes_its_tokens_powers_along(tree: Tree) -> None:
    clerk = client_of(tree, "clerk")
    assert clerk.get("/api/registers/finding").status_code == 200
    Grant.objects.filter(account__username="as-clerk").update(end_on="2020-02-01")
    assert clerk.get("/api/registers/finding").status_code == 404
