"""`lianze check --year` with what people decided: kept per phrase, good for next year, and tags that bind exactly."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from lianze.claims.check import check_reading
from lianze.claims.reading import read_bytes
from lianze.claims.terms import load_terms
from lianze.cli.check import check_command
from lianze.ledger.actions import Desk
from lianze.reports.annual import make_report
from lianze.reports.models import BindingDecision
from lianze.reports.numbercheck import facts_of, read_decisions

pytestmark = pytest.mark.database
THIS_YEAR = "2023年廉政工作情况\n一、工作情况\n召开廉政提醒会7次，作风整顿会5次；办公室查出隐患8项。\n"
NEXT_YEAR = "2024年廉政工作情况\n一、工作情况\n召开廉政提醒会9次，作风整顿会6次；办公室查出隐患7项。\n"


def run(text: str, folder: Path, *options: str, year: str = "2023") -> tuple[int, list[dict[str, object]], str]:
    """Exit code, the claims of the answer, and what was said on standard error."""
    file = folder / "report.txt"
    file.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(check_command, [str(file), "--year", year, "--json", *options])
    mentions = json.loads(result.stdout)["mentions"] if result.exit_code < 2 else []
    return result.exit_code, [m for m in mentions if m["class"] == "claim"], result.stderr


def place_of(raw: str, text: str, folder: Path) -> int:
    file = folder / "report.txt"
    file.write_text(text, encoding="utf-8")
    answer = json.loads(CliRunner().invoke(check_command, [str(file), "--json"]).stdout)
    return next(at for at, m in enumerate(answer["mentions"]) if m["raw"] == raw and m["class"] == "claim")


def test_every_number_of_the_samples_own_report_binds_by_its_tag(sample_desk: Desk) -> None:
    report = make_report(sample_desk, sample_desk.pack.outlines["annual"], 2023, date(2023, 12, 28))
    reading = read_bytes(report.docx, "report.docx")
    checked = check_reading(reading, load_terms(), facts_of(sample_desk, 2023))
    tags = [(block.line, start) for block in reading.blocks for start, _, _ in block.tags]
    found = {
        (mention.line, at): (verdict.binding.state, verdict.code)
        for mention, verdict in zip(checked.mentions, checked.verdicts, strict=True)
        if verdict
        for at in range(mention.start, mention.measure_end)
    }
    assert len(tags) >= 100
    assert [tag for tag in tags if found.get(tag) != ("confirmed", "confirmed")] == []
    assert not [relation for relation in checked.relations if relation.status == "broken"]


def test_a_confirmed_phrase_is_known_next_year(sample_desk: Desk, tmp_path: Path) -> None:
    place = place_of("7", THIS_YEAR, tmp_path)
    code, claims, _ = run(THIS_YEAR, tmp_path, "--confirm", f"{place}=holiday.meetings")
    assert (code, claims[0]["binding"], claims[0]["verdict"]) == (0, "confirmed", "confirmed")
    claims = run(NEXT_YEAR, tmp_path, year="2024")[1]
    assert (claims[0]["figure"], claims[0]["binding"]) == ("holiday.meetings", "confirmed")
    assert BindingDecision.objects.get().figure == "holiday.meetings"


def test_a_refused_figure_is_not_offered_next_year(sample_desk: Desk, tmp_path: Path) -> None:
    place = place_of("7", THIS_YEAR, tmp_path)
    before = run(THIS_YEAR, tmp_path)[1][0]
    assert (before["figure"], before["binding"]) == ("holiday.meetings", "suggested")
    run(THIS_YEAR, tmp_path, "--refuse", f"{place}=holiday.meetings")
    assert run(NEXT_YEAR, tmp_path, year="2024")[1][0]["figure"] is None


@pytest.mark.parametrize("unit", ["BGS", "unit:BGS", "办公室"])
def test_a_units_figure_is_confirmed_by_code_or_name(sample_desk: Desk, tmp_path: Path, unit: str) -> None:
    place = place_of("8", THIS_YEAR, tmp_path)
    code, claims, _ = run(THIS_YEAR, tmp_path, "--confirm", f"{place}=risk.unit.total@{unit}")
    assert (code, claims[2]["computed"], claims[2]["verdict"]) == (1, 7, "contradicted")
    again = run(NEXT_YEAR, tmp_path, year="2024")[1][2]
    assert (again["figure"], again["binding"]) == ("risk.unit.total", "confirmed")


def test_a_decision_that_cannot_be_is_refused_and_nothing_is_kept(sample_desk: Desk, tmp_path: Path) -> None:
    place = place_of("7", THIS_YEAR, tmp_path)
    wrong = ["999=holiday.meetings", f"{place}=no.such.figure", f"{place}=risk.unit.total", "seven"]
    options = [word for one in [f"{place}=holiday.meetings", *wrong] for word in ("--confirm", one)]
    code, _, said = run(THIS_YEAR, tmp_path, *options)
    assert code == 2
    assert all(word in said for word in wrong)
    assert read_decisions(sample_desk.organisation.id) == {}


def test_decisions_need_a_year(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text("召开廉政提醒会7次。", encoding="utf-8")
    result = CliRunner().invoke(check_command, [str(file), "--confirm", "0=holiday.meetings"])
    assert (result.exit_code, "--year" in result.stderr) == (2, True)


def test_without_a_year_the_ledgers_options_take_the_reports_own(sample_desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(THIS_YEAR, encoding="utf-8")
    result = CliRunner().invoke(check_command, [str(file), "--organisation", sample_desk.organisation.code, "--json"])
    assert "2023" in result.stderr
    assert json.loads(result.stdout)["summary"]["records_year"] == 2023


def test_a_report_of_another_year_is_told_of_first_and_judged_in_nothing(sample_desk: Desk, tmp_path: Path) -> None:
    place = place_of("7", THIS_YEAR, tmp_path)
    run(THIS_YEAR, tmp_path, "--confirm", f"{place}=holiday.meetings")
    code, claims, _ = run(NEXT_YEAR, tmp_path)
    assert (code, {claim["verdict"] for claim in claims} <= {"not_checked", "no_figure"}) == (0, True)
    said = CliRunner().invoke(check_command, [str(tmp_path / "report.txt"), "--year", "2023"]).stdout
    assert said.startswith("报告写的是2024年，台账是2023年")
