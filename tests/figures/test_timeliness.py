"""Honest time: days between the happening and the recording, by the office's clock."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from lianze.figures.timeliness import Timeliness, compute_timeliness
from lianze.pack import Pack
from tests.figures.ask import figure
from tests.figures.cast import YEAR, Office, meeting

pytestmark = pytest.mark.django_db


def told(office: Office, pack: Pack) -> dict[str, Timeliness]:
    """By figure; the register `meeting` itself under ""."""
    return {t.figure: t for t in compute_timeliness(office.id, pack, YEAR) if t.register == "meeting"}


def test_days_are_counted_by_the_office_s_clock(office: Office, pack: Callable[..., Pack]) -> None:
    """happened 03-01 · recorded 03-08 23:59 in Shanghai (7 days) · 03-09 00:00 (8 days), still the 8th in UTC"""
    for recorded in (datetime(2023, 3, 8, 15, 59, tzinfo=UTC), datetime(2023, 3, 8, 16, 0, tzinfo=UTC)):
        office.write(meeting("03-01"), now=recorded)
    whole = told(office, pack(figure("count")))[""]
    assert (whole.entries, whole.within_7, whole.within_30) == (2, 1, 2)


def test_shares_of_a_register_and_of_a_figure(office: Office, pack: Callable[..., Pack]) -> None:
    """study recorded at once · talk after 30 days · talk after 31 days · withdrawn · the year before"""
    day = datetime(2023, 3, 1, 4, tzinfo=UTC)
    office.write(meeting("03-01"), meeting("03-01", withdrawn=True), meeting("2022-03-01"), now=day)
    office.write(meeting("03-01", kind="talk"), now=day.replace(day=31))
    office.write(meeting("03-01", kind="talk"), now=day.replace(month=4, day=1))
    found = told(office, pack(figure("count", where='[{ field = "kind", values = ["talk"] }]')))
    third = Decimal(1) / 3
    assert found[""].shares == (third, third, third)
    assert found["f"].shares == (Decimal(0), Decimal("0.5"), Decimal("0.5"))


def test_without_entries_there_is_no_share(office: Office, pack: Callable[..., Pack]) -> None:
    assert told(office, pack(figure("count")))[""].shares is None
