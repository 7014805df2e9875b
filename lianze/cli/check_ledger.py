"""The ledger behind `lianze check --year`: loaded only when a year is named, since it starts Django."""

from collections.abc import Mapping, Sequence

from lianze.claims.shapes import Binding, FigureFact
from lianze.cli.check_decide import Decision
from lianze.cli.office import faults_told, open_desk, start


def read_facts(year: int, organisation: str | None) -> Sequence[FigureFact]:
    """The figures of the year, of the organisation of that code (None: the only one)."""
    start()
    with faults_told():
        from lianze.reports.numbercheck import facts_of

        return facts_of(open_desk(organisation), year)


def read_bindings(organisation: str | None) -> Mapping[str, Sequence[Binding]]:
    """What people decided about phrases before, by fingerprint."""
    start()
    with faults_told():
        from lianze.reports.numbercheck import read_decisions

        return read_decisions(open_desk(organisation).organisation.id)


def keep(organisation: str | None, decisions: Sequence[Decision]) -> None:
    """Keeps what a person decided, all or nothing."""
    start()
    with faults_told():
        from django.db import transaction

        from lianze.reports.numbercheck import decide

        desk = open_desk(organisation)
        with transaction.atomic():
            for one in decisions:
                decide(desk, one.fingerprint, one.figure, one.scope, one.confirmed)
