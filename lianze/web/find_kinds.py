"""Search by what kind of thing an entry is: 「2023年春节慰问」 leads to the list of that kind in that year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from lianze.domain.periods import year_period
from lianze.ledger.actions import Desk
from lianze.ledger.filters import Filter, filtered
from lianze.ledger.paging import CAP
from lianze.ledger.places import open_registers
from lianze.ledger.read import visible_entries
from lianze.pack.definitions import Register
from lianze.web.language import both, named

YEAR = re.compile(r"((?:19|20)\d\d)\s*年|(?<!\d)((?:19|20)\d\d)(?!\d)")
SHORTEST = 2
LINES = 5  # each is one more question to the database


@dataclass(frozen=True)
class KindFound:
    """A register's list, narrowed to a kind where `is_kind`, that the words name, and how many entries it has."""

    title: str
    is_kind: bool
    count: int
    more: bool
    link: str


def read_kinds(desk: Desk, text: str) -> list[KindFound]:
    """The lists that the text names, in the registers that may be known of; those without an entry are left out."""
    year = YEAR.search(text)
    words = YEAR.sub(" ", text).split()
    days = year_period(int(year[1] or year[2])) if year else None
    found = []
    for register, kind, title, rest in sorted(matches(desk, words), key=lambda one: len(one[3]))[:LINES]:
        asked = Filter({"kind": kind} if kind else {}, text=rest)
        if days:
            asked = Filter(asked.chosen, days.start, days.last_day, text=rest)
        seen = visible_entries(desk.organisation, desk.actor, desk.pack)
        rows = filtered(seen, register, asked, desk.organisation.id)
        if count := rows.order_by()[: CAP + 1].count():
            link = f"{reverse('entry-list', args=[register.id])}?{asked.query}"
            shown = title + (both(f"（{year[1] or year[2]}年）", f" ({year[1] or year[2]})") if year else "")
            found.append(KindFound(shown, bool(kind), min(count, CAP), count > CAP, link))
    return found


def matches(desk: Desk, words: list[str]) -> Iterator[tuple[Register, str, str, str]]:
    """Register, kind ("" for all of it), its title, and the words left over for the entries' own titles."""
    for register in open_registers(desk):
        names = [(kind.id, (kind.title, kind.title_en)) for kind in register.kind] if "kind" in register.filters else []
        for kind, titles in [("", (register.title, register.title_en)), *names]:
            rest = left_over(words, titles)
            if rest is not None:
                title = named(register) if not kind else next(named(one) for one in register.kind if one.id == kind)
                yield register, kind, title, rest


def left_over(words: list[str], titles: tuple[str, ...]) -> str | None:
    """The words without those that name one of `titles` (a word in it, or it in a word); None where none does."""
    lower = [title.lower() for title in titles if title]
    for at, word in enumerate(words):
        around = [*words[:at], *words[at + 1 :]]
        if len(word) >= SHORTEST and any(word.lower() in title for title in lower):
            return " ".join(around)
        if title := next((title for title in lower if title in word.lower()), ""):
            start = word.lower().index(title)
            return " ".join(filter(None, [word[:start], word[start + len(title) :], *around]))
    return None
