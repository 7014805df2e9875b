"""A form's controls, from the register's definition. What is typed stays text until it is parsed, and is shown again
as it was typed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from lianze.exchange.outsiders import near_names
from lianze.exchange.people import split_names
from lianze.org.directory import Directory
from lianze.pack import Pack
from lianze.pack.choosing import options_of
from lianze.pack.definitions import Field, LinkRule, Participant, Register
from lianze.pack.kinds import covers
from lianze.rules.requirements import advised_in, needed_in
from lianze.rules.transitions import kept_by_steps
from lianze.web.language import both, named

# How many roles stand open, where the kind names none of its own, before the rest is folded away.
ROLES_OPEN = 2
# Text typed for each control: several people or links come as several texts.
Typed = Mapping[str, list[str]]


@dataclass(frozen=True)
class Control:
    """One control. `name` is a field, `kind`, `@role` or `>relation`; `kind` says which template draws it."""

    name: str
    title: str
    kind: str
    required: bool = False
    values: list[str] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    help: str = ""
    source: str = ""
    many: bool = False
    counted_in: str = ""
    # May guests be typed, and which of the values are nobody's of the organisation?
    outside: bool = False
    guests: frozenset[str] = frozenset()
    # Guests who are likely colleagues, with those whom they may be.
    near: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """For the label; names hold characters that ids had better not."""
        return "c-" + self.name.replace("@", "who-").replace(">", "to-")

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def labels(self) -> list[tuple[str, str]]:
        """Chosen values with what they are called."""
        titles = dict(self.options)
        return [(value, titles.get(value, value)) for value in self.values]


@dataclass(frozen=True)
class Layout:
    """A form's controls: those at hand, and those folded away until somebody needs them."""

    open: list[Control]
    folded: list[Control]


def layout_of(
    register: Register,
    pack: Pack,
    directory: Directory,
    typed: Typed,
    faults: Mapping[str, list[str]],
    link_titles: Mapping[str, str],
) -> Layout:
    """All controls for the kind that is typed. Open stand the required ones, those of the list's columns, the kind's
    own fields and roles, and whatever is filled or faulty."""
    kind, by_steps = one(typed, "kind"), kept_by_steps(register)
    controls = [kind_control(register, typed, faults)] if register.kind else []
    controls += [
        field_control(known, pack, directory, typed, faults)
        for known in register.field
        if known.name not in by_steps and (not known.kinds or covers(known.kinds, kind))
    ]
    own_roles, needed = roles_of(register, kind), needed_in(register, kind)
    roles = [(part, role_control(part, directory, typed, faults)) for part in register.participant]
    controls += [c for part, c in roles if is_asked(part, own_roles) or c.values or c.faults]
    controls += [link_control(link, pack, typed, faults, link_titles) for link in register.link]
    first = own_roles or register.participant[:ROLES_OPEN]
    at_hand = {"kind", *register.columns, *(f"@{part.role}" for part in first)}
    controls = [replace(control, required=True) if control.name in needed else control for control in controls]
    advised = advised_in(register, kind) - needed
    controls = [with_advice(control) if control.name in advised else control for control in controls]
    own = {known.name for known in register.field if known.kinds}
    is_open = {
        c.name: c.required or c.name in at_hand | own | advised or bool(c.values) or bool(c.faults) for c in controls
    }
    return Layout([c for c in controls if is_open[c.name]], [c for c in controls if not is_open[c.name]])


def with_advice(control: Control) -> Control:
    """The control with the advice to fill it."""
    said = both("建议填写", "Better filled in")
    return replace(control, help=both("；", "; ").join(text for text in (said, control.help) if text))


def roles_of(register: Register, kind: str) -> list[Participant]:
    """The roles that the kind names as its own; none where no kind is chosen, or none speaks of it."""
    return [part for part in register.participant if covers(part.kinds, kind)]


def is_asked(part: Participant, own_roles: Sequence[Participant]) -> bool:
    """Whether the form asks for the role: a kind with roles of its own leaves out those of other kinds."""
    return not own_roles or part in own_roles or not part.kinds


def one(typed: Typed, name: str) -> str:
    """The first text typed for a control."""
    found = typed.get(name) or [""]
    return found[0]


def given(typed: Typed, name: str) -> list[str]:
    """Texts typed that are not blank."""
    return [text for text in typed.get(name, []) if text.strip()]


def kind_control(register: Register, typed: Typed, faults: Mapping[str, list[str]]) -> Control:
    """The choice of a kind."""
    options = [(kind.id, named(kind)) for kind in register.kind]
    title = both("类型", "Kind")
    required = register.kind_required
    return Control("kind", title, "choice", required, given(typed, "kind"), options, list(faults.get("kind", [])))


def field_control(
    known: Field, pack: Pack, directory: Directory, typed: Typed, faults: Mapping[str, list[str]]
) -> Control:
    """The control of one field."""
    values = given(typed, known.name)
    return Control(
        name=known.name,
        title=named(known),
        kind="people" if known.type == "person" else known.type,
        required=known.required,
        values=values,
        options=people_labels(values, directory) if known.type == "person" else field_options(known, pack, directory),
        faults=list(faults.get(known.name, [])),
        help=both(known.help, known.help_en or known.help),
        source="/people/",
        counted_in=known.counted_in,
    )


def field_options(known: Field, pack: Pack, directory: Directory) -> list[tuple[str, str]]:
    """What a field's value is chosen from."""
    if known.type == "unit":
        units = sorted(directory.units.values(), key=lambda unit: (unit.order, unit.code))
        return [(unit.name, unit.name) for unit in units if unit.closed_on is None]
    if known.type == "boolean":
        return [("是", both("是", "yes")), ("否", both("否", "no"))]
    return [(choice.id, named(choice)) for choice in options_of(known, pack).options]


def role_control(part: Participant, directory: Directory, typed: Typed, faults: Mapping[str, list[str]]) -> Control:
    """The picker of people in one role."""
    name = f"@{part.role}"
    values = given(typed, name)
    help_text = both("可输入姓名或拼音首字母", "Name or pinyin initials")
    if part.positions:
        shown = "、".join(named(position) for position in part.positions)
        example = part.positions[0].title
        help_text += both(
            f"；按发言顺序，表态写在括号里，如“张三（{example}）”：{shown}",
            f"; in speaking order, the position in brackets: {shown}",
        )
    return Control(
        name,
        named(part),
        "people",
        part.required,
        values,
        people_labels(values, directory),
        faults=list(faults.get(name, [])),
        help=help_text,
        source="/people/",
        many=part.many,
        outside=part.outside,
        guests=frozenset(text for text in values if part.outside and is_guest(text, directory)),
        near=near_guests(values, directory) if part.outside else {},
    )


def people_labels(texts: Sequence[str], directory: Directory) -> list[tuple[str, str]]:
    """What is typed, with whom it means where that is a code: namesakes are typed by theirs."""
    found = []
    for text in texts:
        mark = re.search("[（(]", text)
        name, position = (text[: mark.start()], text[mark.start() :]) if mark else (text, "")
        people = directory.people_named(name.strip())
        found.append((text, directory.called(people[0]) + position if len(people) == 1 else text))
    return found


def is_guest(text: str, directory: Directory) -> bool:
    """Whether a name, as typed, is nobody's of the organisation."""
    return bool(guest_names(text, directory))


def guest_names(text: str, directory: Directory) -> list[str]:
    """The names in what is typed that are nobody's of the organisation."""
    names = split_names(text, lambda known: bool(directory.people_named(known)))
    return [one.name for one in names if not directory.people_named(one.name)]


def near_guests(texts: Sequence[str], directory: Directory) -> dict[str, list[str]]:
    """The guests among names as typed that are one character from colleagues', with those."""
    found = {name: near_names(name, directory) for text in texts for name in guest_names(text, directory)}
    return {name: near for name, near in found.items() if near}


def link_control(
    link: LinkRule, pack: Pack, typed: Typed, faults: Mapping[str, list[str]], titles: Mapping[str, str]
) -> Control:
    """The picker of entries that one relation leads to."""
    name = f">{link.relation}"
    to = pack.registers[link.to]
    return Control(
        name,
        named(link),
        "entries",
        link.required,
        given(typed, name),
        options=[(value, titles.get(value, value)) for value in given(typed, name)],
        faults=list(faults.get(name, [])),
        help=both(f"在“{to.title}”中查找", f"Search in “{to.title_en}”"),
        source=f"/registers/{link.to}/find/",
        many=True,
    )
