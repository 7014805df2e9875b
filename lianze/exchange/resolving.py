"""Names typed in cells → units and people of the organisation."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from lianze.exchange.outsiders import is_near
from lianze.exchange.people import Named, split_names
from lianze.ledger.names import pinyin_of
from lianze.ledger.states import Part
from lianze.org.directory import Directory
from lianze.pack.choosing import Options
from lianze.pack.definitions import Participant
from lianze.pack.group_words import group_fault
from lianze.pack.shown import Fault
from lianze.pack.spelling import folded

MOST_NEAR = 3


@dataclass(frozen=True)
class Excused(Fault):
    """An unknown name whose own row in 人员 or 机构 is at fault: told there, not again wherever it is named."""


@dataclass(frozen=True)
class Unknown(Fault):
    """A name that is nobody's of the organisation, which may be added."""


@dataclass(frozen=True)
class NoName(Fault):
    """Words for a group where a name is asked for: no guest either."""


@dataclass(frozen=True)
class Resolver:
    """Looks names up. `excused` are names in faulty rows of the organisation's sheets; `groups` words that are no names."""

    directory: Directory
    excused: set[str]
    groups: re.Pattern[str] | None = None

    @cached_property
    def units(self) -> dict[str, UUID]:
        """Unit by name or code, however spaced and cased."""
        every = self.directory.units.values()
        return {folded(unit.code): unit.id for unit in every} | {folded(unit.name): unit.id for unit in every}

    @cached_property
    def people(self) -> dict[str, list[UUID]]:
        """People by name or code, however spaced and cased."""
        found: dict[str, list[UUID]] = {}
        for name, ids in self.directory.names.items():
            known = found.setdefault(folded(name), [])
            known.extend(one for one in ids if one not in known)
        return found

    @cached_property
    def cells(self) -> dict[str, list[Named]]:
        """Names in cells read before: the same people meet again and again."""
        return {}

    @cached_property
    def capacities(self) -> dict[tuple[UUID, date], str]:
        """What people were on days asked before."""
        return {}

    def capacity_on(self, person_id: UUID, day: date) -> str:
        """What a person was that day."""
        found = self.capacities.get((person_id, day))
        if found is None:
            found = self.capacities[person_id, day] = self.directory.capacity_on(person_id, day)
        return found

    def named_in(self, text: str) -> list[Named]:
        """The names in one cell."""
        found = self.cells.get(text)
        if found is None:
            found = self.cells[text] = split_names(text, lambda name: folded(name) in self.people)
        return found

    def unit(self, name: str) -> UUID | Fault:
        """The unit of that name or code."""
        found = self.units.get(folded(name))
        if found is not None:
            return found
        known = "、".join(unit.name for unit in sorted(self.directory.units.values(), key=lambda u: u.order)[:12])
        return self.unknown(name, f"没有叫“{name}”的机构；应为{known} / no such unit")

    def person(self, named: Named, day: date) -> UUID | Fault:
        """The one person of that name; of several, the one of that number or the one who was there that day."""
        found = self.people.get(named.name) or self.people.get(folded(named.name), [])
        if len(found) > 1 and named.remark:
            found = [one for one in found if one in self.people.get(folded(named.remark), [])] or found
        if len(found) > 1:
            found = [one for one in found if self.is_present(one, day)] or found
        if len(found) > 1:
            return several(named.name, found, self.directory)
        if found:
            return found[0]
        if (told := group_fault(named.name, self.groups)) is not None:
            return NoName(told)
        near = self.near(named.name)
        meant, meant_en = (f"是否应为{'、'.join(near)}？", f": is it {', '.join(near)}?") if near else ("", "")
        sentence = f"“{named.name}”不是本单位人员；{meant}请核对姓名，或先在“人员”表中登记 / not a person of the organisation{meant_en}"
        return self.unknown(named.name, sentence)

    def near(self, name: str) -> list[str]:
        """Names of the organisation's people that it may be a slip of, those that sound the same alone where there are any."""
        people = [person.name for person in self.directory.people.values()]
        found = [title for title in people if is_near(folded(name), folded(title))]
        alike = [title for title in found if pinyin_of(title) == pinyin_of(name)]
        return (alike or found)[:MOST_NEAR]

    def unknown(self, name: str, sentence: str) -> Fault:
        """The fault of a name that is nobody's."""
        return Excused(sentence) if name in self.excused else Unknown(sentence)

    def is_present(self, person_id: UUID, day: date) -> bool:
        """Whether the person belongs to the organisation that day."""
        person = self.directory.people[person_id]
        return person.joined_on <= day and (person.left_on is None or day <= person.left_on)

    def parts(self, rule: Participant, text: str, day: date) -> Iterator[Part | Fault]:
        """Everybody named in one cell."""
        for named in self.named_in(text):
            position = position_of(rule, named)
            if isinstance(position, Fault):
                yield position
                continue
            person_id = self.person(named, day)
            # Who was not there that day took part from outside, where the role allows it.
            guest = isinstance(person_id, Fault) or not self.is_present(person_id, day)
            is_name = not isinstance(person_id, NoName)
            if guest and is_name and rule.outside and day != date.min and folded(named.name) not in self.ambiguous:
                yield Part(rule.role, outside_name=named.name, position=position)
            else:
                yield person_id if isinstance(person_id, Fault) else Part(rule.role, person_id, position=position)

    @cached_property
    def ambiguous(self) -> frozenset[str]:
        """Names that several people bear."""
        return frozenset(name for name, ids in self.people.items() if len(ids) > 1)


def several(name: str, found: Sequence[UUID], directory: Directory) -> Fault:
    """The fault of a name that several people bear, with their numbers."""
    codes = "、".join(sorted(directory.people[one].code for one in found))
    return Fault(f"有{len(found)}人叫“{name}”（{codes}），请填人员编号 / several people of that name; give the number")


def position_of(rule: Participant, named: Named) -> str | Fault:
    """The position taken, written in brackets behind a name; "" where the role has none or none is given."""
    if not rule.positions or not named.remark:
        return ""
    found = Options(rule.positions).parse(named.remark)
    return found if isinstance(found, str) else Fault(f"“{named.name}”的表态：{found.sentence}")
