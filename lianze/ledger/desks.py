"""An account's desk in an organisation: what pages and endpoints work at."""

from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from lianze.domain.errors import NotFound
from lianze.ledger.actions import Desk
from lianze.ledger.states import Author
from lianze.org.actors import read_actor
from lianze.org.models import Account, Organisation
from lianze.pack import Pack
from lianze.rules.visibility import reach_of

MOST = 200


def open_desk(account: Account, organisation: Organisation, pack: Pack, day: date, now: datetime) -> Desk:
    """The desk at `now` (UTC), which is `day` in the office's time zone."""
    actor = read_actor(account, organisation, day)
    return Desk(organisation, pack, actor, Author(account.display_name or account.username, account.id), now)


def find_organisation(account: Account, code: str, pack: Pack, day: date) -> Organisation:
    """The organisation of that code, or the account's own without one. NotFound, in the same words, for one that does
    not exist and one that no role of the account reaches that day."""
    rows = (
        Organisation.objects.filter(code=code)
        if code
        else Organisation.objects.filter(id__in=[account.organisation_id])
    )
    found = rows.filter(closed_at__isnull=True).first()
    if found is None or (found.id != account.organisation_id and not reaches(account, found, pack, day)):
        raise NotFound("没有这个单位 / no such organisation")
    return found


def reaches(account: Account, organisation: Organisation, pack: Pack, day: date) -> bool:
    """Whether some role of the account carries some action to the organisation."""
    actor = read_actor(account, organisation, day)
    grants = [(grant, pack.roles[grant.role].actions) for grant in actor.grants if grant.role in pack.roles]
    reached = [reach_of(action, grant, actor, pack) for grant, actions in grants for action in actions]
    return any(reach.low <= organisation.path < reach.high for reach in reached if reach is not None)


def read_reached(account: Account, organisation: Organisation, pack: Pack, day: date) -> list[Organisation]:
    """The organisations where the account can work that day, its own among them, down the tree; at most 200."""
    actor = read_actor(account, organisation, day)
    grants = [(grant, pack.roles[grant.role].actions) for grant in actor.grants if grant.role in pack.roles]
    reached = [reach_of(action, grant, actor, pack) for grant, actions in grants for action in actions]
    spans = {(reach.low, reach.high) for reach in reached if reach is not None}
    own = Q(id__in=[account.organisation_id])
    condition = reduce(or_, (Q(path__gte=low, path__lt=high) for low, high in spans), own)
    return list(Organisation.objects.filter(condition, closed_at__isnull=True).order_by("path")[:MOST])
