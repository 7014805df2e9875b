"""Keys that cannot cross from one organisation to another.

A foreign key here is enforced by the database over (organisation_id, x_id) → (organisation_id, id), and every join it
makes names the organisation, so that the same code runs on SQLite, PostgreSQL and, distributed by organisation, Citus.
"""

from typing import Any
from uuid import UUID

import uuid_utils.compat as uuid7
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models.constraints import BaseConstraint
from django.db.models.expressions import Col
from django.db.models.fields.related_lookups import RelatedExact


def new_id() -> UUID:
    """A UUIDv7: made by the application, sorted by time, never a sequence."""
    return uuid7.uuid7()


class OrganisationKey(models.ForeignKey):  # type: ignore[type-arg]
    """A foreign key inside one organisation: joins and look-ups carry organisation_id. No database constraint of its
    own; the model's Meta lists a `CompositeKey` for it."""

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        kwargs.setdefault("db_index", False)
        super().__init__(to, on_delete, **kwargs)

    def get_extra_restriction(self, alias: str | None, related_alias: str | None) -> Any:
        """Adds `alias.organisation_id = related_alias.organisation_id` to every join over this key."""
        if alias is None or related_alias is None:
            return None
        here: Any = self.model._meta.get_field("organisation")
        there: Any = self.remote_field.model._meta.get_field("organisation")
        return RelatedExact(Col(related_alias, there), Col(alias, here))

    def get_extra_descriptor_filter(self, instance: models.Model) -> dict[str, object]:
        """Adds the organisation to the query behind `entry.unit` and `unit.entries`."""
        return {"organisation_id": instance.organisation_id}  # type: ignore[attr-defined]


class CompositeKey(BaseConstraint):
    """FOREIGN KEY (organisation_id, column) REFERENCES table (organisation_id, id), in the database itself."""

    def __init__(self, *, column: str, table: str, name: str) -> None:
        super().__init__(name=name)
        self.column = column
        self.table = table

    def constraint_sql(self, model: Any, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        assert schema_editor is not None  # noqa: S101 (Django passes it; the stub says Optional)
        quote = schema_editor.quote_name
        return (
            f"CONSTRAINT {quote(self.name)} FOREIGN KEY ({quote('organisation_id')}, {quote(self.column)}) "
            f"REFERENCES {quote(self.table)} ({quote('organisation_id')}, {quote('id')})"
        )

    def create_sql(self, model: Any, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        assert schema_editor is not None  # noqa: S101
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}"

    def remove_sql(self, model: Any, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        assert schema_editor is not None  # noqa: S101
        quote = schema_editor.quote_name
        return f"ALTER TABLE {quote(model._meta.db_table)} DROP CONSTRAINT {quote(self.name)}"

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Left to the database, which sees both rows."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CompositeKey) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((self.name, self.column, self.table))

    def deconstruct(self) -> tuple[str, tuple[()], dict[str, str]]:
        return "lianze.org.keys.CompositeKey", (), {"column": self.column, "table": self.table, "name": self.name}


class ByteOrder(Operation):
    """Sorts and compares a text column by bytes on PostgreSQL, as SQLite does by itself: a range of paths or of kinds
    must mean the same on both."""

    reversible = True

    def __init__(self, table: str, column: str, length: int) -> None:
        self.table = table
        self.column = column
        self.length = length

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing that models know changes."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            quote = schema_editor.quote_name
            kind = f'varchar({self.length}) COLLATE "C"'
            schema_editor.execute(f"ALTER TABLE {quote(self.table)} ALTER COLUMN {quote(self.column)} TYPE {kind}")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """The collation may stay."""
