"""Where an office stands with what it owes: states, bearers, and which entries count."""

import dataclasses
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianze.domain.periods import year_period
from lianze.duties.compute import Cell, Standing, compute_duties
from lianze.duties.entries import counted_entries
from lianze.duties.missing import missing_before, missing_now
from lianze.ledger.write import write_change
from lianze.org.directory import read_directory
from lianze.org.models import Appointment, Person, Unit
from lianze.pack import Pack
from lianze.pack.load import load_pack
from tests.duties.conftest import duty
from tests.figures.cast import AUTHOR, NOW, Office, make_office, meeting

pytestmark = pytest.mark.django_db
DAY, AFTER = date(2023, 5, 10), date(2024, 1, 1)
MakePack = Callable[..., Pack]


def stand(office: Office, pack: Pack, day: date = DAY, year: int = 2023) -> dict[str, Standing]:
    """Every duty's standing, by id."""
    found = compute_duties(office.id, pack, year, day, read_directory(office.id, pack))
    return {standing.duty.id: standing for standing in found}


def told(standing: Standing) -> dict[str, str]:
    """Each bearer's cells as “done 1/1 …”."""
    return {row.bearer.code: " ".join(said(cell) for cell in row.cells) for row in standing.rows}


def said(cell: Cell) -> str:
    return f"{cell.state} {cell.hits}/{cell.required}"


def test_a_period_is_done_missed_due_or_ahead(office: Office, pack: MakePack) -> None:
    """Studies in January and twice in May; it is 10 May."""
    office.write(meeting("01-31"), meeting("05-01"), meeting("05-09"))
    known = pack(duty("a"), duty("b", every='"quarter"', at_least="3"))
    found = stand(office, known)
    months = said(found["a"].rows[0].cells[0]), said(found["a"].rows[0].cells[1]), said(found["a"].rows[0].cells[4])
    assert months == ("done 1/1", "missed 0/1", "done 2/1")
    assert told(found["b"]) == {"": "missed 1/3 due 2/3 ahead 0/3 ahead 0/3"}


@pytest.mark.parametrize(
    ("day", "state"), [("2023-03-31", "ahead"), ("2023-04-01", "due"), ("2023-06-30", "due"), ("2023-07-01", "missed")]
)
def test_the_last_day_still_belongs_to_the_period(office: Office, pack: MakePack, day: str, state: str) -> None:
    known = pack(duty("a", every='"quarter"'))
    assert stand(office, known, date.fromisoformat(day))["a"].rows[0].cells[1].state == state


def test_an_entry_counts_when_it_happened_however_late_it_was_recorded(office: Office, pack: MakePack) -> None:
    office.write(meeting("02-28"), now=datetime(2023, 12, 1, tzinfo=UTC))
    cells = stand(office, pack(duty("a")), AFTER)["a"].rows[0].cells
    assert [cell.hits for cell in cells] == [0, 1, *[0] * 10]


def test_one_entry_fulfils_every_duty_it_can(office: Office, pack: MakePack) -> None:
    """A talk of wang with li about study: for the organisation, for the office section, for li."""
    people = {"who": '"leaders"', "of": '"@guest"', "every": '"year"'}
    known = pack(duty("a"), duty("b", who='"section"', every='"half_year"'), duty("c", **people))
    office.write(meeting("05-02", unit_id=office.units["office"], parts=(office.part("guest", "li", "member"),)))
    found = stand(office, known)
    assert said(found["a"].rows[0].cells[4]) == "done 1/1"
    assert told(found["b"]) == {"office": "done 1/1 ahead 0/1", "finance": "due 0/1 ahead 0/1"}
    assert told(found["c"]) == {"li": "done 1/1", "wang": "due 0/1"}


def test_a_withdrawn_entry_counts_for_nothing(office: Office, pack: MakePack) -> None:
    known = pack(duty("a", every='"year"'))
    [entry_id] = office.write(meeting("05-02"))
    assert said(stand(office, known)["a"].rows[0].cells[0]) == "done 1/1"
    state = dataclasses.replace(meeting("05-02"), withdrawn=True)
    write_change(office.id, entry_id, state, action="withdraw", expected_version=1, author=AUTHOR, why="错", now=NOW)
    assert said(stand(office, known)["a"].rows[0].cells[0]) == "due 0/1"
    assert counted_entries(office.id, known.duties["a"], known, year_period(2023)) == []


def test_people_owe_the_periods_at_whose_end_they_are_there(office: Office, pack: MakePack) -> None:
    """sun leaves on 30 June; wu joins on 20 August; zhao is in the section all year."""
    Person.objects.create(
        organisation_id=office.id, code="wu", name="wu", unit_id=office.units["office"], joined_on=date(2023, 8, 20)
    )
    known = pack(duty("a", who='"all"', of='"owner"', every='"quarter"'))
    found = told(stand(office, known, AFTER)["a"])
    missed, nothing = "missed 0/1", "none 0/0"
    assert found["zhao"] == " ".join([missed] * 4)
    assert found["sun"] == f"{missed} {missed} {nothing} {nothing}"
    assert found["wu"] == f"{nothing} {nothing} {missed} {missed}"


def test_a_running_period_is_owed_by_whoever_is_there_today(office: Office, pack: MakePack) -> None:
    """li's post ends on 15 May: owed on the 10th, not on the 20th."""
    Appointment.objects.filter(organisation_id=office.id, person_id=office.people["li"]).update(
        end_on=date(2023, 5, 15)
    )
    known = pack(duty("a", who='"leaders"', of='"owner"', every='"half_year"'))
    assert "li" in told(stand(office, known, date(2023, 5, 10))["a"])
    assert "li" not in told(stand(office, known, date(2023, 5, 20))["a"])


def test_a_closed_unit_owes_nothing_afterwards(office: Office, pack: MakePack) -> None:
    Unit.objects.filter(organisation_id=office.id, code="finance").update(closed_on=date(2023, 6, 29))
    known = pack(duty("a", who='"unit"', every='"half_year"'))
    office.write(meeting("03-01", unit_id=office.units["finance"]), meeting("03-02"))
    found = told(stand(office, known, AFTER)["a"])
    assert set(found) == {"office", "branch"} and found["office"] == "missed 0/1 missed 0/1"


def test_before_each_holiday_means_since_the_one_before(office: Office, pack: MakePack) -> None:
    """五一 1 May, 中秋 29 September, 元旦 of the next year; a reminder on the holiday itself is for the next."""
    known = pack(duty("a", every='"holiday"'))
    office.write(meeting("04-30"), meeting("09-29"))
    found = stand(office, known, AFTER)["a"]
    assert [span.holidays for span in found.spans] == [("may",), ("autumn",), ("new_year",)]
    assert told(found) == {"": "done 1/1 missed 0/1 done 1/1"}


def test_an_occasion_is_covered_when_every_one_of_them_is(office: Office, pack: MakePack) -> None:
    """Three talks, two of them with a guest; where the pack does not say what the occasions are, nothing is required."""
    occasion = {"every": '"occasion"', "where": '[{ participant = "guest" }]'}
    base = '[{ field = "kind", values = ["talk"] }]'
    known = pack(duty("a", base=base, **occasion), duty("b", **occasion))
    guest = (office.part("guest", "程组长"),)
    office.write(*(meeting(f"0{n}-01", kind="talk", parts=guest if n > 1 else ()) for n in (1, 2, 3)))
    found = stand(office, known)
    assert told(found["a"]) == {"": "missed 2/3"} and told(found["b"]) == {"": "none 2/0"}
    behind = counted_entries(office.id, known.duties["a"], known, year_period(2023))
    assert [one.met for one in behind] == [False, True, True]


def test_a_layer_changes_what_is_owed_by_its_toml_alone(office: Office, pack: MakePack, tmp_path: Path) -> None:
    office.write(meeting("02-01"), meeting("05-02"))
    pack(duty("a", every='"year"'))
    layer = tmp_path.parent / f"{tmp_path.name}-layer"
    layer.mkdir()
    (layer / "pack.toml").write_text('id = "own"\nversion = "1"\ntitle = "本"\ntitle_en = "Own"\n', encoding="utf-8")
    expected = {
        "year": "done 2/1",
        "quarter": "done 1/1 done 1/1 ahead 0/1 ahead 0/1",
        "half_year": "due 2/3 ahead 0/3",
    }
    for every, at_least in (("year", "1"), ("quarter", "1"), ("half_year", "3")):
        text = duty("a", every=f'"{every}"', at_least=at_least)
        (layer / "duties.toml").write_text(text, encoding="utf-8")
        assert told(stand(office, load_pack([tmp_path, layer]))["a"]) == {"": expected[every]}
    (layer / "duties.toml").write_text(duty("a", enabled="false"), encoding="utf-8")
    assert stand(office, load_pack([tmp_path, layer])) == {}


def test_what_is_missing_comes_with_the_nearest_day_first(office: Office, pack: MakePack) -> None:
    known = pack(
        duty("year", every='"year"'),
        duty("month"),
        duty("people", who='"leaders"', of='"@guest"', every='"half_year"'),
    )
    office.write(meeting("01-05"), meeting("04-05", parts=(office.part("guest", "li", "member"),)))
    found = compute_duties(office.id, known, 2023, DAY, read_directory(office.id, known))
    now = [(one.duty.id, [b.code for b in one.bearers], one.done, one.owed) for one in missing_now(found)]
    assert now == [("month", [""], 0, 1), ("people", ["wang"], 1, 2)]
    [late] = missing_before(found)
    assert [span.period.start.month for span in late.spans] == [2, 3] and (late.done, late.owed) == (0, 2)


def test_all_duties_take_one_statement_that_names_the_organisation(office: Office, pack: MakePack) -> None:
    other = {"who": '"leaders"', "of": '"owner"'}
    known = pack(duty("a"), duty("b", who='"unit"'), duty("c", who='"all"', of='"@guest"'), duty("d", **other))
    directory = read_directory(office.id, known)
    with CaptureQueriesContext(connection) as queries:
        compute_duties(office.id, known, 2023, DAY, directory)
    assert len(queries) == 1
    selects = queries[0]["sql"].split("UNION ALL")
    assert len(selects) == 3 and all("e.organisation_id = " in select for select in selects)


def test_nobody_elses_entries_count(office: Office, pack: MakePack) -> None:
    other = make_office("0002")
    other.write(meeting("05-02"))
    assert said(stand(office, pack(duty("a", every='"year"')))["a"].rows[0].cells[0]) == "due 0/1"
