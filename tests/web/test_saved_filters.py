"""Filters kept under a name: replaced, renamed, removed, and what becomes of them when the register changes."""

from django.test import Client

from lianze.ledger.models import Entry
from lianze.web.models import SavedFilter
from tests.web.conftest import LogIn

LIST = "/registers/activity/"
STUDY = {"name": "集中学习", "kind": "study.collective"}


def keep(client: Client, **more: str) -> str:
    """Saves a filter and returns the page that says what became of it."""
    return client.post(LIST + "filters/", {**STUDY, **more}, follow=True).content.decode()


def names(client: Client) -> list[str]:
    return sorted(one.name for one in client.get(LIST).context["saved"])  # databases differ in Chinese order


def test_a_filter_is_kept_for_its_owner(log_in: LogIn) -> None:
    client = log_in("clerk")
    assert "已保存筛选“集中学习”" in keep(client)
    assert "?kind=study.collective" in client.get(LIST).content.decode()
    assert not log_in("leader").get(LIST).context["saved"]


def test_the_same_name_again_replaces_it_and_says_so(log_in: LogIn) -> None:
    client = log_in("clerk")
    keep(client)
    assert "已改为现在的条件" in keep(client, q="条例")
    assert [one.query for one in client.get(LIST).context["saved"]] == ["kind=study.collective&q=%E6%9D%A1%E4%BE%8B"]


def test_a_filter_is_renamed_unless_another_has_the_name(log_in: LogIn) -> None:
    client = log_in("clerk")
    keep(client)
    keep(client, name="理论学习")
    client.post(LIST + "filters/rename/", {"name": "集中学习", "to": "全年集中学习"})
    assert names(client) == ["全年集中学习", "理论学习"]
    answer = client.post(LIST + "filters/rename/", {"name": "全年集中学习", "to": "理论学习"}, follow=True)
    assert "没有改名" in answer.content.decode() and names(client) == ["全年集中学习", "理论学习"]


def test_a_filter_is_removed_by_its_owner_alone_and_no_entry_with_it(log_in: LogIn) -> None:
    client, before = log_in("clerk"), Entry.objects.count()
    keep(client)
    assert f'action="{LIST}filters/forget/"' in client.get(LIST).content.decode()
    log_in("leader").post(LIST + "filters/forget/", {"name": "集中学习"})
    assert names(client) == ["集中学习"]
    text = client.post(LIST + "filters/forget/", {"name": "集中学习"}, follow=True).content.decode()
    assert "已删去筛选" in text and not names(client) and Entry.objects.count() == before


def test_no_more_than_twenty_and_none_that_would_not_be_shown(log_in: LogIn) -> None:
    client = log_in("clerk")
    for number in range(20):
        keep(client, name=f"筛选{number:02}")
    assert "最多保存20个筛选" in keep(client, name="第二十一个")
    assert "已改为现在的条件" in keep(client, name="筛选03", q="党章")
    assert len(names(client)) == SavedFilter.objects.count() == 20


def test_conditions_that_the_register_lost_are_left_out_and_named(log_in: LogIn) -> None:
    client = log_in("clerk")
    keep(client)
    SavedFilter.objects.update(query="kind=study.gone&campaign=theme&abolished=1&q=%E5%AD%A6%E4%B9%A0")
    (saved,) = client.get(LIST).context["saved"]
    assert saved.lost == ("kind=study.gone", "abolished=1")
    assert saved.query == "campaign=theme&q=%E5%AD%A6%E4%B9%A0"
    assert "使用时略去：kind=study.gone；abolished=1" in client.get(LIST).content.decode()


def test_a_family_of_kinds_stays_while_one_of_it_is_left(log_in: LogIn) -> None:
    client = log_in("clerk")
    keep(client, kind="study.")
    assert client.get(LIST).context["saved"][0].lost == ()
