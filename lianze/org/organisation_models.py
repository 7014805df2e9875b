"""The organisation, and what every row that belongs to one has."""

from typing import Any
from uuid import UUID

from django.db import models

from lianze.org.keys import CompositeKey, new_id


def identity(*foreign: tuple[str, str], table: str) -> list[Any]:
    """The constraints every record table has: UNIQUE(organisation_id, id) and one composite key per foreign column."""
    unique = models.UniqueConstraint(fields=["organisation", "id"], name=f"{table}_identity")
    return [unique, *(CompositeKey(column=c, table=t, name=f"{table}_{c}_fk") for c, t in foreign)]


class Organisation(models.Model):
    """A reporting organisation. `path` is made of fixed-width steps [0-9A-Z]{4}; a sub-tree is a range of paths."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    path = models.CharField(max_length=80, unique=True)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=100)
    superior_name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    # Made by mistake and taken out of sight; null: in use.
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "organisation"


class Record(models.Model):
    """A row that belongs to one organisation for ever."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_index=False, related_name="+")
    organisation_id: UUID

    class Meta:
        abstract = True
