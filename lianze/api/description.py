"""The OpenAPI description as one asker may know it: each open register's own paths and shapes, no other's."""

from copy import deepcopy
from typing import Any

from ninja import NinjaAPI
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from lianze.api.shapes import Withdrawal, amendment_of, input_of, name_of, output_of, step_of
from lianze.ledger.actions import Desk
from lianze.ledger.filters import names_of
from lianze.ledger.places import open_registers
from lianze.pack.definitions import Register

REFERENCE = "#/components/schemas/"
GENERIC = ("EntryIn", "AmendmentIn", "StepIn", "WithdrawalIn", "EntryOut", "Page")
FILTERS = ("from", "to", "person", "q", "withdrawn")
BEARER = {"token": {"type": "http", "scheme": "bearer"}}


def describe(api: NinjaAPI, desk: Desk) -> dict[str, Any]:
    """The whole description for whoever sits at the desk."""
    schema: dict[str, Any] = deepcopy(dict(api.get_openapi_schema(path_prefix="/api/")))
    registers = open_registers(desk)
    paths: dict[str, Any] = {}
    for address, operations in schema["paths"].items():
        if "{register_id}" not in address:
            paths[address] = operations
            continue
        for register in registers:
            if register.transition or not address.endswith("/transitions"):
                paths[address.replace("{register_id}", register.id)] = made_for(register, operations)
    schema["paths"] = {address: finished(operations) for address, operations in paths.items()}
    shapes = {name: shape for name, shape in schema["components"]["schemas"].items() if name not in GENERIC}
    schema["components"] = {"schemas": {**shapes, **shapes_of(registers)}, "securitySchemes": BEARER}
    return schema


def made_for(register: Register, operations: dict[str, Any]) -> dict[str, Any]:
    """The generic operations, for one register."""
    made: dict[str, Any] = replaced(deepcopy(operations), names_for(register))
    for operation in made.values():
        operation["operationId"] = f"{operation['operationId']}_{register.id}"
        operation["tags"] = [register.id]
        operation["parameters"] = [one for one in operation.get("parameters", []) if one["name"] != "register_id"]
        if operation["operationId"].startswith("lianze_api_entries_list_entries"):
            operation["parameters"] += [parameter(name) for name in (*names_of(register), *FILTERS)]
    return made


def names_for(register: Register) -> dict[str, str]:
    """The register's own shapes, by the generic one's name."""
    name = name_of(register.id)
    own = {"EntryIn": f"{name}Input", "AmendmentIn": f"{name}Amendment", "StepIn": f"{name}Step"}
    return {**own, "WithdrawalIn": "Withdrawal", "EntryOut": f"{name}Entry", "Page": f"{name}Page"}


def replaced(node: Any, names: dict[str, str]) -> Any:
    """The tree with references renamed."""
    if isinstance(node, dict):
        return {key: replaced(value, names) for key, value in node.items()}
    if isinstance(node, list):
        return [replaced(value, names) for value in node]
    if isinstance(node, str) and node.startswith(REFERENCE):
        name = node.removeprefix(REFERENCE)
        return REFERENCE + names.get(name, name)
    return node


def finished(operations: dict[str, Any]) -> dict[str, Any]:
    """The operations with what all have: one way to say who asks, one way to name the organisation."""
    for operation in operations.values():
        operation["security"] = [{"token": []}]
        operation["parameters"] = [*operation.get("parameters", []), parameter("organisation")]
    return operations


def parameter(name: str) -> dict[str, Any]:
    """One text of the query string."""
    return {"in": "query", "name": name, "required": False, "schema": {"type": "string"}}


def shapes_of(registers: list[Register]) -> dict[str, Any]:
    """The schemas of the registers."""
    models: list[tuple[type[BaseModel], JsonSchemaMode]] = [(Withdrawal, "validation")]
    for register in registers:
        models += [(input_of(register.id), "validation"), (amendment_of(register.id), "validation")]
        models += [(step_of(register.id), "validation"), (output_of(register.id), "serialization")]
    _, made = models_json_schema(models, ref_template=REFERENCE + "{model}")
    found: dict[str, Any] = dict(made["$defs"])
    for name in (name_of(register.id) for register in registers):
        page = {"entries": {"type": "array", "items": {"$ref": f"{REFERENCE}{name}Entry"}}, "after": {"type": "string"}}
        found[f"{name}Page"] = {"type": "object", "required": ["entries", "after"], "properties": page}
    return found
