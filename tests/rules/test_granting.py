"""Who may be given which role."""

from dataclasses import replace
from datetime import date

from lianze.pack import Pack
from lianze.rules import HeldGrant, grant_refusal
from lianze.rules.granting import separation_gaps
from tests.rules.conftest import CAST, CHILD, CITY, DAY, OFFICE, actor

SINCE = date(2023, 1, 1)


def test_the_security_administrator_gives_roles_in_reach_only(pack: Pack) -> None:
    giver = actor(CAST.chen, "secadmin")
    for path, may in ((OFFICE, True), (CHILD, True), (CITY, False)):
        answer = grant_refusal(giver, actor(CAST.sun), HeldGrant("clerk", path, SINCE), pack)
        assert (answer is None) == may
    assert grant_refusal(actor(CAST.wang, "clerk"), actor(CAST.sun), HeldGrant("clerk", OFFICE, SINCE), pack)


def test_nobody_grants_a_role_to_themselves_not_even_to_a_second_account(pack: Pack) -> None:
    giver = actor(CAST.chen, "secadmin")
    grant = HeldGrant("clerk", OFFICE, SINCE)
    assert "给自己" in str(grant_refusal(giver, giver, grant, pack))
    assert "给自己" in str(grant_refusal(giver, replace(giver, account_id=CAST.sun), grant, pack))


def test_exclusive_roles_may_follow_but_never_overlap(pack: Pack) -> None:
    """The clerk excludes the auditor, the auditor says nothing: it holds in both directions."""
    giver = actor(CAST.chen, "secadmin")
    past = HeldGrant("clerk", OFFICE, SINCE, date(2023, 3, 1))
    auditor = HeldGrant("auditor", OFFICE, date(2023, 3, 1))
    holder = replace(actor(CAST.sun), grants=(past,))
    assert grant_refusal(giver, holder, auditor, pack) is None
    early = replace(auditor, start=date(2023, 2, 28))
    assert "不能由同一人担任" in str(grant_refusal(giver, holder, early, pack))
    reverse = replace(actor(CAST.sun), grants=(auditor,))
    assert "不能由同一人担任" in str(grant_refusal(giver, reverse, replace(past, end=None), pack))
    assert grant_refusal(giver, reverse, past, pack) is None


def test_unknown_roles_and_empty_spans_are_refused(pack: Pack) -> None:
    giver = actor(CAST.chen, "secadmin")
    assert "没有“king”" in str(grant_refusal(giver, actor(CAST.sun), HeldGrant("king", OFFICE, SINCE), pack))
    assert "止日" in str(grant_refusal(giver, actor(CAST.sun), HeldGrant("clerk", OFFICE, SINCE, SINCE), pack))


def test_an_office_too_small_is_told_what_is_not_kept_apart(pack: Pack) -> None:
    both = (HeldGrant("clerk", OFFICE, SINCE), HeldGrant("auditor", OFFICE, SINCE))
    (gap,) = separation_gaps((both, (HeldGrant("secadmin", OFFICE, SINCE),)), DAY, pack)
    assert "审计管理员与经办人" in gap
    assert separation_gaps((both,), date(2022, 1, 1), pack) == []
