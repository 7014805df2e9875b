"""Recomputing figures from the entries listed behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Final

from lianze.tlog.canonical import JsonValue
from lianze.tlog.errors import PackageError
from lianze.tlog.package import Figure, Hit, Measure

_DIGITS: Final = 80
ADDITIVE: Final = frozenset({Measure.COUNT, Measure.SUM, Measure.DISTINCT})


@dataclass(frozen=True)
class FigureTally:
    """How many figures were recomputed and how many could not be, and how many hits' quantities or keys were seen
    to stand in the entry's shown content (`tied`) or had to be believed (`untied`)."""

    recomputed: int
    listed_only: int
    tied: int
    untied: int


def verify_figures(figures: Sequence[Figure], contents: Mapping[str, JsonValue]) -> FigureTally:
    """PackageError unless each figure's value follows from its hits. `contents` maps the ids of all listed entries
    to their content, None where it is withheld.

    `figure.twice`, `figure.entry` (a hit without a listed entry), `figure.hit` (a hit that does not suit the
    measure), `figure.value` (the sum is another), `figure.tie` (the content says another quantity), `figure.withdrawn`.
    """
    by_id = {figure.id: figure for figure in figures}
    if len(by_id) != len(figures):
        raise PackageError("figure.twice")
    with localcontext() as context:
        context.prec = _DIGITS
        for figure in figures:
            _require_value(figure, by_id)
        ties = [_is_tied(figure, hit, contents) for figure in figures for hit in figure.hits]
    listed_only = sum(figure.measure is Measure.OTHER for figure in figures)
    known = [tie for tie in ties if tie is not None]
    return FigureTally(len(figures) - listed_only, listed_only, sum(known), len(known) - sum(known))


def _require_value(figure: Figure, by_id: Mapping[str, Figure]) -> None:
    if figure.measure is Measure.OTHER:
        return
    if (figure.measure is Measure.SHARE) != (figure.share_of is not None):
        raise PackageError("figure.hit", figure.id)
    if figure.share_of is not None:
        expected = _share(figure, by_id)
    else:
        expected = None if figure.value is None and not figure.hits else additive_value(figure)
    if (None if figure.value is None else Decimal(figure.value)) != expected:
        raise PackageError("figure.value", f"{figure.id}: {figure.value} ≠ {expected}")


def additive_value(figure: Figure) -> Decimal:
    """The value of a count, sum or distinct count, by its hits alone."""
    hits = figure.hits
    wants_quantity, wants_key = figure.measure is Measure.SUM, figure.measure is Measure.DISTINCT
    if any((hit.quantity is not None, hit.key is not None) != (wants_quantity, wants_key) for hit in hits):
        raise PackageError("figure.hit", figure.id)
    if wants_quantity:
        return sum((Decimal(hit.quantity or "0") for hit in hits), Decimal(0))
    if wants_key:
        return Decimal(len({hit.key for hit in hits}))
    if len({hit.entry for hit in hits}) != len(hits):
        raise PackageError("figure.hit", figure.id)
    return Decimal(len(hits))


def _share(figure: Figure, by_id: Mapping[str, Figure]) -> Decimal | None:
    """The quotient as far as the stated decimals go; None where there is nothing to divide by."""
    parts = [by_id.get(one) for one in figure.share_of or ()]
    if figure.hits or any(part is None or part.measure not in ADDITIVE for part in parts):
        raise PackageError("figure.hit", figure.id)
    above, below = (None if part is None or part.value is None else Decimal(part.value) for part in parts)
    if above is None or not below:
        return None
    quotient = above / below * (100 if figure.unit == "%" else 1)
    decimals = len((figure.value or "").partition(".")[2])
    return quotient.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _is_tied(figure: Figure, hit: Hit, contents: Mapping[str, JsonValue]) -> bool | None:
    """Whether the content shows this hit's quantity or key; None if the hit carries neither."""
    if hit.entry not in contents:
        raise PackageError("figure.entry", f"{figure.id}: {hit.entry}")
    said = hit.key if hit.quantity is None else hit.quantity
    content = contents[hit.entry]
    if content is not None and value_at(content, "/state/withdrawn") is True:
        raise PackageError("figure.withdrawn", f"{figure.id}: {hit.entry}")
    if said is None:
        return None
    if figure.field is None or content is None:
        return False
    if not _is_same(value_at(content, figure.field), said, hit.quantity is not None):
        raise PackageError("figure.tie", f"{figure.id}: {hit.entry}")
    return True


def _is_same(found: JsonValue, said: str, number: bool) -> bool:
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return False
    if not number:
        return str(found) == said
    try:
        return Decimal(str(found)) == Decimal(said)
    except ArithmeticError:
        return False


def value_at(content: JsonValue, pointer: str) -> JsonValue:
    """The value a JSON pointer names (RFC 6901), None if there is none."""
    value = content
    for word in pointer.split("/")[1:]:
        name = word.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict):
            value = value.get(name)
        elif isinstance(value, list) and name.isdecimal() and len(name) < 10 and int(name) < len(value):
            value = value[int(name)]
        else:
            return None
    return value
