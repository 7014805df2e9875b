"""Who may be given which role: mutually exclusive roles, nobody to themselves, nobody beyond their own reach."""

from datetime import date, timedelta

from lianze.pack import Pack
from lianze.rules.permissions import refusal
from lianze.rules.shapes import Actor, HeldGrant, Subject

# What three administrators do, each one of them.
OFFICES = frozenset({"administer", "secure", "audit"})


def grant_refusal(giver: Actor, receiver: Actor, grant: HeldGrant, pack: Pack) -> str | None:
    """Why `giver` may not give `grant` to `receiver`; None when it may.

    `receiver.grants` are all grants of the receiving account, past and future ones included.
    """
    if grant.role not in pack.roles:
        return f"没有“{grant.role}”这一角色 / no such role"
    if len(OFFICES.intersection(pack.roles[grant.role].actions)) > 1:
        return "这一角色集中了应当分开的管理权，只供本机使用 / it unites what must be kept apart; for the machine itself only"
    if grant.end is not None and grant.end <= grant.start:
        return "止日须晚于起日 / the last day lies before the first"
    if giver.account_id == receiver.account_id or (giver.person_id and giver.person_id == receiver.person_id):
        return "不能给自己授权 / nobody grants a role to themselves"
    if (reason := refusal("secure", giver, Subject(grant.organisation_path), pack)) is not None:
        return reason
    return repetition(receiver.grants, grant, pack) or exclusion(receiver.grants, grant, pack)


def repetition(held: tuple[HeldGrant, ...], grant: HeldGrant, pack: Pack) -> str | None:
    """The same role, as far as it goes, that is held on some of the days already."""
    for other in held:
        same = other.role == grant.role and other.organisation_path == grant.organisation_path
        if same and other.unit_ids == grant.unit_ids and overlap(other, grant):
            title, last = pack.roles[grant.role].title, (other.end - timedelta(days=1)) if other.end else None
            span = f"{other.start} — {last or '今'}", f"{other.start} – {last or 'now'}"
            return f"已有“{title}”（{span[0]}），不必重复授予；要改日期请先终止原来的 / held already ({span[1]}): end it first"
    return None


def exclusion(held: tuple[HeldGrant, ...], grant: HeldGrant, pack: Pack) -> str | None:
    """The held role that excludes the new one on some day; either side may say so."""
    for other in held:
        if is_exclusive(other.role, grant.role, pack) and overlap(other, grant):
            titles = f"{pack.roles[other.role].title}、{pack.roles[grant.role].title}"
            return f"{titles}不能由同一人担任 / these two roles exclude each other"
    return None


def needs_second_factor(held: tuple[HeldGrant, ...], day: date, pack: Pack) -> bool:
    """Whether some role held that day must not be used with a password alone."""
    roles = (pack.roles[grant.role] for grant in held if grant.is_held(day) and grant.role in pack.roles)
    return any(role.second_factor == "required" for role in roles)


def grantable(pack: Pack) -> list[str]:
    """Ids of the roles that can be given to an account at all."""
    return [role.id for role in pack.roles.values() if len(OFFICES.intersection(role.actions)) <= 1]


def is_exclusive(one: str, other: str, pack: Pack) -> bool:
    """Whether either role excludes the other."""
    if one not in pack.roles or other not in pack.roles:
        return False
    return other in pack.roles[one].excludes or one in pack.roles[other].excludes


def overlap(one: HeldGrant, other: HeldGrant) -> bool:
    """Whether two half-open spans share a day; one that was ended before it began has none."""
    if any(span.end is not None and span.end <= span.start for span in (one, other)):
        return False
    return one.start < (other.end or date.max) and other.start < (one.end or date.max)


def separation_gaps(held: tuple[tuple[HeldGrant, ...], ...], day: date, pack: Pack) -> list[str]:
    """What is not kept apart among the accounts' grants that day: an office too small for three is told so."""
    gaps: list[str] = []
    for grants in held:
        roles = sorted({grant.role for grant in grants if grant.is_held(day)})
        for i, one in enumerate(roles):
            for other in roles[i + 1 :]:
                if is_exclusive(one, other, pack):
                    titles = f"{pack.roles[one].title}与{pack.roles[other].title}"
                    gaps.append(f"{titles}由同一账号担任，二者没有分开 / held by one account, not kept apart")
    return gaps
