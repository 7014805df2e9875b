"""docs/generated/duties.md, norms.md and checks.md: what is owed, what is allowed, what must agree."""

from lianze.pack.definitions import Duty, Pack
from lianze.pack.reference.markdown import render_conditions, render_page, render_table, yes

MARKS = "Marks: **S** stated in the rule named, **D** derived, **M** not confirmed, **?** sources disagree."
DUTIES = (
    f"Who owes what, how often, and which entries satisfy it. {MARKS} Switched-off rows differ from place to place."
)
NORMS = f"Limits, each with the rule it comes from. {MARKS} Switched-off rows wait for the organisation's confirmation."
CHECKS = "Relations that must hold between the figures of one report; only figures counted alike are compared."


def render_duties(pack: Pack) -> str:
    """One row a duty."""
    columns = ("id", "责任事项", "", "who", "every", "at least", "satisfied by", "on", "mark", "source")
    table = render_table(columns, map(row_of, pack.duties.values()))
    return render_page(pack, "Duties 责任事项", DUTIES, [table, *holidays_of(pack)])


def row_of(duty: Duty) -> tuple[str, ...]:
    """The cells of one duty."""
    return (
        f"`{duty.id}`",
        duty.title,
        duty.title_en,
        duty.who,
        duty.every + (f", by {duty.due}" if duty.due else ""),
        str(duty.at_least),
        satisfied_by(duty),
        yes(duty.enabled),
        duty.mark,
        duty.source,
    )


def satisfied_by(duty: Duty) -> str:
    """Which entries count, for whom, and of which occasions."""
    credit = f" for `{duty.of}`" if duty.of else ""
    occasions = f"; occasions: {render_conditions(duty.base)}" if duty.base else ""
    return f"`{duty.register}`{credit}: {render_conditions(duty.where)}{occasions}"


def holidays_of(pack: Pack) -> list[str]:
    """When the holidays fall, and the days off announced."""
    known = pack.vocabularies.get("holiday")
    titles = {choice.id: choice.title for choice in known.choice} if known else {}
    days = [
        (f"`{h.id}`", titles.get(h.id, ""), h.calendar, h.term or f"{h.month}-{h.day}", f"{h.days_before} + {h.days}")
        for h in pack.holidays.values()
    ]
    spans = [
        (f"`{s.id}`", "、".join(titles.get(h, h) for h in s.holidays), s.first, s.last, s.source)
        for s in pack.days_off.values()
    ]
    return [
        "## Holidays 节日\n",
        render_table(("id", "节日", "calendar", "falls on", "days off before + from the day"), days),
        "\n## Days off announced 放假安排\n",
        render_table(("id", "节日", "first", "last", "source"), spans),
    ]


def render_norms(pack: Pack) -> str:
    """One row a limit; then the checklists."""
    columns = ("id", "标准", "", "for", "value", "from", "until", "on", "mark", "source")
    rows = [
        (
            f"`{norm.id}`",
            norm.title,
            norm.title_en,
            value.key,
            f"{value.value} {norm.counted_in}",
            norm.valid_from,
            norm.valid_until,
            yes(norm.enabled),
            norm.mark,
            norm.source,
        )
        for norm in pack.norms.values()
        for value in norm.value
    ]
    return render_page(pack, "Norms 标准", NORMS, [render_table(columns, rows), *checklists_of(pack)])


def checklists_of(pack: Pack) -> list[str]:
    """Every checklist with its items."""
    blocks = ["## Checklists 清单\n"]
    for checklist in pack.checklists.values():
        blocks.append(f"### `{checklist.id}` {checklist.title} · {checklist.title_en}\n\n{checklist.source}\n")
        rows = [(aspect.title, aspect.title_en, item) for aspect in checklist.aspect for item in aspect.items]
        blocks.append(render_table(("方面", "", "条目"), rows))
    return blocks


def render_checks(pack: Pack) -> str:
    """One row a relation."""
    rows = [
        (f"`{check.id}`", check.title, check.title_en, f"`{check.formula}`", check.by) for check in pack.checks.values()
    ]
    return render_page(pack, "Checks 关系", CHECKS, [render_table(("id", "关系", "", "formula", "by"), rows)])
