"""The command line. Commands are imported when they are called, so that `check` and `verify` start without Django."""

import importlib
import sys
from collections.abc import Sequence
from typing import Any

import click

from lianze import __version__
from lianze.cli.helping import Formatter
from lianze.cli.language import choose
from lianze.cli.usage import show

# Command name → module:object, one line of help (Chinese, English).
COMMANDS = {
    "init": ("lianze.cli.init:init_command", "建立单位和数据文件夹", "make the data folder and an organisation"),
    "import": ("lianze.cli.importing:import_command", "导入工作簿", "import a workbook"),
    "template": ("lianze.cli.importing:template_command", "生成空白工作簿", "write the empty workbook"),
    "figures": ("lianze.cli.figures:figures_command", "列出全年数据项", "list the year's figures"),
    "trace": ("lianze.cli.figures:trace_command", "列出数据项背后的记录", "list the entries behind a figure"),
    "duties": ("lianze.cli.duties:duties_command", "列出责任办理情况", "list what is owed and where it stands"),
    "report": ("lianze.cli.report:report_command", "生成年度报告", "write the annual report"),
    "pack": ("lianze.cli.pack:pack_group", "检查制度包", "check a pack"),
    "check": ("lianze.cli.check:check_command", "核数：核对一份报告", "check the numbers of a report"),
    "package": ("lianze.cli.package:package_command", "生成报送包", "write a report package"),
    "verify": ("lianze.cli.verify:verify_command", "离线验证报送包", "verify a report package offline"),
    "token": ("lianze.cli.token:token_group", "程序访问令牌", "access tokens for programs"),
    "organisation": (
        "lianze.cli.organisation:organisation_group",
        "单位：列出、停用、重新启用",
        "organisations: list, close, open again",
    ),
    "account": ("lianze.cli.account:account_group", "账号：在本机重新启用", "let an account in again"),
    "setup": ("lianze.cli.setup:setup_command", "首次设置", "the first run"),
    "serve": ("lianze.cli.serve:serve_command", "提供网页服务", "serve the web application"),
    "log": (
        "lianze.cli.log:log_group",
        "日志：核验、检查点、见证、密钥、擦除",
        "the log: verify, sign, witness, erase",
    ),
    "evidence": ("lianze.cli.evidence:evidence_group", "核对佐证文件", "check the evidence store"),
    "demo": ("lianze.cli.demo:demo_command", "用样例全年数据演示", "the sample year, end to end"),
}


click.Context.formatter_class = Formatter


class Commands(click.Group):
    """A group whose commands are imported on demand, and whose errors are told in the user's language."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Runs the command and ends the process, as click does."""
        given = list(sys.argv[1:] if args is None else args)
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.ClickException as error:
            show(error, as_json="--json" in given)
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo(choose("已中止", "Aborted"), err=True)
            sys.exit(1)
        sys.exit(code if isinstance(code, int) else 0)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Lists commands from the table above, without importing any."""
        with formatter.section(choose("命令", "Commands")):
            formatter.write_dl([(name, choose(zh, en)) for name, (_, zh, en) in COMMANDS.items()])


@click.group(cls=Commands, help=choose("廉责：党风廉政建设责任制台账", "Lianze: the integrity-responsibility ledger"))
@click.version_option(__version__)
def lianze() -> None:
    """The root command."""


def main() -> None:
    """Entry point of `lianze`. Exit codes: 0 done, 1 a doubt or fault was found, 2 wrong call or unreadable input."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    lianze(prog_name="lianze")
