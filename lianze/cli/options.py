"""Options that several commands have."""

from datetime import date, datetime

import click

from lianze.cli.failing import fail
from lianze.cli.language import choose
from lianze.domain.periods import Period

organisation_option = click.option("--organisation", default=None, help=choose("单位编码", "the organisation's code"))
json_option = click.option(
    "--json", "as_json", is_flag=True, help=choose("以 JSON 输出，出错时也是", "print JSON, errors too")
)
year_option = click.option("--year", type=click.IntRange(1949, 2200), required=True, help=choose("年度", "year"))
until_option = click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help=choose(
        "算到哪一天；不写的，年度未结束算到今天", "last day counted; by default today in a year that is not over"
    ),
)
date_option = click.option(
    "--date", "signed", type=click.DateTime(["%Y-%m-%d"]), default=None, help=choose("成文日期", "its date")
)


def last_day(year: int, until: datetime | None) -> date | None:
    """The day given with --until, which lies in the year; None without one."""
    if until is not None and until.year != year:
        message = f"选项“--until”应为{year}年的一天"
        fail(choose(message, f"--until must be a day of {year}"), "until")
    return until.date() if until else None


def tell_cut(period: Period) -> None:
    """Says up to which day a year is told that is not told to its end."""
    if period.is_cut:
        year, day = period.start.year, period.last_day
        click.echo(choose(f"{year}年只算到{day}，不是全年", f"{year} up to {day} only, not the whole year"))
