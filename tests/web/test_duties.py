"""The responsibility matrix, a duty's page, the workbench's duties, and who may know of which."""

import io
import re
from datetime import date, timedelta
from typing import cast

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lianze.duties.compute import State
from lianze.ledger.models import Entry
from lianze.ledger.states import EntryState
from lianze.ledger.write import write_new
from lianze.org.keys import new_id
from lianze.org.models import Organisation, Person
from lianze.pack import Pack
from lianze.web.duty_lines import read_duty_lines
from lianze.web.duty_matrix import Block, Line, Place
from lianze.web.requests import DeskRequest
from tests.web.conftest import NOW, LogIn
from tests.web.office import AUTHOR

MATRIX = "/duties/?year=2023"


def lines(client: Client, address: str = MATRIX) -> dict[str, Line]:
    """The matrix's lines by duty."""
    blocks: list[Block] = client.get(address).context["blocks"]
    return {line.duty.id: line for block in blocks for line in block.lines}


def in_state(found: dict[str, Line], state: State) -> list[tuple[str, Place]]:
    return [(duty, place) for duty, line in found.items() for place in line.places if place.state == state]


def record(office: Organisation, kind: str, day: date) -> None:
    """An activity of the kind."""
    write_new(office.id, [(new_id(), EntryState("activity", "补", day, kind=kind))], AUTHOR, "", NOW)


def test_the_sample_year_is_shown_as_it_was(log_in: LogIn) -> None:
    """Everything was done but two of five Party members were not talked to; seven reminders for seven holidays."""
    found = lines(log_in("clerk"))
    [(duty, place)] = in_state(found, "missed")
    assert (duty, place.mark) == ("talk.heart", "缺 3/5")
    assert [place.mark for place in found["research.village"].places] == ["✓ 1"] * 4
    reminders = found["holiday.reminder"].places
    assert [place.mark for place in reminders] == ["✓ 1", "✓ 1", "✓ 1", "✓ 1", "✓ 2", "✓ 1"]
    assert reminders[4].period == "中秋、国庆 09-29" and found["principal.discipline"].places[0].mark == "✓ 14"


def test_every_cell_leads_to_entries_or_to_the_form(log_in: LogIn) -> None:
    client = log_in("clerk")
    for year in (2023, 2022):
        for line in lines(client, f"/duties/?year={year}").values():
            for place in line.places[:2]:
                answer = client.get(place.address)
                assert answer.status_code == 200, place.address
                if place.state == "done":
                    assert answer.context["behind"] and "/duties/" in place.address
    assert in_state(lines(client, "/duties/?year=2022"), "missed")[0][1].address.startswith("/registers/activity/new/")


def test_a_cell_shows_exactly_the_entries_it_counts(log_in: LogIn) -> None:
    client = log_in("clerk")
    page = client.get(lines(client)["holiday.reminder"].places[4].address)
    assert [str(one.entry.happened_on) for one in page.context["behind"]] == ["2023-09-27", "2023-09-28"]
    one = client.get("/duties/principal.hearing/?year=2023&at=0&bearer=P04")
    assert [(str(b.entry.happened_on), b.whom) for b in one.context["behind"]] == [("2023-06-30", "乔知夏")]


def test_the_matrix_is_limited_to_a_section_or_a_person(log_in: LogIn) -> None:
    client = log_in("clerk")
    person = lines(client, f"{MATRIX}&for=person:P04")
    assert set(person) == {"talk.heart", "principal.hearing"} and person["talk.heart"].places[0].mark == "缺 0/1"
    code = Person.objects.select_related("unit").get(code="P04").unit.code
    assert set(lines(client, f"{MATRIX}&for=unit:{code}")) == {"talk.heart", "principal.hearing"}
    whole = lines(client, f"{MATRIX}&for=organisation")
    assert "branch.general" in whole and "talk.heart" not in whole
    assert client.get(f"{MATRIX}&for=person:nobody").context["blocks"] == []


def test_a_missing_cell_opens_the_form_with_kind_and_person_and_no_day(log_in: LogIn) -> None:
    client = log_in("clerk")
    standing = client.get("/duties/talk.heart/?year=2023").context["lines"]
    address = next(line.places[0].address for line in standing if line.who == "乔知夏")
    layout = client.get(address).context["layout"]
    values = {control.name: control.values for control in (*layout.open, *layout.folded)}
    assert (values["kind"], values["@talked_to"], values["happened_on"]) == (["talk.heart"], ["乔知夏"], [])


def test_a_form_knows_the_holiday_the_stage_and_who_is_to_speak(log_in: LogIn) -> None:
    client = log_in("clerk")
    wanted = {
        "holiday.reminder": {"kind": ["meeting.holiday"], "holiday": ["spring"]},
        "group.deploy": {"kind": ["meeting.special"], "stage": ["deploy"]},
        "principal.lecture": {"@speaker": ["沈望川"]},
    }
    found = lines(client, "/duties/?year=2024")
    for duty, expected in wanted.items():
        layout = client.get(found[duty].places[0].address).context["layout"]
        values = {control.name: control.values for control in (*layout.open, *layout.folded)}
        assert {name: values[name] for name in expected} == expected


def test_the_form_for_a_missed_month_says_which_month_is_meant_and_fills_in_no_day(log_in: LogIn) -> None:
    client = log_in("clerk")
    line = next(one for one in client.get("/duties/branch.theme_day/?year=2022").context["lines"])
    address = line.places[2].address
    said = "补记2022年3月“主题党日”：日期请填2022-03-01至2022-03-31内的实际日期。"
    assert said in client.get(address).content.decode()
    answer = client.post(address, {"kind": "branch.theme_day"})
    assert answer.status_code == 422 and said in answer.content.decode()
    for other in ("owed=branch.theme_day&owed_from=2022-03-02", "owed=nothing&owed_from=2022-03-01", "owed_from=x"):
        assert "补记" not in client.get(f"/registers/activity/new/?{other}").content.decode()
    client.cookies["lianze_language"] = "en"
    assert "Entered afterwards for Mar 2022" in client.get(address).content.decode()


def test_the_workbench_lists_what_is_missing_until_it_is_recorded(log_in: LogIn, office: Organisation) -> None:
    client, today = log_in("clerk"), timezone.localdate()
    line = next(one for one in client.get("/").context["duties"] if one.missing.duty.id == "branch.theme_day")
    assert line.missing.spans[0].due_on >= today and "kind=branch.theme_day" in line.record
    record(office, "branch.theme_day", today)
    after = client.get("/").context
    assert "branch.theme_day" not in [one.missing.duty.id for one in after["duties"]]


def test_what_is_late_shows_whether_or_not_the_year_has_records(log_in: LogIn, office: Organisation) -> None:
    client, today = log_in("clerk"), timezone.localdate()
    if today.month == 1:
        pytest.skip("in January no month of the year is over yet")
    late = next(one for one in client.get("/").context["missed"] if one.missing.duty.id == "branch.theme_day")
    assert len(late.missing.spans) == today.month - 1 and "happened_on=&" in late.record + "&"
    before = today.replace(day=1) - timedelta(days=1)
    record(office, "branch.theme_day", before)
    now = next((one for one in client.get("/").context["missed"] if one.missing.duty.id == "branch.theme_day"), None)
    assert (len(now.missing.spans) if now else 0) == today.month - 2


def test_ones_own_duty_comes_first_with_ones_own_name_in_the_form(log_in: LogIn) -> None:
    """The section head has not been heard this half year."""
    found = log_in("head").get("/").context["duties"]
    mine = [one for one in found if one.is_mine]
    assert mine and found[: len(mine)] == mine
    hearing = next(one for one in mine if one.missing.duty.id == "principal.hearing")
    assert len(hearing.missing.bearers) > 1 and hearing.record.count("%40reporter=") == 1


def test_the_workbenchs_duties_take_two_statements_and_then_none(log_in: LogIn) -> None:
    """The log's edge and the count; the directory is there from the figures; all stays as long as nothing is written."""
    request = log_in("clerk").get("/figures/?year=2023").wsgi_request
    for expected in (2, 0):
        with CaptureQueriesContext(connection) as queries:
            assert read_duty_lines(cast("DeskRequest", request))[0]
        assert len(queries) == expected


def test_a_duty_over_a_restricted_register_does_not_exist_for_others(log_in: LogIn, pack: Pack) -> None:
    duty = pack.duties["leader.declaration"]
    clerk, principal = log_in("clerk"), log_in("principal")
    for address in (MATRIX, "/", "/duties/"):
        text = clerk.get(address).content.decode()
        assert duty.title not in text and duty.id not in text, address
        assert address == "/" or duty.title in principal.get(address).content.decode()
    hidden, unknown = clerk.get(f"/duties/{duty.id}/"), clerk.get("/duties/no.such/")
    assert hidden.status_code == unknown.status_code == 404
    token = re.compile(r'value="[^"]{64}"|"X-CSRFToken": "[^"]+"|name="next" value="[^"]+"')
    assert token.sub("", hidden.content.decode()) == token.sub("", unknown.content.decode())
    assert principal.get(f"/duties/{duty.id}/").status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(clerk.get("/duties/matrix.xlsx?year=2023").content))
    assert not [cell for sheet in book for row in sheet.values for cell in row if cell == duty.title]


def test_looking_at_a_restricted_duty_is_on_the_audit_list(log_in: LogIn) -> None:
    log_in("principal").get("/duties/leader.declaration/?year=2023")
    text = log_in("auditor").get("/audit/").content.decode()
    assert "查看受限台账" in text and "领导干部报告个人有关事项" in text


def test_the_workbook_says_what_the_page_shows(log_in: LogIn) -> None:
    client = log_in("clerk")
    answer = client.get("/duties/matrix.xlsx?year=2023")
    matrix, details = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = {row[0]: row for row in matrix.values if row[0]}
    assert rows["主题党日"][2:14] == ("✓ 1",) * 12 and rows["谈心谈话"][2] == "缺 3/5"
    fitting = matrix.sheet_properties.pageSetUpPr
    assert matrix.page_setup.orientation == "landscape" and fitting is not None and fitting.fitToPage
    listed = [row for row in details.values if row[0] == "谈心谈话"]
    assert [(row[1], row[6], row[7], row[8]) for row in listed][:2] == [
        ("沈望川", 1, 0, "未见记录"),
        ("陆青禾", 1, 1, "已办"),
    ]
    assert log_in("head").get("/duties/matrix.xlsx?year=2023").status_code == 403


def test_a_duty_that_is_switched_off_says_so_and_asks_nothing(log_in: LogIn) -> None:
    client = log_in("clerk")
    assert "study.first_topic" not in lines(client)
    text = client.get("/duties/study.first_topic/?year=2023").content.decode()
    assert "没有启用" in text and "enabled = true" in text and "全国没有统一次数" in text


def test_an_entry_withdrawn_leaves_the_matrix(log_in: LogIn, office: Organisation) -> None:
    client = log_in("clerk")
    entry = Entry.objects.get(organisation_id=office.id, kind="branch.theme_day", happened_on__month=3)
    client.post(f"/entries/{entry.id}/withdraw/", {"version": entry.version, "why": "重复"})
    assert [place.state for place in lines(client)["branch.theme_day"].places[:4]] == ["done", "done", "missed", "done"]
