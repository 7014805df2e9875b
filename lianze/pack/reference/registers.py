"""docs/generated/registers.md: every register with its kinds, fields, roles, links, states and steps."""

from lianze.pack.definitions import Field, Pack, Register
from lianze.pack.reference.markdown import coded, render_page, render_table, yes

SAID = "From each definition come the form, the list, the sheet of the workbook, the API schema and the validation."


def render_registers(pack: Pack) -> str:
    """One chapter a register."""
    return render_page(pack, "Registers 台账", SAID, [render_register(pack, one) for one in pack.registers.values()])


def render_register(pack: Pack, register: Register) -> str:
    """Everything about one register."""
    head = f"## `{register.id}` {register.title} · {register.title_en}\n\nSource: {register.source}\n"
    about = f"Counted in {register.counted_in}. " + (
        "Restricted: invisible without a role that lists it. " * register.restricted
    )
    if register.ahead_days:
        about += f"`happened_on` may lie up to {register.ahead_days} days ahead. "
    blocks = [head, f"{about}The same entry again: {coded(register.key)}.\n", *kinds_of(register)]
    fields = [row_of_field(pack, field) for field in register.field]
    blocks.append(render_table(("field", "字段", "", "type", "must", "only for", "choices"), fields))
    roles = [
        (
            f"@{one.role}",
            one.title,
            one.title_en,
            yes(one.required),
            yes(one.many),
            yes(one.outside),
            coded(one.kinds),
        )
        for one in register.participant
    ]
    if roles:
        blocks.append(render_table(("people", "角色", "", "must", "several", "outsiders", "asked for with"), roles))
    links = [(f">{one.relation}", one.title, one.title_en, f"`{one.to}`", yes(one.required)) for one in register.link]
    if links:
        blocks.append(render_table(("link", "关联", "", "to", "must"), links))
    return "\n".join([*blocks, *states_of(register), *requirements_of(register)])


def kinds_of(register: Register) -> list[str]:
    """The table of kinds, where there are any."""
    rows = [
        (f"`{kind.id}`", kind.title, kind.title_en, kind.counted_in or register.counted_in) for kind in register.kind
    ]
    return [render_table(("kind", "类型", "", "counted in"), rows)] if rows else []


def row_of_field(pack: Pack, field: Field) -> tuple[str, ...]:
    """The cells of one field."""
    choices = field.choices or (pack.vocabularies[field.vocabulary].choice if field.vocabulary else ())
    kind = f"{field.type} ({field.counted_in})" if field.counted_in else field.type
    titles = "、".join(choice.title for choice in choices)
    return (f"`{field.name}`", field.title, field.title_en, kind, yes(field.required), coded(field.kinds), titles)


def states_of(register: Register) -> list[str]:
    """The tables of states and of steps."""
    if not register.state:
        return []
    states = [(f"`{state.id}`", state.title, state.title_en, yes(state.final)) for state in register.state]
    steps = [
        (
            f"`{step.id}`",
            step.title,
            step.title_en,
            f"{coded(step.start)} → `{step.to}`",
            yes(step.second_person) or "same" * step.same_person,
            yes(step.reason),
            coded(list(dict.fromkeys(name for name in (*step.needs, step.takes or step.sets) if name))),
        )
        for step in register.transition
    ]
    return [
        render_table(("state", "状态", "", "closed"), states),
        render_table(("step", "办理", "", "from → to", "second person", "reason", "needs"), steps),
    ]


def requirements_of(register: Register) -> list[str]:
    """The table of what entries must keep to, where there is any."""
    rows = [
        (
            f"`{one.id}`",
            one.title,
            one.title_en,
            "told only" if one.advice else coded(one.states) or "always",
            coded(one.kinds),
            one.source,
        )
        for one in register.requirement
    ]
    return [render_table(("requirement", "规定", "", "in states", "only for", "source"), rows)] if rows else []
