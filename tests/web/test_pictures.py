"""Pictures of the ledger: every number in them opens exactly as many entries."""

import re
from html import unescape

import pytest
from django.test import Client

from lianze.ledger.models import Entry
from lianze.org.models import Organisation
from lianze.pack import Pack
from lianze.pack.definitions import Register
from lianze.web.counted import make_grid
from tests.web.conftest import LogIn

NUMBER = re.compile(r'<a href="(/registers/[^"]+)">(\d+)</a>')


def numbers_of(client: Client, page: str) -> list[tuple[str, int]]:
    """Address and number of every cell."""
    found = NUMBER.findall(client.get(page).content.decode())
    assert found, page
    return [(unescape(address), int(number)) for address, number in found]


def with_pictures(pack: Pack) -> list[Register]:
    return [register for register in pack.registers.values() if register.overview]


def test_every_number_of_an_overview_opens_that_many_entries(log_in: LogIn, pack: Pack) -> None:
    client = log_in("principal")
    for register in with_pictures(pack):
        for address, number in numbers_of(client, f"/registers/{register.id}/overview/"):
            assert f"共 {number} 条" in client.get(address).content.decode(), address


def test_every_number_of_the_year_opens_that_many_entries(log_in: LogIn) -> None:
    client = log_in("clerk")
    for address, number in numbers_of(client, "/timeline/?year=2023&register=activity"):
        assert f"共 {number} 条" in client.get(address).content.decode(), address


def test_an_overview_counts_what_is_visible_and_not_withdrawn(log_in: LogIn, office: Organisation) -> None:
    risks = Entry.objects.filter(organisation_id=office.id, register="risk", kind="unit", withdrawn=False)
    grid = log_in("clerk").get("/registers/risk/overview/").context["pictures"][0].grid
    assert sum(row.total.count for row in grid.rows) == risks.count() == 14
    one = risks.first()
    assert one is not None
    Entry.objects.filter(organisation_id=office.id, id=one.id).update(withdrawn=True)
    grid = log_in("clerk").get("/registers/risk/overview/").context["pictures"][0].grid
    assert sum(row.total.count for row in grid.rows) == 13


def test_what_is_not_closed_can_be_asked_for(log_in: LogIn, office: Organisation) -> None:
    measures = Entry.objects.filter(organisation_id=office.id, register="measure", withdrawn=False)
    text = log_in("clerk").get("/registers/measure/?state=not-final").content.decode()
    assert 0 < measures.exclude(state="done").count() < measures.count()
    assert f"共 {measures.exclude(state='done').count()} 条" in text


def test_a_month_cut_off_is_never_called_empty(log_in: LogIn) -> None:
    text = log_in("clerk").get("/timeline/?year=2023").content.decode()
    assert "前 400 条" in text
    assert "month=12" in text
    december = log_in("clerk").get("/timeline/?year=2023&month=12").content.decode()
    assert "2023-12-" in december and "2023-11-" not in december.split("<ol")[1]


@pytest.mark.parametrize(("most", "squares"), [(30, True), (31, False)])
def test_squares_are_drawn_while_they_can_be_told_apart(most: int, squares: bool) -> None:
    grid = make_grid(
        [("a", "A"), ("b", "B")], [("x", "X"), ("y", "Y")], {("a", "x"): most, ("a", "y"): 1}, "{}{}".format
    )
    assert grid.has_squares is squares
    assert [row.title for row in grid.rows] == ["A"]
    assert [(cell.count, cell.bar) for cell in grid.rows[0].cells] == [(most, 100), (1, 4)]
    assert grid.rows[0].total.count == most + 1


def test_the_squares_of_each_column_have_a_fill_of_their_own(log_in: LogIn) -> None:
    text = log_in("clerk").get("/registers/risk/overview/").content.decode()
    assert set(re.findall(r'class="squares (fill-\d)"', text)) == {"fill-1", "fill-2", "fill-3"}
