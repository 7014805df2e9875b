"""An entry's revisions as people read them: who, when, why, and what changed from one to the next."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lianze.domain.columns import ENTRY_COLUMNS
from lianze.ledger.actions import Desk
from lianze.ledger.filters import parse_id
from lianze.ledger.models import Entry, Revision
from lianze.ledger.places import Names
from lianze.ledger.subjects import Hand, with_person
from lianze.pack.definitions import Register
from lianze.web.language import both, named
from lianze.web.shown import field_text, guest_text, kind_text, state_text, title_among


@dataclass(frozen=True)
class Difference:
    """One thing that changed."""

    title: str
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    """One revision."""

    number: int
    action: str
    author: str
    at: datetime
    why: str
    leaf_index: int
    leaf: str
    erased: bool
    differences: list[Difference]


def read_revisions(desk: Desk, entry: Entry) -> list[Revision]:
    """All of the entry's revisions in order, with who uses the accounts that wrote them."""
    rows = with_person(Revision.objects.filter(organisation_id=desk.organisation.id, subject_id=entry.id))
    return list(rows.order_by("number"))


def hands_of(revisions: list[Revision]) -> list[Hand]:
    """Who wrote each."""
    return [Hand(row.subject_id, row.author_id, row.action, vars(row)["person"]) for row in revisions]


def state_in(revision: Revision) -> dict[str, Any] | None:
    """What the entry said; None where that was erased."""
    return json.loads(revision.canonical)["state"] if revision.canonical else None


def linked_in(revisions: list[Revision]) -> set[UUID]:
    """Every entry that some revision links to."""
    states = [state for row in revisions if (state := state_in(row))]
    return {UUID(target) for state in states for _, target in state["links"]}


def history_of(
    desk: Desk, register: Register, revisions: list[Revision], names: Names, known: Mapping[UUID, Entry]
) -> list[Version]:
    """The revisions as people read them, the latest first; links only to entries among `known`."""
    states = [(row, state_in(row)) for row in revisions]
    titles = {str(entry_id): entry.title for entry_id, entry in known.items()}
    versions: list[Version] = []
    before: dict[str, str] = {}
    for row, state in states:
        after = texts_of(state, register, desk, names, titles) if state else before
        versions.append(
            Version(
                row.number,
                action_text(register, row.action),
                row.author,
                row.recorded_at,
                row.why,
                row.leaf_index,
                bytes(row.leaf).hex(),
                state is None,
                differences(before, after) if row.number > 1 else [],
            )
        )
        before = after
    return versions[::-1]


def action_text(register: Register, action: str) -> str:
    """What the revision did."""
    fixed = {
        "create": both("记录", "Recorded"),
        "amend": both("修改", "Amended"),
        "withdraw": both("撤回", "Withdrawn"),
    }
    return fixed.get(action) or title_among(register.transition, action)


def differences(before: dict[str, str], after: dict[str, str]) -> list[Difference]:
    """What differs, in the order of the definition."""
    keys = [*after, *(key for key in before if key not in after)]
    changed = [key for key in keys if before.get(key, "") != after.get(key, "")]
    return [Difference(key, before.get(key, ""), after.get(key, "")) for key in changed]


def texts_of(
    state: dict[str, Any], register: Register, desk: Desk, names: Names, titles: dict[str, str]
) -> dict[str, str]:
    """A revision's state: title of each thing → what it says."""
    found = {both("类型", "Kind"): kind_text(register, state["kind"])} if register.kind else {}
    for field in register.field:
        value = state.get(field.name) if field.name in ENTRY_COLUMNS else state["data"].get(field.name)
        found[named(field)] = field_text(field, value, desk.pack, names)
    for rule in register.participant:
        people = [part_text(part, rule.positions, names) for part in state["parts"] if part[0] == rule.role]
        found[named(rule)] = both("、", ", ").join(people)
    for link in register.link:
        linked = [
            titles[target] for relation, target in state["links"] if relation == link.relation and target in titles
        ]
        found[named(link)] = both("；", "; ").join(linked)
    found[both("佐证", "Evidence")] = both("、", ", ").join(name for name, _ in state["attachments"])
    if register.state:
        found[both("状态", "State")] = state_text(register, state["state"])
    found[both("这条记录", "This entry")] = (
        both("已撤回", "withdrawn") if state["withdrawn"] else both("有效", "stands")
    )
    return {key: text for key, text in found.items() if text}


def part_text(part: list[Any], positions: tuple[Any, ...], names: Names) -> str:
    """[role, person, outside name, position, capacity] as a name with its position."""
    person = parse_id(part[1]) if part[1] else None
    name = names.people.get(person, "") if person else guest_text(part[2])
    return f"{name}（{title_among(positions, part[3])}）" if part[3] else name
