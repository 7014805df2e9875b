"""Whether the people and links of an entry fit its register."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from lianze.ledger.states import EntryState, Part
from lianze.org.directory import Directory
from lianze.pack.definitions import Pack, Participant, Register
from lianze.pack.group_words import group_fault

LONGEST_NAME = 200
Found = Iterator[tuple[str, str]]


def problems_of_parts(state: EntryState, register: Register, directory: Directory) -> Found:
    """Unknown roles, missing and superfluous people, people who did not belong to the organisation that day."""
    roles = {participant.role: participant for participant in register.participant}
    by_role: dict[str, list[Part]] = {}
    for part in state.parts:
        by_role.setdefault(part.role, []).append(part)
    for role in by_role:
        if role not in roles:
            yield f"@{role}", f"“{register.title}”没有“{role}”这一角色 / no such role"
    for role, participant in roles.items():
        parts = by_role.get(role, [])
        if participant.required and not parts:
            yield f"@{role}", f"未填“{participant.title}” / {participant.title_en} must be given"
        if len(parts) > 1 and not participant.many:
            yield f"@{role}", f"“{participant.title}”只能填一人 / one person only"
        for sentence in faults_of_people(parts, participant, state.happened_on, directory):
            yield f"@{role}", sentence


def faults_of_people(parts: list[Part], rule: Participant, day: date, directory: Directory) -> Iterator[str]:
    """What is wrong with each person in one role."""
    seen: set[UUID | str] = set()
    for part in parts:
        who = part.person_id or part.outside_name
        if who in seen:
            yield f"“{name_of(part, directory)}”在“{rule.title}”中出现两次 / named twice"
        seen.add(who)
        sentence = (
            outside_fault(part, rule)
            if part.person_id is None
            else presence_fault(part.person_id, rule, day, directory)
        )
        if sentence is not None:
            yield sentence
        if part.position and part.position not in {position.id for position in rule.positions}:
            yield f"“{rule.title}”没有“{part.position}”这一表态 / no such position"


def problems_of_groups(state: EntryState, pattern: re.Pattern[str] | None) -> Found:
    """Words for a group where a name belongs."""
    for part in state.parts if pattern is not None else ():
        if part.outside_name and (sentence := group_fault(part.outside_name, pattern)) is not None:
            yield f"@{part.role}", sentence


def name_of(part: Part, directory: Directory) -> str:
    """The person's name."""
    person = directory.people.get(part.person_id) if part.person_id else None
    return person.name if person else part.outside_name


def outside_fault(part: Part, rule: Participant) -> str | None:
    """What is wrong with a name that is nobody's of the organisation."""
    if not part.outside_name:
        return f"“{rule.title}”有一人没有姓名 / a person without a name"
    if not rule.outside:
        return f"“{part.outside_name}”不是本单位人员，“{rule.title}”只能填本单位人员 / not a person of the organisation"
    if len(part.outside_name) > LONGEST_NAME:
        return f"“{rule.title}”姓名过长，最多{LONGEST_NAME}字 / name too long"
    return None


def presence_fault(person_id: UUID, rule: Participant, day: date, directory: Directory) -> str | None:
    """What is wrong with a person who is unknown or was not there on the entry's day."""
    person = directory.people.get(person_id)
    if person is None:
        return "有一人不是本单位人员 / not a person of the organisation"
    if rule.outside or day == date.min:
        return None
    if day < person.joined_on:
        return f"“{person.name}”{person.joined_on}才入职，{day}不在本单位 / had not joined yet that day"
    if person.left_on is not None and day > person.left_on:
        return f"“{person.name}”{person.left_on}已离职，{day}不在本单位 / had left by that day"
    return None


def problems_of_links(state: EntryState, register: Register, pack: Pack, targets: Mapping[UUID, str] | None) -> Found:
    """Unknown relations, missing links, links to the wrong register."""
    rules = {link.relation: link for link in register.link}
    given = {relation for relation, _ in state.links}
    for relation in sorted(given - rules.keys()):
        yield f">{relation}", f"“{register.title}”没有“{relation}”这一关联 / no such relation"
    for rule in register.link:
        if rule.required and rule.relation not in given:
            yield f">{rule.relation}", f"未填“{rule.title}” / {rule.title_en} must be given"
    for relation, target in state.links if targets is not None else ():
        wanted = rules[relation].to if relation in rules else None
        if wanted is not None and targets is not None and targets.get(target) != wanted:
            title = pack.registers[wanted].title if wanted in pack.registers else wanted
            yield f">{relation}", f"“{rules[relation].title}”应关联“{title}”中的记录 / must lead to that register"
