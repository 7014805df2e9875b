"""Faults of a register's requirements: each asks exactly one thing, of roles, people, fields and states that are there."""

from fractions import Fraction

from lianze.pack import definitions as d
from lianze.pack.build import Path
from lianze.pack.faults.conditions import kind_faults, value_faults
from lianze.pack.faults.scene import Scene, listed


def check_requirements(scene: Scene, register: d.Register) -> None:
    """Everything about the requirements of one register."""
    for i, requirement in enumerate(register.requirement):
        path: Path = ("requirement", i)
        check_shape(scene, register, requirement, path)
        check_reach(scene, register, requirement, path)
        check_roles(scene, register, requirement, path)
        days = {field.name for field in register.field if field.type == "date"}
        for name in requirement.order:
            if name not in days:
                scene.say(register, (*path, "order"), f"没有日期字段“{name}” / no such date field: {name}")
        there = {field.name for field in register.field} | {f"@{part.role}" for part in register.participant}
        for name in requirement.needs:
            if name not in there:
                scene.say(register, (*path, "needs"), f"没有字段或角色“{name}” / no such field or role: {name}")
        if requirement.turnout is not None:
            check_turnout(scene, register, requirement.turnout, (*path, "turnout"))


def check_shape(scene: Scene, register: d.Register, requirement: d.Requirement, path: Path) -> None:
    """Exactly one thing is asked."""
    asked = [requirement.last, requirement.turnout, requirement.apart, requirement.order, requirement.needs]
    if sum(1 for part in asked if part) != 1:
        sentence = (
            "须且只须写 last、turnout、apart、order、needs 之一 / exactly one of last, turnout, apart, order, needs"
        )
        scene.say(register, (*path, "id"), sentence)
    for name in ("apart", "order"):
        if len(getattr(requirement, name)) == 1:
            scene.say(register, (*path, name), "至少写两个 / two at least")


def check_reach(scene: Scene, register: d.Register, requirement: d.Requirement, path: Path) -> None:
    """Which entries it is held against: states, kinds and values that there can be."""
    if requirement.advice and requirement.states:
        scene.say(register, (*path, "advice"), "advice 不写 states / advice is held against no state")
    states = {state.id for state in register.state}
    for state in requirement.states:
        if state not in states:
            scene.say(register, (*path, "states"), f"没有状态“{state}” / no such state: {state}")
    for kind in requirement.kinds:
        for sentence in kind_faults(register, kind):
            scene.say(register, (*path, "kinds"), sentence)
    if bool(requirement.field) != bool(requirement.values):
        scene.say(register, (*path, "field"), "field 与 values 须同时写 / field and values go together")
    elif requirement.field and all(field.name != requirement.field for field in register.field):
        scene.say(register, (*path, "field"), f"没有字段“{requirement.field}” / no such field: {requirement.field}")
    elif requirement.field:
        for value in requirement.values:
            for sentence in value_faults(scene, register, requirement.field, value):
                scene.say(register, (*path, "values"), sentence)


def check_roles(scene: Scene, register: d.Register, requirement: d.Requirement, path: Path) -> None:
    """Roles, positions and capacities that there are."""
    roles = {known.role for known in register.participant}
    named = [("apart", role) for role in requirement.apart]
    if (last := requirement.last) is not None:
        named.append(("last", last.role))
        if not last.capacity:
            scene.say(register, (*path, "last"), "没有写 capacity / whose turn comes last is not said")
        if unknown := set(last.capacity) - scene.choices_of("capacity"):
            sentence = f"词表 capacity 中没有“{listed(unknown)}” / no such capacity: {listed(unknown)}"
            scene.say(register, (*path, "last"), sentence)
    if (turnout := requirement.turnout) is not None:
        named.extend(("turnout", role) for role in turnout.roles)
    for key, role in named:
        if role not in roles:
            scene.say(register, (*path, key), f"没有角色“{role}” / no such role: {role}")


def check_turnout(scene: Scene, register: d.Register, turnout: d.Turnout, path: Path) -> None:
    """A share between nothing and all, of a population that there is, by positions that the roles have."""
    if not turnout.roles:
        scene.say(register, (*path, "roles"), "没有写角色 / no role is named")
    if turnout.population not in scene.pack.populations:
        sentence = f"没有人群“{turnout.population}” / no such population: {turnout.population}"
        scene.say(register, (*path, "population"), sentence)
    try:
        is_share = 0 < Fraction(turnout.share) <= 1
    except (ValueError, ZeroDivisionError):
        is_share = False
    if not is_share:
        scene.say(register, (*path, "share"), f"“{turnout.share}”不是份额，如 2/3 / not a share such as 2/3")
    known = {choice.id for part in register.participant if part.role in turnout.roles for choice in part.positions}
    for position in turnout.positions:
        if position not in known:
            scene.say(register, (*path, "positions"), f"没有表态“{position}” / no such position: {position}")
