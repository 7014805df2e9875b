"""Why a step may not be taken: one answer for the entry's page, the preview of several and the list of what waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from lianze.domain.errors import Problem
from lianze.ledger.actions import Desk, problems_of_step
from lianze.ledger.filters import parse_day
from lianze.ledger.states import EntryState
from lianze.org.directory import Directory
from lianze.pack.definitions import Register, Transition
from lianze.rules import Subject, refusal
from lianze.rules.transitions import asked_day
from lianze.web.language import both, named, one_language


@dataclass(frozen=True)
class Tried:
    """A step that was sent and not taken: what was typed, and what is wrong by control (`day`, `why`, "")."""

    step: str
    day: str
    why: str
    faults: Mapping[str, list[str]] = field(default_factory=dict)


def reasons_of_step(
    desk: Desk,
    register: Register,
    state: EntryState,
    subject: Subject,
    step: Transition,
    directory: Directory,
    day: date | None = None,
    why: str = "-",
) -> list[str]:
    """Every reason, in the reader's language. Without `day` and `why` those are still to be asked for."""
    reason = refusal("transition", desk.actor, replace(subject, transition=step.id), desk.pack)
    problems = problems_of_step(desk, register, step.id, state, day, why, directory)
    if day is None:
        problems = [problem for problem in problems if problem.rule != asked_day(step)]
    return ([one_language(reason)] if reason else []) + [one_language(problem.sentence) for problem in problems]


def read_day(text: str, today: date) -> tuple[date | None, list[str]]:
    """The day typed, today where none was, and what is wrong with it."""
    if not text.strip():
        return today, []
    day = parse_day(text)
    fault = both(f"“{text[:40]}”不是日期，应为 2024-01-31 这样", f"“{text[:40]}” is no date such as 2024-01-31")
    return day, [] if day else [fault]


def tried(step: Transition, typed: Mapping[str, str], problems: Sequence[Problem]) -> Tried:
    """The step with its faults beside what they are about."""
    places = {"day": "day", asked_day(step): "day", "reason": "why"}
    faults: dict[str, list[str]] = {}
    for problem in problems:
        faults.setdefault(places.get(problem.rule, ""), []).append(one_language(problem.sentence))
    return Tried(step.id, typed.get("day", ""), typed.get("why", ""), faults)


def day_title(register: Register, step: Transition) -> str:
    """What the day asked for is called."""
    return next((named(known) for known in register.field if known.name == asked_day(step)), both("日期", "Date"))
