"""A list's filter: read from the address, applied to the entries the actor may see."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianze.ledger.models import Entry, Participation
from lianze.ledger.search import titled
from lianze.pack.dates import parse_date
from lianze.pack.definitions import Register
from lianze.pack.shown import Fault

COLUMN = {"kind": "kind", "state": "state", "level": "level", "unit": "unit_id", "owner": "owner_id"}
IDS = ("unit", "owner")
FEW = 200
# Every state that isn't final, as a choice of the state filter; no state's id has a hyphen.
NOT_FINAL = "not-final"


@dataclass(frozen=True)
class Filter:
    """What is asked for. `chosen` by field name; days include both ends;"""

    chosen: Mapping[str, str] = field(default_factory=dict)
    start: date | None = None
    end: date | None = None
    person: UUID | None = None
    text: str = ""
    withdrawn: bool = False

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The filter as names and values of an address."""
        pairs: list[tuple[str, str]] = sorted(self.chosen.items())
        pairs += [("from", self.start.isoformat())] if self.start else []
        pairs += [("to", self.end.isoformat())] if self.end else []
        pairs += [("person", str(self.person))] if self.person else []
        pairs += [("q", self.text)] if self.text else []
        pairs += [("withdrawn", "1")] if self.withdrawn else []
        return pairs

    @property
    def query(self) -> str:
        """The filter as a query string."""
        return urlencode(self.pairs)


def names_of(register: Register) -> tuple[str, ...]:
    """The fields that the register's list is filtered by."""
    states = ("state",) if register.state and "state" not in register.filters else ()
    return (*register.filters, *states)


def parse_filter(register: Register, given: Mapping[str, str]) -> Filter:
    """The filter in an address; what makes no sense there is as though it were not given."""
    chosen = {name: given[name].strip() for name in names_of(register) if given.get(name, "").strip()}
    return Filter(
        chosen={name: value for name, value in chosen.items() if name not in IDS or parse_id(value)},
        start=parse_day(given.get("from", "")),
        end=parse_day(given.get("to", "")),
        person=parse_id(given.get("person", "")),
        text=given.get("q", "").strip()[:100],
        withdrawn=given.get("withdrawn", "") == "1",
    )


def parse_day(text: str) -> date | None:
    """A day as offices write it."""
    day = parse_date(text) if text.strip() else None
    return None if isinstance(day, Fault) else day


def parse_id(text: str) -> UUID | None:
    """An id."""
    try:
        return UUID(text)
    except ValueError:
        return None


def filtered(entries: QuerySet[Entry], register: Register, asked: Filter, organisation_id: UUID) -> QuerySet[Entry]:
    """Those of `entries` that the filter lets through."""
    rows = entries.filter(register=register.id)
    if not asked.withdrawn:
        rows = rows.filter(withdrawn=False)
    for name, value in asked.chosen.items():
        rows = rows.filter(**condition(register, name, value))
    if asked.start:
        rows = rows.filter(happened_on__gte=asked.start)
    if asked.end:
        rows = rows.filter(happened_on__lte=asked.end)
    if asked.text:
        rows = rows.filter(titled(rows, asked.text))
    if asked.person:
        rows = rows.filter(with_person(asked.person, organisation_id))
    return rows


def with_person(person_id: UUID, organisation_id: UUID) -> Q:
    """Entries that somebody takes part in or answers for.

    The entries of whoever takes part in few are named one by one, so that the database starts from them; for whoever
    takes part in nearly everything it had better look at each entry of the list in turn.
    """
    parts = Participation.objects.filter(organisation_id=organisation_id, person_id=person_id)
    few = list(parts.values_list("entry_id", flat=True)[: FEW + 1])
    # As two bounds rather than one equation, which PostgreSQL would answer by gathering all of the person's parts first.
    of_entry = parts.filter(entry_id__gte=OuterRef("id"), entry_id__lte=OuterRef("id"))
    taking_part = Q(id__in=few) if len(few) <= FEW else Q(Exists(of_entry))
    return taking_part | Q(owner_id=person_id)


def condition(register: Register, name: str, value: str) -> dict[str, object]:
    """One chosen value as a look-up. A kind that ends in “.” stands for its family, as a range that an index serves."""
    if name == "kind" and value.endswith("."):
        return {"kind__gte": value, "kind__lt": value[:-1] + "/"}
    if name == "state" and value == NOT_FINAL:
        return {"state__in": [state.id for state in register.state if not state.final]}
    if name in COLUMN:
        return {COLUMN[name]: value}
    known = next((one for one in register.field if one.name == name), None)
    if known is not None and known.type == "boolean":
        return {f"data__{name}": value == "yes"}
    if known is not None and known.type == "choices":
        return {f"data__{name}__icontains": f'"{value}"'}
    return {f"data__{name}": value}
