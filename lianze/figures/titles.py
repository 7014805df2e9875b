"""What the things that figures are about are called, in Chinese and English, so that every page and command says the same."""

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from lianze.ledger.conditions import EXACT_COLUMNS
from lianze.ledger.exact import from_stored
from lianze.org.directory import Directory
from lianze.pack.choosing import Named, options_of
from lianze.pack.definitions import Figure, Pack, Register

Title = tuple[str, str]


class Titled(Protocol):
    """Whatever in a pack people read the name of."""

    @property
    def title(self) -> str: ...
    @property
    def title_en(self) -> str: ...


SOURCES: dict[str, Title] = {
    "people": ("人员", "people"),
    "units": ("机构", "units"),
    "appointments": ("任职", "appointments"),
    "portfolios": ("分工", "areas in charge of"),
    "checklists": ("检查清单", "checklists"),
}
# Attributes of people, units, posts held and areas that have no vocabulary of their own.
ATTRIBUTES: dict[str, Title] = {
    "listed": ("主要负责人不得直接分管的事项", "Area that the principal may not be directly in charge of"),
    "party_member": ("中共党员", "Party member"),
    "kind": ("机构类别", "Kind of unit"),
    "unit": ("机构", "Unit"),
    "post": ("职务", "Post"),
    "code": ("编码", "Code"),
    "name": ("名称", "Name"),
}
COLUMNS: dict[str, Title] = {"kind": ("类型", "Kind"), "unit": ("机构", "Unit"), "state": ("状态", "State")}
TRUTH: dict[str, Title] = {"true": ("是", "yes"), "false": ("否", "no")}


def title_of(definition: Titled) -> Title:
    """A definition's title in both languages."""
    return definition.title, definition.title_en or definition.title


def source_title(figure: Figure, pack: Pack) -> Title:
    """The register, or what else is counted."""
    register = pack.registers.get(figure.register)
    return title_of(register) if register else SOURCES.get(figure.source, ("", ""))


def subject_title(name: str, register: Register | None, pack: Pack) -> Title:
    """A field, a role (with or without its `@`), or an attribute of people and units; ("", "") for what is not known.

    A name that is both is the field, which the `@` tells from the role.
    """
    if register is None:
        vocabulary = pack.vocabularies.get(name)
        return title_of(vocabulary) if vocabulary else ATTRIBUTES.get(name, ("", ""))
    titles = {part.role: title_of(part) for part in register.participant}
    if name.startswith("@"):
        return titles.get(name[1:], ("", ""))
    titles |= COLUMNS | {field.name: title_of(field) for field in register.field}
    return titles.get(name, ("", ""))


def value_title(value: str, name: str, register: Register | None, pack: Pack) -> Title:
    """One value of a field or attribute; as it stands where it has no title. A kind ending in “.” is its whole family."""
    if register is None:
        known = pack.vocabularies.get("unit_kind" if name == "kind" else name)
        return TRUTH.get(value) or among(known.choice if known else (), value)
    if name == "kind":
        family = [k for k in register.kind if k.id == value or (value.endswith(".") and k.id.startswith(value))]
        titles = [title_of(kind) for kind in family] or [(value, value)]
        return "、".join(chinese for chinese, _ in titles), ", ".join(english for _, english in titles)
    if name == "state":
        return among(register.state, value)
    field = next((field for field in register.field if field.name == name), None)
    if field is None:
        return value, value
    if field.type == "boolean":
        return TRUTH.get(value, (value, value))
    return among(options_of(field, pack).options, value)


def among(options: Iterable[Named], value: str) -> Title:
    """The title of the option with that id; the id where there is none."""
    return next((title_of(one) for one in options if one.id == value), (value, value))


def apart_title(value: str, figure: Figure, pack: Pack, directory: Directory) -> Title:
    """A value that a figure tells apart, as the ledger keeps it: an id of a person or unit, a choice, a number, text."""
    register, name = pack.registers.get(figure.register), figure.of.removeprefix("@")
    kept = next((field.type for field in register.field if field.name == name), "text") if register else "text"
    if kept == "person":
        name = directory.called(UUID(value)) or value
        return name, name
    if kept == "unit":
        unit = directory.units.get(UUID(value))
        return (unit.name, unit.name) if unit else (value, value)
    if name in EXACT_COLUMNS:
        number = format(from_stored(int(value)), "f")
        return number, number
    return value_title(value, name, register, pack)
