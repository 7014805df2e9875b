"""Tables about the organisation itself. Read with the organisation named; written by `lianze.ledger` alone."""

from lianze.org.account_models import Account, ApiToken, AuditRecord, Grant
from lianze.org.organisation_models import Organisation, Record
from lianze.org.people_models import Appointment, Person, Portfolio, Post, Unit

__all__ = [
    "Account",
    "ApiToken",
    "Appointment",
    "AuditRecord",
    "Grant",
    "Organisation",
    "Person",
    "Portfolio",
    "Post",
    "Record",
    "Unit",
]
