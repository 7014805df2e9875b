"""The figures' pages: how soon things were recorded, and what ought to agree."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from lianze.ledger.models import Entry
from lianze.org.models import Organisation
from lianze.pack import Pack
from tests.web.conftest import LogIn

FIGURES = "/figures/?year=2023"


def test_each_register_says_how_soon_it_was_written(log_in: LogIn, office: Organisation) -> None:
    rows = Entry.objects.filter(organisation_id=office.id, register="document", happened_on__year=2023)
    for entry in rows:
        happened = datetime(*entry.happened_on.timetuple()[:3], 4, tzinfo=UTC)
        Entry.objects.filter(id=entry.id).update(recorded_at=happened + timedelta(days=3))
    soon = {register.id: soon for register, _, soon in log_in("clerk").get(FIGURES).context["times"]}
    assert soon["document"].parts[0] == (rows.count(), "100%")
    assert soon["activity"].parts[2][0] > 0 and soon["activity"].parts[2][1] != "0%"


def test_a_register_leads_to_the_entries_it_counts(log_in: LogIn) -> None:
    client = log_in("clerk")
    for register, address, soon in client.get(FIGURES).context["times"][:3]:
        assert f"共 {soon.entries} 条" in client.get(address).content.decode(), register.id


def test_one_figure_says_the_same_of_its_own_entries(log_in: LogIn) -> None:
    answer = log_in("clerk").get("/figures/study.collective.count/?year=2023")
    soon = answer.context["soon"]
    assert sum(count for count, _ in soon.parts) == soon.entries == answer.context["one"].result.hits
    assert "7日内登记" in answer.content.decode()


def test_what_does_not_agree_is_told_with_its_arithmetic_and_leads_to_its_figures(
    log_in: LogIn, office: Organisation
) -> None:
    client = log_in("clerk")
    before = client.get(FIGURES).context["checks"]
    assert before and all(check.words for check in before if check.verdict == "holds")
    risk = Entry.objects.filter(organisation_id=office.id, register="risk", withdrawn=False).exclude(level="")
    Entry.objects.filter(id__in=risk.order_by("title").values("id")[:1]).update(level="")
    other = log_in("leader")  # figures are remembered by the log, which has not grown
    from lianze.web import remembered

    remembered._kept.clear()
    remembered._counted.clear()
    page = other.get(FIGURES)
    broken = [check for check in page.context["checks"] if check.verdict == "broken"]
    assert broken and "合计" in broken[0].words
    text = page.content.decode().split("数据之间的核对")[1].split("</section>")[0]
    for _, address in broken[0].figures:
        assert address.replace("&", "&amp;") in text
        assert other.get(address).status_code == 200


def test_no_check_and_no_line_tells_of_a_hidden_register(log_in: LogIn, pack: Pack) -> None:
    hidden = {register.id for register in pack.registers.values() if register.restricted}
    context = log_in("clerk").get(FIGURES).context
    assert not hidden & {register.id for register, _, _ in context["times"]}
    about = {figure.id for figure in pack.figures.values() if figure.register in hidden}
    addresses = " ".join(address for check in context["checks"] for _, address in check.figures)
    assert not [figure for figure in about if f"/{figure}/" in addresses]
    assert hidden & {register.id for register, _, _ in log_in("principal").get(FIGURES).context["times"]}


def test_checks_are_read_in_english(log_in: LogIn) -> None:
    client = log_in("clerk")
    client.cookies["lianze_language"] = "en"
    checks = client.get(FIGURES).context["checks"]
    assert all(not re.search("[\u4e00-\u9fff]", check.title.split(" · ")[0]) for check in checks)


def test_the_rows_of_money_add_up_to_the_figure_and_not_to_its_guests(log_in: LogIn) -> None:
    page = log_in("clerk").get("/figures/expense.official.actual/?year=2023")
    behind = page.context["behind"]
    assert sum(one.row.quantity for one in behind.rows) == page.context["one"].result.value
    text = page.content.decode()
    assert "0.36 万元</td>" in text
    assert "以上各行相加：1.96 万元，就是这个数。" in text


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_figure_in_every_scope_has_a_page_whose_rows_can_be_checked(log_in: LogIn, language: str) -> None:
    client = log_in("principal")
    client.cookies["lianze_language"] = language
    for _, figures in client.get(FIGURES).context["sections"]:
        for one, _ in figures:
            page = client.get(f"/figures/{one.figure.id}/?year=2023&scope={one.result.scope}")
            behind = page.context["behind"]
            assert page.status_code == 200 and bool(behind.rows) == (one.result.hits > 0), one.figure.id
            if one.figure.measure in ("sum", "participations", "norm"):
                assert sum(row.row.quantity for row in behind.rows) == (one.result.value or 0), one.figure.id
            if behind.heading and behind.rows:
                assert behind.closing and all(row.adds for row in behind.rows), one.figure.id
            for line in page.context["explained"]:
                assert not re.search(r"“”|\b(true|false|capacity|listed|attendee)\b", line), (one.figure.id, line)


def test_a_zero_leads_to_the_entries_that_show_that_somebody_looked(log_in: LogIn) -> None:
    client = log_in("principal")
    page = client.get("/figures/allowance.findings/?year=2023")
    looked = page.context["looked"]
    assert looked.hits and "没有记录支撑这个数" not in page.content.decode()
    assert client.get(looked.address).context["one"].result.hits == looked.hits
    assert client.get("/figures/study.collective.count/?year=2019").context["looked"] is None
