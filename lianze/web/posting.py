"""From what was typed to an entry's state. Values are parsed as everywhere (`lianze.pack.values`), people and units
looked up in the directory; whether the whole fits its register is the ledger's to say."""

from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from lianze.domain.columns import ENTRY_COLUMNS
from lianze.domain.errors import Problem
from lianze.exchange.people import Named, split_names
from lianze.ledger.states import NO_DAY, EntryState, Part
from lianze.org.directory import Directory
from lianze.pack import Pack
from lianze.pack.choosing import Options, options_of
from lianze.pack.definitions import Field, Participant, Register
from lianze.pack.kinds import covers
from lianze.pack.shown import Fault
from lianze.pack.values import json_value, parse_value
from lianze.rules.transitions import kept_by_steps
from lianze.tlog import JsonValue
from lianze.web.controls import Typed, given, one

KEYS = {"unit": "unit_id", "owner": "owner_id"}


@dataclass
class Reading:
    """A state being read, and every fault by control."""

    state: EntryState
    faults: dict[str, list[str]] = field(default_factory=dict)

    def fault(self, name: str, sentence: str) -> None:
        """Notes a fault of one control."""
        self.faults.setdefault(name, []).append(sentence)


def read_typed(typed: Typed, register: Register, pack: Pack, directory: Directory, base: EntryState) -> Reading:
    """The state that `typed` says, laid over `base`, which keeps what a form does not show."""
    reading = Reading(replace(base, kind=one(typed, "kind").strip(), parts=(), data={}))
    columns: dict[str, object] = {"happened_on": NO_DAY, "title": ""}
    by_steps = kept_by_steps(register)
    data: dict[str, JsonValue] = {name: value for name, value in base.data.items() if name in by_steps}
    for known in (known for known in register.field if known.name not in by_steps):
        if known.kinds and not covers(known.kinds, reading.state.kind):
            continue
        value = field_value(known, typed, pack, directory, reading)
        if value is None:
            columns |= {KEYS.get(known.name, known.name): None} if is_empty_column(known.name) else {}
        elif known.name in ENTRY_COLUMNS:
            columns[KEYS.get(known.name, known.name)] = value
        else:
            data[known.name] = str(value) if isinstance(value, UUID) else json_value(value)  # type: ignore[arg-type, assignment]
    parts = [part for rule in register.participant for part in read_parts(rule, typed, directory, reading)]
    links = [found for link in register.link for found in read_links(link.relation, typed, reading)]
    reading.state = replace(reading.state, **columns, data=data, parts=tuple(parts), links=tuple(links))  # type: ignore[arg-type]
    return reading


def is_empty_column(name: str) -> bool:
    """Whether the column may be null when nothing is typed."""
    return name in ENTRY_COLUMNS and name not in ("title", "happened_on", "number", "kind", "state", "level")


def field_value(known: Field, typed: Typed, pack: Pack, directory: Directory, reading: Reading) -> object:
    """One field's typed value, None when empty or faulty."""
    texts = given(typed, known.name)
    raw: object = tuple(texts) if known.type == "choices" and texts else (texts[0] if texts else "")
    value = parse_value(known, raw, options_of(known, pack))
    if isinstance(value, Fault):
        reading.fault(known.name, value.sentence)
        return None
    if value is None or known.type not in ("unit", "person"):
        return value
    found = directory.unit_named(str(value)) if known.type == "unit" else person_named(str(value), directory)
    if isinstance(found, str) or found is None:
        reading.fault(known.name, found or f"没有“{value}”这一机构 / no such unit")
        return None
    return found


def person_named(name: str, directory: Directory) -> UUID | str:
    """The person of that name or code, or why there is none."""
    found = directory.people_named(name)
    if len(found) == 1:
        return found[0]
    if found:
        codes = "、".join(sorted(directory.people[person].code for person in found))
        return f"有{len(found)}位“{name}”，请改填编号：{codes} / several people of that name; give the code"
    return f"本单位没有“{name}” / nobody of that name"


def read_parts(rule: Participant, typed: Typed, directory: Directory, reading: Reading) -> list[Part]:
    """The people typed for one role, in order."""
    name = f"@{rule.role}"
    parts = []
    for text in given(typed, name):
        for one_named in split_names(text, lambda known: bool(directory.people_named(known))):
            part = part_of(one_named, rule, directory)
            if isinstance(part, str):
                reading.fault(name, part)
            else:
                parts.append(part)
    return parts


def split_typed(typed: Typed, register: Register, directory: Directory) -> dict[str, list[str]]:
    """The same with each person by a text of their own, as saving reads them."""
    pickers = {f"@{rule.role}" for rule in register.participant}
    return {
        name: [text for typed_text in texts for text in texts_in(typed_text, directory)] if name in pickers else texts
        for name, texts in typed.items()
    }


def texts_in(text: str, directory: Directory) -> list[str]:
    """The names in one text, each with what stood in brackets behind it."""
    names = split_names(text, lambda known: bool(directory.people_named(known)))
    return [f"{one.name}（{one.remark}）" if one.remark else one.name for one in names]


def part_of(typed: Named, rule: Participant, directory: Directory) -> Part | str:
    """One person's part, or what is wrong with it."""
    position = ""
    if typed.remark and rule.positions:
        found = Options(rule.positions).parse(typed.remark)
        if isinstance(found, Fault):
            return f"“{typed.name}”：{found.sentence}"
        position = found
    person = person_named(typed.name, directory)
    if isinstance(person, UUID):
        return Part(rule.role, person, position=position)
    # A name that is several people's is never an outsider's.
    is_outside = rule.outside and not directory.people_named(typed.name)
    return Part(rule.role, outside_name=typed.name, position=position) if is_outside else person


def read_links(relation: str, typed: Typed, reading: Reading) -> list[tuple[str, UUID]]:
    """The entries chosen for one relation."""
    found: list[tuple[str, UUID]] = []
    for text in given(typed, f">{relation}"):
        try:
            found.append((relation, UUID(text.strip())))
        except ValueError:
            reading.fault(f">{relation}", f"“{text}”请从查找结果中选择 / choose from the search results")
    return list(dict.fromkeys(found))


def faults_by_control(problems: list[Problem]) -> dict[str, list[str]]:
    """The ledger's problems, by the control they belong to."""
    faults: dict[str, list[str]] = {}
    for problem in problems:
        faults.setdefault(problem.rule, []).append(problem.sentence)
    return faults


def typed_of(state: EntryState, register: Register, directory: Directory) -> dict[str, list[str]]:
    """An entry as it would be typed: what its form starts with."""
    typed: dict[str, list[str]] = {"kind": [state.kind] if state.kind else []}
    for known in register.field:
        if known.name in ENTRY_COLUMNS:
            value = getattr(state, KEYS.get(known.name, known.name))
        else:
            value = state.data.get(known.name)
        typed[known.name] = texts_of(known, value, directory)
    for rule in register.participant:
        parts = [part for part in state.parts if part.role == rule.role]
        typed[f"@{rule.role}"] = [part_typed(part, rule, directory) for part in parts]
    for link in register.link:
        typed[f">{link.relation}"] = [str(target) for relation, target in state.links if relation == link.relation]
    return typed


def texts_of(known: Field, value: object, directory: Directory) -> list[str]:
    """One value as typed."""
    if value is None or value in ("", [], NO_DAY):
        return []
    if isinstance(value, list | tuple):
        return [str(found) for found in value]
    if isinstance(value, bool):
        return ["是" if value else "否"]
    if known.type == "unit":
        unit = directory.units.get(UUID(str(value)))
        return [unit.name] if unit else []
    if known.type == "person":
        return [person_typed(UUID(str(value)), directory)]
    return [
        value.isoformat()
        if isinstance(value, date)
        else format(value, "f")
        if hasattr(value, "normalize")
        else str(value)
    ]


def person_typed(person_id: UUID, directory: Directory) -> str:
    """The name, or the code where the name is several people's."""
    person = directory.people.get(person_id)
    if person is None:
        return ""
    return person.name if len(directory.people_named(person.name)) == 1 else person.code


def part_typed(part: Part, rule: Participant, directory: Directory) -> str:
    """Somebody's part as typed: the name, with the position in brackets."""
    name = person_typed(part.person_id, directory) if part.person_id else part.outside_name
    position = next((position.title for position in rule.positions if position.id == part.position), "")
    return f"{name}（{position}）" if position else name
