"""What may follow: the steps out of a state, and what is missing before one can be taken. Who may: `permissions`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from lianze.domain.errors import Problem
from lianze.pack.definitions import Register, Transition


@dataclass(frozen=True)
class Standing:
    """An entry as far as steps depend on it. `values` by field name; empty text and None count as missing.

    `participants` and `links` count people by role and links by relation; `evidence` counts files.
    """

    state: str
    values: Mapping[str, object] = field(default_factory=dict)
    participants: Mapping[str, int] = field(default_factory=dict)
    links: Mapping[str, int] = field(default_factory=dict)
    evidence: int = 0


def first_state(register: Register) -> str:
    """Where an entry starts; empty for a register without states."""
    return register.state[0].id if register.state else ""


def steps_confirming(register: Register, state: str) -> tuple[Transition, ...]:
    """The steps into `state` where all that lead there need a second person; none where somebody gets there alone."""
    leading = [step for step in register.transition if step.to == state]
    return tuple(leading) if leading and all(step.second_person for step in leading) else ()


def is_final(register: Register, state: str) -> bool:
    """Whether an entry in `state` counts as closed."""
    return any(known.id == state and known.final for known in register.state)


def steps_from(register: Register, state: str) -> tuple[Transition, ...]:
    """The steps that may follow `state`, in the order of the definition."""
    return tuple(step for step in register.transition if state in step.start)


def find_step(register: Register, step_id: str) -> Transition | None:
    """The step of that id; None when the register has none."""
    return next((step for step in register.transition if step.id == step_id), None)


def asked_day(step: Transition) -> str:
    """The date field that is to be given with the step; empty for none."""
    return "" if step.takes else step.sets


def is_plan(register: Register, step: Transition) -> bool:
    """Whether the day given with the step is one to be done by, which may lie ahead: the limit, or one asked for."""
    later = {known.takes for known in register.transition if known.sets == "due_on"}
    return step.sets in {"due_on", *later} - {""}


def kept_by_steps(register: Register) -> frozenset[str]:
    """Fields that steps alone fill: what one step asks for and another grants, and what steps count."""
    return frozenset(name for step in register.transition for name in (step.takes, step.counts) if name)


def pending_field(register: Register, state: str) -> str:
    """The date field that holds what waits for an answer in `state`; empty where nothing does."""
    return next((step.takes for step in steps_from(register, state) if step.takes), "")


def step_problems(register: Register, step_id: str, entry: Standing, day: date | None, reason: str) -> list[Problem]:
    """Everything that keeps the entry from taking the step; `day` is the date it fills where the step sets one."""
    step = find_step(register, step_id)
    if step is None:
        return [problem(register, "step", f"没有“{step_id}”这一步 / no such step")]
    problems: list[Problem] = []
    if entry.state not in step.start:
        titles = "、".join(state.title for state in register.state if state.id in step.start)
        problems.append(problem(register, "state", f"“{step.title}”只能从“{titles}”办理 / not from this state"))
    if step.reason and not reason.strip():
        problems.append(problem(register, "reason", f"“{step.title}”须写明理由 / a reason must be given"))
    if step.sets and not step.takes and day is None:
        title = title_of(register, step.sets)
        problems.append(problem(register, step.sets, f"“{step.title}”须填“{title}” / the date must be given"))
    problems.extend(missing_of(register, step, entry))
    return problems


def missing_of(register: Register, step: Transition, entry: Standing) -> list[Problem]:
    """What the step needs and the entry does not have."""
    return [
        problem(register, need, f"“{step.title}”之前须有“{title_of(register, need)}” / {need} must be there first")
        for need in (*step.needs, *([step.takes] if step.takes else []))
        if need != step.sets and not is_there(need, entry)
    ]


def is_there(need: str, entry: Standing) -> bool:
    """Whether the entry has `need`: a field, `@role`, `>relation` or `evidence`."""
    if need == "evidence":
        return entry.evidence > 0
    if need.startswith("@"):
        return entry.participants.get(need[1:], 0) > 0
    if need.startswith(">"):
        return entry.links.get(need[1:], 0) > 0
    value = entry.values.get(need)
    return value is not None and value != "" and value != []


def title_of(register: Register, need: str) -> str:
    """The Chinese title of what a step needs or sets."""
    titles = {known.name: known.title for known in register.field}
    titles |= {f"@{known.role}": known.title for known in register.participant}
    titles |= {f">{known.relation}": known.title for known in register.link}
    return {"evidence": "佐证", **titles}.get(need, need)


def problem(register: Register, rule: str, sentence: str) -> Problem:
    """A fault of one step."""
    return Problem(register.title, rule, sentence)
