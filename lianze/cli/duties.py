"""`lianze duties`."""

import json
import sys
from typing import TYPE_CHECKING

import click

from lianze.cli.language import choose
from lianze.cli.office import faults_told, open_desk, start
from lianze.cli.options import json_option, organisation_option, year_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lianze.duties.compute import Cell, Row, Standing


@click.command(help=choose("列出全年责任的办理情况", "List what is owed in a year and where it stands."))
@year_option
@organisation_option
@json_option
def duties_command(year: int, organisation: str | None, as_json: bool) -> None:
    """Every duty that the pack switches on, one line a bearer."""
    start()
    with faults_told():
        from lianze.duties.compute import compute_duties
        from lianze.duties.output import duties_as_json
        from lianze.org.directory import read_directory

        desk = open_desk(organisation)
        day = desk.actor.day
        directory = read_directory(desk.organisation.id, desk.pack)
        standings = compute_duties(desk.organisation.id, desk.pack, year, day, directory)
    if as_json:
        click.echo(json.dumps(duties_as_json(standings, day), ensure_ascii=False, indent=2))
    else:
        show_duties(standings)


def show_duties(standings: "Sequence[Standing]") -> None:
    """Periods done of those required, and which are short: missed ones by their days, running ones by the last."""
    from rich.console import Console
    from rich.table import Table

    table = Table()
    titles = choose("duty,责任,谁,已办期数,缺,待办期限", "duty,title,who,periods done,short,due by").split(",")
    for i, title in enumerate(titles):
        table.add_column(title, justify="right" if i == 3 else "left")
    for standing in standings:
        for row in standing.rows:
            table.add_row(*texts(standing, row))
    Console(width=None if sys.stdout.isatty() else 160).print(table)


def texts(standing: "Standing", row: "Row") -> tuple[str, ...]:
    """One bearer's line."""
    duty, required = standing.duty, [cell for cell in row.cells if cell.required]
    done, late = sum(cell.state == "done" for cell in required), sum(cell.is_late for cell in required)
    told_late = choose(f"（逾期{late}）", f" ({late} late)") if late else ""
    return (
        duty.id,
        choose(duty.title, duty.title_en),
        row.bearer.name or choose("本单位", "the organisation"),
        f"{done}/{len(required)}{told_late}" if required else "—",
        "、".join(short(cell) for cell in required if cell.state == "missed"),
        "、".join(cell.span.due_on.isoformat() for cell in required if cell.state == "due"),
    )


def short(cell: "Cell") -> str:
    """A period that was short, with what there was of what was owed."""
    return f"{cell.span.period.start:%m-%d}~{cell.span.due_on:%m-%d} {cell.hits}/{cell.required}"
