"""The only writer of organisations, units, people, posts, appointments and portfolios.

Rows are recognised by their natural key: what is there already is changed, never doubled, and never removed. Every
row written has its revision and leaf in the same transaction.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from lianze.domain.errors import Refused
from lianze.ledger.log import Change, append_revisions, open_log
from lianze.ledger.models import LogHead
from lianze.ledger.names import initials_of, pinyin_of
from lianze.ledger.org_states import AppointmentState, PersonState, PortfolioState, UnitState
from lianze.ledger.states import Author
from lianze.ledger.upsert import Pen, Tally, row_json, upsert
from lianze.org.keys import new_id
from lianze.org.models import Appointment, Organisation, Person, Portfolio, Post, Unit

STEP = 4
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ATTEMPTS = 5


def create_organisation(
    code: str,
    name: str,
    short_name: str,
    superior_name: str,
    parent_path: str,
    now: datetime,
    author: Author,
    hasher: str = "sha-256",
) -> Organisation:
    """A new organisation under `parent_path` ("": a root), with its log, whose `hasher` is chosen here for good.
    Refused when the code is taken."""
    if Organisation.objects.filter(code=code).exists():
        raise Refused(f"已有编码为“{code}”的单位 / an organisation of that code exists")
    for attempt in range(ATTEMPTS):
        organisation = Organisation(
            id=new_id(),
            path=next_path(parent_path),
            code=code,
            name=name,
            short_name=short_name,
            superior_name=superior_name,
            created_at=now,
        )
        try:
            with transaction.atomic():
                organisation.save(force_insert=True)
                open_log(organisation.id, hasher)
                change = Change("organisation", organisation.id, 1, "create", row_json(organisation))
                append_revisions(organisation.id, [change], author, "", now)
        except IntegrityError:
            # Somebody else took the step at the same moment; the next one is free.
            if attempt == ATTEMPTS - 1:
                raise
        else:
            return organisation
    raise AssertionError("unreachable")


def next_path(parent_path: str) -> str:
    """The first step under `parent_path` after those in use."""
    if parent_path and not Organisation.objects.filter(path=parent_path, closed_at__isnull=True).exists():
        raise Refused("上级单位不存在 / no such superior")
    # “[” follows “Z”: the half-open range of all paths below.
    below = Organisation.objects.filter(path__gt=parent_path, path__lt=f"{parent_path}[")
    last = below.order_by("-path").values_list("path", flat=True).first()
    number = int(last[len(parent_path) : len(parent_path) + STEP], len(DIGITS)) + 1 if last else 0
    if number >= len(DIGITS) ** STEP:
        raise Refused("下级单位已满 / no step left under this superior")
    step = ""
    for _ in range(STEP):
        number, digit = divmod(number, len(DIGITS))
        step = DIGITS[digit] + step
    return parent_path + step


@transaction.atomic
def write_units(pen: Pen, states: Sequence[UnitState]) -> Tally:
    """Units, with what they stand under; Refused for a parent that is not there or stands below its own child."""
    known = Unit.objects.filter(organisation_id=pen.organisation_id)
    ids = dict(known.values_list("code", "id"))
    tally = Tally()
    for layer in layers(states, set(ids)):
        written, rows = upsert(pen, "unit", Unit, ("code",), [unit_columns(state, ids) for state in layer])
        ids = {row.code: row.id for row in rows.values()}
        tally += written
    return tally


def unit_columns(state: UnitState, ids: dict[str, UUID]) -> dict[str, object]:
    """The row of a unit whose parent is among `ids`."""
    return {
        "code": state.code,
        "name": state.name,
        "kind": state.kind,
        "parent_id": ids[state.parent] if state.parent else None,
        "order": state.order,
        "created_on": state.created_on,
        "closed_on": state.closed_on,
    }


def layers(states: Iterable[UnitState], known: set[str]) -> Iterable[list[UnitState]]:
    """Units in layers, each under units of the layers before or already there."""
    left = list(states)
    # A unit that is about to move may not carry others before it stands itself.
    ready = known - {s.code for s in left}
    while left:
        layer = [s for s in left if not s.parent or s.parent in ready]
        if not layer:
            codes = "、".join(s.code for s in left)
            raise Refused(f"机构 {codes} 的上级不存在或互为上级 / parents missing or in a circle")
        yield layer
        ready |= {s.code for s in layer}
        left = [s for s in left if s.code not in ready]


@transaction.atomic
def write_people(pen: Pen, states: Sequence[PersonState]) -> Tally:
    """People; how their names sound is worked out here."""
    wanted = [
        {
            "code": s.code,
            "name": s.name,
            "pinyin": pinyin_of(s.name),
            "initials": initials_of(s.name),
            "unit_id": s.unit_id,
            "joined_on": s.joined_on,
            "left_on": s.left_on,
            "party_member_since": s.party_member_since,
            "note": s.note,
        }
        for s in states
    ]
    return upsert(pen, "person", Person, ("code",), wanted)[0]


@transaction.atomic
def write_appointments(pen: Pen, states: Sequence[AppointmentState]) -> Tally:
    """Posts that people hold; the posts themselves are made where they are missing and don't count."""
    post_key = ("unit_id", "name", "capacity", "rank")
    posts = [{"unit_id": s.unit_id, "name": s.post, "capacity": s.capacity, "rank": s.rank} for s in states]
    _, rows = upsert(pen, "post", Post, post_key, posts)
    wanted = [
        {
            "person_id": s.person_id,
            "post_id": rows[s.unit_id, s.post, s.capacity, s.rank].id,
            "start_on": s.start_on,
            "end_on": s.end_on,
        }
        for s in states
    ]
    return upsert(pen, "appointment", Appointment, ("person_id", "post_id", "start_on"), wanted)[0]


@transaction.atomic
def write_portfolios(pen: Pen, states: Sequence[PortfolioState]) -> Tally:
    """Areas and units that people are in charge of."""
    wanted = [
        {
            "person_id": s.person_id,
            "area": s.area,
            "unit_id": s.unit_id,
            "start_on": s.start_on,
            "end_on": s.end_on,
            "document": s.document,
        }
        for s in states
    ]
    return upsert(pen, "portfolio", Portfolio, ("person_id", "area", "unit_id", "start_on"), wanted)[0]


def lock_organisation(organisation_id: UUID) -> bytes:
    """Waits until no other transaction writes to this organisation's log, and keeps others waiting until the end. Returns
    the log's frontier, which names the state of all its rows."""
    return bytes(LogHead.objects.select_for_update().get(organisation_id=organisation_id).frontier)
