"""Two people of one name are told apart wherever they are read: by section, and by code where that is the same too."""

import pytest
from click.testing import CliRunner

from lianze.cli import lianze
from lianze.ledger.models import Entry
from lianze.org.directory import read_directory
from lianze.org.models import Organisation, Person
from lianze.pack import load_builtin
from tests.web.conftest import LogIn
from tests.web.test_recording import STUDY

FIRST, SECOND = "乔知夏（办公室）", "乔知夏（经济科）"


@pytest.fixture
def namesakes(office: Organisation) -> Organisation:
    """The head of the office, P04, and P07 of another section have one name."""
    Person.objects.filter(organisation_id=office.id, code="P07").update(name="乔知夏")
    return office


def test_pages_say_which_of_two_namesakes(namesakes: Organisation, log_in: LogIn) -> None:
    client = log_in("clerk")
    answer = client.post("/registers/activity/new/", {**STUDY, "@host": "P04", "@attendee": ["P07", "沈望川"]})
    address = answer.headers["Location"]
    text = client.get(address).content.decode()
    assert FIRST in text and SECOND in text
    listed = client.get("/registers/activity/").content.decode()
    assert f">{FIRST}</option>" in listed and f">{SECOND}</option>" in listed
    matrix = client.get("/duties/?year=2023&for=person:P04").content.decode()
    assert FIRST in matrix
    traced = client.get("/figures/org.staff/?year=2023").content.decode()
    assert FIRST in traced and SECOND in traced
    said = CliRunner().invoke(lianze, ["trace", "org.staff", "--year", "2023"], env={"LIANZE_LANG": "zh_CN"})
    assert SECOND in said.stdout


def test_the_chip_of_a_namesake_says_who_it_is(namesakes: Organisation, log_in: LogIn) -> None:
    client = log_in("clerk")
    answer = client.post("/registers/activity/new/", {**STUDY, "@host": "P04", "@attendee": ["P07"]})
    entry = Entry.objects.get(id=answer.headers["Location"].split("/")[2])
    for text in (
        client.get(f"/entries/{entry.id}/amend/").content.decode(),
        client.post("/registers/activity/new/", {**STUDY, "title": "", "@attendee": ["P07"]}).content.decode(),
    ):
        assert f'name="@attendee" value="P07">{SECOND}<' in text


def test_namesakes_in_one_section_are_told_apart_by_code(office: Organisation) -> None:
    people = Person.objects.filter(organisation_id=office.id)
    people.filter(code="P08").update(name="乔知夏")
    directory = read_directory(office.id, load_builtin())
    assert [directory.called(person.id) for person in people.order_by("code") if person.name == "乔知夏"] == [
        "乔知夏（办公室 P04）",
        "乔知夏（办公室 P08）",
    ]
    assert directory.called(people.get(code="P01").id) == "沈望川"
    assert directory.called(None) == ""
