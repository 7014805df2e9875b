"""`lianze package`: a year's report with its figures, entries and proofs in one file."""

import contextlib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lianze.cli.language import choose
from lianze.cli.log_heads import reasons_told
from lianze.cli.office import open_desk, start, today
from lianze.cli.options import date_option, last_day, organisation_option, tell_cut, until_option, year_option
from lianze.domain.periods import Period, year_until
from lianze.tlog.checkpoint import checkpoint_of

if TYPE_CHECKING:
    from lianze.exchange.package_entries import Content
    from lianze.ledger.actions import Desk
    from lianze.reports.annual import AnnualReport
    from lianze.tlog.container import Source
    from lianze.tlog.package import PackageContents

ATTEMPTS = 3

HELP = choose(
    "生成报送包：报告、数据项、背后的记录清单、证明和签名检查点。退出码：0 已生成；2 无法生成。",
    "Write a report package: report, figures, the entries behind them, proofs and a signed head. Exit codes: 0 written; "
    "2 not possible.",
)


@click.command("package", help=HELP)
@year_option
@until_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    help=choose("报送包文件；不写则用单位简称和年度", "the file; by default called by office and year"),
)
@organisation_option
@click.option("--with-evidence", is_flag=True, help=choose("附上佐证文件", "enclose evidence files"))
@click.option(
    "--content",
    type=click.Choice(["shown", "none"]),
    default="shown",
    help=choose("是否附记录内容（受限台账一律不附）", "show entries' content (never that of restricted registers)"),
)
@date_option
def package_command(
    year: int,
    until: datetime | None,
    output: Path | None,
    organisation: str | None,
    with_evidence: bool,
    content: str,
    signed: datetime | None,
) -> None:
    """Signs the log as it stands, prints the head's fingerprint into the report, then writes both."""
    start()
    with reasons_told():
        from lianze.ledger.log_keys import signer_of
        from lianze.tlog.package_write import write_package

        desk = open_desk(organisation)
        day = signed.date() if signed else today()
        period = year_until(year, last_day(year, until) or desk.actor.day)
        report, contents = compose(desk, period, day, "none" if content == "none" else "shown", with_evidence)
        docx = dict(contents.reports)["report.docx"]
        contents = replace(contents, reports=(*contents.reports, *pdf_of(docx, contents.header.made_at)))
        short = desk.organisation.short_name or desk.organisation.name
        output = output or Path(name_of(short, period))
        output.parent.mkdir(parents=True, exist_ok=True)
        write_package(contents, [signer_of(desk.organisation.id)], output)
    tell_cut(period)
    if left := len(report.left_out):
        click.echo(
            choose(f"报告未写入 {left} 处，用 lianze report 查看", f"{left} left out of the report; see lianze report"),
            err=True,
        )
    entries = len({entry.id for entry in contents.entries})
    size, fingerprint = checkpoint_of(contents.checkpoint).size, checkpoint_of(contents.checkpoint).fingerprint()
    click.echo(
        choose(
            f"已写出 {output}：数据项 {len(contents.figures)} 个，记录 {entries} 条，检查点 {size} 叶，指纹 {fingerprint}",
            f"wrote {output}: {len(contents.figures)} figures, {entries} entries, checkpoint of {size} leaves, "
            f"fingerprint {fingerprint}",
        )
    )


def name_of(short: str, period: Period) -> str:
    """What the file is called; of a year that is not over, with the last day in it."""
    year, day = period.start.year, period.last_day
    if period.is_cut:
        return choose(f"{short}{year}年报送包（截至{day}）.lianze", f"{short} package {year} up to {day}.lianze")
    return choose(f"{short}{year}年报送包.lianze", f"{short} package {year}.lianze")


def compose(
    desk: "Desk", period: Period, day: date, content: "Content", with_evidence: bool
) -> "tuple[AnnualReport, PackageContents]":
    """Report and figures of one moment, under the head of that moment; begun again when somebody writes in between."""
    from lianze.exchange.package import Moved, package_contents
    from lianze.exchange.package_entries import Wanted
    from lianze.ledger.checkpoints import make_checkpoint
    from lianze.ledger.leaves import snapshot
    from lianze.reports.annual import make_report
    from lianze.reports.typeset.model import CheckpointMark

    for left in reversed(range(ATTEMPTS)):
        head = make_checkpoint(desk.organisation, datetime.now(UTC))
        # The head's own time: the same log and date give the same file.
        then = replace(desk, now=head.checkpoint.at)
        try:
            with snapshot():
                mark = CheckpointMark(head.fingerprint, head.qr_text, head.lines)
                year, until = period.start.year, period.last_day
                report = make_report(then, desk.pack.outlines["annual"], year, day, mark, until)
                wanted = Wanted((("report.docx", report.docx),), content, with_evidence)
                return report, package_contents(then, year, head, wanted, until)
        except Moved:
            if not left:
                raise
    raise AssertionError("unreachable")


def pdf_of(docx: "Source", at: datetime) -> "tuple[tuple[str, Source], ...]":
    """The report as PDF where LibreOffice is there."""
    from lianze.reports.typeset.pdf import NoOffice, render_pdf
    from lianze.reports.typeset.pdf_times import without_conversion_time

    if isinstance(docx, bytes):
        with contextlib.suppress(NoOffice):
            return (("report.pdf", without_conversion_time(render_pdf(docx), docx, at)),)
    return ()
