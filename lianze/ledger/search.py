"""Finding entries by words of their title. Words are not separated in Chinese, so that any part of the title counts.

What is found is exactly what a comparison of every title would find, case aside. On PostgreSQL an index of character
pairs (migration 0004, docs/adr/0016) says first which titles can hold the text at all.
"""

from collections.abc import Sequence
from functools import reduce
from operator import and_
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Q, QuerySet
from django.db.models.lookups import IContains
from django.db.models.sql.compiler import SQLCompiler

from lianze.ledger.models import Entry

SHORTEST = 2
# With this many among the latest, one page of them is found in about the time that the index takes for all of a million.
LATEST, COMMON = 1_000, 5


@CharField.register_lookup
class Holds(IContains):
    """`title__holds`: as `icontains`, helped by the index where there is one."""

    lookup_name = "holds"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Compares every title."""
        sql, params = IContains(self.lhs, self.rhs).as_sql(compiler, connection)
        return sql, list(params)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """Compares the titles that have every pair of characters of the text; a single character has no pair."""
        sql, params = self.as_sql(compiler, connection)
        text = str(self.rhs)
        if len(text) < SHORTEST:
            return sql, params
        column, before = compiler.compile(self.lhs)
        return f"(title_pairs({column}) @> title_pairs(%s) AND {sql})", [*before, text, *params]


def titled(rows: QuerySet[Entry], text: str) -> Q:
    """Those of `rows` whose title holds every word of the text."""
    words = text.split()
    lookup = "title__icontains" if is_common(rows, words) else "title__holds"
    return reduce(and_, (Q(**{lookup: word}) for word in words), Q())


def titled_or_numbered(rows: QuerySet[Entry], text: str) -> Q:
    """Those of `rows` whose title holds every word, or whose number the whole text is."""
    return titled(rows, text) | Q(number__in=sorted({text, text.upper(), text.lower()}))


def is_common(rows: QuerySet[Entry], words: Sequence[str]) -> bool:
    """Whether the latest entries hold the words so often that reading on from them is quicker than the index, which
    gathers all that hold them before the first is shown. So are rows that are few altogether."""
    if connection.vendor != "postgresql":
        return True
    titles = list(rows.order_by("-happened_on", "-id").values_list("title", flat=True)[:LATEST])
    holding = sum(all(word.upper() in title.upper() for word in words) for title in titles)
    return len(titles) < LATEST or holding >= COMMON
