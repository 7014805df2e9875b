"""Links as far as an asker may know of them."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from lianze.ledger.actions import Desk
from lianze.ledger.read import visible_entries
from lianze.ledger.states import EntryState


def read_targets(desk: Desk, ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """The register of each of those entries that the actor may see, by id."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = visible_entries(desk.organisation, desk.actor, desk.pack).filter(id__in=wanted)
    return dict(rows.values_list("id", "register"))


def hidden_links(desk: Desk, state: EntryState) -> tuple[tuple[str, UUID], ...]:
    """Links to entries that the actor may not know of: never shown, and kept as they are."""
    seen = read_targets(desk, (target for _, target in state.links))
    return tuple(link for link in state.links if link[1] not in seen)
