"""Tables of the web application alone: filters that somebody keeps."""

from typing import ClassVar

from django.db import models

from lianze.org.keys import new_id
from lianze.org.models import Account, Organisation


class SavedFilter(models.Model):
    """A filter of one register's list that an account keeps under a name. `query` is the list's query string."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_index=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, db_constraint=False, db_index=False)
    register = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)

    class Meta:
        db_table = "saved_filter"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "account", "register", "name"], name="saved_filter_name")
        ]
