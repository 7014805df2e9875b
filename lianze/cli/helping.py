"""The frame of a help page in Chinese: headings, placeholders, and what click says about every option."""

import re
from collections.abc import Iterable

import click

from lianze.cli.language import is_english

# Words of click and of the commands' own placeholders.
WORDS = {
    "Options": "选项",
    "Commands": "命令",
    "Arguments": "参数",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]…",
    "Show this message and exit.": "显示本说明",
    "Show the version and exit.": "显示版本号",
    "Confirm the action without prompting.": "不再询问，直接执行",
    "[required]": "[必填]",
    "required": "必填",
    "default:": "默认：",
    "INTEGER RANGE": "整数",
    "INTEGER": "整数",
    "TEXT": "文字",
    "PATH": "路径",
    "FILE": "文件",
    "FOLDER": "文件夹",
    "PACKAGE": "报送包",
    "FIGURE": "数据项",
    "UNIT": "机构",
    "ENTRY": "记录",
    "UUID": "标识",
    "USERNAME": "用户名",
    "TOKEN_ID": "令牌",
}
_KNOWN = re.compile("|".join(rf"(?<![A-Za-z_]){re.escape(word)}(?![A-Za-z_])" for word in WORDS))


def in_chinese(text: str) -> str:
    """`text` with the words of the frame in Chinese, for whoever does not read English."""
    return text if is_english() else _KNOWN.sub(lambda match: WORDS[match[0]], text)


class Formatter(click.HelpFormatter):
    """click's own layout."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, in_chinese(args), prefix or ("Usage: " if is_english() else "用法："))

    def write_heading(self, heading: str) -> None:
        super().write_heading(in_chinese(heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(in_chinese(term), in_chinese(words)) for term, words in rows], col_max, col_spacing)
