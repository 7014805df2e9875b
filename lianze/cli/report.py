"""`lianze report`: the annual report as DOCX, and PDF where LibreOffice is there."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lianze.cli.failing import fail
from lianze.cli.language import choose
from lianze.cli.office import faults_told, open_desk, start, today
from lianze.cli.options import (
    date_option,
    json_option,
    last_day,
    organisation_option,
    tell_cut,
    until_option,
    year_option,
)

if TYPE_CHECKING:
    from lianze.reports.annual import AnnualReport

REASONS = {
    "no_record": ("无记录", "no record"),
    "not_yet": ("还没有一期已满", "no period is over yet"),
    "zero": ("为零，未写", "zero: not printed"),
    "hidden": ("受限台账，未写", "restricted register: not printed"),
    "not_full": ("不到百分之百", "not 100 %"),
    "none_found": ("查过，没有", "none found"),
    "found": ("查有问题", "something was found"),
}


@click.command(help=choose("生成年度报告（公文格式）", "Write the annual report in the official format."))
@year_option
@until_option
@organisation_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    help=choose("DOCX 文件；不写则用报告的标题", "DOCX file; by default called by the report's title"),
)
@click.option("--pdf", is_flag=True, help=choose("另存 PDF", "write a PDF beside it"))
@date_option
@click.option("--outline", default="annual", help=choose("报告提纲", "which outline of the pack"))
@json_option
def report_command(
    year: int,
    until: datetime | None,
    organisation: str | None,
    output: Path | None,
    pdf: bool,
    signed: datetime | None,
    outline: str,
    as_json: bool,
) -> None:
    """Exit codes: 0 written, 2 not possible (the DOCX is kept when only the PDF is not)."""
    start()
    with faults_told():
        from lianze.reports.annual import make_report, title_of

        desk = open_desk(organisation)
        if outline not in desk.pack.outlines:
            fail(choose(f"制度包里没有提纲“{outline}”", f"the pack has no outline {outline}"), "no_outline")
        day = signed.date() if signed else today()
        report = make_report(desk, desk.pack.outlines[outline], year, day, until=last_day(year, until))
        output = output or Path(f"{title_of(desk, desk.pack.outlines[outline], report.period, day)}.docx")
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(report.docx)
        written = [output]
        if pdf:
            written.append(write_pdf(report, output.with_suffix(".pdf")))
    if as_json:
        click.echo(json.dumps(report.as_json(written), ensure_ascii=False, indent=2))
    else:
        tell(report, written)


def write_pdf(report: "AnnualReport", path: Path) -> Path:
    """The PDF of exactly that DOCX; ends the command with a clear message where LibreOffice is missing."""
    from lianze.reports.typeset.pdf import NoOffice, render_pdf

    try:
        path.write_bytes(render_pdf(report.docx))
    except NoOffice:
        message = "没有找到 LibreOffice，只生成了 DOCX；安装 libreoffice-writer 后可生成 PDF"
        fail(
            choose(message, "LibreOffice is not there: only the DOCX was written; install libreoffice-writer for PDF"),
            "no_libreoffice",
        )
    return path


def tell(report: "AnnualReport", written: list[Path]) -> None:
    """Where the files are, how many figures, what was left out with the reason, and what is recorded and printed nowhere."""
    from lianze.figures.output import numeral

    for path in written:
        click.echo(choose(f"已写出 {path}", f"wrote {path}"))
    tell_cut(report.period)
    click.echo(choose(f"报告中的数据项 {len(report.printed)} 个", f"{len(report.printed)} figures printed"))
    if report.left_out:
        count = len(report.left_out)
        click.echo(choose(f"未写入 {count} 处：", f"{count} sentences or parts left out:"))
    for left in report.left_out:
        part = choose("（句中）", "(part) ") if left.is_part else ""
        click.echo(f"  [{choose(*REASONS[left.reason])}] {part}{left.text}")
    if report.unprinted:
        count = len(report.unprinted)
        told = f"有记录、报告没有写到的数据项 {count} 个，请补记同句所缺的，或自行补写："
        click.echo(
            choose(told, f"{count} figures have records and stand nowhere in the report; write them in yourself:")
        )
    for one in report.unprinted:
        click.echo(f"  {choose(one.title, one.title_en)} {numeral(one)} {one.counted_in}  ({one.figure})")
