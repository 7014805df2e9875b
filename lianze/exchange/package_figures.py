"""Figures as a report package tells them: each with the entries behind it and what each entry adds, so that whoever
receives the package can add them up again."""

import dataclasses
import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from lianze.domain.columns import ENTRY_COLUMNS
from lianze.domain.errors import LianzeError
from lianze.domain.periods import Period
from lianze.figures.output import numeral
from lianze.figures.results import ORGANISATION, FigureResult, TraceRow
from lianze.figures.trace import trace
from lianze.ledger.states import EntryState
from lianze.org.directory import Directory
from lianze.pack import Pack
from lianze.pack import definitions as d
from lianze.tlog.errors import PackageError
from lianze.tlog.figure_check import additive_value
from lianze.tlog.package import Figure, Hit, Measure

States = Mapping[str, EntryState]


def is_open(register: str, pack: Pack) -> bool:
    """Whether a receiver may see what entries of that register say."""
    known = pack.registers.get(register)
    return known is not None and not known.restricted


@dataclasses.dataclass(frozen=True)
class Veil:
    """Hides what distinct counts tell apart (names, values) where the receiver does not see the entries' content. Equal
    things stay equal, also from one year's package to the next."""

    secret: bytes
    pack: Pack
    shown: bool

    def key(self, value: str, definition: d.Figure) -> str:
        """The value itself, or what stands for it."""
        if self.shown and is_open(definition.register, self.pack):
            return value
        return hmac.new(self.secret, value.encode(), "sha256").hexdigest()[:32]


def figures_of(
    results: Sequence[FigureResult],
    organisation_id: UUID,
    pack: Pack,
    period: Period,
    directory: Directory,
    known: States,
    veil: Veil,
) -> Iterator[Figure]:
    """Every result; a share comes with the two counts that it divides. `known` holds the state of each entry."""
    for result in results:
        definition = pack.figures[result.figure]
        rows = []
        if definition.source == "register":
            rows = trace(result.figure, result.scope, organisation_id, pack, period, directory)
        yield from told(result, definition, rows, period, known, veil)


def entries_behind(
    results: Sequence[FigureResult], organisation_id: UUID, pack: Pack, period: Period, directory: Directory
) -> set[UUID]:
    """Ids of all entries that stand behind any of the results."""
    found: set[UUID] = set()
    for result in results:
        if result.hits and pack.figures[result.figure].source == "register":
            rows = trace(result.figure, result.scope, organisation_id, pack, period, directory)
            found.update(UUID(row.id) for row in rows)
    return found


def told(
    result: FigureResult, definition: d.Figure, rows: Sequence[TraceRow], period: Period, known: States, veil: Veil
) -> Iterator[Figure]:
    """One result as the package's figures."""
    name = result.figure if result.scope == ORGANISATION else f"{result.figure}|{result.scope}"
    plain = Figure(
        id=name,
        label=result.title,
        unit=result.counted_in,
        measure=Measure.OTHER,
        definition=definition_text(definition),
        start=period.start,
        end=period.end,
        value=numeral(result) or None,
        hits=tuple(Hit(row.id) for row in rows if row.counted),
    )
    if definition.measure == "share" and result.value is not None:
        yield from share_figures(plain, rows)
        return
    measure = {"count": Measure.COUNT, "sum": Measure.SUM, "participations": Measure.SUM, "distinct": Measure.DISTINCT}
    if definition.source != "register" or definition.measure not in measure:
        yield plain
        return
    hits = tuple(hit for row in rows for hit in hits_of(row.id, definition, known[row.id], veil))
    added = dataclasses.replace(
        plain, measure=measure[definition.measure], hits=hits, field=pointer_of(definition), value=exact(result)
    )
    yield added if adds_up(added) else plain


def exact(result: FigureResult) -> str | None:
    """The value to its last digit, whatever the report rounds it to."""
    return None if result.value is None else format(result.value, "f")


def adds_up(figure: Figure) -> bool:
    """Whether the hits give the value; where they do not by themselves, the figure is listed and not recomputed."""
    try:
        return figure.value is None or additive_value(figure) == Decimal(figure.value)
    except (LianzeError, PackageError, ArithmeticError):
        return False


def share_figures(share: Figure, rows: Sequence[TraceRow]) -> Iterator[Figure]:
    """A share, what it counts and what it counts among."""
    above = tuple(Hit(row.id) for row in rows if row.counted)
    below = tuple(Hit(row.id) for row in rows)
    names = f"{share.id}#above", f"{share.id}#below"
    for name, hits in zip(names, (above, below), strict=True):
        yield dataclasses.replace(
            share, id=name, measure=Measure.COUNT, hits=hits, value=str(len(hits)), unit=COUNT_UNIT
        )
    places = len((share.value or "").partition(".")[2])
    quotient = Decimal(len(above)) / Decimal(len(below)) * (100 if share.unit == "%" else 1) if below else Decimal(0)
    value = format(quotient.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f") if below else None
    yield dataclasses.replace(share, measure=Measure.SHARE, hits=(), value=value, share_of=names)


COUNT_UNIT = "件"


def hits_of(entry_id: str, definition: d.Figure, state: EntryState, veil: Veil) -> Iterator[Hit]:
    """What one entry adds to a figure."""
    if definition.measure == "count":
        yield Hit(entry_id)
    elif definition.measure == "sum":
        yield Hit(entry_id, quantity=str(value_of(definition.of, state)))
    elif definition.of.startswith("@") or definition.measure == "participations":
        role = definition.of.removeprefix("@")
        people = [str(part.person_id or part.outside_name) for part in state.parts if part.role == role]
        if definition.measure == "participations":
            yield Hit(entry_id, quantity=str(len(people)))
        else:
            yield from (Hit(entry_id, key=veil.key(person, definition)) for person in people)
    else:
        found = value_of(definition.of, state)
        values = found if isinstance(found, list) else [found]
        yield from (Hit(entry_id, key=veil.key(str(value), definition)) for value in values)


def value_of(name: str, state: EntryState) -> object:
    """A field of the entry, a column or a data key."""
    if name not in ENTRY_COLUMNS:
        return state.data.get(name)
    return getattr(state, f"{name}_id" if name in ("unit", "owner") else name)


def pointer_of(definition: d.Figure) -> str | None:
    """Where in an entry's content the quantity of a sum stands; None where several values make it up."""
    if definition.measure != "sum":
        return None
    name = definition.of
    return f"/state/{name}" if name in ENTRY_COLUMNS else f"/state/data/{name}"


def definition_text(definition: d.Figure) -> str:
    """The definition as the pack has it, without what only helps to find it in a text, as one line of JSON."""
    left_out = {"id", "title", "title_en", "synonyms", "context", "forbid", "section", "actor"}
    values = {
        field.name: getattr(definition, field.name)
        for field in dataclasses.fields(definition)
        if field.name not in left_out and getattr(definition, field.name) not in ("", (), None, 0)
    }
    return json.dumps(values, ensure_ascii=False, default=simple, sort_keys=True)


def simple(value: object) -> object:
    """Conditions without what they leave open; numbers as text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        pairs = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
        return {name: found for name, found in pairs if found not in ("", (), None, False)}
    return str(value)
