"""What may be seen: the described rows are those a plain reading of the grants gives."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from lianze.pack import Pack
from lianze.rules import (
    Actor,
    HeldGrant,
    Subject,
    Visibility,
    covers,
    may_see,
    may_see_notes,
    refusal,
    visibility_of,
)
from tests.rules.conftest import CAST, CHILD, CITY, DAY, OFFICE, ROLES, SIBLING, actor, finding

PATHS = st.sampled_from([CITY, OFFICE, CHILD, SIBLING, "0002", "00020001", "ZZZZ", "000Z"])
UNITS = st.sampled_from([CAST.section, CAST.other_section])
PEOPLE = st.sampled_from([CAST.wang, CAST.li, CAST.zhao])
DAYS = st.integers(-2, 2).map(lambda n: DAY + timedelta(days=n))
GRANTS = st.builds(
    HeldGrant,
    st.sampled_from([role.id for role in ROLES] + ["nobody"]),
    PATHS,
    DAYS,
    st.none() | DAYS,
    st.frozensets(UNITS, max_size=1),
)
ACTORS = st.builds(
    Actor,
    PEOPLE,
    PATHS,
    st.just(DAY),
    st.none() | PEOPLE,
    st.frozensets(UNITS),
    st.lists(GRANTS, max_size=3).map(tuple),
)
SUBJECTS = st.builds(
    Subject,
    PATHS,
    st.sampled_from(["finding", "archive", "unknown"]),
    st.none() | UNITS,
    st.none() | PEOPLE,
    st.none() | PEOPLE,
)


def plainly_seen(asker: Actor, row: Subject, pack: Pack) -> bool:
    """The rules of visibility said once more, as plainly as possible, with prefixes in place of ranges."""
    for grant in asker.grants:
        role = pack.roles.get(grant.role)
        if role is None or "read" not in role.actions:
            continue
        if grant.start > asker.day or (grant.end and grant.end <= asker.day):
            continue
        register = pack.registers.get(row.register)
        if register is None or (register.restricted and row.register not in role.restricted):
            continue
        scope = role.read_scope or role.scope
        below = row.organisation_path.startswith(grant.organisation_path)
        if not (below if scope == "subtree" else row.organisation_path == grant.organisation_path):
            continue
        units: frozenset[UUID] = frozenset() if role.read_scope else grant.unit_ids
        if scope == "unit":
            units = grant.unit_ids or asker.unit_ids or frozenset({UUID(int=99)})
        if units and row.unit_id not in units:
            continue
        mine = row.author_id == asker.account_id or (row.owner_id is not None and row.owner_id == asker.person_id)
        if scope == "own" and not mine:
            continue
        return True
    return False


@given(ACTORS, SUBJECTS)
def test_the_description_the_decision_and_a_plain_reading_agree(pack: Pack, asker: Actor, row: Subject) -> None:
    seen = plainly_seen(asker, row, pack)
    assert covers(visibility_of(asker, pack), row) == seen
    assert may_see(asker, row, pack) == seen
    assert (refusal("read", asker, row, pack) is None) == seen


def test_without_a_grant_nothing_is_seen(pack: Pack) -> None:
    assert visibility_of(actor(CAST.sun), pack) == Visibility(CAST.sun, CAST.sun, ())


def test_a_superior_s_path_range_ends_where_the_next_organisation_begins(pack: Pack) -> None:
    (reach,) = visibility_of(actor(CAST.chen, "superior"), pack).reaches
    assert reach.low <= OFFICE < reach.high
    assert reach.low <= OFFICE + "ZZZZ" < reach.high
    assert not reach.low <= SIBLING < reach.high


def test_equal_grants_make_one_reach(pack: Pack) -> None:
    clerk = actor(CAST.wang, "clerk")
    twice = replace(clerk, grants=(*clerk.grants, HeldGrant("clerk", OFFICE, date(2022, 1, 1))))
    assert len(visibility_of(twice, pack).reaches) == 1


def test_nobody_sees_the_notes_of_the_own_or_a_relative_s_archive(pack: Pack) -> None:
    principal = replace(actor(CAST.zhao, "principal"), relatives=frozenset({CAST.li}))
    seen = [
        may_see_notes(principal, finding(register="archive", person_ids=frozenset({person})), pack)
        for person in (CAST.zhao, CAST.li, CAST.sun)
    ]
    assert seen == [False, False, True]


def test_the_notes_of_a_hidden_entry_are_hidden_too(pack: Pack) -> None:
    assert not may_see_notes(actor(CAST.wang, "clerk"), finding(register="archive"), pack)
