"""Faults of states and steps: every state can be reached, every step leads somewhere and asks for what exists."""

from collections.abc import Iterator

from lianze.domain.columns import ENTRY_COLUMNS
from lianze.pack import definitions as d
from lianze.pack.faults.scene import Scene, repeated


def check_states(scene: Scene, register: d.Register) -> None:
    """States and transitions of one register."""
    states = {state.id for state in register.state}
    for i, step in enumerate(register.transition):
        for state in step.start:
            if state not in states:
                scene.say(register, ("transition", i, "start"), f"没有状态“{state}” / no such state: {state}")
        if not step.start:
            scene.say(register, ("transition", i, "start"), "没有起始状态 / no state to start from")
        if step.to not in states:
            scene.say(register, ("transition", i, "to"), f"没有状态“{step.to}” / no such state: {step.to}")
        check_step(scene, register, step, i)
    for i, title in repeated(state.title for state in register.state):
        scene.say(register, ("state", i, "title"), f"状态名“{title}”重复，无法区分 / can't be told apart")
    reached = reachable(register)
    for i, known in enumerate(register.state):
        if known.id not in reached:
            scene.say(register, ("state", i, "id"), f"状态“{known.id}”无法到达 / no step leads to {known.id}")


def check_step(scene: Scene, register: d.Register, step: d.Transition, position: int) -> None:
    """What one step sets, needs and is kept for."""
    for key, sentence in (*date_faults(register, step), *number_faults(register, step)):
        scene.say(register, ("transition", position, key), sentence)
    there = {field.name for field in register.field} | {"evidence"}
    there |= {f"@{participant.role}" for participant in register.participant}
    there |= {f">{link.relation}" for link in register.link}
    for need in step.needs:
        if need not in there:
            sentence = f"没有“{need}”（字段、@角色、>关联 或 evidence） / nothing called {need}"
            scene.say(register, ("transition", position, "needs"), sentence)
    for role in step.roles:
        if role not in scene.pack.roles:
            scene.say(register, ("transition", position, "roles"), f"没有角色“{role}” / no such role: {role}")


def date_faults(register: d.Register, step: d.Transition) -> Iterator[tuple[str, str]]:
    """Key and sentence for days filled, taken and emptied that the register does not have, or cannot do without."""
    dates = {field.name: field for field in register.field if field.type == "date"}
    named = [("sets", step.sets), ("takes", step.takes), *(("clears", name) for name in step.clears)]
    for key, name in named:
        if name and name not in dates:
            yield key, f"没有日期字段“{name}” / no such date field: {name}"
        elif key == "clears" and dates[name].required:
            yield key, f"“{name}”必填，不能清空 / must be filled and cannot be emptied: {name}"
    if step.takes and (not step.sets or step.takes == step.sets):
        yield "takes", "takes 须与另一日期字段的 sets 同时写 / takes goes with sets of another date field"
    if step.sets and step.sets in step.clears:
        yield "clears", f"“{step.sets}”不能既填又清空 / cannot be filled and emptied: {step.sets}"
    if step.second_person and step.same_person:
        yield "same_person", "不能与 second_person 同时写 / cannot go with second_person"


def number_faults(register: d.Register, step: d.Transition) -> Iterator[tuple[str, str]]:
    """Key and sentence for what is counted and is no integer of its own."""
    numbers = {field.name for field in register.field if field.type == "integer"} - {*ENTRY_COLUMNS}
    if step.counts and step.counts not in numbers:
        yield "counts", f"没有整数字段“{step.counts}” / no such integer field, apart from columns: {step.counts}"


def reachable(register: d.Register) -> set[str]:
    """States that some path of steps leads to from the first."""
    reached = {state.id for state in register.state[:1]}
    while more := {step.to for step in register.transition if reached & set(step.start)} - reached:
        reached |= more
    return reached
