"""A request's desk: whose it is, in which organisation, under the pack of the day."""

from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from lianze.ledger.desks import open_desk
from lianze.ledger.models import LogHead
from lianze.org.models import Account, Organisation
from lianze.org.packs import read_pack
from lianze.web.requests import DeskRequest


def read_open(organisation_id: UUID | str) -> Organisation | None:
    """The organisation with its log's frontier; None for one that is not there or closed."""
    head = LogHead.objects.filter(organisation_id=OuterRef("id"))
    rows = Organisation.objects.annotate(frontier=Subquery(head.values("frontier")))
    return rows.filter(id=organisation_id, closed_at__isnull=True).first()


def sit_down(request: DeskRequest, account: Account, organisation: Organisation) -> None:
    """Gives the request the account's desk in an organisation that was read with its frontier."""
    request.frontier = bytes(vars(organisation)["frontier"] or b"")
    request.desk = open_desk(account, organisation, read_pack(), timezone.localdate(), timezone.now())
