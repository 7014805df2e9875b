"""What is said of the principal's portfolios: only of areas somebody is known to be in charge of, only with a principal."""

from datetime import date
from uuid import uuid4

import pytest

from lianze.domain.periods import year_period
from lianze.figures.roster import rows_behind
from lianze.org.directory import Directory, Holding
from lianze.org.models import Person, Portfolio
from lianze.pack import Pack
from lianze.web.organisation import judged_areas
from tests.web.conftest import LogIn

CLEAR = "主要负责人没有直接分管："
UNKNOWN = "没有分工记录，无从判断"
NOBODY = "没有登记主要负责人，无从判断"
DAY = date(2023, 12, 31)
START = date(2020, 1, 1)


def office_with(has_principal: bool, areas: list[str]) -> Directory:
    """Two people, the second in charge of these areas."""
    first, second = (Person(id=uuid4(), code=f"P{i}", name=f"某{i}", joined_on=START) for i in (1, 2))
    unit = uuid4()
    held = Holding(first.id, "书记", unit, "principal" if has_principal else "member", "", START, None)
    charges = [Portfolio(id=uuid4(), person_id=second.id, area=area, start_on=START) for area in areas]
    people = {first.id: first, second.id: second}
    return Directory(uuid4(), {}, people, {first.id: (held,)}, tuple(charges), ("principal", "member"))


@pytest.mark.parametrize("has_principal", [True, False])
@pytest.mark.parametrize("known", [0, 1, 4])
def test_an_area_is_judged_with_a_principal_and_somebody_in_charge(has_principal: bool, known: int, pack: Pack) -> None:
    directory = office_with(has_principal, list(pack.listed_areas[:known]))
    judged, unjudged = judged_areas(directory, pack, DAY)
    assert len(judged) == (known if has_principal else 0)
    assert len(judged) + len(unjudged) == len(pack.listed_areas) == 4
    seen = rows_behind(pack.figures["portfolio.listed.judged"], directory, pack, year_period(2023))
    assert len(seen) == len(judged)
    assert pack.figures["portfolio.listed.principal"].looked == "portfolio.listed.judged"


def test_the_page_says_that_the_principal_is_clear_only_where_it_is_recorded(log_in: LogIn) -> None:
    clerk = log_in("clerk")
    page = clerk.get("/organisation/?on=2023-12-31").content.decode()
    assert CLEAR in page and UNKNOWN not in page and NOBODY not in page
    before = clerk.get("/organisation/?on=1990-01-01").content.decode()
    assert CLEAR not in before and NOBODY in before
