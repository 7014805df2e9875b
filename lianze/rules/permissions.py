"""Who may do it: one function that every page, endpoint, command, import and export asks.

Order of the reasons: unknown action, hidden row or register (answered like one that does not exist), no role for it,
not as far as that place, stand aside (回避), step kept for another role, second person.
"""

from collections.abc import Iterable

from lianze.pack import Pack
from lianze.pack.actions import ACTIONS
from lianze.pack.definitions import Transition
from lianze.rules.shapes import Actor, HeldGrant, Subject
from lianze.rules.visibility import is_concerned, may_see, open_to, reach_of, reaches_place, reaches_row

# Actions on one entry that is there: they need that it may be seen.
OF_ONE_ROW = ("read", "amend", "withdraw", "transition")
TITLES = {
    "read": "查看",
    "record": "记录",
    "amend": "修改",
    "withdraw": "撤回",
    "transition": "办理",
    "import": "导入",
    "export": "导出",
    "report": "编写报告",
    "freeze": "定稿",
    "file": "报送",
    "organise": "维护机构和人员",
    "administer": "系统管理",
    "secure": "安全管理",
    "audit": "审计",
}


def refusal(action: str, actor: Actor, subject: Subject, pack: Pack) -> str | None:
    """Why `actor` may not do `action` to `subject`, in words; None when it may."""
    if action not in ACTIONS:
        return f"没有“{action}”这一操作 / no such action"
    if (hidden := hidden_refusal(action, actor, subject, pack)) is not None:
        return hidden
    able = [grant for grant in actor.grants if reach_of(action, grant, actor, pack) is not None]
    title = TITLES[action]
    if not able:
        return f"您的角色没有“{title}”权限 / none of your roles may {action}"
    reaching = [grant for grant in able if is_reached(action, grant, actor, subject, pack)]
    if not reaching:
        return elsewhere_refusal(action, able, actor, subject, pack)
    if action != "read" and is_concerned(actor, subject, pack):
        return "涉及本人或亲属，应当回避 / it concerns you or a relative: stand aside"
    if action == "transition":
        return step_refusal(reaching, actor, subject, pack)
    return second_person_refusal(actor, subject) if action == "freeze" else None


def elsewhere_refusal(action: str, able: Iterable[HeldGrant], actor: Actor, subject: Subject, pack: Pack) -> str:
    """That the actor's roles end before the place: whose it is, and which roles may there."""
    head, head_en = f"您的角色不能在此处“{TITLES[action]}”", f"your role may not {action} here"
    reaches = [reach for grant in able if (reach := reach_of(action, grant, actor, pack)) is not None]
    if not subject.register or action not in OF_ONE_ROW:
        return f"{head} / {head_en}"
    if not any(reach.low <= subject.organisation_path < reach.high for reach in reaches):
        whose, whose_en = "这条记录属于其他单位", "it is another organisation's"
    elif any(reach.own for reach in reaches):
        whose, whose_en = "这条记录不是您记录或负责的", "you neither recorded it nor answer for it"
    elif subject.unit_id is None:
        whose, whose_en = "这条记录不属于哪个科室", "it is no section's"
    else:
        whose, whose_en = (
            f"这条记录属于{subject.unit_name or '其他科室'}",
            f"it is {subject.unit_name or 'another section'}'s",
        )
    roles = roles_for(action, subject, pack)
    titles, titles_en = (
        "、".join(pack.roles[role].title for role in roles),
        ", ".join(pack.roles[role].title_en for role in roles),
    )
    return f"{head}：{whose}；可由{titles}办理 / {head_en}: {whose_en}; {titles_en} may"


def roles_for(action: str, subject: Subject, pack: Pack) -> list[str]:
    """The roles given to people that may do `action` to such an entry: its own section's, where it has one, and those of
    the whole organisation."""
    step = find_step(subject, pack) if subject.transition else None
    return [
        role.id
        for role in pack.roles.values()
        if action in role.actions
        and subject.register in open_to(role, pack)
        and "administer" not in role.actions
        and (role.scope in ("organisation", "subtree") or (role.scope == "unit" and subject.unit_id is not None))
        and (step is None or not step.roles or role.id in step.roles)
    ]


def hidden_refusal(action: str, actor: Actor, subject: Subject, pack: Pack) -> str | None:
    """Answers what the actor may not know of as though it were not there: a row, or a whole register."""
    if not subject.register:
        return None
    if action in OF_ONE_ROW:
        return None if may_see(actor, subject, pack) else "没有这条记录 / no such entry"
    held = [pack.roles[g.role] for g in actor.grants if g.role in pack.roles and g.is_held(actor.day)]
    known = any(subject.register in open_to(role, pack) for role in held)
    return None if known else "没有这本台账 / no such register"


def is_reached(action: str, grant: HeldGrant, actor: Actor, subject: Subject, pack: Pack) -> bool:
    """Whether `grant` carries `action` as far as `subject`; what has no register only needs the place."""
    reach = reach_of(action, grant, actor, pack)
    if reach is None:
        return False
    if subject.register:
        return reaches_row(reach, actor, subject)
    return reaches_place(reach, actor, subject)


def step_refusal(reaching: Iterable[HeldGrant], actor: Actor, subject: Subject, pack: Pack) -> str | None:
    """Why the step `subject.transition` is not the actor's: kept for other roles, or for a second person."""
    step = find_step(subject, pack)
    if step is None:
        return f"台账没有“{subject.transition}”这一步 / the register has no such step"
    if step.roles and not any(grant.role in step.roles for grant in reaching):
        titles = "、".join(pack.roles[role].title for role in step.roles if role in pack.roles)
        return f"“{step.title}”由{titles}办理 / this step is kept for another role"
    if step.same_person and not is_step_takers(actor, subject):
        return f"“{step.title}”由提出的人办理 / only whoever took the step before may do this"
    return second_person_refusal(actor, subject) if step.second_person else None


def is_step_takers(actor: Actor, subject: Subject) -> bool:
    """Whether the actor took the latest step; where none is on record, as with entries from a workbook, anybody did."""
    if subject.step_actor_id is None or actor.account_id == subject.step_actor_id:
        return True
    return actor.person_id is not None and actor.person_id == subject.step_person_id


def find_step(subject: Subject, pack: Pack) -> Transition | None:
    """The definition of the step that is asked for; None when the register has none of that id."""
    steps = pack.registers[subject.register].transition
    return next((step for step in steps if step.id == subject.transition), None)


def second_person_refusal(actor: Actor, subject: Subject) -> str | None:
    """Why a second person is needed: who recorded it, answers for it, took the step before or changed it last may not
    confirm it."""
    if actor.person_id is not None and actor.person_id == subject.owner_id:
        return "须由另一人办理：您是责任人，不能自己确认 / a second person must do this: you are in charge of it"
    hands = {subject.author_id, subject.last_actor_id, subject.step_actor_id} - {None}
    people = {subject.author_person_id, subject.last_person_id, subject.step_person_id} - {None}
    if actor.account_id in hands or actor.person_id in people:
        return "须由另一人办理：记录人、上一步经办人、最后修改人不能自己确认 / a second person must do this, not who acted on it"
    return None
