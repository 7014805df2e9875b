"""Where an entry stands in the log: the leaf of its last revision and the checkpoint that covers it."""

from dataclasses import dataclass
from datetime import datetime

from lianze.ledger.actions import Desk
from lianze.ledger.models import Checkpoint, Revision


@dataclass(frozen=True)
class Proof:
    """`checkpoint_*` are None until a checkpoint covers the leaf."""

    leaf_index: int
    leaf: str
    checkpoint_size: int | None
    checkpoint_root: str
    checkpoint_at: datetime | None


def read_proof(desk: Desk, revisions: list[Revision]) -> Proof | None:
    """The proof of the entry's present version, the last of its revisions."""
    if not revisions:
        return None
    here, last = desk.organisation.id, revisions[-1]
    covering = Checkpoint.objects.filter(organisation_id=here, size__gt=last.leaf_index).order_by("size").first()
    return Proof(
        last.leaf_index,
        bytes(last.leaf).hex(),
        covering.size if covering else None,
        bytes(covering.root).hex() if covering else "",
        covering.made_at if covering else None,
    )
