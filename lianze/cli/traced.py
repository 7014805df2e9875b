"""The rows behind a figure on the command line: one a line, tabs between, and on standard error what they come to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from lianze.cli.language import choose
from lianze.figures.compute import compute_figures
from lianze.figures.results import ORGANISATION, find_result
from lianze.figures.rows_told import adds_heading, adds_of, closing_of
from lianze.figures.titles import SOURCES, title_of
from lianze.figures.trace import trace, unit_of

if TYPE_CHECKING:
    from lianze.domain.periods import Period
    from lianze.figures.results import FigureResult, TraceRow
    from lianze.org.directory import Directory
    from lianze.pack.definitions import Figure, Pack


@dataclass(frozen=True)
class Asked:
    """Whose rows are asked for. `scope` is as people write it."""

    figure: "Figure"
    scope: str
    period: "Period"
    pack: "Pack"
    directory: "Directory"


def read_rows(asked: Asked) -> "list[TraceRow]":
    """The rows behind the figure."""
    organisation_id = asked.directory.organisation_id
    return trace(asked.figure.id, asked.scope, organisation_id, asked.pack, asked.period, asked.directory)


def show_rows(asked: Asked, rows: "list[TraceRow]") -> None:
    """The rows, and what the figure makes of them."""
    for row in rows:
        click.echo(line_of(row, asked))
    results = compute_figures(asked.directory.organisation_id, asked.pack, asked.period, asked.directory)
    unit = unit_of(asked.scope, asked.figure, asked.directory)
    result = find_result(results, asked.figure.id, f"unit:{unit.code}" if unit else ORGANISATION)
    count = choose(f"共 {len(rows)} 条", f"{len(rows)} entries" if len(rows) != 1 else "1 entry")
    closing = closing_of(rows, asked.figure, result, asked.pack, asked.directory) if result else None
    click.echo(count + (choose("；", "; ") + choose(*closing) if closing else ""), err=True)
    looked = asked.pack.figures.get(asked.figure.looked)
    if result is not None and not result.hits and looked is not None:
        show_looked(asked, looked, result)


def show_looked(asked: Asked, looked: "Figure", result: "FigureResult") -> None:
    """The entries of those who looked, if there are any: they make a zero one, once every look is finished."""
    there = Asked(
        looked, result.scope if looked.by == "unit" else ORGANISATION, asked.period, asked.pack, asked.directory
    )
    rows = read_rows(there)
    if not rows:
        return
    chinese, english = title_of(looked)
    if result.status == "none_found":
        said = choose("查过，没有发现", "Looked into and none found")
    else:
        said = choose("已经着手查，但还没有全部查完", "Somebody has begun to look, but not every look is finished")
    click.echo(said + choose(f"。查的记录（{chinese}，{looked.id}）：", f". {english} ({looked.id}):"), err=True)
    for row in rows:
        click.echo(line_of(row, there))


def line_of(row: "TraceRow", asked: Asked) -> str:
    """Day, register or source, number, unit, title, and what the row adds where it adds more than one."""
    register = asked.pack.registers.get(row.register)
    source = title_of(register) if register else SOURCES.get(row.register, (row.register, row.register))
    cells = [str(row.happened_on or "—"), choose(*source), row.number or "—", row.unit or "—", row.title]
    if adds_heading(asked.figure, asked.pack):
        cells.append(choose(*adds_of(row, asked.figure, asked.pack, asked.directory)))
    if not row.counted:
        cells.append(choose("只计入分母", "base only"))
    return "\t".join(cells)
