"""Figures of a tree of organisations: an organisation's own value and that of its sub-tree, kept apart.

Counts and sums add. Distinct counts add, and say so: somebody counted by two organisations is counted twice. Shares
are recomputed from numerators and denominators, the least of sub-periods is the least anywhere, and the median is
taken anew from the organisations' values. Unlike kinds never add.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Literal
from uuid import UUID

from lianze.domain.errors import LianzeError
from lianze.figures.results import ORGANISATION, FigureResult, Status
from lianze.pack.definitions import Figure, Measure, Pack

How = Literal["added", "added_distinct", "recomputed", "smallest", "common"]
HOW: dict[Measure, How] = {
    "count": "added",
    "sum": "added",
    "participations": "added",
    "norm": "added",
    "distinct": "added_distinct",
    "share": "recomputed",
    "coverage": "recomputed",
    "least_per": "smallest",
    "items": "common",
}
# Steps of a path have this width.
STEP = 4


class UnlikeKinds(LianzeError):
    """Values counted in different words cannot be added."""


@dataclass(frozen=True)
class RolledFigure:
    """One figure of an organisation and of its sub-tree, the organisation included.

    `how` says how the sub-tree's value came about; `median` is that of the organisations with a value;
    `with_record` and `without_record` count organisations.
    """

    figure: str
    own: FigureResult | None
    value: Decimal | None
    counted_in: str
    status: Status
    hits: int
    how: How
    median: Decimal | None
    with_record: int
    without_record: int
    numerator: Decimal | None = None
    denominator: Decimal | None = None


def roll_up(pack: Pack, figure: Figure, own: FigureResult | None, results: Sequence[FigureResult]) -> RolledFigure:
    """One figure over `results`, one an organisation. Raises UnlikeKinds when they are counted in unlike words."""
    require_alike(pack, figure, results)
    how = HOW[figure.measure]
    recorded = [result for result in results if result.value is not None]
    values = [result.value for result in recorded if result.value is not None]
    numerator, denominator = parts_of(recorded) if how == "recomputed" else (None, None)
    return RolledFigure(
        figure=figure.id,
        own=own,
        value=value_of(how, values, numerator, denominator),
        counted_in=figure.counted_in,
        status=status_of(recorded),
        hits=sum(result.hits for result in results),
        how=how,
        median=median(values) if values else None,
        with_record=len(recorded),
        without_record=len(results) - len(recorded),
        numerator=numerator,
        denominator=denominator,
    )


def require_alike(pack: Pack, figure: Figure, results: Sequence[FigureResult]) -> None:
    """Raises UnlikeKinds unless every result is counted in the figure's word or one that counts the same."""
    words = pack.vocabularies.get("measure_word")
    same = {choice.id: choice.same_as or choice.id for choice in words.choice} if words else {}
    wanted = same.get(figure.counted_in, figure.counted_in)
    for word in {result.counted_in for result in results}:
        if same.get(word, word) != wanted:
            raise UnlikeKinds(f"“{figure.id}”：{figure.counted_in}与{word}不能相加 / unlike kinds never add")


def parts_of(recorded: Sequence[FigureResult]) -> tuple[Decimal, Decimal]:
    """Numerators and denominators, added."""
    above = sum((result.numerator or Decimal(0) for result in recorded), Decimal(0))
    return above, sum((result.denominator or Decimal(0) for result in recorded), Decimal(0))


def value_of(
    how: How, values: Sequence[Decimal], numerator: Decimal | None, denominator: Decimal | None
) -> Decimal | None:
    """The sub-tree's value; None where nobody has a record, or where organisations have no value in common."""
    if not values:
        return None
    if numerator is not None and denominator is not None:
        return numerator / denominator if denominator else Decimal(0)
    if how == "smallest":
        return min(values)
    if how == "common":
        return values[0] if len(set(values)) == 1 else None
    return sum(values, Decimal(0))


def status_of(recorded: Sequence[FigureResult]) -> Status:
    """A value where anybody has one, else “none found” where anybody looked, else no record."""
    statuses = {result.status for result in recorded}
    return "value" if "value" in statuses else "none_found" if statuses else "no_record"


def roll_up_tree(
    pack: Pack, paths: Mapping[UUID, str], results: Mapping[UUID, Sequence[FigureResult]]
) -> dict[UUID, list[RolledFigure]]:
    """Every figure of every organisation with its sub-tree. `paths` gives each organisation's place in the tree."""
    at = {path: organisation_id for organisation_id, path in paths.items()}
    below: defaultdict[tuple[UUID, str], list[FigureResult]] = defaultdict(list)
    own: dict[tuple[UUID, str], FigureResult] = {}
    for organisation_id, path in paths.items():
        above = [at[path[:end]] for end in range(STEP, len(path) + 1, STEP) if path[:end] in at]
        for result in results.get(organisation_id, ()):
            if result.scope == ORGANISATION:
                own[organisation_id, result.figure] = result
                for ancestor in above:
                    below[ancestor, result.figure].append(result)
    return {
        organisation_id: [
            roll_up(pack, figure, own.get((organisation_id, figure.id)), below[organisation_id, figure.id])
            for figure in pack.figures.values()
            if (organisation_id, figure.id) in below
        ]
        for organisation_id in paths
    }
