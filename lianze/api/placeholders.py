"""What every register's endpoints have in common; `description` puts each register's own shapes in their place."""

from typing import Any

from ninja import Schema


class EntryIn(Schema):
    """Stands for `<Register>Input`."""


class AmendmentIn(Schema):
    """Stands for `<Register>Amendment`."""


class StepIn(Schema):
    """Stands for `<Register>Step`."""


class WithdrawalIn(Schema):
    """Stands for `Withdrawal`."""


class EntryOut(Schema):
    """Stands for `<Register>Entry`."""


class Page(Schema):
    """A page of a list."""

    entries: list[EntryOut]
    after: str


class History(Schema):
    """One revision, and its leaf in the organisation's log."""

    number: int
    action: str
    author: str
    recorded_at: str
    why: str
    leaf_index: int
    leaf: str
    state: dict[str, Any] | None


def body(shape: type[Schema]) -> dict[str, Any]:
    """The description of a request's body, which the endpoint reads itself, by its register."""
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{shape.__name__}"}}}
    return {"requestBody": {"required": True, "content": content}}
