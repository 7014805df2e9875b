"""Who may log in and as what, tokens of programs, and the audit list."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import UserManager
from django.db import models

from lianze.org.keys import OrganisationKey, new_id
from lianze.org.organisation_models import Organisation, Record, identity
from lianze.org.people_models import Unit


class Account(AbstractBaseUser):
    """A log-in. Belongs to no organisation; what it may do where is in its grants."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=100, unique=True)
    display_name = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    person_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    password_changed_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=10, default="zh-hans")

    objects: ClassVar[UserManager["Account"]] = UserManager()  # type: ignore[assignment]

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    # Django's admin is not used; what an account may do is decided by lianze.rules.permissions.
    is_staff = False
    is_superuser = False

    class Meta:
        db_table = "account"


class Grant(Record):
    """A role of an account in an organisation or one of its units, from `start_on` up to and including `end_on`."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_constraint=False, related_name="grants")
    role = models.CharField(max_length=40)
    unit = OrganisationKey(Unit, null=True, related_name="+")
    start_on = models.DateField()
    end_on = models.DateField(null=True)

    class Meta:
        db_table = "account_grant"
        constraints = identity(("unit_id", "unit"), table="account_grant")


class ApiToken(models.Model):
    """Lets a program act as an account, with the account's own grants and no more, as far as `scopes` go.

    `secret_hash` is SHA-256 of the secret, which is shown once and kept nowhere. `organisation` is where it works.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_index=False, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    name = models.CharField(max_length=60)
    secret_hash = models.BinaryField(max_length=32, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "api_token"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["account", "-id"], name="api_token_owner")]


class AuditRecord(models.Model):
    """One line of the audit list: a log-in, a refusal, an export, a look into a restricted register. Only ever added.

    `organisation` is null where nobody can say whose it is: a log-in under a name that does not exist.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    at = models.DateTimeField()
    account_id = models.UUIDField(null=True)
    who = models.CharField(max_length=200)
    action = models.CharField(max_length=40)
    about = models.CharField(max_length=500, blank=True)
    address = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "audit"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["organisation", "-id"], name="audit_newest")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Adds the line; a line that is there is never changed."""
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never."""
        raise TypeError("the audit list is only ever added to")
