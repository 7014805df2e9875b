"""A year as a report package: figures, the entries behind them, proofs and a signed head, for a reader without a database."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from lianze import __version__
from lianze.domain.errors import Refused
from lianze.domain.periods import Period, year_until
from lianze.exchange.package_entries import Wanted, evidence_files, listed, read_all_states, read_revisions
from lianze.exchange.package_figures import Veil, entries_behind, figures_of
from lianze.figures.compute import compute_figures
from lianze.ledger.actions import Desk
from lianze.ledger.checkpoints import Head, known_heads
from lianze.ledger.leaves import read_leaves
from lianze.ledger.log_keys import key_folder, origin_of
from lianze.ledger.models import Revision
from lianze.org.directory import read_directory
from lianze.rules import Subject
from lianze.tlog import Tree, load_public_keys, set_proof
from lianze.tlog.package import (
    EarlierHead,
    Header,
    ListedEntry,
    PackageContents,
    PackRef,
)


class Moved(Refused):
    """The log has grown between signing and reading."""


def package_contents(desk: Desk, year: int, head: Head, wanted: Wanted, until: date | None = None) -> PackageContents:
    """Everything of one year under one signed head: up to `until`, without it up to the desk's day. Refused unless the desk's actor may file.

    Entries of restricted registers are listed without content, whatever is wanted.
    """
    desk.require("file", Subject(desk.organisation.path))
    organisation, pack, period = desk.organisation, desk.pack, year_until(year, until or desk.actor.day)
    directory = read_directory(organisation.id, pack)
    results = compute_figures(organisation.id, pack, period, directory)
    tree = require_whole(organisation.id, head)
    ids = entries_behind(results, organisation.id, pack, period, directory)
    known = read_all_states(organisation.id, ids)
    revisions = read_revisions(organisation.id, ids)
    entries = tuple(listed(revision, known[str(revision.subject_id)], desk, wanted) for revision in revisions)
    veil = Veil(read_secret(organisation.id), desk.pack, wanted.content == "shown")
    return PackageContents(
        header=header_of(desk, period, head),
        checkpoint=head.note,
        keys=load_public_keys(key_folder(organisation.id)),
        registers={register.id: register.title for register in pack.registers.values()},
        figures=tuple(figures_of(results, organisation.id, pack, period, directory, known, veil)),
        entries=entries,
        proof=proof_of(tree, entries),
        reports=wanted.reports,
        evidence=tuple(evidence_files(organisation.id, entries, wanted.with_evidence)),
        earlier=tuple(earlier_heads(organisation.id, head, tree)),
    )


def proof_of(tree: Tree, entries: Sequence[ListedEntry]) -> tuple[bytes, ...]:
    """That the entries are in the log; nothing to prove where there are none."""
    return tuple(set_proof(tree, sorted({entry.leaf_index for entry in entries}))) if entries else ()


def require_whole(organisation_id: UUID, head: Head) -> Tree:
    """The log's tree; Moved when it has grown since the head was signed, so that the head does not hold all of it."""
    tree = Tree(read_leaves(organisation_id), head.checkpoint.hasher)
    if (tree.size, tree.root()) != (head.checkpoint.size, head.checkpoint.root):
        raise Moved(
            "签署之后又有新的记录，请重新生成 / something was recorded since the head was signed: make it again"
        )
    return tree


def read_secret(organisation_id: UUID) -> bytes:
    """What nobody outside knows and never changes: the salt of the log's first leaf."""
    salt = Revision.objects.filter(organisation_id=organisation_id, leaf_index=0).values_list("salt", flat=True).get()
    return bytes(salt or b"")


def header_of(desk: Desk, period: Period, head: Head) -> Header:
    """What the manifest says of the whole."""
    offset = desk.now.astimezone(ZoneInfo(settings.TIME_ZONE)).utcoffset()
    return Header(
        organisation_id=str(desk.organisation.id),
        organisation_name=desk.organisation.name,
        origin=origin_of(desk.organisation.id),
        start=period.start,
        end=period.end,
        made_at=head.checkpoint.at,
        utc_offset_minutes=int(offset.total_seconds() // 60) if offset else 0,
        software=f"lianze {__version__}",
        hasher=head.checkpoint.hasher,
        packs=(PackRef(desk.pack.id, desk.pack.version, bytes.fromhex(desk.pack.hash)),),
    )


def earlier_heads(organisation_id: UUID, head: Head, tree: Tree) -> list[EarlierHead]:
    """Proofs that the log goes on from each head signed before this one."""
    sizes = {known.checkpoint.size: known.checkpoint.root for known in known_heads(organisation_id)}
    return [
        EarlierHead(size, root, tuple(tree.consistency_proof(size)))
        for size, root in sorted(sizes.items())
        if 0 < size < head.checkpoint.size
    ]
