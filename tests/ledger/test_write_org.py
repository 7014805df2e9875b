"""The only writer of units, people and posts: upsert by natural key, a revision for every row written."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianze.domain.errors import Refused
from lianze.ledger.models import LogHead, Revision
from lianze.ledger.names import initials_of, pinyin_of
from lianze.ledger.org_states import AppointmentState, PersonState, PortfolioState, UnitState
from lianze.ledger.states import Author
from lianze.ledger.upsert import Pen, Tally
from lianze.ledger.write_org import (
    create_organisation,
    write_appointments,
    write_people,
    write_portfolios,
    write_units,
)
from lianze.org.models import Appointment, Organisation, Person, Portfolio, Post, Unit

pytestmark = pytest.mark.django_db
NOW = datetime(2023, 12, 31, tzinfo=UTC)
DAY = date(2023, 1, 4)
AUTHOR = Author("test")


def make(code: str, parent_path: str = "") -> Organisation:
    """A new organisation."""
    return create_organisation(code, f"某市{code}", code, "市委", parent_path, NOW, AUTHOR)


@pytest.fixture
def pen() -> Pen:
    """An organisation to write in."""
    return Pen(make("office").id, AUTHOR, "test", NOW)


def unit_id(pen: Pen, code: str) -> UUID:
    """The unit of that code."""
    return Unit.objects.get(organisation_id=pen.organisation_id, code=code).id


def test_organisations_get_steps_of_four_characters_under_their_superior() -> None:
    province = make("province")
    cities = [make(f"city{n}", province.path) for n in range(38)]
    county = make("county", cities[37].path)
    assert province.path == "0000"
    assert [city.path for city in (cities[0], cities[10], cities[36], cities[37])] == [
        "00000000",
        "0000000A",
        "00000010",
        "00000011",
    ]
    assert county.path == "000000110000"
    assert make("second").path == "0001"
    assert Revision.objects.filter(subject="organisation").count() == 41
    assert LogHead.objects.count() == 41


def test_a_code_twice_and_an_unknown_superior_are_refused() -> None:
    make("office")
    with pytest.raises(Refused, match="已有编码为“office”"):
        make("office")
    with pytest.raises(Refused, match="上级单位不存在"):
        make("other", "ZZZZ")


def test_units_are_added_changed_and_left_alone(pen: Pen) -> None:
    first = [UnitState("A", "甲科", "section", parent="B"), UnitState("B", "党组", "body")]
    assert write_units(pen, first) == Tally(2, 0, 0)
    assert write_units(pen, [UnitState("A", "甲科", "section"), UnitState("B", "党组", "body")]) == Tally(0, 1, 1)
    row = Unit.objects.get(organisation_id=pen.organisation_id, code="A")
    revisions = Revision.objects.filter(subject_id=row.id).order_by("number").values_list("number", "action")
    assert (row.parent_id, list(revisions)) == (None, [(1, "create"), (2, "amend")])


def test_a_circle_of_units_is_refused(pen: Pen) -> None:
    with pytest.raises(Refused, match="互为上级"):
        write_units(pen, [UnitState("A", "甲", "section", parent="B"), UnitState("B", "乙", "section", parent="A")])
    assert not Unit.objects.filter(organisation_id=pen.organisation_id).exists()


def test_people_posts_and_portfolios_are_recognised_by_what_they_are(pen: Pen) -> None:
    write_units(pen, [UnitState("A", "甲科", "section")])
    unit = unit_id(pen, "A")
    people = [PersonState("P1", "单雄", unit, DAY), PersonState("P2", "李四", unit, DAY)]
    assert write_people(pen, people) == Tally(2, 0, 0)
    who = Person.objects.get(organisation_id=pen.organisation_id, code="P1")
    assert (who.pinyin, who.initials) == ("shan xiong", "sx")
    held = [AppointmentState(who.id, "科长", unit, "section_head", "section_and_below", DAY)]
    assert write_appointments(pen, held) == Tally(1, 0, 0)
    ended = [AppointmentState(who.id, "科长", unit, "section_head", "section_and_below", DAY, date(2023, 6, 30))]
    assert write_appointments(pen, ended) == Tally(0, 1, 0)
    charge = [PortfolioState(who.id, "finance", None, DAY), PortfolioState(who.id, "finance", unit, DAY)]
    assert write_portfolios(pen, charge) == Tally(2, 0, 0)
    assert write_portfolios(pen, charge) == Tally(0, 0, 2)
    counts = [
        table.objects.filter(organisation_id=pen.organisation_id).count() for table in (Post, Appointment, Portfolio)
    ]
    assert counts == [1, 1, 2]
    subjects = set(Revision.objects.filter(organisation_id=pen.organisation_id).values_list("subject", flat=True))
    assert subjects == {"organisation", "unit", "person", "post", "appointment", "portfolio"}


def test_rows_of_another_organisation_are_never_touched(pen: Pen) -> None:
    other = Pen(make("other").id, AUTHOR, "test", NOW)
    write_units(pen, [UnitState("A", "甲科", "section")])
    assert write_units(other, [UnitState("A", "另一甲科", "branch")]) == Tally(1, 0, 0)
    assert Unit.objects.get(organisation_id=pen.organisation_id, code="A").name == "甲科"


def test_every_query_names_the_organisation(pen: Pen) -> None:
    with CaptureQueriesContext(connection) as captured:
        write_units(pen, [UnitState("A", "甲科", "section")])
        write_people(pen, [PersonState("P1", "张三", unit_id(pen, "A"), DAY)])
        write_people(pen, [PersonState("P1", "张三丰", unit_id(pen, "A"), DAY)])
    for query in captured.captured_queries:
        sql = query["sql"]
        assert "organisation_id" in sql or sql.startswith(("SAVEPOINT", "RELEASE")), sql


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("曾晓明", "zeng xiao ming", "zxm"),
        ("欧阳静", "ou yang jing", "oyj"),
        ("单慧", "shan hui", "sh"),
        ("仇和", "qiu he", "qh"),
        ("阿依古丽·买买提", "a yi gu li mai mai ti", "ayglmmt"),
        ("Tom Lee", "tom lee", "tl"),
        ("重阳", "chong yang", "cy"),
    ],
)
def test_surnames_sound_as_surnames(name: str, pinyin: str, initials: str) -> None:
    assert (pinyin_of(name), initials_of(name)) == (pinyin, initials)
