"""Units, people, posts and portfolios before and after an import, by what makes two rows the same."""

from collections.abc import Hashable, Iterable, Mapping
from datetime import date

from lianze.exchange.columns import SheetPlan
from lianze.exchange.differences import MOST_CHANGES, RowChange, Texts, changed_fields, titled
from lianze.exchange.drafts import Draft
from lianze.ledger.org_states import AppointmentState, PersonState, PortfolioState, UnitState
from lianze.org.directory import Directory
from lianze.pack.choosing import Options

State = UnitState | PersonState | AppointmentState | PortfolioState
# What it is called, and the text in each column.
Known = tuple[str, Mapping[str, str]]


def key_of(state: State) -> Hashable:
    """What makes a row the same as one that is there."""
    match state:
        case UnitState() | PersonState():
            return state.code
        case AppointmentState():
            return state.person_id, state.post, state.unit_id, state.capacity, state.rank, state.start_on
        case PortfolioState():
            return state.person_id, state.area, state.unit_id, state.start_on


def rows_of(sheet: str, directory: Directory) -> dict[Hashable, Known]:
    """The rows of one sheet by key, with what may change in them."""
    units, people = directory.units, directory.people
    match sheet:
        case "unit":
            return {
                u.code: (
                    u.name,
                    {
                        "name": u.name,
                        "kind": u.kind,
                        "parent": units[u.parent_id].code if u.parent_id else "",
                        "order": str(u.order),
                        "created_on": day(u.created_on),
                        "closed_on": day(u.closed_on),
                    },
                )
                for u in units.values()
            }
        case "person":
            return {
                p.code: (
                    p.name,
                    {
                        "name": p.name,
                        "unit": units[p.unit_id].name,
                        "joined_on": day(p.joined_on),
                        "left_on": day(p.left_on),
                        "party_member_since": day(p.party_member_since),
                        "note": p.note,
                    },
                )
                for p in people.values()
            }
        case "appointment":
            held = (holding for holdings in directory.holdings.values() for holding in holdings)
            return {
                (h.person_id, h.post, h.unit_id, h.capacity, h.rank, h.start_on): (
                    f"{people[h.person_id].name} {h.post}",
                    {"end_on": day(h.end_on)},
                )
                for h in held
            }
    return {
        (p.person_id, p.area, p.unit_id, p.start_on): (
            people[p.person_id].name,
            {"end_on": day(p.end_on), "document": p.document},
        )
        for p in directory.portfolios
    }


def changes_of(
    plan: SheetPlan, rows: Iterable[tuple[Draft, State]], before: Directory, after: Directory
) -> list[RowChange]:
    """The first rows of a sheet that change what is there."""
    old, new = rows_of(plan.id, before), rows_of(plan.id, after)
    found: list[RowChange] = []
    for draft, state in rows:
        key = key_of(state)
        if key not in old or key not in new or old[key] == new[key] or len(found) == MOST_CHANGES:
            continue
        fields = changed_fields(texts_of(plan, old[key][1]), texts_of(plan, new[key][1]))
        found.append(RowChange(draft.row + 1, old[key][0], fields))
    return found


def texts_of(plan: SheetPlan, values: Mapping[str, str]) -> Texts:
    """The values under their columns' titles; the order is that of the sheet's rows and has no column."""
    columns = {column.key: column for column in plan.columns}
    found: dict[tuple[str, str, str], str] = {}
    for name, value in values.items():
        column = columns.get(name)
        title, title_en = (column.title, column.field.title_en) if column else ("次序", "Order")
        found[name, title, title_en] = titled(column.options if column else Options(()), value)
    return found


def day(value: date | None) -> str:
    """A day as text; "" for none."""
    return value.isoformat() if value else ""
