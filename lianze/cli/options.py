"""Options that several commands have."""

import click

from lianze.cli.language import choose

organisation_option = click.option("--organisation", default=None, help=choose("单位编码", "the organisation's code"))
json_option = click.option(
    "--json", "as_json", is_flag=True, help=choose("以 JSON 输出，出错时也是", "print JSON, errors too")
)
year_option = click.option("--year", type=click.IntRange(1949, 2200), required=True, help=choose("年度", "year"))
date_option = click.option(
    "--date", "signed", type=click.DateTime(["%Y-%m-%d"]), default=None, help=choose("成文日期", "its date")
)
