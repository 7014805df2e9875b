"""Erasing: content goes, with a reason that stays; the log verifies, and an erasure cannot be faked or undone unseen."""

from dataclasses import replace
from uuid import UUID

import pytest

from lianze.domain.errors import NotFound, Refused
from lianze.ledger.erase import ERASED, erase
from lianze.ledger.evidence import path_of
from lianze.ledger.models import Attachment, Entry, Evidence, Revision
from lianze.ledger.write import read_entry_state
from lianze.rules import HeldGrant
from tests.ledger.office import Office, leaf_of, make_office, sign, sql

WHY = "本人申请，经批准擦除"


def texts_of(office: Office, title: str) -> list[str | None]:
    """What the revisions of an entry still say, in order."""
    rows = Revision.objects.filter(organisation_id=office.id, subject_id=office.entries[title]).order_by("number")
    return list(rows.values_list("canonical", flat=True))


def test_the_content_is_gone_everywhere_and_the_log_verifies(office: Office) -> None:
    sign(office)
    assert erase(office.desk(), office.entries["三月学习"], ["title", "place", "@guest"], WHY) == 1
    first, last = texts_of(office, "三月学习")
    assert first is None
    assert last is not None
    assert not any(word in last for word in ("三月学习", "会议室", "周某"))
    found = read_entry_state(office.id, office.entries["三月学习"])
    assert found is not None
    assert found[1].title == ERASED
    assert [part.role for part in found[1].parts] == ["host", "attendee"]
    assert found[1].data == {"hours": 2}
    assert office.verify().misfit is None
    sign(office)
    assert office.verify().misfit is None


def test_the_reason_and_who_did_it_stay(office: Office) -> None:
    erase(office.desk(), office.entries["三月学习"], ["title"], WHY)
    last = Revision.objects.get(organisation_id=office.id, subject_id=office.entries["三月学习"], number=2)
    assert (last.action, last.why, last.author) == ("erase", WHY, "测试")


def test_salts_go_too_so_that_short_content_cannot_be_guessed(office: Office) -> None:
    erase(office.desk(), office.entries["五月谈话"], ["title", "content"], WHY)
    rows = Revision.objects.filter(organisation_id=office.id, subject_id=office.entries["五月谈话"])
    left = list(rows.order_by("number").values_list("salt", "why"))
    assert [salt is None for salt, _ in left] == [True, True, False]
    assert left[1][1] == "", "the reason of an erased revision may say what was erased"


def test_an_entry_can_be_erased_twice_and_amended_after(office: Office) -> None:
    erase(office.desk(), office.entries["三月学习"], ["title"], WHY)
    office.change("三月学习", data={"hours": 3})
    erase(office.desk(), office.entries["三月学习"], ["hours"], WHY)
    assert [text is None for text in texts_of(office, "三月学习")] == [True, True, True, False]
    reasons = Revision.objects.filter(organisation_id=office.id, subject_id=office.entries["三月学习"], action="erase")
    assert set(reasons.values_list("why", flat=True)) == {WHY}
    assert office.verify().misfit is None


def test_attached_files_that_nothing_else_names_are_removed(office: Office) -> None:
    file = path_of(bytes(Evidence.objects.get(organisation_id=office.id).sha256).hex())
    erase(office.desk(), office.entries["四月学习"], ["attachments"], WHY)
    assert not file.exists()
    assert not Evidence.objects.filter(organisation_id=office.id).exists()
    assert office.verify().misfit is None


def test_attached_files_that_another_entry_or_organisation_names_stay(office: Office) -> None:
    other = make_office("other")
    file = path_of(bytes(Evidence.objects.get(organisation_id=office.id).sha256).hex())
    erase(office.desk(), office.entries["四月学习"], ["attachments"], WHY)
    assert file.exists()
    assert Attachment.objects.filter(organisation_id=other.id).count() == 1
    assert other.verify().misfit is None


def test_an_erased_leaf_still_says_when_and_by_whom(office: Office) -> None:
    """Its columns are repeated by the erasing revision, so that changing them shows."""
    erase(office.desk(), office.entries["三月学习"], ["title"], WHY)
    leaf = leaf_of(office, "三月学习")
    sql("UPDATE revision SET author = %s WHERE organisation_id = %s AND leaf_index = %s", "别人", office.id, leaf)
    assert office.misfit()[0] == "erasure.column"


def test_a_restored_content_is_named(office: Office) -> None:
    row = Revision.objects.get(organisation_id=office.id, leaf_index=leaf_of(office, "三月学习"))
    erase(office.desk(), office.entries["三月学习"], ["title"], WHY)
    put_back = "UPDATE revision SET canonical = %s, salt = %s WHERE organisation_id = %s AND leaf_index = %s"
    sql(put_back, row.canonical, bytes(row.salt or b""), office.id, row.leaf_index)
    assert office.misfit()[0] == "erasure.undone"


def test_an_erasure_of_one_entry_does_not_cover_another(office: Office) -> None:
    erase(office.desk(), office.entries["三月学习"], ["title"], WHY)
    leaf = leaf_of(office, "四月学习")
    edit = "UPDATE revision SET canonical = NULL, salt = NULL WHERE organisation_id = %s AND leaf_index = %s"
    sql(edit, office.id, leaf)
    code, sentence = office.misfit()
    assert code == "leaf.emptied"
    assert f"{leaf}" in sentence


@pytest.mark.parametrize(("fields", "why"), [(["title"], " "), ([], WHY), (["nothing"], WHY), (["@nobody"], WHY)])
def test_what_is_not_said_clearly_is_refused_and_changes_nothing(office: Office, fields: list[str], why: str) -> None:
    before = Revision.objects.filter(organisation_id=office.id).count()
    with pytest.raises(Refused):
        erase(office.desk(), office.entries["三月学习"], fields, why)
    assert Revision.objects.filter(organisation_id=office.id).count() == before
    assert all(texts_of(office, "三月学习"))


@pytest.mark.parametrize(
    ("role", "may"), [("secadmin", True), ("clerk", False), ("sysadmin", False), ("auditor", False)]
)
def test_only_the_security_administrator_erases(office: Office, role: str, may: bool) -> None:
    desk = office.desk()
    grant = HeldGrant(role, office.organisation.path, desk.actor.day)
    desk = replace(desk, actor=replace(desk.actor, grants=(grant,)))
    if may:
        erase(desk, office.entries["三月学习"], ["title"], WHY)
    else:
        with pytest.raises(Refused):
            erase(desk, office.entries["三月学习"], ["title"], WHY)


def test_another_organisations_entry_is_not_there(office: Office) -> None:
    other = make_office("other")
    with pytest.raises(NotFound):
        erase(office.desk(), other.entries["三月学习"], ["title"], WHY)
    with pytest.raises(NotFound):
        erase(office.desk(), UUID(int=1), ["title"], WHY)
    assert Entry.objects.filter(organisation_id=other.id, title="三月学习").exists()
