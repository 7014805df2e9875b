"""`lianze demo`: the sample year from workbook to report, on this machine, in seconds."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import click

from lianze.cli.figures import show_figures
from lianze.cli.importing import import_file, show_report
from lianze.cli.init import initialise
from lianze.cli.language import choose
from lianze.cli.office import faults_told, open_desk, start
from lianze.cli.report import tell
from lianze.domain.periods import year_period


@click.command(
    help=choose("用样例全年数据演示：导入、数据项、报告、网页", "The sample year: import, figures, report, web.")
)
@click.option(
    "--serve/--no-serve", default=True, help=choose("最后打开网页服务", "serve the web application at the end")
)
@click.option("--port", type=int, default=8000)
def demo_command(serve: bool, port: int) -> None:
    """Running it again imports the same workbook again, which adds nothing."""
    start()
    with faults_told():
        from django.conf import settings

        from lianze.exchange.sample import SAMPLE, write_sample
        from lianze.ledger.checkpoints import make_checkpoint

        folder: Path = settings.DATA.resolve()
        initialise(SAMPLE.code, SAMPLE.name, SAMPLE.short_name, SAMPLE.superior_name)
        workbook = folder / f"{SAMPLE.short_name}{SAMPLE.year}年台账.xlsx"
        write_sample(workbook, folder / "佐证材料")
        desk = open_desk(SAMPLE.code)
        show_report(import_file(desk, workbook, folder / "佐证材料"))
        head = make_checkpoint(desk.organisation, datetime.now(UTC))
        files = [workbook, *write_report(SAMPLE.code, SAMPLE.year, date.fromisoformat(SAMPLE.signed_on), folder)]
    click.echo(choose("\n文件：", "\nFiles:"))
    for file in files:
        click.echo(f"  {file}")
    click.echo(
        choose(f"日志检查点：{head.checkpoint.fingerprint()}", f"Log checkpoint: {head.checkpoint.fingerprint()}")
    )
    tell_accounts(SAMPLE.code)
    if serve:
        serve_demo(port)
    else:
        click.echo(
            choose(
                f"网页：LIANZE_DATA={settings.DATA} {sys.argv[0]} serve",
                f"Web: LIANZE_DATA={settings.DATA} {sys.argv[0]} serve",
            )
        )


def write_report(code: str, year: int, signed_on: date, folder: Path) -> list[Path]:
    """Prints the figures and writes the report; PDF where LibreOffice is there."""
    from lianze.figures.compute import compute_figures
    from lianze.reports.annual import make_report
    from lianze.reports.typeset.pdf import NoOffice, render_pdf

    desk = open_desk(code)
    show_figures(compute_figures(desk.organisation.id, desk.pack, year_period(year)), desk)
    report = make_report(desk, desk.pack.outlines["annual"], year, signed_on)
    docx = folder / f"{year}年党风廉政建设责任制报告.docx"
    docx.write_bytes(report.docx)
    tell(report, [docx])
    try:
        pdf = docx.with_suffix(".pdf")
        pdf.write_bytes(render_pdf(report.docx))
    except NoOffice:
        click.echo(choose("没有 LibreOffice，未生成 PDF", "no LibreOffice here, so no PDF"), err=True)
        return [docx]
    return [docx, pdf]


def tell_accounts(code: str) -> None:
    """Makes the accounts, one for each role, and prints them."""
    from lianze.exchange.sample.accounts import make_demo_accounts

    desk = open_desk(code)
    accounts = make_demo_accounts(desk.organisation, desk.pack, desk.now)
    click.echo(choose("\n演示账号（用户名 / 密码 / 角色）：", "\nDemo accounts (name / password / role):"))
    for username, password, role in accounts:
        click.echo(f"  {username}  {password}  {role}")


def serve_demo(port: int) -> None:
    """The web application on loopback until interrupted, on the first port that is free."""
    from lianze.cli.serve import first_free, serve_on

    port = first_free("127.0.0.1", port)
    click.echo(
        choose(f"\n打开 http://127.0.0.1:{port}/ （Ctrl+C 结束）", f"\nOpen http://127.0.0.1:{port}/ (Ctrl+C ends)")
    )
    sys.stdout.flush()
    serve_on("127.0.0.1", port)
