"""The entries behind a duty: exactly those it counts, by the same SQL."""

# ruff: noqa: S608 (every value that comes from a pack goes through `literal`)

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from lianze.domain.periods import Period
from lianze.duties.counting import conditions_of, scan_of
from lianze.ledger.conditions import all_of
from lianze.ledger.dialect import DIALECTS, Parameter, literal
from lianze.ledger.raw import as_uuid, fetch
from lianze.pack.definitions import Duty, Pack

MOST = 500


@dataclass(frozen=True)
class Counted:
    """An entry and whom it counts for (None: nobody named); `met` is false for an occasion that nothing was done at."""

    entry_id: UUID
    bearer_id: UUID | None
    met: bool


def counted_entries(
    organisation_id: UUID, duty: Duty, pack: Pack, period: Period, bearer_id: UUID | None = None
) -> list[Counted]:
    """The entries of a period that satisfy the duty, and its occasions, by date; at most `MOST`."""
    dialect = DIALECTS[connection.vendor]
    scan, (met, occasion) = scan_of(duty, dialect), conditions_of(duty, pack, dialect)
    values: dict[str, Parameter] = {
        "organisation": dialect.id(organisation_id),
        "start": period.start,
        "end": period.end,
    }
    of_bearer = ""
    if bearer_id is not None:
        of_bearer, values["bearer"] = f"{scan.bearer} = %(bearer)s", dialect.id(bearer_id)
    within = all_of(
        [
            "e.organisation_id = %(organisation)s",
            f"e.register = {literal(scan.register)}",
            "NOT e.withdrawn",
            "e.happened_on >= %(start)s AND e.happened_on < %(end)s",
            f"(({met}) OR ({occasion}))",
            of_bearer,
        ]
    )
    sql = (
        f"SELECT DISTINCT e.happened_on, e.id, {scan.bearer}, CASE WHEN {met} THEN 1 ELSE 0 END FROM {scan.rows} WHERE {within} "
        f"ORDER BY 1, 2 LIMIT {MOST}"
    )
    return [
        Counted(as_uuid(entry_id), None if bearer is None else as_uuid(bearer), met == 1)
        for _, entry_id, bearer, met in fetch(sql, values)
    ]
