"""The JSON of each register, made from its definition: what is sent, and what is answered."""

from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Literal, Optional
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, create_model

from lianze.org.packs import read_pack
from lianze.pack.choosing import options_of
from lianze.pack.definitions import Field as Definition
from lianze.pack.definitions import Participant, Register
from lianze.pack.values import LONGEST

STRICT = ConfigDict(extra="forbid", strict=True, str_strip_whitespace=True)
# A database keeps no NUL in a text.
TEXT = r"^[^\x00]*$"
DECIMAL = r"^-?[0-9]{1,12}(\.[0-9]{1,6})?$"
Why = Annotated[str, Field(max_length=500, pattern=TEXT)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]


class Taken(BaseModel):
    """Somebody's part in an entry: a person of the organisation, or an outside name."""

    model_config = STRICT
    person: UUID | None = None
    name: Annotated[str, Field(max_length=200, pattern=TEXT)] = ""
    position: Annotated[str, Field(max_length=40, pattern=TEXT)] = ""


class Attached(BaseModel):
    """An evidence file."""

    name: str
    sha256: str


class Withdrawal(BaseModel):
    """Takes an entry out of every list and figure; it stays on record with the reason."""

    model_config = STRICT
    version: Version
    why: Why


def chosen(ids: tuple[str, ...]) -> Any:
    """One of several ids; any text where a definition names none."""
    return Literal[ids] if ids else str


def type_of(field: Definition) -> Any:
    """The JSON type of a field. Decimals are text, since JSON numbers are floats; units and people are ids."""
    ids = tuple(option.id for option in options_of(field, read_pack()).options)
    match field.type:
        case "text" | "longtext":
            return Annotated[str, Field(max_length=int(field.maximum or LONGEST[field.type]), pattern=TEXT)]
        case "date":
            return date
        case "integer":
            return Annotated[int, Field(ge=-(10**12), le=10**12)]
        case "decimal":
            return Annotated[str, Field(pattern=DECIMAL)]
        case "boolean":
            return bool
        case "choice":
            return chosen(ids)
        case "choices":
            return list[chosen(ids)]  # type: ignore[misc]
        case "unit" | "person":
            return UUID


def told(field: Definition) -> str:
    """What the field is, for people who read the description."""
    words = [field.title, field.title_en, field.counted_in, field.help_en or field.help]
    return " / ".join(word for word in words if word)


def fields_of(register: Register) -> dict[str, Any]:
    """The fields as they are sent; only what every kind needs is required by the shape, the rest by the ledger."""
    found: dict[str, Any] = {}
    for field in register.field:
        kind = type_of(field)
        needed = field.required and not field.kinds
        detail = Field(description=told(field)) if needed else Field(default=None, description=told(field))
        found[field.name] = (kind if needed else Optional[kind], detail)  # noqa: UP045 (the type is a value)
    return found


def shown_fields_of(register: Register) -> dict[str, Any]:
    """The fields as they are answered: an old entry may lack what is required today."""
    plain: dict[str, Any] = {"date": date, "integer": int, "boolean": bool, "unit": UUID, "person": UUID}
    plain["choices"] = list[str]
    return {
        field.name: (Optional[plain.get(field.type, str)], Field(default=None, description=told(field)))  # noqa: UP045
        for field in register.field
    }


def parts_of(rules: tuple[Participant, ...]) -> dict[str, Any]:
    """People by role, in speaking order."""
    return {
        rule.role: (list[Taken], Field(default=[], description=f"{rule.title} / {rule.title_en}")) for rule in rules
    }


def links_of(register: Register) -> dict[str, Any]:
    """Entry ids by relation."""
    return {
        link.relation: (list[UUID], Field(default=[], description=f"{link.title} / {link.title_en} → {link.to}"))
        for link in register.link
    }


def name_of(register_id: str) -> str:
    """`risk_point` → RiskPoint."""
    return "".join(part.capitalize() for part in register_id.replace("-", "_").split("_"))


def kind_of(register: Register) -> dict[str, Any]:
    """The kind, as it is sent."""
    if not register.kind:
        return {}
    ids = chosen(tuple(kind.id for kind in register.kind))
    titles = "; ".join(f"{kind.id} {kind.title}" for kind in register.kind)
    detail: Any = Field(description=titles) if register.kind_required else Field(default="", description=titles)
    return {"kind": (ids if register.kind_required else ids | Literal[""], detail)}


@cache
def input_of(register_id: str) -> type[BaseModel]:
    """What is sent to record or amend an entry of the register."""
    register, name = read_pack().registers[register_id], name_of(register_id)
    fields = create_model(f"{name}Fields", __config__=STRICT, **fields_of(register))
    parts = create_model(f"{name}Participants", __config__=STRICT, **parts_of(register.participant))
    links = create_model(f"{name}Links", __config__=STRICT, **links_of(register))
    members: dict[str, Any] = {**kind_of(register), "fields": (fields, ...)}
    members |= {"participants": (parts, Field(default=parts())), "links": (links, Field(default=links()))}
    return create_model(f"{name}Input", __config__=STRICT, __doc__=f"{register.title} / {register.title_en}", **members)


@cache
def amendment_of(register_id: str) -> type[BaseModel]:
    """What is sent to amend: the whole entry as it shall be, and the version it was made from."""
    members: dict[str, Any] = {"version": (Version, ...), "why": (Why, ""), "entry": (input_of(register_id), ...)}
    return create_model(f"{name_of(register_id)}Amendment", __config__=STRICT, **members)


@cache
def step_of(register_id: str) -> type[BaseModel]:
    """What is sent to take a step; `day` fills the date that the step sets, today without one."""
    ids = chosen(tuple(step.id for step in read_pack().registers[register_id].transition))
    members: dict[str, Any] = {"step": (ids, ...), "version": (Version, ...), "why": (Why, "")}
    members["day"] = (Optional[date], None)  # noqa: UP045
    return create_model(f"{name_of(register_id)}Step", __config__=STRICT, **members)


@cache
def output_of(register_id: str) -> type[BaseModel]:
    """What is answered for an entry. `notes` false: free text and evidence are left out, since it concerns the asker."""
    register, name = read_pack().registers[register_id], name_of(register_id)
    fields = create_model(f"{name}ShownFields", **shown_fields_of(register))
    parts = create_model(f"{name}ShownParticipants", **parts_of(register.participant))
    links = create_model(f"{name}ShownLinks", **links_of(register))
    members: dict[str, Any] = {
        name: (kind, ...)
        for name, kind in {
            "id": UUID,
            "number": str,
            "kind": str,
            "state": str,
            "version": int,
            "withdrawn": bool,
            "recorded_at": datetime,
            "changed_at": datetime,
            "notes": bool,
            "fields": fields,
            "participants": parts,
            "links": links,
            "evidence": list[Attached],
        }.items()
    }
    # `register` is a method of every Python class that can be inherited from.
    members["register_id"] = (str, Field(alias="register"))
    return create_model(f"{name}Entry", **members)
