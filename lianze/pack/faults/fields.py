"""Faults of one field: choices, limits, measure word, and what the entry table's own columns can hold."""

from lianze.pack import definitions as d
from lianze.pack.build import Path
from lianze.pack.faults.conditions import kind_faults
from lianze.pack.faults.scene import Scene, repeated
from lianze.pack.faults.words import Words

# Entry column → field types it can hold; a field of any other name goes to `data` and may be of any type.
COLUMN_TYPES: dict[str, tuple[str, ...]] = {
    "title": ("text",),
    "unit": ("unit",),
    "owner": ("person",),
    "happened_on": ("date",),
    "ended_on": ("date",),
    "due_on": ("date",),
    "done_on": ("date",),
    "level": ("choice", "text"),
    "quantity": ("integer", "decimal"),
    "amount": ("integer", "decimal"),
}
RESERVED = ("number", "kind", "state")
NUMBERS = ("integer", "decimal")


def check_field(scene: Scene, words: Words, register: d.Register, field: d.Field, path: Path) -> None:
    """Everything about one field of `register`."""
    for key, sentence in (*name_faults(field), *choice_faults(scene, field), *number_faults(words, field)):
        scene.say(register, (*path, key), sentence)
    for kind in field.kinds:
        for sentence in kind_faults(register, kind):
            scene.say(register, (*path, "kinds"), sentence)
    if field.about and field.type != "person":
        scene.say(register, (*path, "about"), "about 只用于人 / only a person field can be what the entry is about")


def name_faults(field: d.Field) -> list[tuple[str, str]]:
    """The name is free for a field of this type."""
    if field.name in RESERVED:
        return [("name", f"“{field.name}”由系统维护，不能作字段 / kept by the system")]
    allowed = COLUMN_TYPES.get(field.name)
    if allowed and field.type not in allowed:
        return [("type", f"“{field.name}”的类型应为 {'、'.join(allowed)} / this column holds another type")]
    return []


def choice_faults(scene: Scene, field: d.Field) -> list[tuple[str, str]]:
    """A choice has choices from one place; nothing else has any."""
    chooses = field.type in ("choice", "choices")
    given = bool(field.choices) + bool(field.vocabulary)
    if chooses and given != 1:
        return [("choices", "须且只须写 choices 或 vocabulary / exactly one of choices, vocabulary")]
    if not chooses and given:
        return [("choices", f"{field.type} 不能有可选值 / only a choice has choices")]
    if field.vocabulary and field.vocabulary not in scene.pack.vocabularies:
        return [("vocabulary", f"没有词表“{field.vocabulary}” / no such vocabulary: {field.vocabulary}")]
    return [
        ("choices", f"可选值“{name}”重复 / this choice is there twice")
        for names in ([choice.id for choice in field.choices], [choice.title for choice in field.choices])
        for _, name in repeated(names)
    ]


def number_faults(words: Words, field: d.Field) -> list[tuple[str, str]]:
    """Limits and measure word belong to numbers, and the least is not above the most."""
    found: list[tuple[str, str]] = []
    numeric = field.type in NUMBERS
    if field.counted_in and not numeric:
        found.append(("counted_in", f"{field.type} 不是数，没有量词 / only a number is counted in something"))
    elif field.counted_in and (fault := words.fault(field.counted_in)) is not None:
        found.append(("counted_in", fault))
    if not numeric and (field.minimum is not None or field.maximum is not None):
        found.append(("minimum", f"{field.type} 不是数，没有上下限 / only a number has limits"))
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        found.append(("minimum", "下限大于上限 / the minimum is above the maximum"))
    return found
