"""docs/generated/figures.md: how every figure is counted."""

from lianze.pack.definitions import Figure, Pack
from lianze.pack.reference.markdown import render_conditions, render_page, render_table

SAID = (
    "Every figure is a query over entries. **where** lists what must hold of an entry; a kind that ends in “.” is a "
    "family. **looked** names the figure that shows somebody looked: only with a value there is a zero “none found”. "
    "**reading** is the interpretation taken where the wording of reports is ambiguous."
)
COLUMNS = ("id", "数据项", "", "measure", "counted in", "register", "of", "where", "period", "by", "looked", "reading")


def render_figures(pack: Pack) -> str:
    """One chapter a section of the report, in the order of the pack."""
    sections: dict[str, list[Figure]] = {}
    for figure in pack.figures.values():
        sections.setdefault(figure.section or "whole year", []).append(figure)
    blocks = [
        f"## {section}\n\n{render_table(COLUMNS, [row_of(figure) for figure in sections[section]])}"
        for section in sections
    ]
    people = [
        (f"`{one.id}`", one.title, one.title_en, "、".join(one.capacity) or "everybody")
        for one in pack.populations.values()
    ]
    blocks.append("## Populations 人群\n\n" + render_table(("id", "人群", "", "capacity"), people))
    return render_page(pack, "Figures 数据项", SAID, blocks)


def row_of(figure: Figure) -> tuple[str, ...]:
    """The cells of one figure."""
    where = render_conditions(figure.where)
    if figure.base:
        where = f"{where} — among: {render_conditions(figure.base)}"
    period = (
        figure.period
        + (f" {figure.since}" if figure.since else "")
        + (f", each {figure.every}" if figure.every else "")
    )
    of = f"{figure.of} over {figure.population}" if figure.of and figure.population else figure.of or figure.population
    register = figure.register or figure.source
    required = f" (required: {figure.required})" if figure.required is not None else ""
    return (
        f"`{figure.id}`",
        figure.title,
        figure.title_en,
        figure.measure + required,
        figure.counted_in,
        f"`{register}`",
        of,
        where,
        period,
        figure.by,
        f"`{figure.looked}`" if figure.looked else "",
        figure.reading,
    )
