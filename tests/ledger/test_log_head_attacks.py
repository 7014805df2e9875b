"""Attacks on what stands for the whole log (its tail, its keys, its checkpoints), each found and named by verification."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from lianze.ledger import anchors
from lianze.ledger.checkpoints import make_checkpoint
from lianze.ledger.log_keys import key_folder, origin_of
from lianze.ledger.models import Checkpoint
from lianze.ledger.verify_heads import Outside
from lianze.tlog import (
    load_checkpoint,
    load_public_keys,
    load_signer,
    make_keys,
    render_note,
    sign_checkpoint,
)
from lianze.tlog.keys import render_key
from tests.ledger.office import Office, cut_tail, forge, is_postgresql, leaf_of, make_office, rewrite_head, sign, sql


def test_a_tail_cut_off_is_named_by_head_then_by_checkpoint(office: Office) -> None:
    office.write("六月学习")
    sign(office)
    entry = office.entries["六月学习"]
    sql("DELETE FROM entry WHERE organisation_id = %s AND id = %s", office.id, entry)
    sql("DELETE FROM revision WHERE organisation_id = %s AND subject_id = %s", office.id, entry)
    assert office.misfit()[0] == "head.differs"
    rewrite_head(office)
    assert office.misfit()[0] == "log.truncated"


def test_a_tail_cut_off_together_with_its_checkpoint_is_named_by_the_file_outside(office: Office) -> None:
    office.write("六月学习")
    sign(office)
    cut_tail(office, ["六月学习"])
    sql("DELETE FROM checkpoint WHERE organisation_id = %s", office.id)
    assert office.misfit()[0] == "log.truncated"


def test_a_tail_cut_off_before_any_checkpoint_is_not_found_and_that_is_said(office: Office) -> None:
    """Without a head in other hands, a shorter log is a log: this is what checkpoints are for."""
    office.write("六月学习")
    cut_tail(office, ["六月学习"])
    found = office.verify()
    assert found.misfit is None
    assert found.heads == 0


def test_a_forked_history_is_named(office: Office) -> None:
    """Row, revision, salt, commitment, leaf and head all rewritten: only what was signed differs."""
    sign(office)
    sql(
        "UPDATE entry SET title = %s WHERE organisation_id = %s AND id = %s",
        "改写",
        office.id,
        office.entries["三月学习"],
    )
    forge(office, leaf_of(office, "三月学习"), "三月学习", "改写")
    assert office.misfit()[0] == "log.forked"
    sql("DELETE FROM checkpoint WHERE organisation_id = %s", office.id)
    assert office.misfit()[0] == "log.forked"


def test_a_forked_history_is_not_signed(office: Office) -> None:
    sign(office)
    forge(office, leaf_of(office, "三月学习"), "会议室", "礼堂")
    with pytest.raises(Exception, match="不衔接"):
        make_checkpoint(office.organisation, office.later())


def replace_keys(office: Office) -> None:
    """Keys of the attacker's own under the same name."""
    shutil.rmtree(key_folder(office.id))
    make_keys(key_folder(office.id), origin_of(office.id), office.later() - timedelta(days=100))


def resign_everything(office: Office) -> None:
    """Signs every checkpoint of table and files anew, with whatever key lies there."""
    signer = load_signer(key_folder(office.id))
    shutil.rmtree(anchors.folder_of(office.id))
    for row in Checkpoint.objects.filter(organisation_id=office.id):
        note = sign_checkpoint(load_checkpoint(row.note.encode())[0], [signer])
        sql("UPDATE checkpoint SET note = %s WHERE organisation_id = %s", render_note(note).decode(), office.id)
        anchors.write_anchor(anchors.folder_of(office.id), note)


def test_a_replaced_key_does_not_fit_the_log(office: Office) -> None:
    sign(office)
    replace_keys(office)
    resign_everything(office)
    assert office.misfit()[0] == "key.replaced"


def test_a_replaced_key_declared_in_a_forged_log_does_not_fit_the_checkpoint(office: Office) -> None:
    """The attacker rewrites the leaf that names the keys too; the signed root is another then."""
    sign(office)
    old = load_public_keys(key_folder(office.id))
    replace_keys(office)
    new = load_public_keys(key_folder(office.id))
    forge(office, 1, render_key(old[0]), render_key(new[0]))
    assert office.misfit()[0] == "checkpoint.edited"
    resign_everything(office)
    assert office.misfit()[0] == "log.forked"


def test_a_key_kept_elsewhere_shows_a_replacement_that_agrees_with_itself(office: Office) -> None:
    """Everything here was forged anew; only somebody with the old public key can tell."""
    old = load_public_keys(key_folder(office.id))
    replace_keys(office)
    new = load_public_keys(key_folder(office.id))
    forge(office, 1, render_key(old[0]), render_key(new[0]))
    sign(office)
    assert office.verify().misfit is None
    assert office.misfit(Outside(keys=old))[0] == "key.replaced"


def test_a_private_key_of_another_pair_is_found(office: Office) -> None:
    sign(office)
    other = make_office("other")
    shutil.copy(key_folder(other.id) / "signing.pem", key_folder(office.id) / "signing.pem")
    assert office.misfit()[0] == "key.unusable"


def test_a_key_that_others_can_read_is_found(office: Office) -> None:
    (key_folder(office.id) / "signing.pem").chmod(0o644)
    assert office.misfit()[0] == "key.unusable"


@pytest.mark.parametrize("gone", ["public.keys", "signing.pem"])
def test_a_backup_put_back_without_its_keys_is_told_what_is_missing(office: Office, gone: str) -> None:
    sign(office)
    (key_folder(office.id) / gone).unlink()
    code, sentence = office.misfit()
    assert code == "key.missing"
    assert f"keys/{office.id}" in sentence and gone in sentence and "恢复备份" in sentence


def test_an_old_database_put_back_is_named_by_the_files_outside(office: Office) -> None:
    """All tables return to an earlier state that was whole; the checkpoint file is younger."""
    sign(office)
    before = [render_note(a.note) for a in anchors.read_anchors(anchors.folder_of(office.id))]
    office.write("六月学习")
    sign(office)
    cut_tail(office, ["六月学习"])
    kept = Checkpoint.objects.filter(organisation_id=office.id).order_by("-size").first()
    assert kept is not None
    sql("DELETE FROM checkpoint WHERE organisation_id = %s AND id = %s", office.id, kept.id)
    assert len(before) == 1
    code, sentence = office.misfit()
    assert code == "log.truncated"
    assert "旧状态" in sentence


def test_an_old_database_put_back_with_its_files_is_named_by_a_head_in_other_hands(office: Office) -> None:
    sign(office)
    office.write("六月学习")
    head = make_checkpoint(office.organisation, office.later())
    cut_tail(office, ["六月学习"])
    sql("DELETE FROM checkpoint WHERE organisation_id = %s AND size = %s", office.id, head.checkpoint.size)
    max(anchors.folder_of(office.id).glob("*.note")).unlink()
    assert office.verify().misfit is None
    assert office.misfit(Outside(seen=(head.checkpoint,)))[0] == "log.truncated"


@pytest.mark.parametrize("column", ["size", "root", "made_at", "note", "witnessed"])
def test_an_edited_checkpoint_is_named(office: Office, column: str) -> None:
    sign(office)
    row = Checkpoint.objects.get(organisation_id=office.id)
    values: dict[str, str | int | bytes] = {
        "size": row.size - 1,
        "root": bytes(32),
        "made_at": "2023-01-01 00:00:00" + ("+00" if is_postgresql() else ""),
        "note": row.note.replace("time 2023", "time 2022"),
        "witnessed": True,
    }
    sql(f"UPDATE checkpoint SET {column} = %s WHERE organisation_id = %s", values[column], office.id)
    assert office.misfit()[0] == "checkpoint.edited"


def test_a_deleted_checkpoint_is_named(office: Office) -> None:
    sign(office)
    sql("DELETE FROM checkpoint WHERE organisation_id = %s", office.id)
    assert office.misfit()[0] == "checkpoint.missing"


def test_an_edited_checkpoint_file_is_named(office: Office) -> None:
    sign(office)
    file: Path = next(anchors.folder_of(office.id).glob("*.note"))
    file.write_bytes(file.read_bytes().replace(b"time 2023", b"time 2022"))
    assert office.misfit()[0] == "checkpoint.edited"
