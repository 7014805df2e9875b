"""Faults of states and steps: every state can be reached, every step leads somewhere and asks for what exists."""

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
    dates = {field.name for field in register.field if field.type == "date"}
    if step.sets and step.sets not in dates:
        scene.say(
            register, ("transition", position, "sets"), f"没有日期字段“{step.sets}” / no such date field: {step.sets}"
        )
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


def reachable(register: d.Register) -> set[str]:
    """States that some path of steps leads to from the first."""
    reached = {state.id for state in register.state[:1]}
    while more := {step.to for step in register.transition if reached & set(step.start)} - reached:
        reached |= more
    return reached
