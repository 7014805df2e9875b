"""Faults of roles, vocabularies and mechanisms: who may, which words, and what carries each mechanism."""

from lianze.domain.errors import Problem
from lianze.pack import definitions as d
from lianze.pack.actions import ACTIONS
from lianze.pack.faults.scene import Scene, listed, repeated
from lianze.pack.kinds import is_of

# Tables that can carry a mechanism where no register does.
TABLES = (
    "organisation",
    "unit",
    "person",
    "post",
    "appointment",
    "portfolio",
    "account",
    "grant",
    "entry",
    "participation",
    "link",
    "revision",
    "evidence",
    "checkpoint",
    "report",
    "filing",
    "figure_value",
)


def check_role(scene: Scene, role: d.Role) -> None:
    """Actions, restricted registers and exclusions are there."""
    for action in role.actions:
        if action not in ACTIONS:
            scene.say(role, ("actions",), f"没有操作“{action}”，可用：{listed(ACTIONS)} / no such action: {action}")
    for name in role.restricted:
        register = scene.pack.registers.get(name)
        if register is None or not register.restricted:
            scene.say(role, ("restricted",), f"“{name}”不是受限台账 / {name} is not a restricted register")
    for other in role.excludes:
        if other not in scene.pack.roles or other == role.id:
            scene.say(role, ("excludes",), f"没有另一角色“{other}” / no such other role: {other}")


def check_vocabulary(scene: Scene, vocabulary: d.Vocabulary) -> None:
    """Ids and titles are there once."""
    for key in ("id", "title"):
        for i, name in repeated(getattr(choice, key) for choice in vocabulary.choice):
            scene.say(vocabulary, ("choice", i, key), f"“{name}”重复 / “{name}” is there twice")
    if not vocabulary.choice:
        scene.say(vocabulary, ("choice",), "词表是空的 / the vocabulary is empty")


def check_mechanism(scene: Scene, mechanism: d.Mechanism) -> None:
    """Something carries it, and everything named is there."""
    pack = scene.pack
    shelves = (
        ("registers", mechanism.registers, pack.registers),
        ("figures", mechanism.figures, pack.figures),
        ("duties", mechanism.duties, pack.duties),
        ("tables", mechanism.tables, TABLES),
    )
    for key, names, shelf in shelves:
        for name in names:
            if name not in shelf:
                scene.say(mechanism, (key,), f"没有“{name}” / nothing called {name}")
    kinds = [kind.id for name in mechanism.registers if name in pack.registers for kind in pack.registers[name].kind]
    for name in mechanism.kinds:
        if not any(is_of(kind, name) for kind in kinds):
            scene.say(mechanism, ("kinds",), f"所列台账中没有类型“{name}” / none of its registers has the kind {name}")
    if not mechanism.registers and not mechanism.tables:
        scene.say(mechanism, ("registers",), "没有任何台账或表承载 / no register or table carries it")


def check_areas(scene: Scene) -> None:
    """The areas kept from the principal are areas."""
    known = scene.choices_of("area")
    for area in scene.pack.listed_areas:
        if area not in known:
            sentence = f"listed_areas 中的“{area}”不在词表 area 中 / not in the vocabulary area"
            scene.problems.append(Problem("pack.toml [listed_areas]", "pack", sentence))
