"""The month's page: opens at the present month, any month is chosen, and it shows the same days as workbench and matrix."""

import re
from datetime import date

from lianze.ledger.models import Entry
from tests.web.conftest import LogIn

TODAY = date.today()  # noqa: DTZ011 (the day that the pages take, to name the month)


def heading(text: str) -> str:
    """The page's heading."""
    found = re.search(r"<h1>(.*?)</h1>", text)
    assert found is not None
    return found[1]


def test_the_calendar_opens_at_this_month_and_leads_back_to_it(log_in: LogIn) -> None:
    client = log_in("clerk")
    assert heading(client.get("/calendar/").content.decode()) == f"日历 {TODAY.year}年{TODAY.month}月"
    text = client.get("/calendar/?month=2023-05").content.decode()
    assert heading(text) == "日历 2023年5月" and f'href="?month={TODAY:%Y-%m}">今天' in text
    assert '<option value="5" selected>5月' in text and "<option selected>2023</option>" in text


def test_a_month_is_chosen_by_year_and_number_and_nonsense_is_this_month(log_in: LogIn) -> None:
    client = log_in("clerk")
    assert heading(client.get("/calendar/?year=2022&month=2").content.decode()) == "日历 2022年2月"
    for asked in ("?month=9999-12", "?month=13&year=2023", "?month=x", "?year=0&month=1"):
        assert heading(client.get(f"/calendar/{asked}").content.decode()) == f"日历 {TODAY.year}年{TODAY.month}月", (
            asked
        )


def days_of(text: str) -> dict[str, str]:
    """The page's cells by day."""
    return dict(re.findall(r"<strong>(\d+)</strong>(.*?)</td>", text))


def test_days_of_duties_stand_in_the_calendar_as_the_workbench_tells_them(log_in: LogIn) -> None:
    client = log_in("clerk")
    Entry.objects.filter(happened_on__year=TODAY.year).delete()
    lines = client.get("/").context["duties"]
    due = {
        span.due_on for line in lines for span in line.missing.spans if line.missing.bearers[0].kind == "organisation"
    }
    assert due
    for day in due:
        text = client.get(f"/calendar/?month={day:%Y-%m}").content.decode()
        assert "责任到期" in days_of(text)[str(day.day)], day


def test_what_was_missed_is_told_and_everybodys_days_by_choice(log_in: LogIn) -> None:
    client = log_in("clerk")
    own = client.get("/calendar/?month=2023-12").content.decode()
    everybody = client.get("/calendar/?month=2023-12&whose=all").content.decode()
    assert own.count("未见记录") < everybody.count("未见记录") + everybody.count("项责任")
    assert "&amp;whose=all" in everybody and "&amp;whose=all" not in own


def test_the_workbench_tells_what_was_missed_before_anything_is_recorded_this_year(log_in: LogIn) -> None:
    """The same as the matrix of the year shows."""
    client = log_in("principal")
    matrix = client.get(f"/duties/?year={TODAY.year}").content.decode()
    page = client.get("/")
    assert bool(page.context["missed"]) == ('class="missed"' in matrix)
    text = page.content.decode()
    assert "记录的时限：已逾期" in text and "责任的时限：本期应办" in text
    assert ("责任的时限：已过期限、未见记录" in text) == bool(page.context["missed"])


def test_the_timeline_leads_to_this_year(log_in: LogIn) -> None:
    text = log_in("clerk").get("/timeline/?year=2023").content.decode()
    assert f'href="?year={TODAY.year}">今年' in text
