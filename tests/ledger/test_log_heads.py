"""Checkpoints: signed once a size, handed to witnesses and taken back, refused where the log does not go on from them."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from lianze.domain.errors import NotFound, Refused
from lianze.ledger import anchors
from lianze.ledger.checkpoints import make_checkpoint, take_witnessed
from lianze.ledger.countersigning import countersign_head
from lianze.ledger.log_keys import change_keys, ensure_keys, key_folder, origin_of, read_declared
from lianze.ledger.models import Checkpoint, Revision
from lianze.org.models import Organisation
from lianze.tlog import (
    NoteError,
    is_fingerprint_of,
    load_note,
    load_public_keys,
    load_signer,
    make_keys,
    render_note,
    sign_checkpoint,
)
from tests.ledger.office import AUTHOR, Office, cut_tail, forge, leaf_of, make_office, sign, sql


@pytest.fixture
def superior(office: Office) -> Office:
    """The organisation above, on an instance of its own as far as files go."""
    return make_office("superior")


def hand_over(office: Office, folder: Path, name: str = "head.note") -> Path:
    """The office's checkpoint as a file."""
    file = folder / name
    file.write_bytes(render_note(make_checkpoint(office.organisation, office.later()).note))
    return file


def keys_of(office: Office) -> tuple[object, ...]:
    return load_public_keys(key_folder(office.id))


def forget(organisation: Organisation) -> None:
    """The superior's database does not hold the log it countersigns."""
    sql("DELETE FROM log_head WHERE organisation_id = %s", organisation.id)


def test_the_same_size_is_signed_once(office: Office) -> None:
    first, second = (make_checkpoint(office.organisation, office.later()) for _ in range(2))
    assert first == second
    assert Checkpoint.objects.filter(organisation_id=office.id).count() == 1


def test_what_is_printed_names_the_signed_head(office: Office) -> None:
    head = make_checkpoint(office.organisation, office.later())
    assert is_fingerprint_of(head.fingerprint, head.checkpoint)
    assert " " not in head.fingerprint
    assert load_note(head.qr_text.encode()).text == head.note.text
    assert f"{head.checkpoint.size}" in head.lines[0]


def test_a_log_without_keys_is_not_signed(office: Office) -> None:
    (key_folder(office.id) / "signing.pem").unlink()
    with pytest.raises(Exception, match=r"key\.missing"):
        make_checkpoint(office.organisation, office.later())


def test_keys_named_in_the_log_are_not_made_anew(office: Office) -> None:
    for file in key_folder(office.id).iterdir():
        file.unlink()
    with pytest.raises(Refused, match="备份"):
        ensure_keys(office.organisation, AUTHOR, office.later())


def test_a_clock_before_the_last_record_signs_nothing(office: Office) -> None:
    with pytest.raises(Refused, match="时钟"):
        make_checkpoint(office.organisation, office.now - timedelta(minutes=5))


def test_a_crash_before_the_file_is_mended_by_the_next_checkpoint(office: Office) -> None:
    sign(office)
    next(anchors.folder_of(office.id).glob("*.note")).unlink()
    sign(office)
    assert len(list(anchors.folder_of(office.id).glob("*.note"))) == 1


def test_rotation_keeps_old_checkpoints_verifiable(office: Office) -> None:
    sign(office)
    key = change_keys(office.organisation, AUTHOR, "例行轮换", office.later())
    office.write("轮换之后")
    sign(office)
    assert len(read_declared(office.id)) == 2
    found = office.verify()
    assert found.misfit is None
    newest = Checkpoint.objects.filter(organisation_id=office.id).order_by("-size").first()
    assert newest is not None
    assert load_note(newest.note.encode()).signatures[0].key_id == key.key_id


def test_a_head_and_a_rotation_in_the_same_second_go_together(office: Office) -> None:
    now = office.later()
    make_checkpoint(office.organisation, now)
    change_keys(office.organisation, AUTHOR, "", now)
    make_checkpoint(office.organisation, now)
    assert office.verify().misfit is None


def test_a_rotation_that_the_log_does_not_know_is_found_and_mended_by_another(office: Office) -> None:
    from lianze.tlog import rotate_keys

    rotate_keys(key_folder(office.id), office.later())
    assert office.misfit()[0] == "key.replaced"
    change_keys(office.organisation, AUTHOR, "补登", office.later())
    assert office.verify().misfit is None


def test_a_countersigned_head_comes_back_and_is_kept(office: Office, superior: Office, tmp_path: Path) -> None:
    file = hand_over(office, tmp_path)
    own = load_public_keys(key_folder(office.id))
    signed = countersign_head(superior.organisation, file, own, superior.later())
    theirs = load_public_keys(key_folder(superior.id))
    assert take_witnessed(office.organisation, render_note(signed), theirs) == (origin_of(superior.id),)
    assert Checkpoint.objects.filter(organisation_id=office.id, witnessed=True).count() == 1
    assert office.verify().misfit is None
    # Keys of witnesses are remembered; the same file again adds nothing.
    take_witnessed(office.organisation, render_note(signed))
    assert Checkpoint.objects.filter(organisation_id=office.id).count() == 2


def test_the_log_must_go_on_from_a_witnessed_head(office: Office, superior: Office, tmp_path: Path) -> None:
    """Table and files are put back by the office; the superior's countersigned copy does not fit any more."""
    own = load_public_keys(key_folder(office.id))
    office.write("六月学习")
    file = hand_over(office, tmp_path)
    signed = render_note(countersign_head(superior.organisation, file, own, superior.later()))
    cut_tail(office, ["六月学习"])
    sql("DELETE FROM checkpoint WHERE organisation_id = %s", office.id)
    for path in anchors.folder_of(office.id).glob("*.note"):
        path.unlink()
    with pytest.raises(Refused, match="不衔接"):
        take_witnessed(office.organisation, signed, load_public_keys(key_folder(superior.id)))


def test_nothing_is_signed_that_does_not_go_on_from_a_witnessed_head(
    office: Office, superior: Office, tmp_path: Path
) -> None:
    own = load_public_keys(key_folder(office.id))
    signed = countersign_head(superior.organisation, hand_over(office, tmp_path), own, superior.later())
    take_witnessed(office.organisation, render_note(signed), load_public_keys(key_folder(superior.id)))
    forge(office, leaf_of(office, "三月学习"), "会议室", "礼堂")
    office.write("六月学习")
    with pytest.raises(Refused, match="不衔接"):
        make_checkpoint(office.organisation, office.later())


def test_a_head_signed_by_nobody_known_is_not_kept(office: Office, superior: Office, tmp_path: Path) -> None:
    signed = countersign_head(
        superior.organisation, hand_over(office, tmp_path), load_public_keys(key_folder(office.id)), superior.later()
    )
    with pytest.raises(NoteError, match="stranger"):
        take_witnessed(office.organisation, render_note(signed))
    with pytest.raises(NoteError, match="stranger"):
        take_witnessed(office.organisation, render_note(make_checkpoint(office.organisation, office.later()).note))


def test_a_key_nobody_vouched_for_is_not_countersigned(office: Office, superior: Office, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="--key"):
        countersign_head(superior.organisation, hand_over(office, tmp_path), (), superior.later())
    with pytest.raises(NotFound, match="--key"):
        countersign_head(
            superior.organisation,
            hand_over(office, tmp_path),
            load_public_keys(key_folder(superior.id)),
            superior.later(),
        )


def test_nobody_witnesses_their_own_log(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="自己"):
        countersign_head(
            office.organisation, hand_over(office, tmp_path), load_public_keys(key_folder(office.id)), office.later()
        )


def test_a_superior_refuses_a_head_that_forgets_what_it_has_seen(
    office: Office, superior: Office, tmp_path: Path
) -> None:
    own = load_public_keys(key_folder(office.id))
    office.write("六月学习")
    countersign_head(superior.organisation, hand_over(office, tmp_path), own, superior.later())
    cut_tail(office, ["六月学习"])
    sql("DELETE FROM checkpoint WHERE organisation_id = %s", office.id)
    for path in anchors.folder_of(office.id).glob("*.note"):
        path.unlink()
    with pytest.raises(Refused, match="不予见证"):
        countersign_head(superior.organisation, hand_over(office, tmp_path, "cut.note"), (), superior.later())


def test_a_superior_without_the_log_wants_a_package_for_a_longer_head(
    office: Office, superior: Office, tmp_path: Path
) -> None:
    own = load_public_keys(key_folder(office.id))
    first = hand_over(office, tmp_path, "first.note")
    office.write("六月学习")
    second = hand_over(office, tmp_path, "second.note")
    forget(office.organisation)
    countersign_head(superior.organisation, first, own, superior.later())
    # The same head again is only a repetition.
    countersign_head(superior.organisation, first, (), superior.later())
    with pytest.raises(Refused, match="报送包"):
        countersign_head(superior.organisation, second, (), superior.later())


def test_a_forked_head_signed_by_the_right_key_is_refused_by_a_superior(
    office: Office, superior: Office, tmp_path: Path
) -> None:
    own = load_public_keys(key_folder(office.id))
    countersign_head(superior.organisation, hand_over(office, tmp_path), own, superior.later())
    head = make_checkpoint(office.organisation, office.later()).checkpoint
    fork = sign_checkpoint(replace(head, root=bytes(32)), [load_signer(key_folder(office.id))])
    file = tmp_path / "fork.note"
    file.write_bytes(render_note(fork))
    for forgotten in (False, True):
        if forgotten:
            forget(office.organisation)
        with pytest.raises(Refused, match="不予见证"):
            countersign_head(superior.organisation, file, (), superior.later())


def test_a_witness_with_a_key_of_its_own_making_is_a_stranger(office: Office, tmp_path: Path) -> None:
    """Somebody signs under the superior's name with another key."""
    from lianze.tlog import countersign

    head = make_checkpoint(office.organisation, office.later())
    false = make_keys(tmp_path / "false", "lianze/superior", office.now)
    true = make_keys(tmp_path / "true", "lianze/superior", office.now)
    note = render_note(countersign(head.note, [false]))
    with pytest.raises(NoteError, match="stranger"):
        take_witnessed(office.organisation, note, load_public_keys(tmp_path / "true"))
    assert true.name == false.name


def test_init_makes_keys_that_the_log_names(office: Office) -> None:
    second = Revision.objects.get(organisation_id=office.id, leaf_index=1)
    assert second.subject == "keys"
    assert read_declared(office.id)[0].startswith(f"lianze/{office.id}+")
