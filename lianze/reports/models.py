"""What people decided about a report's numbers."""

from django.db import models

from lianze.org.models import Record


class BindingDecision(Record):
    """A phrase means a figure, or does not. Rows are added, never changed; the latest of a phrase and figure counts."""

    fingerprint = models.CharField(max_length=300)
    figure = models.CharField(max_length=120)
    scope = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=20)
    decided_by = models.CharField(max_length=200)
    decided_at = models.DateTimeField()

    class Meta:
        db_table = "binding_decision"
        constraints = [models.UniqueConstraint(fields=["organisation", "id"], name="binding_decision_identity")]
        indexes = [models.Index(fields=["organisation", "fingerprint"], name="binding_fingerprint")]
