"""One row against its revisions: it has them all, in order, and says what the last one says."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianze.ledger.field_titles import FieldTitles
from lianze.ledger.misfit import Misfit, Named, difference, title_in
from lianze.ledger.models import Entry, Revision
from lianze.ledger.states import text_of
from lianze.org.models import Account, Organisation, Record
from lianze.tlog import JsonValue, render_canonical

State = dict[str, JsonValue]


@dataclass(frozen=True)
class Brief:
    """A revision without its content."""

    subject: str
    number: int
    leaf: int
    recorded_at: datetime
    author_id: UUID | None
    why: str


def compare(
    organisation_id: UUID,
    subject: str,
    rows: Sequence[Record | Organisation | Account],
    states: Mapping[UUID, State],
    titles: FieldTitles,
) -> int:
    """Misfit for the first row, of these in order of their ids, that is not what its revisions say.

    Returns the number of rows.
    """
    if not rows:
        return 0
    briefs = read_briefs(organisation_id, rows[0].id, rows[-1].id)
    texts = read_texts(organisation_id, [briefs[row.id][-1].leaf for row in rows if row.id in briefs])
    for row in rows:
        named = Named(subject, row.id, title_in({"state": states[row.id]}))
        revisions = briefs.get(row.id, [])
        require_sequence(named, revisions)
        require_state(named, states[row.id], texts.get(revisions[-1].leaf), revisions[-1], titles)
        if isinstance(row, Entry):
            require_columns(named, row, revisions, titles)
    return len(rows)


def read_briefs(organisation_id: UUID, first: UUID, last: UUID) -> dict[UUID, list[Brief]]:
    """The revisions of all rows from one id to another, by number."""
    found: dict[UUID, list[Brief]] = {}
    rows = Revision.objects.filter(organisation_id=organisation_id, subject_id__gte=first, subject_id__lte=last)
    rows = rows.order_by("subject_id", "number")
    names = ("subject_id", "subject", "number", "leaf_index", "recorded_at", "author_id", "why")
    for subject_id, *values in rows.values_list(*names):
        found.setdefault(subject_id, []).append(Brief(*values))
    return found


def read_texts(organisation_id: UUID, leaves: Sequence[int]) -> dict[int, str | None]:
    """The canonical texts of some leaves; an erased one has none."""
    if not leaves:
        return {}
    rows = Revision.objects.filter(organisation_id=organisation_id)
    # Leaves of one table's batch lie close together as a rule, and a range is read faster than a list.
    low, high = min(leaves), max(leaves)
    within = rows.filter(leaf_index__gte=low, leaf_index__lte=high)
    chosen = within if high - low < 4 * len(leaves) else rows.filter(leaf_index__in=leaves)
    return dict(chosen.values_list("leaf_index", "canonical"))


def require_sequence(named: Named, revisions: Sequence[Brief]) -> None:
    """A row has revisions 1, 2, 3 … of its own kind, in the order of the log."""
    if not revisions:
        raise row_misfit(
            "row.added", named, None, "没有任何修订，是绕过程序加入的", "has no revision: it was put there"
        )
    for expected, revision in enumerate(revisions, 1):
        if revision.number != expected or revision.subject != named.subject:
            raise row_misfit(
                "row.revisions", named, revision.leaf, f"缺第 {expected} 次修订", f"lacks revision {expected}"
            )
        if expected > 1 and revision.leaf < revisions[expected - 2].leaf:
            raise row_misfit("row.order", named, revision.leaf, "的修订次序颠倒", "has its revisions out of order")


def require_state(named: Named, table: State, text: str | None, last: Brief, titles: FieldTitles) -> None:
    """The row says what its last revision says.

    Canonical JSON sorts names, so a document ends in its state, subject and reason; only a text that ends otherwise is
    read.
    """
    if text is None:
        raise row_misfit("row.erased", named, last.leaf, "最近一次修订没有内容", "has a last revision without content")
    end = render_canonical({"state": table, "subject": named.subject, "why": last.why}).decode()
    if not text.endswith(f",{end[1:]}"):
        document = json.loads(text)
        log = document["state"] if isinstance(document["state"], dict) else {}
        raise changed(named, last.leaf, difference(table, log, titles))


def require_columns(named: Named, entry: Entry, revisions: Sequence[Brief], titles: FieldTitles) -> None:
    """What an entry's row repeats of its revisions: when and by whom it was first recorded, last change, version."""
    first, last = revisions[0], revisions[-1]
    table = columns(entry.recorded_at, entry.author_id, entry.changed_at, entry.version)
    log = columns(first.recorded_at, first.author_id, last.recorded_at, last.number)
    if table != log:
        raise changed(named, last.leaf, difference(table, log, titles, entry.register))


def columns(recorded_at: datetime, author_id: UUID | None, changed_at: datetime, version: int) -> State:
    """Those columns as JSON."""
    return {
        "recorded_at": recorded_at.isoformat(),
        "author_id": text_of(author_id),
        "changed_at": changed_at.isoformat(),
        "version": version,
    }


def changed(named: Named, leaf: int, said: tuple[str, str]) -> Misfit:
    """The first field that differs, with both values."""
    return row_misfit("row.changed", named, leaf, f"被改动：{said[0]}", f"was changed: {said[1]} (leaf {leaf})")


def row_misfit(code: str, named: Named, leaf: int | None, chinese: str, english: str) -> Misfit:
    """A fault of one row, named."""
    return Misfit(
        code, f"{named.chinese()}{chinese}", f"{named.english()} {english}", leaf=leaf, subject_id=named.subject_id
    )
