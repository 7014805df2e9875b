"""Signing, witnessing and countersigning heads of a log, and changing its keys."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lianze.cli.failing import Faults
from lianze.cli.language import choose, is_english
from lianze.cli.office import faults_told, open_desk, start
from lianze.cli.options import organisation_option
from lianze.cli.verify import load_key_files
from lianze.tlog.errors import LogError
from lianze.tlog.notes import render_note
from lianze.tlog.sentences import render_reason

if TYPE_CHECKING:
    from lianze.ledger.checkpoints import Head

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
OUTPUT = click.Path(path_type=Path, dir_okay=False)


@contextmanager
def reasons_told() -> Iterator[None]:
    """As faults_told; the codes of the log become sentences, with exit code 1."""
    with faults_told():
        try:
            yield
        except LogError as error:
            raise Faults(render_reason(error.code, error.detail, is_english()), error.code) from error


@click.command("checkpoint", help=choose("签署日志当前的检查点", "Sign the log as it stands."))
@organisation_option
@click.option(
    "-o", "--output", type=OUTPUT, default=None, help=choose("另存检查点文件", "write the note to a file too")
)
def checkpoint_command(organisation: str | None, output: Path | None) -> None:
    """Exit codes: 0 signed, or it was already; 2 refused: the log does not go on from an earlier head."""
    start()
    with reasons_told():
        from lianze.ledger.checkpoints import make_checkpoint
        from lianze.rules import Subject

        desk = open_desk(organisation)
        desk.require("file", Subject(desk.organisation.path))
        head = make_checkpoint(desk.organisation, desk.now)
        if output is not None:
            output.write_bytes(render_note(head.note))
    tell_head(head)


def tell_head(head: "Head") -> None:
    """Size, time and fingerprint, to be compared with paper."""
    size, at = head.checkpoint.size, head.checkpoint.at.isoformat()
    click.echo(choose(f"检查点：{size} 叶，{at}", f"Checkpoint: {size} leaves, {at}"))
    click.echo(choose("指纹：", "Fingerprint: ") + head.checkpoint.fingerprint())


@click.command("witness", help=choose("收存上级见证过的检查点", "Keep a checkpoint that others have countersigned."))
@click.argument("file", type=FILE)
@organisation_option
@click.option("--key", "key_files", type=FILE, multiple=True, help=choose("见证人的公钥", "the witness's keys"))
def witness_command(file: Path, organisation: str | None, key_files: tuple[Path, ...]) -> None:
    """Exit codes: 0 kept; 1 not signed by a known witness; 2 the log does not go on from it."""
    start()
    with reasons_told():
        from lianze.ledger.checkpoints import take_witnessed
        from lianze.rules import Subject

        desk = open_desk(organisation)
        desk.require("secure", Subject(desk.organisation.path))
        names = take_witnessed(desk.organisation, file.read_bytes(), load_key_files(key_files))
    click.echo(choose(f"已收存，见证：{'、'.join(names)}", f"kept; witnesses: {', '.join(names)}"))


@click.command("countersign", help=choose("为下级的检查点作见证", "Witness the checkpoint of another log."))
@click.argument("file", type=FILE)
@organisation_option
@click.option("--key", "key_files", type=FILE, multiple=True, help=choose("对方的公钥", "the other log's keys"))
@click.option("-o", "--output", type=OUTPUT, required=True, help=choose("交还对方的文件", "the file to hand back"))
def countersign_command(file: Path, organisation: str | None, key_files: tuple[Path, ...], output: Path) -> None:
    """FILE is a checkpoint or a whole package. Exit codes: 0 countersigned; 1 refused by a check; 2 does not go on."""
    start()
    with reasons_told():
        from lianze.ledger.countersigning import countersign_head
        from lianze.rules import Subject

        desk = open_desk(organisation)
        desk.require("file", Subject(desk.organisation.path))
        note = countersign_head(desk.organisation, file, load_key_files(key_files), desk.now)
        output.write_bytes(render_note(note))
    click.echo(choose(f"已见证，写出 {output}", f"countersigned; wrote {output}"))


@click.command("rotate-keys", help=choose("更换签名密钥", "Change the signing key."))
@organisation_option
@click.option("--why", required=True, help=choose("理由", "the reason, kept in the log"))
def rotate_command(organisation: str | None, why: str) -> None:
    """Signs the log with the old key first, so that everything before has a head."""
    start()
    with reasons_told():
        from lianze.ledger.checkpoints import make_checkpoint
        from lianze.ledger.log_keys import change_keys
        from lianze.rules import Subject
        from lianze.tlog.keys import render_key

        desk = open_desk(organisation)
        desk.require("secure", Subject(desk.organisation.path))
        make_checkpoint(desk.organisation, desk.now)
        key = change_keys(desk.organisation, desk.author, why, desk.now)
    click.echo(choose("新公钥：", "New public key: ") + render_key(key))
