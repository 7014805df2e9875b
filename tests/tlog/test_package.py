"""A package as it should be: what is proved, with which trust, and that its bytes are the only ones."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianze.tlog import SM3, Checkpoint, PackageError, PublicKey, checkpoint_of, sign_checkpoint
from lianze.tlog.package_write import render_package, write_package
from lianze.tlog.verdict import Outcome, Verdict
from lianze.tlog.verify import Trust, examine_package, verify_package
from tests.tlog.sample import (
    CITY,
    CITY_KEY,
    LOG,
    LOG_KEY,
    MINUTES,
    NOW,
    STRANGER,
    earlier_head,
    sample_contents,
    sample_entries,
    sample_package,
    sample_tree,
)

PACKAGE = sample_package()
KNOWN = Trust((LOG_KEY, CITY_KEY))
TREE = sample_tree(sample_entries())


def outcome_of(verdict: Verdict, name: str) -> tuple[Outcome, str]:
    return next((step.outcome, step.reason) for step in verdict.steps if step.name == name)


def seen_head(size: int) -> Checkpoint:
    head = checkpoint_of(sample_contents().checkpoint)
    return Checkpoint(head.origin, size, earlier_head(TREE, size).root, head.at - timedelta(days=30))


def test_every_step_is_proved_with_known_keys_and_a_head_seen_before() -> None:
    verdict = examine_package(PACKAGE, NOW, replace(KNOWN, seen=(seen_head(5),)))
    assert [step.number for step in verdict.steps] == list(range(1, 12))
    assert {step.outcome for step in verdict.steps} == {Outcome.PROVED}
    assert verdict.exit_code == 0


def test_numbers_of_each_step_are_those_of_the_sample() -> None:
    detail = {step.name: dict(step.detail) for step in examine_package(PACKAGE, NOW, KNOWN).steps}
    assert detail["checkpoint"]["witnesses"] == "lianze/city"
    assert detail["entries"] == {"entries": 6, "revisions": 7, "shown": 6, "withheld": 1}
    assert detail["figures"] == {"recomputed": 6, "listed_only": 1, "tied": 3, "untied": 4}
    assert detail["honest-time"] == {"registers": 3, "entries": 6, "late": 1}
    assert detail["evidence"] == {"files": 1, "enclosed": 1}


def test_without_a_known_key_the_signature_stays_in_doubt() -> None:
    verdict = examine_package(PACKAGE, NOW, Trust())
    assert outcome_of(verdict, "signature") == (Outcome.DOUBT, "signature.own-key")
    assert verdict.exit_code == 3
    with pytest.raises(PackageError):
        verify_package(PACKAGE, NOW, Trust())


@pytest.mark.parametrize("key", [CITY_KEY, replace(LOG_KEY, public=STRANGER.public)])
def test_a_reader_who_knows_only_other_keys_refuses(key: PublicKey) -> None:
    verdict = examine_package(PACKAGE, NOW, Trust((key,)))
    assert outcome_of(verdict, "signature") == (Outcome.REFUSED, "note.stranger")
    assert verdict.exit_code == 1


def test_a_superiors_key_does_not_sign_for_the_organisation() -> None:
    signed_by_city = render_package(sample_contents(), [CITY])
    assert outcome_of(examine_package(signed_by_city, NOW, KNOWN), "signature")[1] == "note.stranger"


def test_a_key_that_had_ended_by_then_is_refused() -> None:
    ended = replace(LOG_KEY, until_at=NOW - timedelta(days=30))
    assert outcome_of(examine_package(PACKAGE, NOW, Trust((ended,))), "signature")[1] == "note.expired"


def test_a_witness_may_have_got_its_key_after_the_head_was_made() -> None:
    young = replace(CITY_KEY, from_at=NOW)
    assert examine_package(PACKAGE, NOW, Trust((LOG_KEY, young))).exit_code == 0


def test_a_package_from_the_future_is_refused() -> None:
    verdict = examine_package(PACKAGE, NOW - timedelta(days=3), KNOWN)
    assert outcome_of(verdict, "checkpoint") == (Outcome.REFUSED, "time.order")


def test_a_log_that_does_not_go_on_from_a_head_seen_before_is_refused() -> None:
    forked = replace(seen_head(5), root=seen_head(4).root)
    verdict = examine_package(PACKAGE, NOW, replace(KNOWN, seen=(forked,)))
    assert outcome_of(verdict, "succession") == (Outcome.REFUSED, "proof.consistency")


def test_a_log_that_became_shorter_is_refused() -> None:
    longer = replace(seen_head(5), size=1000)
    verdict = examine_package(PACKAGE, NOW, replace(KNOWN, seen=(longer,)))
    assert outcome_of(verdict, "succession") == (Outcome.REFUSED, "succession.shrunk")


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        (seen_head(6), "succession.no-proof"),
        (replace(seen_head(5), size=1000, at=NOW), "succession.older"),
        (replace(seen_head(5), origin="lianze/other"), "succession.other-log"),
    ],
)
def test_a_head_the_package_says_nothing_about_leaves_a_doubt(seen: Checkpoint, reason: str) -> None:
    verdict = examine_package(PACKAGE, NOW, replace(KNOWN, seen=(seen,)))
    assert outcome_of(verdict, "succession") == (Outcome.DOUBT, reason)
    assert verdict.exit_code == 3


def test_the_same_head_with_another_root_is_a_fork() -> None:
    same = checkpoint_of(sample_contents().checkpoint)
    assert examine_package(PACKAGE, NOW, replace(KNOWN, seen=(same,))).exit_code == 0
    forked = replace(same, root=bytes(32))
    assert examine_package(PACKAGE, NOW, replace(KNOWN, seen=(forked,))).exit_code == 1


def test_writing_twice_gives_the_same_bytes_also_to_a_path(tmp_path: Path) -> None:
    contents = sample_contents()
    path = tmp_path / "report.docx"
    path.write_bytes(b"PK docx")
    shuffled = replace(
        contents, entries=contents.entries[::-1], reports=(("report.pdf", b"%PDF-"), ("report.docx", path))
    )
    write_package(shuffled, [LOG], tmp_path / "F.lianze")
    assert (tmp_path / "F.lianze").read_bytes() == PACKAGE
    assert examine_package(tmp_path / "F.lianze", NOW, KNOWN).exit_code == 0


def test_ordinary_zip_programs_open_it() -> None:
    with zipfile.ZipFile(io.BytesIO(PACKAGE)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "manifest.json"
        assert archive.read(archive.namelist()[-1]) == MINUTES


def test_a_package_with_sm3_is_proved_too() -> None:
    package = render_package(sample_contents(hasher=SM3), [LOG])
    assert package != PACKAGE
    assert examine_package(package, NOW, KNOWN).exit_code == 0


def test_a_package_without_any_entry_is_proved() -> None:
    contents = sample_contents(facts=[])
    empty = replace(contents, entries=(), proof=(), figures=(), evidence=(), earlier=())
    assert examine_package(render_package(empty, [LOG]), NOW, KNOWN).exit_code == 0


def test_a_checkpoint_of_another_log_is_not_packed() -> None:
    contents = sample_contents()
    other = replace(checkpoint_of(contents.checkpoint), origin="lianze/other")
    with pytest.raises(PackageError):
        render_package(replace(contents, checkpoint=sign_checkpoint(other, [LOG])), [LOG])


@settings(max_examples=400)
@given(st.integers(0, len(PACKAGE) - 1), st.integers(1, 255), st.booleans())
def test_any_changed_byte_is_refused(at: int, change: int, known: bool) -> None:
    broken = bytearray(PACKAGE)
    broken[at] ^= change
    assert examine_package(bytes(broken), NOW, KNOWN if known else Trust()).exit_code == 1


@settings(max_examples=100)
@given(st.integers(0, len(PACKAGE) - 1))
def test_any_shortened_package_is_refused(size: int) -> None:
    assert examine_package(PACKAGE[:size], NOW, KNOWN).exit_code == 1
    assert examine_package(PACKAGE[size + 1 :], NOW, KNOWN).exit_code == 1


@given(st.binary(min_size=1, max_size=200), st.booleans())
def test_any_addition_before_or_after_is_refused(added: bytes, before: bool) -> None:
    assert examine_package(added + PACKAGE if before else PACKAGE + added, NOW, KNOWN).exit_code == 1


@given(st.binary(max_size=600))
def test_random_bytes_are_refused_without_an_exception(data: bytes) -> None:
    assert examine_package(data, NOW, KNOWN).exit_code == 1
