"""Signed notes and checkpoints: strict spelling, several signatures, keys with a time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianze.tlog import (
    SM3,
    Checkpoint,
    Frontier,
    LogError,
    NoteError,
    ProofError,
    PublicKey,
    checkpoint_of,
    consistency_proof,
    countersign,
    is_fingerprint_of,
    load_checkpoint,
    load_keys,
    load_note,
    public_key_of,
    render_keys,
    render_note,
    render_qr_text,
    root,
    sign_checkpoint,
    sign_note,
    verify_checkpoint,
    verify_note,
    verify_succession,
)
from lianze.tlog.errors import KeyFileError
from lianze.tlog.signers import ED25519, PrivateKey

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
ORIGIN = "lianze/0190-办公室"
LOG = PrivateKey(ORIGIN, ED25519, ED25519.make_private())
CITY = PrivateKey("lianze/市纪委", ED25519, ED25519.make_private())
LOG_KEY, CITY_KEY = public_key_of(LOG, NOON - timedelta(days=1)), public_key_of(CITY)
LEAVES = [bytes([at]) * 32 for at in range(9)]
HEAD = Checkpoint(ORIGIN, 9, root(LEAVES), NOON)
NOTE = sign_checkpoint(HEAD, [LOG])
DATA = render_note(NOTE)


def code_of(data: bytes) -> str:
    with pytest.raises(LogError) as refused:
        verify_checkpoint(load_note(data), ORIGIN, [LOG_KEY, CITY_KEY])
    return refused.value.code


def test_a_checkpoint_is_read_back_as_it_was_signed() -> None:
    checkpoint, note = load_checkpoint(DATA)
    assert (checkpoint, note) == (HEAD, NOTE)
    assert verify_checkpoint(note, ORIGIN, [LOG_KEY]) == (LOG_KEY,)
    assert note.text.split("\n")[:2] == [ORIGIN, "9"]


def test_a_published_key_line_has_the_key_id_we_compute() -> None:
    """The key of the Go checksum database, sum.golang.org."""
    line = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
    (key,) = load_keys(line)
    assert (key.name, key.key_id.hex()) == ("sum.golang.org", "033de0ae")


def test_a_superior_countersigns_and_both_are_found() -> None:
    both = countersign(NOTE, [CITY])
    assert verify_note(load_note(render_note(both)), [CITY_KEY, LOG_KEY], NOON) == (LOG_KEY, CITY_KEY)
    assert verify_note(both, [CITY_KEY], NOON) == (CITY_KEY,)


def test_a_note_signed_by_nobody_known_is_refused() -> None:
    with pytest.raises(NoteError) as refused:
        verify_note(NOTE, [CITY_KEY], NOON)
    assert refused.value.code == "note.stranger"


def test_one_bad_signature_under_a_known_key_spoils_the_note() -> None:
    both = countersign(NOTE, [CITY])
    bad = replace(both, signatures=(both.signatures[0], replace(both.signatures[1], value=b"\x00" * 64)))
    with pytest.raises(NoteError) as refused:
        verify_note(bad, [LOG_KEY, CITY_KEY], NOON)
    assert refused.value.code == "note.signature"


@pytest.mark.parametrize("moment", [NOON - timedelta(days=2), NOON + timedelta(days=2)])
def test_a_key_speaks_only_for_its_time(moment: datetime) -> None:
    key = replace(LOG_KEY, until_at=NOON + timedelta(days=2))
    with pytest.raises(NoteError) as refused:
        verify_note(NOTE, [key], moment)
    assert refused.value.code == "note.expired"


@given(st.integers(0, len(DATA) - 1), st.integers(1, 255))
def test_any_changed_byte_of_a_checkpoint_is_refused(at: int, change: int) -> None:
    broken = bytearray(DATA)
    broken[at] ^= change
    with pytest.raises(LogError):
        verify_checkpoint(load_note(bytes(broken)), ORIGIN, [LOG_KEY])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "note.text"),
        (DATA[:-1], "note.unsigned"),
        (DATA + b"\n", "note.unsigned"),
        (DATA.replace(b"\n", b"\r\n"), "note.text"),
        (DATA.replace("— ".encode(), b"- "), "note.line"),
        (DATA.replace("— ".encode(), b""), "note.line"),
        (DATA.replace(b"=\n", b"=\x00\n"), "note.text"),
        (DATA.replace(b"=\n", b"\n"), "note.line"),
        (DATA + DATA.split(b"\n\n")[1], "note.twice"),
        (DATA + b"x" * 70_000, "note.size"),
        (b"\xff" + DATA, "note.encoding"),
        (DATA.replace(b"\n9\n", b"\n09\n"), "checkpoint.text"),
        (DATA.replace(b"\n9\n", b"\n-9\n"), "checkpoint.text"),
        (DATA.replace(b"\nhash sha-256", b"\nhash md5"), "hash.unknown"),
        (DATA.replace(b"hash sha-256", b"hash sha-256\nmore"), "checkpoint.text"),
        (DATA.replace(b"T12:00:00Z", b"T25:00:00Z"), "note.time"),
        (DATA.replace(b"T12:00:00Z", b"T12:00:00+08:00"), "note.time"),
        (DATA.replace(b"\n9\n", b"\n8\n"), "note.signature"),
        (DATA.replace(ORIGIN.encode(), b"lianze/other", 1), "checkpoint.origin"),
    ],
)
def test_malformed_or_altered_checkpoints_are_refused_with_a_reason(data: bytes, code: str) -> None:
    assert code_of(data) == code


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u3000b", "a\nb", "a\u00a0b"])
def test_names_that_would_blur_a_line_cannot_sign(name: str) -> None:
    with pytest.raises(NoteError):
        sign_note("text\n", [PrivateKey(name, ED25519, LOG.private)])
    with pytest.raises(NoteError):
        replace(HEAD, origin=name).text()


@pytest.mark.parametrize("text", ["", "\n", "no newline", "tab\t\n", "carriage\r\n"])
def test_texts_that_cannot_be_told_from_signatures_are_not_signed(text: str) -> None:
    with pytest.raises(NoteError):
        sign_note(text, [LOG])


def test_a_text_with_empty_lines_keeps_them() -> None:
    note = sign_note("one\n\ntwo\n", [LOG])
    assert load_note(render_note(note)) == note


def test_a_later_head_must_grow_from_the_earlier_one() -> None:
    old = Checkpoint(ORIGIN, 4, root(LEAVES[:4]), NOON - timedelta(hours=1))
    proof = consistency_proof(LEAVES, 4)
    verify_succession(old, HEAD, proof)
    for wrong in [
        replace(old, root=root(LEAVES[1:5])),
        replace(old, origin="lianze/other"),
        replace(old, at=NOON + timedelta(hours=1)),
        replace(old, hasher=SM3),
        replace(old, size=5),
    ]:
        with pytest.raises((NoteError, ProofError)):
            verify_succession(wrong, HEAD, proof)


def test_the_printed_fingerprint_names_one_checkpoint() -> None:
    printed = HEAD.fingerprint()
    assert len(printed) == 29
    assert all(len(group) == 4 for group in printed.split())
    assert is_fingerprint_of(printed.lower().replace(" ", ""), HEAD)
    assert not is_fingerprint_of(printed, replace(HEAD, size=10))
    assert not is_fingerprint_of(printed, replace(HEAD, at=NOON + timedelta(seconds=1)))


def test_the_qr_text_is_a_note_that_verifies_by_itself() -> None:
    text = render_qr_text(countersign(NOTE, [CITY]))
    assert len(text.encode()) < 400
    assert verify_checkpoint(load_note(text.encode()), ORIGIN, [LOG_KEY]) == (LOG_KEY,)


def test_an_empty_log_has_a_checkpoint_too() -> None:
    empty = Checkpoint(ORIGIN, 0, Frontier().root(), NOON)
    assert checkpoint_of(sign_checkpoint(empty, [LOG])) == empty


def test_a_key_file_is_read_back_and_strangers_lines_are_refused() -> None:
    keys = (LOG_KEY, replace(CITY_KEY, until_at=NOON))
    text = render_keys(keys)
    assert load_keys(f"# 市纪委 2026\n\n{text}") == keys
    good = text.splitlines()[0]
    for line in [
        good[:-3],
        good.replace("+", " ", 1),
        good + " note=1",
        good.replace(LOG_KEY.key_id.hex(), "00000000"),
    ]:
        with pytest.raises(LogError):
            load_keys(line)
    with pytest.raises(KeyFileError):
        load_keys(f"{good}\n{good}\n")


def test_a_local_time_without_zone_is_not_signed() -> None:
    with pytest.raises(NoteError):
        replace(HEAD, at=datetime(2024, 3, 1)).text()  # noqa: DTZ001  # the fault under test


def test_key_ids_depend_on_name_and_key() -> None:
    renamed = PublicKey("other", ED25519, LOG_KEY.public)
    assert renamed.key_id != LOG_KEY.key_id != CITY_KEY.key_id
