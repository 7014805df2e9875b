"""What is asked once before a form is saved: an entry just like it, or a guest whose name is one character from a
colleague's. Sent again with what was asked about, it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery

from lianze.exchange.outsiders import near_names
from lianze.ledger.actions import Desk
from lianze.ledger.read import visible_entries
from lianze.ledger.states import EntryState
from lianze.org.directory import Directory
from lianze.org.models import Account
from lianze.pack.definitions import Register
from lianze.pack.spelling import folded
from lianze.web.requests import DeskRequest

CONFIRMED = "confirmed"


@dataclass(frozen=True)
class Twin:
    """An entry of the same register, kind, day and title. `author` is empty where only few may read who recorded it."""

    id: UUID
    title: str
    happened_on: date
    author: str
    recorded_at: datetime


@dataclass(frozen=True)
class Slip:
    """A guest who is likely a colleague, one character off. `control` is the picker's name."""

    control: str
    name: str
    near: list[str]


@dataclass(frozen=True)
class Doubts:
    """Everything asked about; `keys` is what the form carries when it is sent again."""

    twins: list[Twin]
    slips: list[Slip]
    keys: list[str]

    def __bool__(self) -> bool:
        return bool(self.twins or self.slips)


NO_DOUBTS = Doubts([], [], [])


def read_doubts(
    request: DeskRequest, register: Register, directory: Directory, new: Sequence[EntryState], base: EntryState | None
) -> Doubts:
    """What is not confirmed yet of `new` entries, or of one laid over `base`. New ones cost one query."""
    confirmed = request.POST.getlist(CONFIRMED)
    slips = [slip for slip in slips_in(new[0], base, directory) if slip_key(slip) not in confirmed]
    found = read_twins(request.desk, register, new) if base is None else []
    twins = [twin for twin in found if twin_key(twin, new[0]) not in confirmed]
    if not slips and not twins:
        return NO_DOUBTS
    keys = [*map(slip_key, slips), *(twin_key(twin, new[0]) for twin in twins), *confirmed]
    return Doubts(twins, slips, list(dict.fromkeys(keys)))


def slip_key(slip: Slip) -> str:
    """What is confirmed of a guest: this name in this role."""
    return f"{slip.control} {slip.name}"


def twin_key(twin: Twin, state: EntryState) -> str:
    """What is confirmed of an entry that is there already; another kind, day or title is asked about anew."""
    return f"{twin.id} {state.kind}"


def slips_in(state: EntryState, base: EntryState | None, directory: Directory) -> list[Slip]:
    """Guests whose names are nearly a colleague's, but those that `base` has in the same role."""
    known = {(part.role, part.outside_name) for part in base.parts} if base else set()
    guests = [part for part in state.parts if part.outside_name and (part.role, part.outside_name) not in known]
    found = [Slip(f"@{one.role}", one.outside_name, near_names(one.outside_name, directory)) for one in guests]
    return [slip for slip in found if slip.near]


def read_twins(desk: Desk, register: Register, new: Sequence[EntryState]) -> list[Twin]:
    """Entries of the same register, kind, day and title that the actor may know of, by day; one query."""
    author = Account.objects.filter(id=OuterRef("author_id")).values("display_name")[:1]
    rows = visible_entries(desk.organisation, desk.actor, desk.pack).filter(
        register=register.id, kind=new[0].kind, happened_on__in={state.happened_on for state in new}, withdrawn=False
    )
    names = ("id", "title", "happened_on", "author_name", "recorded_at")
    found = rows.annotate(author_name=Subquery(author)).order_by("happened_on", "id").values_list(*names)
    wanted = folded(new[0].title)
    return [
        Twin(entry_id, title, day, "" if register.restricted else name or "", at)
        for entry_id, title, day, name, at in found
        if folded(title) == wanted
    ]
