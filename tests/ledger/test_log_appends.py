"""Appending at the same time: within one organisation appends queue and leave no gap; two organisations do not wait."""

import threading
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from django.db import connection, transaction

from lianze.ledger.log import Change, append_revisions
from lianze.ledger.models import Revision
from lianze.ledger.states import EntryState
from lianze.ledger.verify import verify_log
from lianze.ledger.write import write_new
from lianze.org.keys import new_id
from tests.ledger.office import AUTHOR, START, Office, is_postgresql, make_office

SOON = 20.0


@pytest.fixture
def offices(real_transactions: None, own_folder: Path) -> tuple[Office, Office]:
    """Two organisations in a database whose transactions are real."""
    return make_office("first"), make_office("second")


def in_thread(work: Callable[[], None]) -> threading.Thread:
    """Runs on a connection of its own."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


def append(office: Office, times: int = 1, done: threading.Event | None = None) -> None:
    """Entries, each in a transaction of its own."""
    for _ in range(times):
        write_new(office.id, [(new_id(), EntryState("activity", "学习", date(2023, 3, 1)))], AUTHOR, "", START)
    if done is not None:
        done.set()


def test_concurrent_appends_of_one_organisation_leave_no_gap(offices: tuple[Office, Office]) -> None:
    office, other = offices
    before = Revision.objects.filter(organisation_id=office.id).count()

    threads = [in_thread(partial(append, who, 15)) for who in (office, office, office, other)]
    for thread in threads:
        thread.join(60)
    indexes = Revision.objects.filter(organisation_id=office.id).order_by("leaf_index")
    assert list(indexes.values_list("leaf_index", flat=True)) == list(range(before + 45))
    assert verify_log(office.id).misfit is None
    assert verify_log(other.id).misfit is None


def test_one_organisation_waits_for_itself_and_not_for_another(offices: tuple[Office, Office]) -> None:
    """While one append stands open, another organisation's goes through, and one of the same organisation waits."""
    if not is_postgresql():
        pytest.skip("SQLite has one writer for the whole file")
    office, other = offices
    holding, release = threading.Event(), threading.Event()
    done_other, done_same = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            change = Change("keys", new_id(), 1, "test", {})
            append_revisions(office.id, [change], AUTHOR, "", START)
            holding.set()
            release.wait(SOON)
            transaction.set_rollback(True)

    holder = in_thread(hold)
    assert holding.wait(SOON)
    in_thread(partial(append, other, done=done_other))
    same = in_thread(partial(append, office, done=done_same))
    assert done_other.wait(SOON), "another organisation had to wait"
    assert not done_same.wait(0.5), "two appends of one organisation ran at once"
    release.set()
    holder.join(SOON)
    assert done_same.wait(SOON)
    same.join(SOON)
    assert verify_log(office.id).misfit is None


def test_verification_reads_one_moment_while_others_write(offices: tuple[Office, Office]) -> None:
    office, _ = offices
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            append(office)

    writer = in_thread(work)
    found = [verify_log(office.id) for _ in range(8)]
    stop.set()
    writer.join(SOON)
    assert [one.misfit for one in found] == [None] * 8
    assert found[-1].size > found[0].size


def test_nothing_is_appended_outside_a_transaction(offices: tuple[Office, Office]) -> None:
    office, _ = offices
    with pytest.raises(transaction.TransactionManagementError):
        append_revisions(office.id, [Change("keys", new_id(), 1, "test", {})], AUTHOR, "", START)


def test_a_failing_row_takes_its_leaf_with_it(offices: tuple[Office, Office]) -> None:
    """An entry whose participation points nowhere: the database refuses, and the log is as long as before."""
    office, other = offices
    before = Revision.objects.filter(organisation_id=office.id).count()
    state = EntryState("activity", "学习", date(2023, 3, 1), unit_id=other.units["DZ"])
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        write_new(office.id, [(new_id(), state)], AUTHOR, "", START)
    assert Revision.objects.filter(organisation_id=office.id).count() == before
    assert verify_log(office.id).misfit is None
