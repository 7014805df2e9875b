"""The tables against the log: every row is what its last revision says, has all its revisions, and none is missing."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, F, Max, Min, QuerySet

from lianze.ledger.field_titles import FieldTitles
from lianze.ledger.leaves import Kept
from lianze.ledger.misfit import Misfit, Named, title_in
from lianze.ledger.models import Attachment, Entry, Link, Participation, Revision
from lianze.ledger.rows import read_states
from lianze.ledger.states import json_of
from lianze.ledger.upsert import row_json
from lianze.ledger.verify_compare import State, compare, row_misfit
from lianze.ledger.write_accounts import account_json
from lianze.org.models import Account, Appointment, Grant, Organisation, Person, Portfolio, Post, Record, Unit

BATCH = 500
Row = TypeVar("Row", bound=Record)
# Tables whose rows are their own state, by the subject of their revisions.
TABLES: Mapping[str, type[Record]] = {
    "unit": Unit,
    "person": Person,
    "post": Post,
    "appointment": Appointment,
    "portfolio": Portfolio,
    "grant": Grant,
}
SUBJECTS: Mapping[str, type[Record]] = {**TABLES, "entry": Entry}
# What the log speaks of: those tables, accounts, the organisation itself, and the keys that sign the log.
KNOWN = {*SUBJECTS, "account", "organisation", "keys"}
CHILDREN: tuple[type[Record], ...] = (Participation, Link, Attachment)


def require_known(revisions: Sequence[Kept]) -> None:
    """Misfit for the first revision of a kind that nobody knows, so that nothing is left uncompared unseen."""
    for revision in revisions:
        if revision.subject not in KNOWN:
            named = Named(revision.subject, revision.subject_id)
            raise row_misfit("row.unknown", named, revision.leaf_index, "是未知的种类", "is of a kind nobody knows")


def verify_rows(organisation_id: UUID, titles: FieldTitles, progress: Callable[[int], None]) -> int:
    """Every row of every table that has revisions; returns how many there were."""
    organisations = list(Organisation.objects.filter(id=organisation_id))
    done = compare(
        organisation_id, "organisation", organisations, {one.id: row_json(one) for one in organisations}, titles
    )
    accounts = list(Account.objects.filter(organisation_id=organisation_id).order_by("id"))
    done += compare(organisation_id, "account", accounts, {one.id: account_json(one) for one in accounts}, titles)
    # An account may be spoken of by another organisation's log than its own.
    require_none_missing(organisation_id, "account", Account.objects.all(), -1)
    for subject, model in SUBJECTS.items():
        done += verify_table(organisation_id, subject, model, titles, progress)
    return done


def verify_table(
    organisation_id: UUID, subject: str, model: type[Record], titles: FieldTitles, progress: Callable[[int], None]
) -> int:
    """The rows of one table and, for entries, what belongs to them; returns how many rows there are."""
    done = children = 0
    for rows in batches(model, organisation_id):
        entries = [row for row in rows if isinstance(row, Entry)]
        states = entry_states(organisation_id, entries) if entries else {row.id: row_json(row) for row in rows}
        children += count_children(states.values()) if entries else 0
        done += compare(organisation_id, subject, rows, states, titles)
        progress(done)
    require_none_missing(organisation_id, subject, model._default_manager.filter(organisation_id=organisation_id), done)
    if model is Entry:
        require_order(organisation_id)
        require_no_strays(organisation_id, children)
    return done


def require_none_missing(
    organisation_id: UUID, subject: str, rows: QuerySet[Account] | QuerySet[Record], count: int
) -> None:
    """Misfit for the first revision that began a row which is gone. As many rows as beginnings, each with its own, are
    all of them; only where the numbers differ (`count` −1: always) is it looked for."""
    begun = Revision.objects.filter(organisation_id=organisation_id, subject=subject, number=1).order_by("leaf_index")
    if begun.count() == count:
        return
    ids = list(begun.values_list("subject_id", flat=True))
    for first in range(0, len(ids), BATCH):
        part = ids[first : first + BATCH]
        there = set(rows.filter(id__in=part).values_list("id", flat=True))
        for gone in (one for one in part if one not in there):
            raise missing(begun.get(subject_id=gone))


def missing(revision: Revision) -> Misfit:
    """A row that is gone, named by what the log says of it."""
    document = json.loads(revision.canonical) if revision.canonical else None
    named = Named(revision.subject, revision.subject_id, title_in(document))
    leaf = revision.leaf_index
    chinese, english = f"已不在表中，日志第 {leaf} 叶记有它", f"is gone from its table; leaf {leaf} recorded it"
    return row_misfit("row.missing", named, leaf, chinese, english)


def batches(model: type[Row], organisation_id: UUID) -> Iterator[list[Row]]:
    """The organisation's rows of a table by id."""
    rows = model._default_manager.filter(organisation_id=organisation_id).order_by("id")
    after: UUID | None = None
    while found := list((rows if after is None else rows.filter(id__gt=after))[:BATCH]):
        yield found
        after = found[-1].id


def entry_states(organisation_id: UUID, entries: Sequence[Entry]) -> dict[UUID, State]:
    """What the entry tables say."""
    return {entry_id: json_of(state) for entry_id, state in read_states(organisation_id, entries).items()}


def require_order(organisation_id: UUID) -> None:
    """Misfit for the first entry whose participations do not stand in order 1, 2, 3 …"""
    parts = Participation.objects.filter(organisation_id=organisation_id).values("entry_id").order_by("entry_id")
    counted = parts.annotate(
        rows=Count("id"), different=Count("order", distinct=True), low=Min("order"), high=Max("order")
    )
    wrong = counted.exclude(rows=F("high"), different=F("high"), low=1).values_list("entry_id", flat=True).first()
    if wrong is not None:
        title = Entry.objects.filter(organisation_id=organisation_id, id=wrong).values_list("title", flat=True).first()
        named = Named("entry", wrong, title or "")
        raise row_misfit("row.changed", named, None, "参加人员的次序被改动", "has its participants out of order")


def count_children(states: Iterable[State]) -> int:
    """How many participations, links and attachments entries say they have."""
    lists = (state[name] for state in states for name in ("parts", "links", "attachments"))
    return sum(len(one) for one in lists if isinstance(one, list))


def require_no_strays(organisation_id: UUID, expected: int) -> None:
    """No participation, link or attachment stands without its entry."""
    found = sum(model._default_manager.filter(organisation_id=organisation_id).count() for model in CHILDREN)
    if found != expected:
        left = found - expected
        raise Misfit(
            "row.stray",
            f"有 {left} 行参加人员、关联或佐证不属于任何记录",
            f"{left} participations, links or attachments belong to no entry",
        )
