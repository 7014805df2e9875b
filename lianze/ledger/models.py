"""Tables of the ledger. Every query names the organisation; rows are written by `lianze.ledger.write*` alone."""

from django.db import models
from django.db.models import Q

from lianze.ledger.exact import ExactField
from lianze.org.keys import OrganisationKey
from lianze.org.models import Organisation, Person, Record, Unit
from lianze.org.organisation_models import identity


class Entry(Record):
    """One recorded fact. `happened_on` is when it was done, `recorded_at` when it was first entered."""

    register = models.CharField(max_length=40)
    number = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=500)
    unit = OrganisationKey(Unit, null=True, related_name="+")
    owner = OrganisationKey(Person, null=True, related_name="+")
    happened_on = models.DateField()
    ended_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    state = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=40, blank=True)
    quantity = ExactField(null=True)
    amount = ExactField(null=True)
    data = models.JSONField(default=dict)
    recorded_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    author_id = models.UUIDField(null=True)
    version = models.IntegerField()
    withdrawn = models.BooleanField(default=False)

    class Meta:
        db_table = "entry"
        constraints = [
            *identity(("unit_id", "unit"), ("owner_id", "person"), table="entry"),
            models.UniqueConstraint(
                fields=["organisation", "register", "number"], name="entry_number", condition=~Q(number="")
            ),
        ]
        indexes = [
            models.Index(
                models.F("organisation"),
                models.F("register"),
                models.F("happened_on").desc(),
                models.F("id").desc(),
                models.F("kind"),
                models.F("state"),
                models.F("unit"),
                name="entry_list",
            ),
            # By day across the registers: calendar, timeline, search.
            models.Index(fields=["organisation", "happened_on", "id", "register"], name="entry_day"),
            # What is due and not done; most entries never are.
            models.Index(
                fields=["organisation", "due_on", "id"],
                name="entry_due",
                condition=Q(due_on__isnull=False, done_on__isnull=True),
            ),
            models.Index(fields=["organisation", "register", "state", "-happened_on", "-id"], name="entry_state"),
            models.Index(fields=["organisation", "owner"], name="entry_owner", condition=Q(owner__isnull=False)),
        ]


class Participation(Record):
    """Somebody's part in an entry. `capacity` is what the person was on the entry's day, so that figures by capacity
    stay what they were when people move on."""

    entry = OrganisationKey(Entry, related_name="participations")
    person = OrganisationKey(Person, null=True, related_name="+")
    outside_name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=40)
    capacity = models.CharField(max_length=40, blank=True)
    position = models.CharField(max_length=40, blank=True)
    order = models.IntegerField(default=0)

    class Meta:
        db_table = "participation"
        constraints = identity(("entry_id", "entry"), ("person_id", "person"), table="participation")
        indexes = [
            models.Index(fields=["entry", "organisation"], name="participation_entry"),
            models.Index(fields=["organisation", "person", "entry"], name="participation_person"),
        ]


class Link(Record):
    """A named relation from one entry to another."""

    entry = OrganisationKey(Entry, related_name="links")
    relation = models.CharField(max_length=40)
    target = OrganisationKey(Entry, related_name="linked_from")

    class Meta:
        db_table = "link"
        constraints = [
            *identity(("entry_id", "entry"), ("target_id", "entry"), table="link"),
            models.UniqueConstraint(fields=["organisation", "entry", "relation", "target"], name="link_once"),
        ]
        indexes = [models.Index(fields=["organisation", "target", "relation"], name="link_target")]


class Evidence(Record):
    """A file of the content-addressed store, kept once however often it is attached."""

    sha256 = models.BinaryField(max_length=32)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField()

    class Meta:
        db_table = "evidence"
        constraints = [
            *identity(table="evidence"),
            models.UniqueConstraint(fields=["organisation", "sha256"], name="evidence_once"),
        ]


class Attachment(Record):
    """An evidence file under the name it was handed in with."""

    entry = OrganisationKey(Entry, related_name="attachments")
    evidence = OrganisationKey(Evidence, related_name="+")
    name = models.CharField(max_length=255)

    class Meta:
        db_table = "attachment"
        constraints = [
            *identity(("entry_id", "entry"), ("evidence_id", "evidence"), table="attachment"),
            models.UniqueConstraint(fields=["organisation", "entry", "evidence", "name"], name="attachment_once"),
        ]


class Revision(Record):
    """One version of one row, and its leaf in the organisation's log. Never changed, except that an erasure with a
    recorded reason empties `canonical` and `salt`; the commitment stays, and with it the log."""

    subject = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    number = models.IntegerField()
    action = models.CharField(max_length=40)
    author_id = models.UUIDField(null=True)
    author = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    why = models.CharField(max_length=500, blank=True)
    canonical = models.TextField(null=True)
    salt = models.BinaryField(max_length=32, null=True)
    commitment = models.BinaryField(max_length=32)
    leaf_index = models.BigIntegerField()
    leaf = models.BinaryField(max_length=32)

    class Meta:
        db_table = "revision"
        constraints = [
            *identity(table="revision"),
            models.UniqueConstraint(fields=["organisation", "leaf_index"], name="revision_leaf"),
            models.UniqueConstraint(fields=["organisation", "subject_id", "number"], name="revision_number"),
        ]


class LogHead(models.Model):
    """The right edge of one organisation's log; locked while a leaf is appended, so appends of one organisation queue
    and those of different organisations never wait for one another."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, primary_key=True, related_name="+")
    hasher = models.CharField(max_length=20, default="sha-256")
    frontier = models.BinaryField()

    class Meta:
        db_table = "log_head"


class Checkpoint(Record):
    """A signed head of the log, as a note."""

    size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    note = models.TextField()
    witnessed = models.BooleanField(default=False)

    class Meta:
        db_table = "checkpoint"
        constraints = identity(table="checkpoint")
        indexes = [models.Index(fields=["organisation", "size"], name="checkpoint_size")]
