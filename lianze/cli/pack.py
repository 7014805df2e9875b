"""`lianze pack check`: every fault of a pack folder at once, with file, key, line and reason. Needs no database.

Exit codes: 0 the pack is sound; 1 faults between its definitions; 2 a file or the folder can't be read as a pack.
"""

import json
from pathlib import Path

import click

from lianze.cli.language import choose, one_language
from lianze.cli.options import json_option
from lianze.domain.errors import Invalid, Problem
from lianze.pack.definitions import Pack
from lianze.pack.files import UNREADABLE
from lianze.pack.load import folders_under, load_pack

HELP = choose(
    "检查制度包文件夹，一次列出全部错误。退出码：0 无误；1 有错误；2 无法读取。",
    "Check a pack folder and list every fault at once. Exit codes: 0 sound; 1 faults; 2 can't be read.",
)


@click.group("pack", help=choose("制度包", "Packs"))
def pack_group() -> None:
    """Commands about packs."""


@pack_group.command("check", help=HELP)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--over", default="", help=choose("叠加在哪个内置制度包之上", "the built-in pack that it is layered over")
)
@json_option
def check_command(folder: Path, over: str, as_json: bool) -> None:
    pack, problems = examine(folder, over)
    click.echo(render_json(pack, problems) if as_json else render_text(pack, problems))
    raise SystemExit(exit_code(problems))


def examine(folder: Path, over: str) -> tuple[Pack | None, list[Problem]]:
    """The pack, or everything that is wrong with it."""
    try:
        return load_pack(folders_under(folder, over)), []
    except Invalid as error:
        return None, error.problems


def exit_code(problems: list[Problem]) -> int:
    """2 outranks 1: what could not be read was not examined."""
    if any(problem.rule == UNREADABLE for problem in problems):
        return 2
    return 1 if problems else 0


def render_text(pack: Pack | None, problems: list[Problem]) -> str:
    """One fault a line, or what the sound pack holds."""
    if pack is None:
        lines = [f"{where(problem)}: {one_language(problem.sentence)}" for problem in problems]
        return "\n".join([*lines, choose(f"共 {len(problems)} 处错误", f"{len(problems)} faults")])
    held = choose(
        f"台账 {len(pack.registers)}、数据项 {len(pack.figures)}、责任 {len(pack.duties)}、标准 {len(pack.norms)}、"
        f"关系 {len(pack.checks)}、提纲 {len(pack.outlines)}",
        f"{len(pack.registers)} registers, {len(pack.figures)} figures, {len(pack.duties)} duties, "
        f"{len(pack.norms)} norms, {len(pack.checks)} checks, {len(pack.outlines)} outlines",
    )
    return f"{pack.id} {pack.version}: {held}\nsha256 {pack.hash}"


def where(problem: Problem) -> str:
    """File, key and line as one place that editors understand."""
    file, key = place_of(problem)
    line = f":{problem.line}" if problem.line else ""
    return f"{file}{line} [{key}]" if key else f"{file}{line}"


def place_of(problem: Problem) -> tuple[str, str]:
    """File and dotted key of a fault; the key is empty where the whole file is meant."""
    file, bracket, key = problem.place.partition(" [")
    return file, key.removesuffix("]") if bracket else ""


def render_json(pack: Pack | None, problems: list[Problem]) -> str:
    """{"ok", "pack", "version", "hash", "problems": [{"file", "key", "line", "rule", "sentence"}]}."""
    told = [
        dict(zip(("file", "key"), place_of(problem), strict=True))
        | {"line": problem.line, "rule": problem.rule, "sentence": one_language(problem.sentence)}
        for problem in problems
    ]
    head = {"pack": pack.id, "version": pack.version, "hash": pack.hash} if pack else {}
    return json.dumps({"ok": pack is not None, **head, "problems": told}, ensure_ascii=False, indent=2)
