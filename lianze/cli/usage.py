"""A wrong call told in the user's language: which option, which value, what is expected instead."""

import re
from difflib import get_close_matches
from typing import Any

import click

from lianze.cli.failing import Failure, render_json
from lianze.cli.helping import in_chinese
from lianze.cli.language import choose, is_english

_GIVEN = re.compile(r"'([^']*)'|^(\S+) is")


def show(error: click.ClickException, as_json: bool) -> None:
    """On standard error; with --json as JSON on standard output."""
    code, problems = (error.code, error.problems) if isinstance(error, Failure) else ("usage", [])
    if as_json:
        click.echo(render_json(code, sentence_of(error), problems))
    elif isinstance(error, click.exceptions.NoArgsIsHelpError | Failure):
        error.show()
    else:
        ctx = error.ctx if isinstance(error, click.UsageError) else None
        if ctx is not None:
            click.echo(ctx.get_usage(), err=True)
            more = f"{ctx.command_path} --help"
            click.echo(choose(f"查看说明：{more}\n", f"Try '{more}' for help.\n"), err=True)
        click.echo(choose("出错：", "Error: ") + sentence_of(error), err=True)


def sentence_of(error: click.ClickException) -> str:
    """What is wrong with the call. click has the English words; what has been said in Chinese already stays."""
    if is_english() or isinstance(error, Failure):
        return error.format_message()
    match error:
        case click.MissingParameter():
            return missing(error)
        case click.BadParameter():
            return wrong_value(error)
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}" + alike(error.possibilities)
        case click.exceptions.NoSuchCommand():
            group = error.ctx.command if error.ctx else None
            known = group.list_commands(error.ctx) if isinstance(group, click.Group) and error.ctx else []
            return f"没有命令“{error.command_name}”" + alike(get_close_matches(error.command_name, known))
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 后面要写它的值"
    if error.message.startswith("Got unexpected extra argument"):
        given = error.message.partition("(")[2].rpartition(")")[0]
        return f"多写了“{given}”；文件名里有空格时，请给整个文件名加引号"
    return error.format_message()


def missing(error: click.MissingParameter) -> str:
    """What must be given, with its choices where it has some."""
    kind = error.param.type if error.param is not None else None
    choices = f"，可用的值：{'、'.join(map(str, kind.choices))}" if isinstance(kind, click.Choice) else ""
    return f"缺少{name_of(error)}{choices}"


def wrong_value(error: click.BadParameter) -> str:
    """Which value is wrong, and what is expected. Only click's own sentence names the value."""
    given = _GIVEN.search(error.message)
    value = f"“{given[1] or given[2]}”" if given else ""
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Path):
        if error.message.endswith("is a directory."):
            return f"{value}是文件夹，请指明其中的文件"
        return f"没有文件{value}，请核对文件名和所在文件夹"
    return f"{name_of(error)}的值{value}不对" + (f"，应为{expected(kind)}" if kind else "")


def name_of(error: click.BadParameter) -> str:
    """选项“--year”, or 参数“文件”."""
    if error.param is None:
        return "参数"
    if isinstance(error.param, click.Option):
        return f"选项“{max(error.param.opts, key=len)}”"
    return f"参数“{in_chinese(error.param.human_readable_name)}”"


def alike(possibilities: list[str] | None) -> str:
    """What may have been meant."""
    return f"；是不是要用 {'、'.join(possibilities)}？" if possibilities else ""


def expected(kind: "click.ParamType[Any]") -> str:
    """What a value of that type looks like."""
    if isinstance(kind, click.IntRange):
        return f" {kind.min} 至 {kind.max} 的整数"
    if isinstance(kind, click.Choice):
        return f" {'、'.join(map(str, kind.choices))} 之一"
    if isinstance(kind, click.DateTime):
        return "日期，如 2023-12-31"
    return {"integer": "整数", "uuid": "记录的标识（36 个字符）"}.get(kind.name, kind.name)
