"""Reading entries: where visibility becomes SQL. What an asker may not see is as though it were not there."""

from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from lianze.domain.errors import NotFound
from lianze.ledger.models import Entry
from lianze.org.models import Organisation
from lianze.pack.definitions import Pack
from lianze.rules import Actor, Reach, Visibility, visibility_of

NOWHERE = Q(pk__in=[])


def visible_entries(organisation: Organisation, actor: Actor, pack: Pack) -> QuerySet[Entry]:
    """The entries of one organisation that `actor` may see, withdrawn ones included."""
    return Entry.objects.filter(organisation_id=organisation.id).filter(
        condition_of(visibility_of(actor, pack), organisation.path)
    )


def condition_of(visibility: Visibility, path: str) -> Q:
    """The reaches that cover the organisation at `path`, as one condition."""
    parts = [reach_condition(reach, visibility) for reach in visibility.reaches if reach.low <= path < reach.high]
    return reduce(or_, parts, NOWHERE)


def reach_condition(reach: Reach, visibility: Visibility) -> Q:
    """One reach, inside an organisation it covers."""
    condition = Q(register__in=sorted(reach.registers))
    if reach.unit_ids is not None:
        condition &= Q(unit_id__in=sorted(reach.unit_ids))
    if reach.own:
        own = Q(author_id=visibility.account_id)
        if visibility.person_id is not None:
            own |= Q(owner_id=visibility.person_id)
        condition &= own
    return condition


def read_entry(organisation: Organisation, entry_id: UUID, actor: Actor, pack: Pack) -> Entry:
    """One entry, or NotFound, in the same words whether it does not exist or may not be seen."""
    entry = visible_entries(organisation, actor, pack).filter(id=entry_id).first()
    if entry is None:
        raise NotFound("没有这条记录 / no such entry")
    return entry
