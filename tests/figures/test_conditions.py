"""Truth tables: which of a few entries each condition and each period rule selects."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from lianze.figures.trace import trace
from lianze.ledger.states import EntryState
from lianze.pack import Pack
from tests.figures.ask import figure
from tests.figures.cast import YEAR, Office, meeting

pytestmark = pytest.mark.django_db
Make = Callable[..., Pack]


def selected(office: Office, pack: Pack) -> str:
    """The titles of the entries behind figure `f`, sorted."""
    return "".join(sorted(row.title for row in trace("f", "organisation", office.id, pack, YEAR)))


PERIODS = [
    # a: the day before · b: first day · c: last day · d: the day after; all without an end unless said
    ('"happened"', "bc"),
    ('"any"', "abc"),
    ('"as_of"', "ac"),
    ('"done"', "ab"),
    ('"since"\nsince = "2022-12-31"', "abc"),
    ('"since"\nsince = "2023-01-02"', "c"),
]


@pytest.mark.parametrize(("rule", "titles"), PERIODS)
def test_period_rules(office: Office, pack: Make, rule: str, titles: str) -> None:
    """a 2022-12-31 done 2023-01-01 · b 2023-01-01 ended 2023-12-30 done 2023-12-31
    c 2023-12-31 ended the same day, done 2024-01-01 · d 2024-01-01"""
    office.write(
        meeting("2022-12-31", title="a", done_on=date(2023, 1, 1)),
        meeting("2023-01-01", title="b", ended_on=date(2023, 12, 30), done_on=date(2023, 12, 31)),
        meeting("2023-12-31", title="c", ended_on=date(2023, 12, 31), done_on=date(2024, 1, 1)),
        meeting("2024-01-01", title="d"),
    )
    assert selected(office, pack(figure("count", period=rule))) == titles


FIELDS = [
    # a study.full closed, level high, paid, themes x, 80.6 · b studying open, not paid · c talk, empty
    ('field = "kind", values = ["study."]', "a"),
    ('field = "kind", values = ["study.full", "talk"]', "ac"),
    ('field = "kind", values = ["study."], negate = true', "bc"),
    ('field = "state", values = ["closed"]', "a"),
    ('field = "level", values = ["high"]', "a"),
    ('field = "level", set = true', "a"),
    ('field = "level", set = false', "bc"),
    ('field = "level"', "a"),
    ('field = "paid", values = ["true"]', "a"),
    ('field = "paid", values = ["false"]', "b"),
    ('field = "paid", values = ["false"], negate = true', "ac"),
    ('field = "paid", set = true', "ab"),
    ('field = "themes", values = ["b", "c"]', "a"),
    ('field = "themes", set = true', "a"),
    ('field = "themes", values = ["a"], negate = true', "bc"),
    ('field = "place", values = ["it\'s 100%"]', "a"),
    ('field = "place", set = false', "bc"),
    ('field = "area", at_least = 80.6', "a"),
    ('field = "area", at_most = 80.5', "b"),
    ('field = "area", at_least = 80.600001', ""),
    ('field = "quantity", at_least = 0.5, at_most = 0.5', "a"),
    ('field = "quantity", at_least = 0.6', ""),
    ('field = "unit", values = ["office"]', "a"),
    ('field = "unit", values = ["section"]', "ab"),
    ('field = "owner", capacity = ["principal"]', "a"),
    ('field = "owner", capacity = ["staff"]', "b"),
    ('field = "owner", set = false', "c"),
    ('field = "done_on", set = true', "a"),
]


@pytest.mark.parametrize(("condition", "titles"), FIELDS)
def test_conditions_on_fields(office: Office, pack: Make, condition: str, titles: str) -> None:
    """a everything filled, owner wang · b little, owner sun on the last day in office · c nothing"""
    filled = {"area": "80.6", "paid": True, "themes": ["a", "b"], "place": "it's 100%"}
    office.write(
        meeting(
            "03-01",
            title="a",
            state="closed",
            level="high",
            quantity=Decimal("0.5"),
            done_on=date(2023, 3, 2),
            unit_id=office.units["office"],
            owner_id=office.people["wang"],
            data=filled,
        ),
        meeting(
            "06-30",
            title="b",
            kind="studying",
            state="open",
            unit_id=office.units["finance"],
            owner_id=office.people["sun"],
            data={"area": "9", "paid": False, "themes": [], "place": ""},
        ),
        meeting("03-03", title="c", kind="talk", unit_id=office.units["branch"]),
    )
    assert selected(office, pack(figure("count", where=f"[{{ {condition} }}]"))) == titles


def test_a_field_that_ended_holding_its_capacity_no_longer_counts(office: Office, pack: Make) -> None:
    """a owner sun on 06-30, the last day in office · b owner sun on 07-01"""
    sun = office.people["sun"]
    office.write(meeting("06-30", title="a", owner_id=sun), meeting("07-01", title="b", owner_id=sun))
    asked = figure("count", where='[{ field = "owner", capacity = ["staff"] }]')
    assert selected(office, pack(asked)) == "a"


PARTICIPANTS = [
    ('participant = "host"', "ab"),
    ('participant = "host", set = false', "c"),
    ('participant = "host", negate = true', "c"),
    ('participant = "host", capacity = ["principal"]', "a"),
    ('participant = "host", capacity = ["principal"], negate = true', "bc"),
    ('participant = "host", values = ["no"]', "b"),
    ('participant = "host", capacity = ["principal"], values = ["no"]', ""),
    ('participant = "guest", capacity = ["member"]', "b"),
]


@pytest.mark.parametrize(("condition", "titles"), PARTICIPANTS)
def test_conditions_on_participants(office: Office, pack: Make, condition: str, titles: str) -> None:
    """a host wang (principal, yes) · b host li (member, no), guest li (member) · c guest 张三"""
    office.write(
        meeting("03-01", title="a", parts=(office.part("host", "wang", "principal", "yes"),)),
        meeting(
            "03-02",
            title="b",
            parts=(office.part("host", "li", "member", "no"), office.part("guest", "li", "member")),
        ),
        meeting("03-03", title="c", parts=(office.part("guest", "张三"),)),
    )
    assert selected(office, pack(figure("count", where=f"[{{ {condition} }}]"))) == titles


LINKS = [
    ('link = "about"', "ab"),
    ('link = "about", register = "finding", kind = ["own"]', "a"),
    ('link = "about", state = ["closed"]', "b"),
    ('link = "about", kind = ["own"], state = ["closed"]', ""),
    ('link = "about", set = false', "cd"),
    ('link = "about", kind = ["own"], negate = true', "bcd"),
]


@pytest.mark.parametrize(("condition", "titles"), LINKS)
def test_conditions_on_links(office: Office, pack: Make, condition: str, titles: str) -> None:
    """a → own, open · b → other, closed · c → a withdrawn finding · d without a link"""
    own, other, gone = office.write(
        EntryState("finding", "问题", date(2021, 1, 1), kind="own", state="open"),
        EntryState("finding", "问题", date(2021, 1, 1), kind="other", state="closed"),
        EntryState("finding", "问题", date(2021, 1, 1), kind="own", state="open", withdrawn=True),
    )
    office.write(
        *(meeting("03-01", title=title, links=(("about", i),)) for title, i in (("a", own), ("b", other), ("c", gone))),
        meeting("03-01", title="d"),
    )
    assert selected(office, pack(figure("count", where=f"[{{ {condition} }}]"))) == titles


def test_all_conditions_must_hold(office: Office, pack: Make) -> None:
    """a study, closed · b study, open · c talk, closed"""
    office.write(
        meeting("03-01", title="a", state="closed"),
        meeting("03-01", title="b", state="open"),
        meeting("03-01", title="c", kind="talk", state="closed"),
    )
    where = '[{ field = "kind", values = ["study."] }, { field = "state", values = ["closed"] }]'
    assert selected(office, pack(figure("count", where=where))) == "a"
