"""The rows behind a figure as its page shows them: what each adds, what they come to, and where a zero comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from lianze.figures.results import ORGANISATION, FigureResult, TraceRow
from lianze.figures.rows_told import adds_heading, adds_of, closing_of
from lianze.org.directory import Directory
from lianze.pack import Pack
from lianze.pack.definitions import Figure
from lianze.web.language import both, named


@dataclass(frozen=True)
class Row:
    """One row: whether it is an entry to go to, and what it adds."""

    row: TraceRow
    open: bool
    adds: str


@dataclass(frozen=True)
class Behind:
    """All that a page shows. `heading` is empty where every row simply counts as one."""

    heading: str
    rows: list[Row]
    closing: str

    @property
    def numbered(self) -> bool:
        """Whether any row has a number or code."""
        return any(one.row.number for one in self.rows)


@dataclass(frozen=True)
class Looked:
    """The figure whose entries show that somebody looked. `is_zero`: every look is finished and found nothing."""

    is_zero: bool
    title: str
    hits: int
    address: str


def behind_of(
    links: Sequence[tuple[TraceRow, bool]], figure: Figure, result: FigureResult, pack: Pack, directory: Directory
) -> Behind:
    """The rows that the reader may see, as lines."""
    heading = adds_heading(figure, pack)
    closing = closing_of([row for row, _ in links], figure, result, pack, directory)
    rows = [Row(row, is_open, both(*adds_of(row, figure, pack, directory))) for row, is_open in links]
    return Behind(both(*heading) if heading else "", rows, both(*closing) if closing else "")


def looked_of(
    figure: Figure, results: Mapping[tuple[str, str], FigureResult], scope: str, year: int, pack: Pack
) -> Looked | None:
    """Where the entries are of those who looked; None where something stands behind the figure itself, or nobody looked."""
    here = results.get((figure.id, scope))
    looked = pack.figures.get(figure.looked)
    if here is None or here.hits or looked is None:
        return None
    at = scope if looked.by == "unit" else ORGANISATION
    found = results.get((looked.id, at))
    query = urlencode({"year": year, "scope": at})
    if found is None or not found.hits:
        return None
    address = f"{reverse('figure', args=[looked.id])}?{query}"
    return Looked(here.status == "none_found", named(looked), found.hits, address)
