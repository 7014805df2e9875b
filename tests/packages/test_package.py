"""A year handed up in one file, and what somebody without the database can tell from it."""

import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from lianze.domain.errors import Refused
from lianze.exchange.importing import import_workbook
from lianze.exchange.package import package_contents
from lianze.exchange.package_entries import Content, Wanted
from lianze.exchange.sample import write_sample
from lianze.ledger.actions import Desk
from lianze.ledger.checkpoints import make_checkpoint
from lianze.ledger.log_keys import ensure_keys, key_folder, signer_of
from lianze.rules import HeldGrant
from lianze.tlog import load_public_keys
from lianze.tlog.package import Measure, PackageContents
from lianze.tlog.package_write import write_package
from lianze.tlog.verdict import EXIT_PROVED, EXIT_REFUSED, Outcome
from lianze.tlog.verify import Trust, examine_package
from tests.exchange.offices import make_desk

pytestmark = pytest.mark.database
LATER = datetime(2024, 1, 5, tzinfo=UTC)


@pytest.fixture
def desk(db: None, tmp_path: Path, settings: pytest.FixtureRequest) -> Desk:
    """An office with its sample year and its keys."""
    settings.EVIDENCE, settings.KEYS = tmp_path / "store", tmp_path / "keys"  # type: ignore[attr-defined]
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    desk = make_desk()
    ensure_keys(desk.organisation, desk.author, desk.now)
    write_sample(tmp_path / "sample.xlsx", tmp_path / "evidence", desk.pack)
    import_workbook(desk, tmp_path / "sample.xlsx", evidence_folder=tmp_path / "evidence")
    return replace(desk, now=desk.now + timedelta(hours=1))


def contents_of(
    desk: Desk, content: Content = "shown", with_evidence: bool = False, year: int = 2023
) -> PackageContents:
    head = make_checkpoint(desk.organisation, desk.now)
    wanted = Wanted((("report.docx", b"PK any"),), content, with_evidence)
    return package_contents(desk, year, head, wanted)


def written(desk: Desk, contents: PackageContents, path: Path) -> Path:
    write_package(contents, [signer_of(desk.organisation.id)], path)
    return path


def trust_of(desk: Desk) -> Trust:
    return Trust(load_public_keys(key_folder(desk.organisation.id)))


@pytest.mark.parametrize("content", ["shown", "none"])
@pytest.mark.parametrize("with_evidence", [True, False])
def test_a_package_of_the_year_is_proved(desk: Desk, tmp_path: Path, content: Content, with_evidence: bool) -> None:
    package = written(desk, contents_of(desk, content, with_evidence), tmp_path / "F.lianze")
    verdict = examine_package(package, LATER, trust_of(desk))
    assert verdict.exit_code == EXIT_PROVED, verdict
    assert {step.name for step in verdict.steps if step.outcome is Outcome.PROVED} >= {
        "signature",
        "inclusion",
        "figures",
    }


def test_the_package_of_a_year_without_entries_is_proved(tmp_path: Path, desk: Desk) -> None:
    contents = contents_of(desk, year=1999)
    assert contents.entries == ()
    assert (
        examine_package(written(desk, contents, tmp_path / "F.lianze"), LATER, trust_of(desk)).exit_code == EXIT_PROVED
    )


def test_nearly_every_figure_can_be_added_up_again(desk: Desk) -> None:
    figures = contents_of(desk).figures
    recomputed = [figure for figure in figures if figure.measure is not Measure.OTHER]
    counted = {f.id for f in desk.pack.figures.values() if f.source == "register" and f.measure in ("count", "sum")}
    assert counted <= {figure.id.partition("|")[0] for figure in recomputed}
    assert len(recomputed) > 0.9 * len(figures)


def test_restricted_registers_are_listed_without_content(desk: Desk) -> None:
    contents = contents_of(desk, with_evidence=True)
    restricted = {register.id for register in desk.pack.registers.values() if register.restricted}
    hidden = [entry for entry in contents.entries if entry.register in restricted]
    assert hidden and all(entry.content is None and entry.salt is None for entry in hidden)
    assert all(entry.content for entry in contents.entries if entry.register not in restricted)


def test_a_figure_that_says_more_than_its_entries_is_refused(desk: Desk, tmp_path: Path) -> None:
    contents = contents_of(desk)
    lie = tuple(replace(f, value="23") if f.id == "study.collective.count" else f for f in contents.figures)
    assert lie != contents.figures
    package = written(desk, replace(contents, figures=lie), tmp_path / "F.lianze")
    assert examine_package(package, LATER, trust_of(desk)).exit_code == EXIT_REFUSED


def test_an_entry_changed_on_the_way_is_refused(desk: Desk, tmp_path: Path) -> None:
    package = written(desk, contents_of(desk), tmp_path / "F.lianze")
    data = bytearray(package.read_bytes())
    at = data.index("第一议题".encode())
    data[at : at + 3] = "三".encode()
    package.write_bytes(bytes(data))
    assert examine_package(package, LATER, trust_of(desk)).exit_code == EXIT_REFUSED


def test_the_same_year_twice_gives_the_same_file(desk: Desk, tmp_path: Path) -> None:
    first = written(desk, contents_of(desk), tmp_path / "1.lianze").read_bytes()
    assert first == written(desk, contents_of(desk), tmp_path / "2.lianze").read_bytes()
    assert zipfile.is_zipfile(tmp_path / "1.lianze")


def test_who_may_not_file_makes_no_package(desk: Desk) -> None:
    grant = HeldGrant("clerk", desk.organisation.path, desk.actor.grants[0].start)
    clerk = replace(desk, actor=replace(desk.actor, grants=(grant,)))
    head = make_checkpoint(desk.organisation, desk.now)
    with pytest.raises(Refused):
        package_contents(clerk, 2023, head, Wanted())


def test_a_year_that_is_not_over_ends_on_its_day_and_is_proved(desk: Desk, tmp_path: Path) -> None:
    head = make_checkpoint(desk.organisation, desk.now)
    contents = package_contents(desk, 2023, head, Wanted((("report.docx", b"PK any"),)), date(2023, 6, 30))
    assert (contents.header.start, contents.header.end) == (date(2023, 1, 1), date(2023, 7, 1))
    path = written(desk, contents, tmp_path / "half.lianze")
    verdict = examine_package(path, LATER, trust_of(desk))
    assert verdict.exit_code == EXIT_PROVED
    manifest = next(step for step in verdict.steps if step.name == "manifest")
    assert manifest.detail["start"] == "2023-01-01" and manifest.detail["last"] == "2023-06-30"
