"""Packages of a ledger with a history: amended, withdrawn, erased entries; earlier heads; a superior that countersigns;
and every byte that somebody might change on the way."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from lianze.exchange.package import Moved, package_contents
from lianze.exchange.package_entries import Wanted
from lianze.ledger.checkpoints import make_checkpoint, take_witnessed
from lianze.ledger.countersigning import countersign_head
from lianze.ledger.erase import erase
from lianze.ledger.evidence import store_file
from lianze.ledger.log_keys import change_keys, key_folder, signer_of
from lianze.ledger.states import Part
from lianze.tlog import NoteError, load_public_keys, render_note
from lianze.tlog.errors import PackageError
from lianze.tlog.package import Measure
from lianze.tlog.package_write import write_package
from lianze.tlog.verdict import EXIT_DOUBT, EXIT_PROVED
from lianze.tlog.verify import Trust, examine_package
from tests.ledger.office import AUTHOR, Office, cut_tail, make_office, sql

LATER = datetime(2024, 1, 5, tzinfo=UTC)


@pytest.fixture
def office(db: None, tmp_path: Path, settings: Settings) -> Office:
    """The office of the log's tests."""
    settings.DATA, settings.EVIDENCE, settings.KEYS = tmp_path, tmp_path / "evidence", tmp_path / "keys"
    return make_office()


def package_of(office: Office, path: Path, wanted: Wanted | None = None) -> Path:
    """The year in a file."""
    head = make_checkpoint(office.organisation, office.later())
    contents = package_contents(office.desk(), 2023, head, wanted or Wanted((("report.docx", b"PK"),)))
    write_package(contents, [signer_of(office.id)], path)
    return path


def keys_of(office: Office) -> Trust:
    return Trust(load_public_keys(key_folder(office.id)))


def test_amended_withdrawn_and_erased_entries_are_proved(office: Office, tmp_path: Path) -> None:
    """四月学习 was amended and drops its file, 五月谈话 was withdrawn, 三月学习 is erased."""
    office.change("四月学习", attachments=())
    erase(office.desk(), office.entries["三月学习"], ["title", "@guest"], "本人申请")
    for shown in (Wanted(), Wanted(content="none"), Wanted(with_evidence=True)):
        package = package_of(office, tmp_path / "F.lianze", shown)
        verdict = examine_package(package, LATER, keys_of(office))
        assert verdict.exit_code == EXIT_PROVED, verdict.steps[-1]
    assert "周某".encode() not in package.read_bytes()


def test_withheld_content_leaves_no_name_in_the_package(office: Office, tmp_path: Path) -> None:
    """Neither as content nor as the key of a distinct count, nor as a file's name."""
    open_package = package_of(office, tmp_path / "open.lianze").read_bytes()
    assert "周某".encode() in open_package
    closed = package_of(office, tmp_path / "closed.lianze", Wanted(content="none", with_evidence=True)).read_bytes()
    for name in ("周某", "签到", "三月学习", "会议签到表", str(office.people["李"])):
        assert name.encode() not in closed


def test_distinct_counts_stay_countable_under_the_veil(office: Office) -> None:
    """Three films and two regulations, seen by two people and a family."""
    for title, regulation in (("一", "integrity_code"), ("二", "discipline"), ("三", "discipline")):
        guests = (Part("attendee", office.people["李"]), Part("attendee", outside_name=f"{title}家属"))
        more = {"data": {"regulation": regulation, "campaign": "family"}, "parts": guests}
        office.write(f"学习{title}", kind="study.collective", **more)
        office.write(f"影片{title}", kind="education.film", **more)
    head = make_checkpoint(office.organisation, office.later())
    figures = {
        content: {f.id: f for f in package_contents(office.desk(), 2023, head, Wanted(content=content)).figures}
        for content in ("shown", "none")
    }
    distinct = [f for f in figures["shown"].values() if f.measure is Measure.DISTINCT and f.hits]
    assert {"regulation.studied.kinds", "family.film.people"} <= {figure.id for figure in distinct}
    for figure in distinct:
        veiled = figures["none"][figure.id]
        assert len({hit.key for hit in veiled.hits}) == len({hit.key for hit in figure.hits})
        assert not {hit.key for hit in veiled.hits} & {hit.key for hit in figure.hits}


def test_keys_changed_during_the_year_are_all_in_the_package(office: Office, tmp_path: Path) -> None:
    make_checkpoint(office.organisation, office.later())
    change_keys(office.organisation, AUTHOR, "轮换", office.later())
    assert examine_package(package_of(office, tmp_path / "F.lianze"), LATER, keys_of(office)).exit_code == EXIT_PROVED


def test_a_record_made_since_the_head_was_signed_is_not_passed_over(office: Office) -> None:
    head = make_checkpoint(office.organisation, office.later())
    office.write("六月学习")
    with pytest.raises(Moved):
        package_contents(office.desk(), 2023, head, Wanted())


def test_the_log_is_shown_to_go_on_from_every_earlier_head(office: Office, tmp_path: Path) -> None:
    seen = make_checkpoint(office.organisation, office.later()).checkpoint
    office.write("六月学习", happened_on=date(2023, 6, 1))
    package = package_of(office, tmp_path / "F.lianze")
    trust = replace(keys_of(office), seen=(seen,))
    assert examine_package(package, LATER, trust).exit_code == EXIT_PROVED
    forked = replace(keys_of(office), seen=(replace(seen, root=bytes(32)),))
    assert examine_package(package, LATER, forked).exit_code not in (EXIT_PROVED, EXIT_DOUBT)


def test_a_superior_countersigns_a_package_and_then_only_what_goes_on_from_it(office: Office, tmp_path: Path) -> None:
    """On an instance of its own, that knows the office's log by its packages alone."""
    superior = make_office("superior")
    own = load_public_keys(key_folder(office.id))
    first = package_of(office, tmp_path / "1.lianze")
    signed = countersign_head(superior.organisation, first, own, LATER)
    take_witnessed(office.organisation, render_note(signed), load_public_keys(key_folder(superior.id)))
    office.write("六月学习")
    second = package_of(office, tmp_path / "2.lianze")
    countersign_head(superior.organisation, second, (), LATER)
    # An older package of the same log, and a log that was cut short and signed again.
    with pytest.raises((PackageError, NoteError)):
        countersign_head(superior.organisation, first, (), LATER)
    cut_tail(office, ["六月学习"])
    sql("DELETE FROM checkpoint WHERE organisation_id = %s", office.id)
    for path in (tmp_path / "checkpoints" / str(office.id)).glob("*.note"):
        path.unlink()
    office.write("别的学习")
    with pytest.raises((PackageError, NoteError)):
        countersign_head(superior.organisation, package_of(office, tmp_path / "3.lianze"), (), LATER)


def test_no_byte_of_a_package_can_be_changed(office: Office, tmp_path: Path) -> None:
    store_file(office.id, b"x", office.later())
    package = package_of(office, tmp_path / "F.lianze", Wanted((("report.docx", b"PK report"),), with_evidence=True))
    whole, rng, trust = package.read_bytes(), random.Random(3), keys_of(office)
    assert examine_package(whole, LATER, trust).exit_code == EXIT_PROVED
    for at in rng.sample(range(len(whole)), 250):
        changed = bytearray(whole)
        changed[at] ^= 1 << rng.randrange(8)
        assert examine_package(bytes(changed), LATER, trust).exit_code != EXIT_PROVED, at
    for cut in (1, 22, 100, len(whole) // 2):
        assert examine_package(whole[:-cut], LATER, trust).exit_code != EXIT_PROVED


def test_somebody_elses_key_proves_nothing(office: Office, tmp_path: Path) -> None:
    other = make_office("other")
    package = package_of(office, tmp_path / "F.lianze")
    assert examine_package(package, LATER, keys_of(other)).exit_code != EXIT_PROVED
    assert examine_package(package, LATER, Trust()).exit_code == EXIT_DOUBT
