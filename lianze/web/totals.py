"""What a filtered list adds up to. Unlike things never add: sums stand apart by kind and by every choice shown."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lianze.ledger.models import Entry
from lianze.ledger.paging import CAP, SIZE
from lianze.pack import Pack
from lianze.pack.choosing import options_of
from lianze.pack.definitions import Field, Register
from lianze.web.language import named
from lianze.web.shown import kind_text, number_text, title_among

SUMMED = ("quantity", "amount")


@dataclass(frozen=True)
class Total:
    """A sum with the things it is a sum of."""

    title: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Totals:
    """How many entries (at most CAP + 1), and sums where there are few enough to add. `ids`: all of them, if one page
    holds them."""

    count: int
    sums: tuple[Total, ...]
    ids: tuple[UUID, ...] = ()

    @property
    def is_small(self) -> bool:
        return self.count <= CAP

    def narrowed(self, rows: QuerySet[Entry]) -> QuerySet[Entry]:
        """The same rows, found by their ids where these few are known: what is rare is looked for once only."""
        return rows.filter(id__in=self.ids) if self.count <= SIZE else rows


def read_totals(rows: QuerySet[Entry], register: Register, pack: Pack) -> Totals:
    """The totals of a filter, in one query that ends after CAP + 1 entries."""
    fields = [field for field in register.field if field.name in SUMMED]
    apart = [known for known in register.field if known.type == "choice" and known.name in register.columns]
    keys = ["kind", *(known.name if known.name == "level" else f"data__{known.name}" for known in apart)]
    asked = [*keys, *(field.name for field in fields)] if fields else []
    found = list(rows.order_by().values_list("id", *asked)[: CAP + 1])
    if len(found) > CAP:
        return Totals(len(found), ())
    sums = [sum_of(found, at, field, register, apart, pack) for at, field in enumerate(fields, 1 + len(keys))]
    ids = tuple(row[0] for row in found) if len(found) <= SIZE else ()
    return Totals(len(found), tuple(total for total in sums if total.parts), ids)


def sum_of(
    rows: list[tuple[Any, ...]], at: int, field: Field, register: Register, apart: list[Field], pack: Pack
) -> Total:
    """The sums of one field, which stands at `at` in the rows, by kind and by the choices `apart`."""
    added: dict[tuple[str, ...], Decimal] = {}
    for row in rows:
        if row[at] is not None:
            key = tuple(str(value or "") for value in row[1 : 2 + len(apart)])
            added[key] = added.get(key, Decimal(0)) + row[at]
    parts = []
    for key, total in sorted(added.items()):
        titles = [kind_text(register, key[0])] if register.kind else []
        titles += [title_among(options_of(k, pack).options, v) for k, v in zip(apart, key[1:], strict=True) if v]
        parts.append((" · ".join(titles), number_text(total, field.counted_in)))
    return Total(named(field), tuple(parts))
