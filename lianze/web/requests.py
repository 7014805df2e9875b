"""What a request carries once somebody is logged in."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

from lianze.org.models import Account

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from lianze.ledger.actions import Desk


class DeskRequest(HttpRequest):
    """A request of somebody logged in, with the desk they work at."""

    desk: "Desk"
    frontier: bytes  # of the organisation's log, read with the organisation: names the state of all its rows
    htmx: "HtmxDetails"
    user: Account
