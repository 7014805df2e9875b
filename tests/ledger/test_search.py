"""Search by part of a title: the index finds exactly what a comparison of every title finds."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lianze.ledger.models import Entry
from lianze.ledger.search import titled_or_numbered
from lianze.ledger.states import Author, EntryState
from lianze.ledger.write import new_id, write_new
from lianze.ledger.write_org import create_organisation

NOW = datetime(2023, 12, 31, tzinfo=UTC)
# Few characters, so that pairs meet; with what means something in a pattern, and letters in both cases.
TITLES = st.text(alphabet="学习会议廉政廉aAbB1%_\\'ß ", min_size=1, max_size=12)


@pytest.mark.django_db
class TestSearch(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(titles=st.lists(TITLES, min_size=1, max_size=12), texts=st.lists(TITLES, min_size=1, max_size=6))
    def test_the_index_finds_what_a_comparison_finds(self, titles: list[str], texts: list[str]) -> None:
        organisation = create_organisation("search", "单位", "单位", "上级", "", NOW, Author("test"))
        states = [(new_id(), EntryState("activity", title, date(2023, 5, 1))) for title in titles]
        write_new(organisation.id, states, Author("test"), "", NOW)
        rows = Entry.objects.filter(organisation_id=organisation.id)
        for text in [*texts, *(title[1:4] for title in titles if title[1:4])]:
            wanted = set(rows.filter(title__icontains=text).values_list("id", flat=True))
            assert set(rows.filter(title__holds=text).values_list("id", flat=True)) == wanted, text
        for title in titles:
            assert rows.filter(title__holds=title[1:4] or title, title=title).exists()

    def test_a_number_is_found_however_its_letters_are_written(self) -> None:
        organisation = create_organisation("search", "单位", "单位", "上级", "", NOW, Author("test"))
        state = EntryState("activity", "学习", date(2023, 5, 1), number="HD007")
        write_new(organisation.id, [(new_id(), state)], Author("test"), "", NOW)
        rows = Entry.objects.filter(organisation_id=organisation.id)
        assert [rows.filter(titled_or_numbered(rows, text)).count() for text in ("hd007", "HD007", "HD00")] == [1, 1, 0]
