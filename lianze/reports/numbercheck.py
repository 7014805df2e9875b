"""Number check against the ledger: the year's figures as facts, and what people decided before."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from lianze.claims.shapes import Binding, FigureFact
from lianze.domain.periods import Period, year_until
from lianze.figures.compute import compute_figures
from lianze.figures.results import ORGANISATION, FigureResult
from lianze.figures.trace import trace
from lianze.ledger.actions import Desk
from lianze.org.directory import Directory, read_directory
from lianze.org.keys import new_id
from lianze.pack.definitions import Figure
from lianze.reports.models import BindingDecision
from lianze.rules import Subject, refusal

PART_NAMES = {
    "half_year": ("上半年", "下半年"),
    "quarter": ("一季度", "二季度", "三季度", "四季度"),
    "month": tuple(f"{month}月" for month in range(1, 13)),
    "year": ("全年",),
}


def facts_of(desk: Desk, year: int) -> list[FigureFact]:
    """Every figure of the year that the desk's actor may see, as the number check wants it; of one that is not over, as far
    as it has come."""
    period = year_until(year, desk.actor.day)
    directory = read_directory(desk.organisation.id, desk.pack)
    results = compute_figures(desk.organisation.id, desk.pack, period, directory)
    return [
        with_trace(fact_of(result, desk.pack.figures[result.figure], directory), result, desk, directory, period)
        for result in results
        if is_known_to(desk, result)
    ]


def is_known_to(desk: Desk, result: FigureResult) -> bool:
    """Whether the actor may know of the register that the figure counts."""
    register = desk.pack.figures[result.figure].register
    if not result.restricted:
        return True
    return refusal("export", desk.actor, Subject(desk.organisation.path, register), desk.pack) is None


def fact_of(result: FigureResult, figure: Figure, directory: Directory) -> FigureFact:
    """One figure; `scope_name` is what a text calls the unit."""
    code = result.scope.removeprefix("unit:")
    names = [unit.name for unit in directory.units.values() if unit.code == code]
    return FigureFact(
        figure=result.figure,
        title=result.title,
        counted_in=result.counted_in,
        value=result.value,
        synonyms=figure.synonyms or (figure.title,),
        section=figure.section,
        actor=figure.actor,
        context=figure.context,
        forbid=figure.forbid,
        scope="" if result.scope == ORGANISATION else result.scope,
        scope_name=names[0] if names and result.scope != ORGANISATION else "",
        register=figure.register,
        hits=result.hits,
        covered=result.status != "no_record",
        share=result.is_share,
        places=result.places,
    )


def with_trace(fact: FigureFact, result: FigureResult, desk: Desk, directory: Directory, period: Period) -> FigureFact:
    """The fact with the entries behind it, and for a figure by sub-period the count of each."""
    if not result.hits:
        return fact
    figure = desk.pack.figures[result.figure]
    rows = trace(result.figure, result.scope, desk.organisation.id, desk.pack, period, directory)
    fact = replace(fact, entry_ids=tuple(row.id for row in rows))
    if figure.measure != "least_per":
        return fact
    days = [row.happened_on for row in rows if row.happened_on is not None]
    parts = zip(PART_NAMES[figure.every], period.split(figure.every), strict=True)
    return replace(
        fact,
        parts=tuple(
            (name, Decimal(sum(day in part for day in days))) for name, part in parts if part.start < period.end
        ),
    )


def read_decisions(organisation_id: UUID) -> dict[str, list[Binding]]:
    """What people decided, by fingerprint; of two decisions on one phrase and figure the later one."""
    latest: dict[tuple[str, str, str], BindingDecision] = {}
    for row in BindingDecision.objects.filter(organisation_id=organisation_id).order_by("decided_at", "id"):
        latest[row.fingerprint, row.figure, row.scope] = row
    found: dict[str, list[Binding]] = {}
    for row in latest.values():
        found.setdefault(row.fingerprint, []).append(binding_of(row))
    return found


def binding_of(row: BindingDecision) -> Binding:
    """A stored decision as the number check reads it."""
    return Binding(
        fingerprint=row.fingerprint,
        figure=row.figure,
        state="confirmed" if row.state == "confirmed" else "refused",
        scope=row.scope,
        who=row.decided_by,
        when=row.decided_at.date().isoformat(),
    )


def decide(desk: Desk, fingerprint: str, figure: str, scope: str, confirmed: bool) -> None:
    """Remembers that a phrase means a figure, or that it does not."""
    desk.require("report", Subject(desk.organisation.path))
    BindingDecision.objects.create(
        id=new_id(),
        organisation_id=desk.organisation.id,
        fingerprint=fingerprint[:300],
        figure=figure,
        scope=scope,
        state="confirmed" if confirmed else "refused",
        decided_by=desk.author.name,
        decided_at=desk.now,
    )


def figures_not_mentioned(facts: list[FigureFact], bound: set[tuple[str, str]]) -> Iterator[FigureFact]:
    """Figures that the ledger holds and the report does not speak of."""
    return (fact for fact in facts if fact.value and (fact.figure, fact.scope) not in bound)
