"""Pages of a year that is not over: up to which day they count, and what is not yet short."""

import dataclasses
import io
import re
from datetime import date
from decimal import Decimal
from urllib.parse import quote

import docx
import pytest
from django.test import Client
from django.utils import timezone

from lianze.domain.periods import year_until
from lianze.figures.results import Reading, result_of
from lianze.ledger.states import EntryState
from lianze.ledger.tokens import SCOPES, issue_token
from lianze.ledger.write import write_new
from lianze.org.keys import new_id
from lianze.org.models import Account, Organisation
from lianze.pack import Pack
from lianze.pack.definitions import Measure
from lianze.web.figures import Shown
from tests.web.conftest import NOW, LogIn
from tests.web.office import AUTHOR

HALF = "year=2023&until=2023-06-30"
FIGURE = "/figures/research.village.least_per_quarter/"

# Measure, last day counted, how many of 4 (None: too early to say): short or not, and what is said to be left.
TABLE = [
    ("count", "2023-06-30", 1, False, "截至6月30日，还差 3 次"),
    ("count", "2023-06-30", 4, False, ""),
    ("count", "2023-12-30", 0, False, "截至12月30日，还差 4 次"),
    ("count", "2023-12-31", 1, True, ""),
    ("count", "2023-12-31", 4, False, ""),
    ("least_per", "2023-06-30", 1, True, ""),
    ("least_per", "2023-06-30", 4, False, ""),
    ("least_per", "2023-02-10", None, False, ""),
    ("least_per", "2023-12-31", 0, True, ""),
]


@pytest.mark.parametrize(("measure", "until", "value", "is_short", "left"), TABLE)
def test_what_a_year_asks_for_is_short_only_when_it_is_over(
    pack: Pack, measure: Measure, until: str, value: int | None, is_short: bool, left: str
) -> None:
    known = pack.figures["research.village.least_per_quarter"]
    figure = dataclasses.replace(known, measure=measure, required=Decimal(4))
    result = result_of(figure, "organisation", Reading(9, None if value is None else Decimal(value)), False, False)
    shown = Shown(figure, result, "", year_until(2023, date.fromisoformat(until)))
    assert (shown.falls_short, shown.still_owed) == (is_short, left)


def test_a_figure_before_its_first_quarter_is_over_says_so(log_in: LogIn) -> None:
    client = log_in("clerk")
    text = client.get(f"{FIGURE}?year=2023&until=2023-02-10").content.decode()
    assert "尚无已满的季度" in text and "截至2023-02-10" in text and "不足" not in text
    assert "截至" not in client.get(f"{FIGURE}?year=2023").content.decode()
    client.cookies["lianze_language"] = "en"
    assert "no quarter is over yet" in client.get(f"{FIGURE}?year=2023&until=2023-02-10").content.decode()


def test_the_page_of_figures_says_up_to_when_it_counts(log_in: LogIn) -> None:
    client = log_in("clerk")
    assert "2023年只算到2023-06-30" in client.get(f"/figures/?{HALF}").content.decode()
    for other in ("year=2023", "year=2023&until=2022-06-30", "year=2023&until=2023-12-31", "year=2023&until=x"):
        assert "只算到" not in client.get(f"/figures/?{other}").content.decode(), other


def test_today_within_the_year_is_as_far_as_it_counts(log_in: LogIn, office: Organisation) -> None:
    today = timezone.localdate()
    if (today.month, today.day) == (12, 31):
        pytest.skip("on its last day a year is whole")
    state = EntryState("activity", "学习", today, kind="study.collective")
    write_new(office.id, [(new_id(), state)], AUTHOR, "", NOW)
    client = log_in("clerk")
    for address in ("/", f"/figures/?year={today.year}", f"/report/?year={today.year}"):
        assert today.isoformat() in client.get(address).content.decode(), address
    report = client.get(f"/report/?year={today.year}")
    assert f"（截至{today.year}年{today.month}月{today.day}日）" in report.content.decode()
    linked = re.findall(r'href="(/figures/study.collective.count/[^"]+)"', report.content.decode())
    assert linked and "until" not in linked[0]


def test_half_a_years_report_leads_to_the_same_numbers_and_is_named_by_its_day(
    log_in: LogIn, office: Organisation
) -> None:
    client = log_in("clerk")
    text = client.get(f"/report/?{HALF}").content.decode()
    paper = text.split('id="left-out"')[0]
    assert "（截至2023年6月30日）" in paper and "今年以来" in paper and "要写全年报告，请选2023-12-31" in paper
    link, value = re.findall(r'href="(/figures/study.collective.count/[^"]+)"[^>]*>(\d+)<', paper)[0]
    assert f'<p class="value">{value} 次' in client.get(link.replace("&amp;", "&")).content.decode()
    answer = client.get(f"/report/annual.docx?{HALF}")
    name = f"{office.short_name}2023年党风廉政建设责任制执行情况报告（截至2023年6月30日）.docx"
    assert quote(name) in answer["Content-Disposition"]
    said = "\n".join(one.text for one in docx.Document(io.BytesIO(answer.content)).paragraphs)
    assert "截至2023年6月30日" in said and "全年" not in said


@pytest.mark.usefixtures("log_in", "office")
def test_the_api_counts_up_to_the_day_asked_for() -> None:
    _, secret = issue_token(Account.objects.get(username="clerk"), "t", SCOPES, 9, timezone.now())
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    figures = {one["figure"]: one for one in client.get(f"/api/figures?{HALF}").json()}
    whole = {one["figure"]: one for one in client.get("/api/figures?year=2023").json()}
    half, all_year = figures["study.collective.count"], whole["study.collective.count"]
    assert (half["until"], all_year["until"]) == ("2023-06-30", "2023-12-31") and half["value"] < all_year["value"]
    rows = client.get(f"/api/figures/study.collective.count/trace?{HALF}").json()["rows"]
    assert client.get("/api/figures?year=2023&until=2022-06-30").status_code == 422
    assert len(rows) == half["value"] and max(row["happened_on"] for row in rows) <= "2023-06-30"
