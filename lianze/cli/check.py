"""`lianze check`: the numbers of a report against one another and, with --year, against the ledger.

Exit codes: 0 nothing contradicts; 1 a relation does not hold or a number differs from the records; 2 wrong call or unreadable
input. Without --year neither a database nor Django is touched.
"""

import importlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol, cast

import click

from lianze.claims.blocks import with_sections
from lianze.claims.check import check_reading
from lianze.claims.reading import decoded, read_bytes, read_text
from lianze.claims.render_json import has_contradiction, render_json
from lianze.claims.render_text import render_text
from lianze.claims.report_year import report_year
from lianze.claims.shapes import Binding, Checked, FigureFact, Reading
from lianze.claims.terms import BUILTIN, load_terms
from lianze.cli.check_decide import Decision, read_decisions
from lianze.cli.failing import Failure, fail, line_of
from lianze.cli.given import kind_of, require_there, say_if_other
from lianze.cli.language import choose, is_english, one_language
from lianze.cli.options import json_option
from lianze.domain.errors import Invalid, LianzeError

HELP = choose(
    "核数：核对一份报告（.docx .txt .md .pdf，- 为标准输入）中的数字。退出码：0 未见矛盾；1 有关系不符或与台账不符；"
    "2 参数有误或文件无法读取。",
    "Check the numbers of a report (.docx .txt .md .pdf, - for standard input). Exit codes: 0 nothing contradicts; "
    "1 a relation does not hold or a number differs from the records; 2 wrong call or unreadable input.",
)


class Ledger(Protocol):
    """What `lianze.cli.check_ledger` offers: the year's figures, and what people bound before by fingerprint."""

    def read_facts(self, year: int, organisation: str | None) -> Sequence[FigureFact]: ...
    def read_bindings(self, organisation: str | None) -> Mapping[str, Sequence[Binding]]: ...
    def keep(self, organisation: str | None, decisions: Sequence[Decision]) -> None: ...


@click.command("check", help=HELP)
@click.argument("file", metavar="FILE")
@click.option("--year", type=int, help=choose("与该年台账核对", "check against this year's records"))
@click.option("--organisation", help=choose("单位", "organisation"))
@click.option(
    "--confirm", multiple=True, metavar="N=FIGURE[@UNIT]", help=choose("该处就是此数据项", "N is that figure")
)
@click.option("--refuse", multiple=True, metavar="N=FIGURE", help=choose("该处不是此数据项", "N is not that figure"))
@json_option
@click.option("--all", "everything", is_flag=True, help=choose("列出全部数字", "list numbers that are no claims too"))
@click.option("-o", "--output", type=click.Path(path_type=Path), help=choose("带批注的 DOCX", "DOCX with comments"))
@click.option("--xlsx", type=click.Path(path_type=Path), help=choose("数字表", "table of numbers"))
@click.option(
    "--terms", type=click.Path(path_type=Path), default=BUILTIN, help=choose("词表", "terms file"), hidden=True
)
def check_command(
    file: str,
    year: int | None,
    organisation: str | None,
    confirm: tuple[str, ...],
    refuse: tuple[str, ...],
    as_json: bool,
    everything: bool,
    output: Path | None,
    xlsx: Path | None,
    terms: Path,
) -> None:
    english = is_english()
    try:
        data, name = _data_of(file)
        reading = _reading_of(data, name)
        if (organisation or confirm or refuse) and year is None:
            year = _year_told(reading, terms)
        checked = _check(reading, terms, year, organisation, (confirm, refuse))
        if output:
            output.write_bytes(_annotated(data, checked, english))
        if xlsx:
            from lianze.claims.render_xlsx import (
                render_xlsx,  # loaded only when asked for: it costs a tenth of a second
            )

            xlsx.write_bytes(render_xlsx(checked, english))
    except Invalid as error:
        raise Failure("\n".join(map(line_of, error.problems)), "invalid", error.problems) from error
    except (LianzeError, OSError) as error:
        fail(one_language(str(error)), "file")
    click.echo(render_json(checked) if as_json else render_text(checked, english, everything))
    sys.exit(1 if has_contradiction(checked) else 0)


def _data_of(file: str) -> tuple[bytes, str]:
    if file == "-":
        return sys.stdin.buffer.read(), "-"
    path = Path(file)
    require_there(path, ".docx")
    data = path.read_bytes()
    say_if_other(path.name, kind_of(data), "report")
    return data, path.name


def _reading_of(data: bytes, name: str) -> Reading:
    is_file = name != "-" or data[:4] in (b"PK\x03\x04", b"%PDF")
    return read_bytes(data, name) if is_file else read_text(decoded(data, name))


def _year_told(reading: Reading, terms: Path) -> int:
    """The year that the report itself names, for options that ask for the ledger; said, so that nobody wonders which."""
    year = report_year(with_sections(reading.blocks, load_terms(terms)))
    if not year:
        options = "--organisation, --confirm, --refuse"
        raise click.UsageError(
            choose(f"报告没有写明年份，{options} 须与 --year 同用", f"the report names no year: {options} need --year")
        )
    click.echo(
        choose(f"与{year}年台账核对（报告写明的年份）", f"against the records of {year}, the report's own year"),
        err=True,
    )
    return year


def _check(
    reading: Reading,
    terms: Path,
    year: int | None,
    organisation: str | None,
    decided: tuple[Sequence[str], Sequence[str]],
) -> Checked:
    """The check; what people decide is kept first, and holds in this very answer."""
    words = load_terms(terms)
    if year is None:
        return check_reading(reading, words)
    ledger = cast(Ledger, importlib.import_module("lianze.cli.check_ledger"))
    facts = ledger.read_facts(year, organisation)
    checked = check_reading(reading, words, facts, ledger.read_bindings(organisation), year)
    if not any(decided):
        return checked
    ledger.keep(organisation, read_decisions(*decided, checked, facts))
    return check_reading(reading, words, facts, ledger.read_bindings(organisation), year)


def _annotated(data: bytes, checked: Checked, english: bool) -> bytes:
    """Comments in the report itself where it is a DOCX, else in a new document with its text."""
    from lianze.claims.render_docx import render_annotated, render_fresh  # python-docx costs a quarter of a second

    return render_annotated(data, checked, english) if data.startswith(b"PK") else render_fresh(checked, english)
