"""Which rows and which entries of the ledger are the same: by 编号 within the register, else by the register's key."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from uuid import UUID

from lianze.domain.columns import ENTRY_COLUMNS
from lianze.ledger.models import Entry
from lianze.ledger.states import KEYS, NO_DAY, EntryState
from lianze.org.keys import new_id
from lianze.pack.definitions import Register
from lianze.pack.shown import Fault

Key = tuple[Hashable, ...]


@dataclass(frozen=True)
class Known:
    """An entry of the ledger, as far as recognising it needs."""

    id: UUID
    number: str
    version: int


@dataclass
class Identities:
    """The entries of one register that rows may mean. `rows` are the Excel rows that have claimed an entry; `versions`
    are those of entries in the ledger.

    Rows with a number claim first, so that which entry a row means doesn't depend on the order of rows.
    """

    register: Register
    by_number: dict[str, Known] = field(default_factory=dict)
    by_key: dict[Key, list[Known]] = field(default_factory=dict)
    rows: dict[UUID, str] = field(default_factory=dict)
    versions: dict[UUID, int] = field(default_factory=dict)

    def claim(self, state: EntryState, where: str) -> UUID | Fault:
        """The entry that a row means, a new id when it means none yet; a Fault when another row means the same."""
        known = self.find(state)
        if isinstance(known, Fault):
            return known
        if known is None:
            known = Known(new_id(), state.number, 0)
            self.add(known, key_of(state, self.register))
        if known.id in self.rows:
            return Fault(self.twice(state, self.rows[known.id]))
        self.rows[known.id] = where
        return known.id

    def twice(self, state: EntryState, where: str) -> str:
        """The sentence for a row that repeats another."""
        if state.number:
            return f"编号“{state.number}”与{where}重复；编号在本台账内不得重复 / number used twice"
        return f"与{where}重复；若确是两件事，请分别填写“编号” / the same as another row; number both if they differ"

    def find(self, state: EntryState) -> Known | Fault | None:
        """By number; a row without one, or whose number is new, by what makes it the same entry."""
        if state.number and state.number in self.by_number:
            return self.by_number[state.number]
        key = key_of(state, self.register)
        found = self.by_key.get(key, []) if key is not None else []
        if state.number:
            found = [one for one in found if not one.number and one.id not in self.rows]
        if len(found) > 1:
            return Fault(
                f"有{len(found)}条记录与此行相同，请填写“编号”指明是哪一条 / several entries match; give the number"
            )
        return found[0] if found else None

    def add(self, known: Known, key: Key | None) -> None:
        """Makes an entry known."""
        if known.version:
            self.versions[known.id] = known.version
        if known.number:
            self.by_number[known.number] = known
        if key is not None:
            self.by_key.setdefault(key, []).append(known)


def key_of(state: EntryState, register: Register) -> Key | None:
    """What makes two rows the same entry; None for a row without a day or title, which is at fault anyway."""
    if state.happened_on == NO_DAY or not state.title:
        return None
    return tuple(hashable(part_of(state, name)) for name in register.key)


def part_of(state: EntryState, name: str) -> object:
    """One part of the key: a column or a value of `data`."""
    return getattr(state, KEYS.get(name, name)) if name in ENTRY_COLUMNS else state.data.get(name)


def hashable(value: object) -> Hashable:
    """The value as part of a key."""
    return tuple(value) if isinstance(value, list) else value


def read_identities(organisation_id: UUID, register: Register) -> Identities:
    """Every entry of the register, in one query."""
    columns = [KEYS.get(name, name) for name in register.key if name in ENTRY_COLUMNS]
    fetched = ["id", "number", "version", "data", *columns]
    found = Identities(register)
    rows = Entry.objects.filter(organisation_id=organisation_id, register=register.id).order_by("id")
    for row in rows.values(*fetched).iterator(chunk_size=2_000):
        key = tuple(
            hashable(row[KEYS.get(name, name)] if name in ENTRY_COLUMNS else row["data"].get(name))
            for name in register.key
        )
        found.add(Known(row["id"], row["number"], row["version"]), key)
    return found
