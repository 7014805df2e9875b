"""Key files: who may read them, and what stays verifiable after rotation."""

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lianze.tlog import (
    KeyFileError,
    LogError,
    NoteError,
    load_public_keys,
    load_signer,
    make_keys,
    require_scheme,
    rotate_keys,
    sign_note,
    verify_note,
)
from lianze.tlog.signers import ED25519, Ed25519, scheme_of_key

START = datetime(2024, 1, 1, tzinfo=UTC)
LATER = START + timedelta(days=100)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    keys = tmp_path / "keys"
    make_keys(keys, "lianze/office", START)
    return keys


class Foreign(Ed25519):
    """Stands for SM2: a scheme brought by another module under a type of its own."""

    name = "foreign"  # type: ignore[misc]  # the built-in name is final on purpose
    type_id = b"\xffforeign\n"  # type: ignore[misc]


FOREIGN = Foreign()


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_private_key_and_folder_are_for_the_owner_alone(folder: Path) -> None:
    old = os.umask(0)
    try:
        rotate_keys(folder, LATER)
    finally:
        os.umask(old)
    assert mode_of(folder) == 0o700
    assert mode_of(folder / "signing.pem") == 0o600
    assert (folder / "signing.pem").read_bytes().startswith(b"-----BEGIN PRIVATE KEY-----")


@pytest.mark.parametrize("place", ["", "signing.pem"])
def test_a_key_others_could_read_does_not_sign(folder: Path, place: str) -> None:
    (folder / place).chmod(0o755)
    with pytest.raises(KeyFileError) as refused:
        load_signer(folder)
    assert refused.value.code == "key.open"


def test_a_key_behind_a_symbolic_link_does_not_sign(folder: Path, tmp_path: Path) -> None:
    moved = (folder / "signing.pem").rename(tmp_path / "elsewhere.pem")
    (folder / "signing.pem").symlink_to(moved)
    with pytest.raises(KeyFileError):
        load_signer(folder)


def test_making_keys_twice_does_not_overwrite(folder: Path) -> None:
    before = (folder / "signing.pem").read_bytes()
    with pytest.raises(KeyFileError):
        make_keys(folder, "lianze/office", LATER)
    assert (folder / "signing.pem").read_bytes() == before


def test_after_rotation_old_notes_verify_and_the_old_key_signs_nothing_new(folder: Path) -> None:
    old = load_signer(folder)
    note = sign_note("old\n", [old])
    new = rotate_keys(folder, LATER)
    keys = load_public_keys(folder)
    assert len(keys) == 2
    assert verify_note(note, keys, LATER - timedelta(seconds=1)) == (keys[0],)
    assert verify_note(sign_note("new\n", [new]), keys, LATER) == (keys[1],)
    for signer, moment in [(old, LATER), (new, LATER - timedelta(seconds=1))]:
        with pytest.raises(NoteError):
            verify_note(sign_note("x\n", [signer]), keys, moment)
    assert load_signer(folder).public == new.public != old.public


def test_rotation_does_not_go_back_in_time(folder: Path) -> None:
    with pytest.raises(KeyFileError):
        rotate_keys(folder, START)


def test_a_replaced_private_key_does_not_sign(folder: Path) -> None:
    (folder / "signing.pem").write_bytes(ED25519.make_private())
    with pytest.raises(KeyFileError) as refused:
        load_signer(folder)
    assert refused.value.code == "key.mismatch"


def test_a_rotation_cut_short_is_mended_by_rotating_again(folder: Path) -> None:
    """Power fails after the public history is written: the old private key no longer fits."""
    before = (folder / "signing.pem").read_bytes()
    rotate_keys(folder, LATER)
    (folder / "signing.pem").write_bytes(before)
    with pytest.raises(KeyFileError):
        load_signer(folder)
    rotate_keys(folder, LATER + timedelta(seconds=1))
    assert load_signer(folder).public == load_public_keys(folder)[-1].public


def test_missing_and_broken_files_are_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyFileError):
        load_public_keys(tmp_path / "nowhere")
    (folder / "signing.pem").write_bytes(b"not a key")
    with pytest.raises(KeyFileError):
        load_signer(folder)


def test_a_private_key_does_not_show_in_a_traceback(folder: Path) -> None:
    assert "PRIVATE" not in repr(load_signer(folder))


def test_a_scheme_named_by_dotted_path_signs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from types import ModuleType

    module = ModuleType("foreign_scheme")
    module.__dict__["FOREIGN"] = FOREIGN
    monkeypatch.setitem(__import__("sys").modules, "foreign_scheme", module)
    assert require_scheme("foreign_scheme:FOREIGN") is FOREIGN
    with pytest.raises(LogError):
        require_scheme("foreign_scheme:MISSING")
    with pytest.raises(LogError):
        require_scheme("nothing")


def test_a_public_key_line_of_an_unknown_scheme_is_refused_and_imports_nothing() -> None:
    with pytest.raises(LogError):
        scheme_of_key(b"\xffos:system\n" + b"\x00" * 32)
