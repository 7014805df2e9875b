"""Faults of where-conditions: what they name must be there, and a value must be one the field can have."""

from lianze.pack import definitions as d
from lianze.pack.build import Path
from lianze.pack.faults.scene import Scene, is_day, listed
from lianze.pack.kinds import is_of

ALWAYS = ("number", "kind", "state")
NUMBERS = ("integer", "decimal")


def check_conditions(
    scene: Scene, shape: object, path: Path, register: d.Register, conditions: tuple[d.Condition, ...]
) -> None:
    """Every condition of the list at `path` of `shape`, which is about entries of `register`."""
    for i, condition in enumerate(conditions):
        for key, sentence in condition_faults(scene, register, condition):
            scene.say(shape, (*path, i, key), sentence)


def condition_faults(scene: Scene, register: d.Register, condition: d.Condition) -> list[tuple[str, str]]:
    """Key and sentence of each fault."""
    subjects = [name for name in ("field", "participant", "link") if getattr(condition, name)]
    if len(subjects) != 1:
        return [("field", "须且只须写 field、participant、link 之一 / exactly one of field, participant, link")]
    faults = {"field": field_faults, "participant": participant_faults, "link": link_faults}[subjects[0]]
    found = faults(scene, register, condition)
    unknown = set(condition.capacity) - scene.choices_of("capacity")
    if unknown:
        found.append(("capacity", f"词表 capacity 中没有“{listed(unknown)}” / no such capacity: {listed(unknown)}"))
    if condition.link == "" and (condition.register or condition.kind or condition.state):
        found.append(("link", "register、kind、state 只用于 link / these restrict a link's target only"))
    return found


def field_faults(scene: Scene, register: d.Register, condition: d.Condition) -> list[tuple[str, str]]:
    """The field is there; its values are possible; limits only where there are numbers."""
    name = condition.field
    field = next((known for known in register.field if known.name == name), None)
    if field is None and name not in ALWAYS:
        known = listed([*ALWAYS, *(known.name for known in register.field)])
        return [("field", f"台账 {register.id} 没有字段“{name}”，可用：{known} / {register.id} has no field {name}")]
    found = [
        ("values", sentence) for value in condition.values for sentence in value_faults(scene, register, name, value)
    ]
    limited = condition.at_least is not None or condition.at_most is not None
    if limited and (field is None or field.type not in NUMBERS):
        found.append(("at_least", f"“{name}”不是数，不能比较大小 / only a number has a least or most"))
    if condition.capacity and (field is None or field.type != "person"):
        found.append(("capacity", "capacity 只用于人 / a capacity restricts people only"))
    return found


def value_faults(scene: Scene, register: d.Register, name: str, value: str) -> list[str]:
    """Why the field `name` can never have `value`."""
    if name == "kind":
        return kind_faults(register, value)
    if name == "state":
        known = {state.id for state in register.state}
        return [] if value in known else [f"台账 {register.id} 没有状态“{value}” / no such state: {value}"]
    field = next((known for known in register.field if known.name == name), None)
    if field is None:
        return []
    if field.type in ("choice", "choices"):
        allowed = {choice.id for choice in field.choices} or scene.choices_of(field.vocabulary)
        return (
            []
            if value in allowed
            else [f"“{name}”没有“{value}”，可用：{listed(allowed)} / {value} is no choice of {name}"]
        )
    if field.type == "boolean" and value not in ("true", "false"):
        return [f"“{name}”只有 true、false / true or false only"]
    if field.type == "date" and not is_day(value):
        return [f"“{value}”不是日期（如 2023-01-31） / {value} is not a date"]
    return []


def kind_faults(register: d.Register, value: str) -> list[str]:
    """Why `value` selects no kind of the register."""
    if any(is_of(kind.id, value) for kind in register.kind):
        return []
    if value.endswith("."):
        return [f"台账 {register.id} 没有以“{value}”开头的类型 / no kind of {register.id} begins with {value}"]
    return [f"台账 {register.id} 没有类型“{value}” / {register.id} has no kind {value}"]


def participant_faults(_: Scene, register: d.Register, condition: d.Condition) -> list[tuple[str, str]]:
    """The role is there; values are positions it can take."""
    role = next((known for known in register.participant if known.role == condition.participant), None)
    if role is None:
        roles, name = listed(known.role for known in register.participant), condition.participant
        sentence = f"台账 {register.id} 没有参与角色“{name}”，可用：{roles} / {register.id} has no role {name}"
        return [("participant", sentence)]
    positions = {position.id for position in role.positions}
    wrong = [value for value in condition.values if value not in positions]
    return [
        ("values", f"角色“{role.role}”没有表态“{value}” / {value} is no position of {role.role}") for value in wrong
    ]


def link_faults(scene: Scene, register: d.Register, condition: d.Condition) -> list[tuple[str, str]]:
    """The relation leads from this register to the one named; kind and state are the target's."""
    rule = next((known for known in register.link if known.relation == condition.link), None)
    if rule is None:
        known = listed(known.relation for known in register.link)
        return [
            (
                "link",
                f"台账 {register.id} 没有关联“{condition.link}”，可用：{known} / {register.id} has no relation {condition.link}",
            )
        ]
    if condition.register and condition.register != rule.to:
        return [("register", f"关联“{rule.relation}”指向 {rule.to} / {rule.relation} leads to {rule.to}")]
    target = scene.pack.registers.get(rule.to)
    if target is None:
        return []
    found = [("kind", sentence) for value in condition.kind for sentence in kind_faults(target, value)]
    states = {state.id for state in target.state}
    wrong = [value for value in condition.state if value not in states]
    found.extend(("state", f"台账 {target.id} 没有状态“{value}” / no such state: {value}") for value in wrong)
    return found
