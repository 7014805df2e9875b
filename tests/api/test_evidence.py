"""Evidence through the API: attached, listed and downloaded by those who may, never more than on the pages."""

from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lianze.ledger.models import Attachment, Entry, Evidence, Revision
from lianze.org.models import Account
from tests.api.conftest import client_of
from tests.api.test_entries import finding, send
from tests.permissions.tree import Tree


def address_of(tree: Tree, register: str) -> str:
    return f"/api/registers/{register}/entries/{tree.entries['own', register]}/evidence"


def recorded(clerk: Client) -> str:
    """The address of a new finding."""
    made = send(clerk, "POST", "/api/registers/finding/entries", finding())
    return f"/api/registers/finding/entries/{made.json()['id']}/evidence"


def attach(client: Client, address: str, name: str, data: bytes, version: object = 1) -> Any:
    return client.post(address, {"file": SimpleUploadedFile(name, data), "version": version, "why": "补签到表"})


def test_a_file_is_attached_listed_and_downloaded(tree: Tree) -> None:
    clerk = client_of(tree, "clerk")
    address = recorded(clerk)
    made = attach(clerk, address, "签到表.txt", "签到".encode())
    assert made.status_code == 201, made.content.decode()
    assert made.json()["version"] == 2 and "签到表.txt" in [one["name"] for one in made.json()["evidence"]]
    last = Revision.objects.filter(subject_id=address.split("/")[5]).order_by("-number").first()
    assert last is not None and (last.action, last.why) == ("amend", "补签到表")
    line = next(one for one in clerk.get(address).json() if one["name"] == "签到表.txt")
    assert (line["size"], line["media_type"]) == (6, "text/plain")
    answer = clerk.get(f"{address}/{line['sha256']}")
    assert b"".join(answer.streaming_content).decode() == "签到"  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_the_same_file_again_makes_no_new_version(tree: Tree) -> None:
    clerk = client_of(tree, "clerk")
    address = recorded(clerk)
    assert attach(clerk, address, "a.txt", b"a").json()["version"] == 2
    assert attach(clerk, address, "a.txt", b"a", 2).json()["version"] == 2


def test_a_version_that_is_not_the_latest_keeps_no_file(tree: Tree) -> None:
    clerk = client_of(tree, "clerk")
    before = Evidence.objects.count()
    assert attach(clerk, recorded(clerk), "a.txt", b"a", 7).status_code == 409
    assert Evidence.objects.count() == before


@pytest.mark.parametrize(("name", "data"), [("空.txt", b""), ("大.bin", b"1" * 101), ("装.exe", b"x")])
def test_limits_are_those_of_the_pages(name: str, data: bytes, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "EVIDENCE_LIMIT_BYTES", 100)
    answer = attach(client_of(tree, "clerk"), address_of(tree, tree.registers[0].id), name, data)
    assert answer.status_code == 403 and f"“{name}”" in answer.json()["sentence"]


def test_what_is_missing_is_told(tree: Tree) -> None:
    answer = client_of(tree, "clerk").post(address_of(tree, tree.registers[0].id), {"version": "1"})
    assert answer.status_code == 422
    assert any("file" in problem["field"] for problem in answer.json()["problems"])


def test_a_hidden_entrys_files_are_not_there_and_who_it_concerns_sees_none(tree: Tree) -> None:
    address = address_of(tree, "archive")
    principal, clerk = client_of(tree, "principal"), client_of(tree, "clerk")
    sha256 = principal.get(address).json()[0]["sha256"]
    for hidden in (address, f"{address}/{sha256}"):
        assert clerk.get(hidden).content == clerk.get(hidden.replace("archive", "nosuch")).content
    elsewhere = f"{address_of(tree, tree.registers[0].id)}/{'0' * 64}"
    assert clerk.get(elsewhere).status_code == 404
    entry_id = tree.entries["own", "archive"]
    Entry.objects.filter(id=entry_id).update(owner_id=Account.objects.get(username="as-principal").person_id)
    assert principal.get(address).json() == []
    assert principal.get(f"{address}/{sha256}").status_code == 404
    assert attach(principal, address, "a.txt", b"a").status_code == 403
    assert not Attachment.objects.filter(name="a.txt").exists()
