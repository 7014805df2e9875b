"""Units, people, posts, who held which, and who is in charge of what."""

from django.db import models

from lianze.org.keys import OrganisationKey
from lianze.org.organisation_models import Record, identity


class Unit(Record):
    """An internal section, branch, group or body (内设机构、支部、小组、党组)."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=40)
    parent = OrganisationKey("self", null=True, related_name="+")
    order = models.IntegerField(default=0)
    created_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        db_table = "unit"
        constraints = [
            *identity(("parent_id", "unit"), table="unit"),
            models.UniqueConstraint(fields=["organisation", "code"], name="unit_code"),
            models.UniqueConstraint(fields=["organisation", "name"], name="unit_name"),
        ]


class Person(Record):
    """Somebody of the organisation, from `joined_on` up to and including `left_on`."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    pinyin = models.CharField(max_length=200, blank=True)
    initials = models.CharField(max_length=40, blank=True)
    unit = OrganisationKey(Unit, related_name="+")
    joined_on = models.DateField()
    left_on = models.DateField(null=True)
    party_member_since = models.DateField(null=True)
    relatives = models.JSONField(default=list)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "person"
        constraints = [
            *identity(("unit_id", "unit"), table="person"),
            models.UniqueConstraint(fields=["organisation", "code"], name="person_code"),
        ]


class Post(Record):
    """A position (职务) of a unit, with the capacity and rank it carries."""

    name = models.CharField(max_length=100)
    unit = OrganisationKey(Unit, related_name="+")
    capacity = models.CharField(max_length=40)
    rank = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "post"
        constraints = [
            *identity(("unit_id", "unit"), table="post"),
            models.UniqueConstraint(fields=["organisation", "unit", "name", "capacity", "rank"], name="post_name"),
        ]


class Appointment(Record):
    """Who held which post, from `start_on` up to and including `end_on` (null: still)."""

    person = OrganisationKey(Person, related_name="appointments")
    post = OrganisationKey(Post, related_name="+")
    start_on = models.DateField()
    end_on = models.DateField(null=True)

    class Meta:
        db_table = "appointment"
        constraints = [
            *identity(("person_id", "person"), ("post_id", "post"), table="appointment"),
            models.UniqueConstraint(fields=["organisation", "person", "post", "start_on"], name="appointment_once"),
        ]


class Portfolio(Record):
    """Who is in charge of which area or unit (分工), from `start_on` up to and including `end_on`."""

    person = OrganisationKey(Person, related_name="portfolios")
    area = models.CharField(max_length=40, blank=True)
    unit = OrganisationKey(Unit, null=True, related_name="+")
    start_on = models.DateField()
    end_on = models.DateField(null=True)
    document = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "portfolio"
        constraints = [
            *identity(("person_id", "person"), ("unit_id", "unit"), table="portfolio"),
            models.UniqueConstraint(
                fields=["organisation", "person", "area", "unit", "start_on"],
                name="portfolio_once",
            ),
        ]
