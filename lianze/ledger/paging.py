"""Pages by key, never by offset: the cost of a page does not grow with how far down it lies."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from lianze.ledger.models import Entry

SIZE = 50
CAP = 1_000
# Columns a list can be sorted by, with what stands for an empty one.
SORTS: dict[str, Any] = {
    "happened_on": None,
    "title": None,
    "kind": None,
    "state": None,
    "level": None,
    "due_on": date.max,
    "done_on": date.max,
    "ended_on": date.max,
    "quantity": Decimal(-1_000_000),
    "amount": Decimal(-1_000_000),
}
FIRST = "-happened_on"
# The list's own order, forwards and backwards, which the index serves however long the list is.
INDEXED = "happened_on"
# Up to so many entries a list is put into any other order, which reads all of them for each page.
SORTABLE = 10_000


@dataclass(frozen=True)
class Page:
    """One page of a list; `after` leads to the next one, empty on the last."""

    entries: list[Entry]
    after: str
    sort: str


def parse_sort(text: str, entries: QuerySet[Entry], is_small: bool) -> str:
    """The order asked for, as a column with “-” for descending; too long a list only comes by date. `is_small`: known to
    have few enough."""
    name = text.lstrip("-")
    if name not in SORTS:
        return FIRST
    return text if name == INDEXED or is_small or is_within(entries, SORTABLE) else FIRST


def is_within(entries: QuerySet[Entry], most: int) -> bool:
    """Whether there are at most so many; counts no further."""
    return entries.order_by().values("id")[: most + 1].count() <= most


def read_page(entries: QuerySet[Entry], sort: str, after: str, size: int = SIZE) -> Page:
    """The page that follows the key `after`."""
    down, name = sort.startswith("-"), sort.lstrip("-")
    empty = SORTS[name]
    column: Any = Entry._meta.get_field(name)
    rows: Any = entries.annotate(key=F(name) if empty is None else Coalesce(name, Value(empty, output_field=column)))
    if (start := parse_key(after, name)) is not None:
        rows = rows.filter(beyond(*start, down))
    order = ("-key", "-id") if down else ("key", "id")
    found = list(rows.order_by(*order)[: size + 1])
    more = len(found) > size
    return Page(found[:size], key_of(found[size - 1]) if more else "", sort)


def beyond(value: object, entry_id: UUID, down: bool) -> Q:
    """After the key in the list's order, written so that an index range serves it."""
    if down:
        return Q(key__lte=value) & (Q(key__lt=value) | Q(id__lt=entry_id))
    return Q(key__gte=value) & (Q(key__gt=value) | Q(id__gt=entry_id))


def key_of(entry: Entry) -> str:
    """Where the entry stands in the list, for an address."""
    return f"{entry.key}~{entry.id}"  # type: ignore[attr-defined]


def parse_key(text: str, name: str) -> tuple[object, UUID] | None:
    """The key in an address; None for none or a broken one."""
    value, _, entry_id = text.rpartition("~")
    try:
        column: Any = Entry._meta.get_field(name)
        return column.to_python(value), UUID(entry_id)
    except Exception:  # Django's fields raise several kinds; a broken key starts the list anew
        return None
