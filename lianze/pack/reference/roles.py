"""docs/generated/roles.md: who may do what, and which steps need a second person."""

from lianze.pack.actions import ACTIONS
from lianze.pack.definitions import Pack
from lianze.pack.reference.markdown import coded, render_page, render_table, yes

SAID = (
    "What a role may do, as far as its scope reaches; a grant on a unit narrows it to that unit. Restricted registers do "
    "not exist for a role that does not list them. Nobody handles a restricted entry about themselves or a relative. "
    "Freezing a report, and the steps below, need somebody else than who recorded the entry or acted on it last."
)


def render_roles(pack: Pack) -> str:
    """The permission table, the roles' reach, and the second-person steps."""
    matrix = [
        (role.title, f"`{role.id}`", *(yes(action in role.actions) for action in ACTIONS))
        for role in pack.roles.values()
    ]
    reach = [
        (
            role.title,
            role.title_en,
            role.scope,
            role.read_scope or role.scope,
            coded(role.restricted),
            coded(role.excludes),
            role.second_factor,
        )
        for role in pack.roles.values()
    ]
    steps = [
        (register.title, step.title, step.title_en, yes(step.second_person), coded(step.roles))
        for register in pack.registers.values()
        for step in register.transition
        if step.second_person or step.roles
    ]
    blocks = [
        render_table(("角色", "role", *ACTIONS), matrix),
        "## Reach 范围\n\n"
        + render_table(("角色", "role", "acts in", "reads in", "restricted", "never with", "second factor"), reach),
        "## Steps kept apart\n\n" + render_table(("台账", "办理", "step", "second person", "only by"), steps),
    ]
    return render_page(pack, "Roles and permissions 角色权限", SAID, blocks)
