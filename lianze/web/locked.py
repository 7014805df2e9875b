"""Who of the organisation is kept from logging in by too many failures, as django-axes counts them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Sum

from lianze.org.models import Account
from lianze.web.account_names import label


@dataclass(frozen=True)
class Locked:
    """A log-in that is shut. `since` is the time of its last failure."""

    username: str
    label: str
    since: datetime


def read_locked(organisation_id: UUID, now: datetime) -> list[Locked]:
    """The organisation's, by user name. A name is counted by the place it was tried from: shut from one is shut."""
    accounts = {one.username: one for one in Account.objects.filter(organisation_id=organisation_id)}
    tried = AccessAttempt.objects.filter(
        username__in=accounts,
        attempt_time__gte=now - settings.AXES_COOLOFF_TIME,
    )
    # One row a browser; the door shuts by their sum.
    places = tried.order_by("username").values_list("username", "ip_address")
    shut = places.annotate(failures=Sum("failures_since_start"), latest=Max("attempt_time")).filter(
        failures__gte=settings.AXES_FAILURE_LIMIT
    )
    latest: dict[str, datetime] = {}
    for name, _, _, at in shut:
        latest[name] = max(at, latest.get(name, at))
    return [Locked(name, label(accounts[name]), at) for name, at in latest.items()]


def is_locked_out(account: Account, now: datetime) -> bool:
    """Whether the account is among them."""
    found = read_locked(account.organisation_id, now) if account.organisation_id else []
    return any(one.username == account.username for one in found)
