"""Search across registers: exact, with the hit marked, and with words on how to narrow it."""

import re
from datetime import date

from pytest_django import DjangoAssertNumQueries

from lianze.ledger.models import Entry
from lianze.ledger.states import EntryState
from lianze.ledger.write import write_new
from lianze.org.keys import new_id
from lianze.org.models import Organisation
from tests.web.conftest import NOW, LogIn
from tests.web.office import AUTHOR


def write(office: Organisation, *titles: str) -> None:
    states = [EntryState("activity", title, date(2023, 5, 4), kind="study.collective") for title in titles]
    write_new(office.id, [(new_id(), state) for state in states], AUTHOR, "", NOW)


def test_two_characters_are_found_exactly_in_every_register(log_in: LogIn, office: Organisation) -> None:
    write(office, "学校的习惯", "习学")
    answer = log_in("clerk").get("/search/?q=学习")
    found = {entry.title for _, entries in answer.context["groups"] for entry in entries}
    wanted = Entry.objects.filter(organisation_id=office.id, title__contains="学习", withdrawn=False)
    hidden = wanted.filter(register__in=("archive", "opinion")).values_list("title", flat=True)
    assert found == set(wanted.values_list("title", flat=True)) - set(hidden)
    registers = {entry.register for _, entries in answer.context["groups"] for entry in entries}
    assert len(registers) == len(answer.context["groups"]) > 1
    assert f"共 {answer.context['count']} 条，在 {len(registers)} 本台账里" in answer.content.decode()


def test_every_word_must_occur_and_each_is_marked(log_in: LogIn, office: Organisation) -> None:
    write(office, "学习《条例》<b>第一章</b>", "学习党章")
    text = log_in("clerk").get("/search/?q=第一章 条例").content.decode()
    assert "学习《<mark>条例</mark>》&lt;b&gt;<mark>第一章</mark>&lt;/b&gt;" in text and "学习党章" not in text
    in_list = log_in("clerk").get("/registers/activity/?q=第一章 条例")
    assert [line.entry.title for line in in_list.context["lines"]] == ["学习《条例》<b>第一章</b>"]


def test_too_many_say_how_to_narrow_them(log_in: LogIn, office: Organisation) -> None:
    write(office, *(f"例会第{number}次" for number in range(101)))
    text = log_in("clerk").get("/search/?q=例会").content.decode()
    assert "超过 100 条" in text and "用空格隔开" in text
    assert re.search(r'href="/registers/activity/\?q=%E4%BE%8B%E4%BC%9A">只在这本台账里找', text)


def test_letters_are_found_in_either_case(log_in: LogIn, office: Organisation) -> None:
    write(office, "学习ABC条例")
    assert "<mark>ABC</mark>" in log_in("clerk").get("/search/?q=abc").content.decode()


def test_nothing_found_says_what_to_do(log_in: LogIn) -> None:
    assert "没有找到" in log_in("clerk").get("/search/?q=查无此事").content.decode()
    assert "没有找到" not in log_in("clerk").get("/search/?q= ").content.decode()


def test_a_kind_is_found_by_its_name_with_the_year(log_in: LogIn, office: Organisation) -> None:
    client = log_in("clerk")
    held = Entry.objects.filter(organisation_id=office.id, kind="visit.condolence", withdrawn=False)
    in_year = held.filter(happened_on__year=2023).count()
    for asked, titled in (("2023年春节慰问", "春节慰问（2023年）"), ("春节慰问", "春节慰问")):
        (one,) = [one for one in client.get(f"/search/?q={asked}").context["kinds"] if one.title == titled]
        assert one.count == (in_year if "2023" in asked else held.count()) > 0
        listed = client.get(one.link).context["totals"]
        assert listed.count == one.count
    assert client.get("/search/?q=2022年春节慰问").context["kinds"] == []


def test_words_beside_a_kinds_name_are_looked_for_in_titles(log_in: LogIn, office: Organisation) -> None:
    write(office, "学习《独一无二办法》")
    (one,) = log_in("clerk").get("/search/?q=集中学习 独一无二").context["kinds"]
    assert one.count == 1 and "kind=study.collective" in one.link


def test_kinds_of_registers_one_may_not_know_are_not_named(log_in: LogIn) -> None:
    assert log_in("clerk").get("/search/?q=个人廉政档案").context["kinds"] == []
    assert log_in("discipline").get("/search/?q=个人廉政档案").context["kinds"] != []


def test_a_name_leads_to_the_lists_of_what_that_person_takes_part_in(
    log_in: LogIn, office: Organisation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = log_in("clerk")
    client.get("/search/?q=学习")
    with django_assert_max_num_queries(12):
        answer = client.get("/search/?q=乔知夏")
    assert "没有找到" not in answer.content.decode()
    (person,) = answer.context["people"]
    lists = dict(person.lists)
    found = client.get(lists["活动台账"]).context["totals"].count
    assert person.name == "乔知夏" and 0 < found < Entry.objects.filter(register="activity").count()
    assert not {"廉政档案", "廉政意见台账"} & set(lists)
    assert set(lists) < {title for title, _ in log_in("discipline").get("/search/?q=乔知夏").context["people"][0].lists}
