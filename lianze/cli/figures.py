"""`lianze figures` and `lianze trace`."""

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from lianze.cli.failing import Failure
from lianze.cli.language import choose, is_english
from lianze.cli.office import faults_told, open_desk, start
from lianze.cli.options import json_option, last_day, organisation_option, tell_cut, until_option, year_option
from lianze.domain.periods import year_until

if TYPE_CHECKING:
    from lianze.figures.results import FigureResult
    from lianze.figures.timeliness import Timeliness
    from lianze.ledger.actions import Desk
    from lianze.pack.definitions import Figure, Pack

STATUS = {
    "value": ("", ""),
    "none_found": ("查过，没有", "none found"),
    "no_record": ("无记录", "no record"),
    "not_yet": ("还没有一期已满", "no period is over yet"),
}


@click.command(help=choose("列出全年数据项", "List the year's figures."))
@year_option
@until_option
@organisation_option
@json_option
def figures_command(year: int, until: datetime | None, organisation: str | None, as_json: bool) -> None:
    """Every figure of the pack, with how many entries stand behind it."""
    start()
    with faults_told():
        from lianze.figures.compute import compute_figures
        from lianze.figures.output import figures_as_json
        from lianze.figures.timeliness import compute_timeliness

        desk = open_desk(organisation)
        period = year_until(year, last_day(year, until) or desk.actor.day)
        results = compute_figures(desk.organisation.id, desk.pack, period)
        times = compute_timeliness(desk.organisation.id, desk.pack, period)
    if as_json:
        found = [
            {**figure, "recorded": recorded_of(times, str(figure["figure"]))}
            for figure in figures_as_json(results, period)
        ]
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        tell_cut(period)
        show_figures(results, desk)
        show_times(times)


def recorded_of(times: "Sequence[Timeliness]", figure: str) -> dict[str, int] | None:
    """Entries behind a figure by how many days after they happened they were recorded; None without entries."""
    found = next((time for time in times if time.figure == figure and time.entries), None)
    if found is None:
        return None
    later = found.entries - found.within_30
    return {"within_7_days": found.within_7, "within_30_days": found.within_30 - found.within_7, "later": later}


def show_times(times: "Sequence[Timeliness]") -> None:
    """For each register, how soon after it happened it was recorded. Information, not a score."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=choose("记录及时情况（发生后多少天登记）", "When it was recorded after it happened"))
    titles = choose("台账,记录数,7日内,8至30日,更晚", "register,entries,7 days,8 to 30,later").split(",")
    for i, title in enumerate(titles):
        table.add_column(title, justify="right" if i else "left")
    for time in times:
        if not time.figure and time.shares:
            shares = (f"{round(share * 100)}%" for share in time.shares)
            table.add_row(choose(time.title, time.title_en), str(time.entries), *shares)
    Console(width=None if sys.stdout.isatty() else 160).print(table)


def show_figures(results: "Sequence[FigureResult]", desk: "Desk") -> None:
    """One figure a row."""
    from rich.console import Console
    from rich.table import Table

    from lianze.figures.output import numeral
    from lianze.org.directory import read_directory

    directory = read_directory(desk.organisation.id, desk.pack)
    units = {f"unit:{unit.code}": unit.name for unit in directory.units.values()}
    table = Table(show_lines=False)
    titles = (
        ("编码", "数据项", "范围", "数值", "单位", "记录数", "说明"),
        ("figure", "title", "scope", "value", "counted in", "entries", "note"),
    )
    for i, title in enumerate(titles[1] if is_english() else titles[0]):
        table.add_column(title, justify="right" if i in (3, 5) else "left")
    for result in results:
        value = numeral(result) or "—"
        note = choose(*STATUS[result.status])
        title = choose(result.title, result.title_en)
        scope = units.get(result.scope, choose("全单位", "organisation"))
        table.add_row(result.figure, title, scope, value, result.counted_in, str(result.hits), note)
    Console(width=None if sys.stdout.isatty() else 160).print(table)


def figure_named(typed: str, pack: "Pack") -> "Figure":
    """The figure of that id or, where only one has it, that title; else the command fails, naming those near."""
    titled = [one for one in pack.figures.values() if typed in (one.title, one.title_en)]
    if typed in pack.figures or len(titled) == 1:
        return pack.figures[typed] if typed in pack.figures else titled[0]
    near = [one.id for one in titled] or get_close_matches(typed, pack.figures, n=8, cutoff=0.4)
    near = near or [known.id for known in pack.figures.values() if typed in known.title][:8]
    names = "、".join(f"{pack.figures[one].title}（{one}）" for one in near) or "lianze figures"
    names_en = ", ".join(f"{pack.figures[one].title_en} ({one})" for one in near) or "lianze figures"
    raise Failure(choose(f"没有数据项“{typed}”。相近的：{names}", f"no figure {typed}; near: {names_en}"), "no_figure")


@click.command(help=choose("列出数据项背后的记录", "List the entries behind one figure."))
@click.argument("figure", metavar=choose("数据项", "FIGURE"))
@year_option
@until_option
@click.option(
    "--scope",
    default="organisation",
    help=choose("范围：机构的名称或编码，如 办公室", "scope: a unit's name or code, e.g. office"),
)
@organisation_option
@json_option
def trace_command(
    figure: str, year: int, until: datetime | None, scope: str, organisation: str | None, as_json: bool
) -> None:
    """Exit codes: 0 listed, 2 no such figure."""
    start()
    with faults_told():
        from lianze.cli.traced import Asked, read_rows, show_rows
        from lianze.figures.output import trace_as_json
        from lianze.org.directory import read_directory

        desk = open_desk(organisation)
        definition = figure_named(figure, desk.pack)
        directory = read_directory(desk.organisation.id, desk.pack)
        period = year_until(year, last_day(year, until) or desk.actor.day)
        asked = Asked(definition, scope, period, desk.pack, directory)
        rows = read_rows(asked)
        if as_json:
            click.echo(json.dumps(trace_as_json(rows), ensure_ascii=False, indent=2))
            return
        show_rows(asked, rows)
