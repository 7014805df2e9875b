"""`lianze import` and `lianze template`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lianze.cli.failing import fail
from lianze.cli.given import require_kind, require_there
from lianze.cli.language import choose, one_language
from lianze.cli.office import faults_told, open_desk, read_pack, start
from lianze.cli.options import json_option, organisation_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lianze.exchange.outcome import ImportReport
    from lianze.ledger.actions import Desk


@click.command(
    help=choose("导入工作簿（.xlsx）：全部成功或全部不写", "Import a workbook (.xlsx): all of it or nothing.")
)
@click.argument("file", type=click.Path(path_type=Path))
@organisation_option
@click.option("--evidence", type=click.Path(path_type=Path), default=None, help=choose("佐证文件夹", "evidence folder"))
@click.option("--dry-run", is_flag=True, help=choose("只检查，不写入", "check only, write nothing"))
@json_option
def import_command(file: Path, organisation: str | None, evidence: Path | None, dry_run: bool, as_json: bool) -> None:
    """Exit codes: 0 imported, 1 faults in the workbook, 2 not readable."""
    require_there(file, ".xlsx")
    require_kind(file, "workbook")
    start()
    with faults_told():
        from lianze.exchange.outcome import FaultyWorkbook

        try:
            report = import_file(open_desk(organisation), file, evidence, dry_run)
        except FaultyWorkbook as error:
            tell_doubts(error.doubts, err=True)
            raise
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    else:
        show_report(report)


def import_file(desk: "Desk", file: Path, evidence: Path | None, dry_run: bool = False) -> "ImportReport":
    """Imports with a progress bar on standard error; the evidence folder is the one beside the workbook by default."""
    from rich.console import Console
    from rich.progress import Progress

    from lianze.exchange.importing import import_workbook

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(choose("导入", "importing"), total=None)

        def progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        return import_workbook(desk, file, evidence_folder=evidence, progress=progress, dry_run=dry_run)


def show_report(report: "ImportReport") -> None:
    """Added, changed and unchanged rows a sheet."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=choose("导入结果", "Imported"))
    for title in (
        choose("表", "sheet"),
        choose("新增", "added"),
        choose("修改", "changed"),
        choose("未变", "unchanged"),
    ):
        table.add_column(title, justify="left" if not table.columns else "right")
    for sheet in report.sheets:
        table.add_row(sheet.title, str(sheet.added), str(sheet.changed), str(sheet.unchanged))
    console = Console()
    console.print(table)
    if report.dry_run:
        tell_changes(report)
    if report.files:
        console.print(choose(f"佐证文件 {report.files} 个", f"{report.files} evidence files"))
    if not (report.added or report.changed or report.unchanged):
        console.print(choose("工作簿里没有填写任何内容", "nothing is filled in in this workbook"))
    for note in report.notes:
        console.print(one_language(note))
    tell_doubts(report.doubts)


def tell_changes(report: "ImportReport") -> None:
    """The rows that change what is there, field by field."""
    for sheet in report.sheets:
        for row in sheet.changes:
            where = choose(f"{sheet.title} 第{row.row}行 {row.name}", f"{sheet.title} row {row.row} {row.name}")
            click.echo(where)
            for one in row.fields:
                click.echo(f"    {choose(one.title, one.title_en)}: {one.before or '∅'} → {one.after or '∅'}")
        if sheet.untold:
            more = choose(f"另有 {sheet.untold} 行修改未列出", f"and {sheet.untold} more changed rows")
            click.echo(f"{sheet.title}: {more}")


def tell_doubts(doubts: "Sequence[str]", err: bool = False) -> None:
    """What may be so, but wants to be looked at."""
    for doubt in doubts:
        click.echo(choose("请核对：", "Look at this: ") + one_language(doubt), err=err)


@click.command(help=choose("生成空白工作簿", "Write the empty workbook of the pack."))
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path(choose("台账模板.xlsx", "workbook.xlsx")))
@click.option("--force", is_flag=True, help=choose("覆盖已有文件", "overwrite an existing file"))
def template_command(output: Path, force: bool) -> None:
    """Needs no database. An existing file, which may be half filled in, is kept unless told otherwise."""
    start()
    if output.exists() and not force:
        fail(
            choose(f"{output} 已存在；换个文件名，或加 --force 覆盖", f"{output} exists: name another, or add --force"),
            "exists",
        )
    with faults_told():
        output.parent.mkdir(parents=True, exist_ok=True)
        from lianze.exchange.template import write_template

        write_template(read_pack(), output)
        click.echo(choose(f"已写出 {output}", f"wrote {output}"))
