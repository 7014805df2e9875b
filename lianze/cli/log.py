"""`lianze log`: verify a ledger against its log; sign, witness and countersign its heads; change keys; erase content."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lianze.cli.language import choose, one_language
from lianze.cli.log_erase import erase_command
from lianze.cli.log_heads import (
    FILE,
    checkpoint_command,
    countersign_command,
    reasons_told,
    rotate_command,
    witness_command,
)
from lianze.cli.office import open_desk, start
from lianze.cli.options import json_option, organisation_option
from lianze.cli.verify import load_key_files, load_seen

if TYPE_CHECKING:
    from lianze.ledger.verify import Findings, Progress

STEPS = {
    "keys": ("密钥与日志登记的一致", "keys are those that the log names"),
    "checkpoints": ("检查点签名有效", "checkpoints are signed"),
    "leaves": ("修订与叶逐条相符", "revisions are what their leaves say"),
    "head": ("日志末端相符", "the stored head is that of the leaves"),
    "succession": ("与各检查点衔接", "the log goes on from every checkpoint"),
    "rows": ("各表与最近修订一致", "tables say what the last revisions say"),
    "evidence": ("佐证文件完整", "evidence files are whole"),
}
NO_HEAD = (
    "没有任何检查点：尾部被截去或整体被改写无从得知；请运行 lianze log checkpoint，并把检查点交给上级",
    "there is no checkpoint: a cut tail or a history rewritten as a whole would not show; run lianze log checkpoint "
    "and hand it on",
)
HELP = choose(
    "从各表重算整个日志，指出第一处不符。退出码：0 全部相符；1 有不符；2 无法运行；3 相符，但没有检查点可比。",
    "Recompute the whole log from the tables and name the first thing that does not fit. Exit codes: 0 all fits; "
    "1 something does not; 2 cannot run; 3 it fits, but there is no checkpoint to compare with.",
)


@click.group("log", help=choose("日志：核验、检查点、见证、密钥、擦除", "The log: verify, checkpoints, keys, erasure."))
def log_group() -> None:
    """Commands about the log."""


@log_group.command("verify", help=HELP)
@organisation_option
@click.option("--key", "key_files", type=FILE, multiple=True, help=choose("别处保存的公钥", "keys kept elsewhere"))
@click.option("--seen", "seen_files", type=FILE, multiple=True, help=choose("别处保存的检查点", "heads kept elsewhere"))
@click.option("--no-evidence", is_flag=True, help=choose("不核对佐证文件", "leave evidence files out"))
@json_option
def verify_log_command(
    organisation: str | None,
    key_files: tuple[Path, ...],
    seen_files: tuple[Path, ...],
    no_evidence: bool,
    as_json: bool,
) -> None:
    """Reads only; others may go on working."""
    start()
    with reasons_told():
        from lianze.ledger.field_titles import titles_of
        from lianze.ledger.verify import verify_log
        from lianze.ledger.verify_heads import Outside
        from lianze.rules import Subject

        outside = Outside(load_key_files(key_files), tuple(map(load_seen, seen_files)))
        desk = open_desk(organisation)
        titles = titles_of(desk.pack)
        desk.require("audit", Subject(desk.organisation.path))
        with progress_bar() as progress:
            found = verify_log(desk.organisation.id, outside, progress, evidence=not no_evidence, titles=titles)
    if as_json:
        click.echo(json.dumps(as_object(found), ensure_ascii=False, indent=2))
    else:
        tell(found)
    raise SystemExit(exit_code(found))


def exit_code(found: "Findings") -> int:
    """0 fits, 1 does not, 3 fits with nothing signed to compare."""
    if found.misfit is not None:
        return 1
    return 0 if found.heads else 3


def tell(found: "Findings") -> None:
    """One step a line, then the misfit or what the log comes to."""
    for number, step in enumerate(found.steps, 1):
        click.echo(f"{number}. {choose(*STEPS[step.name])}: {step.count}")
    if found.misfit is not None:
        is_missing = found.misfit.code == "key.missing"
        prefix = choose("无法核对：", "Cannot verify: ") if is_missing else choose("不符：", "Does not fit: ")
        click.echo(prefix + one_language(str(found.misfit)))
        return
    click.echo(choose(f"全部相符，共 {found.size} 叶", f"All fits: {found.size} leaves") + f"  {found.root.hex()}")
    if not found.heads:
        click.echo(choose(*NO_HEAD))


def as_object(found: "Findings") -> dict[str, object]:
    """The same as JSON."""
    misfit = found.misfit
    return {
        "exit_code": exit_code(found),
        "steps": [{"name": step.name, "count": step.count} for step in found.steps],
        "misfit": None
        if misfit is None
        else {
            "code": misfit.code,
            "sentence": one_language(str(misfit)),
            "leaf": misfit.leaf,
            "subject_id": str(misfit.subject_id) if misfit.subject_id else None,
        },
        "size": found.size,
        "root": found.root.hex(),
        "heads": found.heads,
    }


@contextmanager
def progress_bar() -> "Iterator[Progress]":
    """A bar a step on standard error, while that is a terminal."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    with Bar(console=console, transient=True, disable=not console.is_terminal) as bar:
        tasks = {step: bar.add_task(choose(*title), total=None, visible=False) for step, title in STEPS.items()}

        def show(step: str, done: int, total: int) -> None:
            bar.update(tasks[step], completed=done, total=total or None, visible=True)

        yield show


for command in (checkpoint_command, witness_command, countersign_command, rotate_command, erase_command):
    log_group.add_command(command)
