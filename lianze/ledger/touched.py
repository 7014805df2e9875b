"""Which days of which registers were written to between two states of an organisation's log: whatever was counted of any
other day counts the same now.

The log itself proves it: the leaves read are appended to the earlier right edge, and must make the later one.
"""

import json
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from lianze.ledger.models import Link, Revision
from lianze.tlog import Frontier, Hasher

# With more leaves than this between the two, counting everything anew is no dearer.
MOST = 200
ENTRY = "entry"
Touched = frozenset[tuple[str, date]]


def read_touched(organisation_id: UUID, before: bytes, after: bytes, hasher: Hasher) -> Touched | None:
    """Register and day of every entry written between two right edges, as it was and as it became, and of every entry
    that links to one. None where that can't be told: too many, more than entries written, content erased, or a log
    that is not the earlier one grown on."""
    edge, size = Frontier.from_bytes(before, hasher), Frontier.from_bytes(after, hasher).size
    known = Revision.objects.filter(organisation_id=organisation_id)
    leaves = known.filter(leaf_index__gte=edge.size, leaf_index__lt=size).order_by("leaf_index")
    found = list(leaves.values_list("subject", "subject_id", "number", "canonical", "leaf")[: MOST + 1])
    for *_, leaf in found[:MOST]:
        edge.append(bytes(leaf))
    if edge.to_bytes() != after or any(subject != ENTRY for subject, *_ in found):
        return None
    first: dict[UUID, int] = {}
    for _, entry_id, number, *_ in found:
        first.setdefault(entry_id, number)
    states = [canonical for *_, canonical, _ in found] + read_earlier(organisation_id, first)
    return None if None in states else days_of(states) | read_linking(organisation_id, first)


def read_earlier(organisation_id: UUID, first: dict[UUID, int]) -> list[str | None]:
    """What each entry said before its revision `first`; nothing of one that was new."""
    wanted = [Q(subject_id=entry_id, number=number - 1) for entry_id, number in first.items() if number > 1]
    if not wanted:
        return []
    rows = Revision.objects.filter(Q(*wanted, _connector=Q.OR), organisation_id=organisation_id, subject=ENTRY)
    found = list(rows.values_list("canonical", flat=True))
    return found if len(found) == len(wanted) else [None]


def days_of(states: Iterable[str | None]) -> Touched:
    """Register and day of entries as their leaves have them."""
    contents = [json.loads(canonical)["state"] for canonical in states if canonical is not None]
    return frozenset((str(state["register"]), date.fromisoformat(state["happened_on"])) for state in contents)


def read_linking(organisation_id: UUID, entries: Iterable[UUID]) -> Touched:
    """Register and day of the entries that link to any of these."""
    rows = Link.objects.filter(organisation_id=organisation_id, target_id__in=list(entries))
    return frozenset(rows.values_list("entry__register", "entry__happened_on"))
