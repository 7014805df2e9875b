"""Whom a row of 人员 means: by number, which never passes to another name; a row without one, by name and then by unit."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from lianze.exchange.drafts import Draft
from lianze.exchange.people import unpadded
from lianze.ledger.newcomers import free_codes
from lianze.org.directory import Directory
from lianze.pack.shown import Fault
from lianze.pack.spelling import folded


class PersonCodes:
    """The numbers of the rows of one sheet."""

    def __init__(self, directory: Directory, drafts: Sequence[Draft]) -> None:
        self.people = {person.code: person for person in directory.people.values()}
        self.names = Counter(folded(str(draft.values.get("name") or "")) for draft in drafts)
        self.free = free_codes(self.people.keys() | {str(draft.values.get("code") or "") for draft in drafts})

    def code_of(self, draft: Draft, unit_id: UUID | None) -> str | Fault:
        """The number of whoever a row means, a new one for a newcomer without; a Fault where that cannot be known."""
        code, name = str(draft.values.get("code") or ""), unpadded(str(draft.values.get("name") or ""))
        if code:
            known = self.people.get(code)
            return code if known is None or folded(known.name) == folded(name) else renamed(code, known.name)
        same = [person for person in self.people.values() if folded(person.name) == folded(name)]
        if len(same) > 1:
            same = [person for person in same if person.unit_id == unit_id] or same
        if len(same) > 1 or self.names[folded(name)] > 1:
            codes = "、".join(sorted(person.code for person in same))
            there = f"（台账中有{codes}）" if codes else ""
            return Fault(f"叫“{name}”的不止一人{there}，请填编号 / several people of that name: give the number")
        return same[0].code if same else next(self.free)


def renamed(code: str, name: str) -> Fault:
    """A number under which somebody else is kept."""
    return Fault(
        f"{code}在台账中是{name}；改名请在“单位”页办理，另一人请换编号 /"
        f" {code} is {name} in the ledger: change a name on the page Organisation, give somebody else another number"
    )
