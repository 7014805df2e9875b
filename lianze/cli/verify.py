"""`lianze verify`: check a report package offline, without a database and without Django.

Exit codes: 0 every step taken is proved; 1 refused (damaged, altered, hostile, or contradicting itself); 2 wrong arguments or
an unreadable key or checkpoint file; 3 consistent in itself but in doubt: no key was given, so nothing shows who
signed, or no proof leads from a head given with --seen.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from lianze.cli.given import kind_of, require_kind, require_there
from lianze.cli.language import choose, is_english
from lianze.cli.options import json_option
from lianze.tlog.checkpoint import Checkpoint, load_checkpoint
from lianze.tlog.errors import LogError
from lianze.tlog.keys import PublicKey, load_keys
from lianze.tlog.sentences import NOT_CHECKED, render_ending, render_not_checked, render_reason, render_step
from lianze.tlog.verdict import Verdict
from lianze.tlog.verify import Trust, examine_package

HELP = choose(
    "离线验证报送包，不需要数据库。退出码：0 核对过的各步均已证明；1 不予认可；2 参数或密钥文件有误；3 存疑"
    "（没有用 --key 提供已知公钥，或包里没有从 --seen 所给检查点延续而来的证明）。",
    "Verify a report package offline, without a database. Exit codes: 0 every step taken is proved; 1 refused; 2 wrong "
    "arguments or key file; 3 in doubt (no known key given with --key, or no proof from a head given with --seen).",
)
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("verify", help=HELP)
@click.argument("package", type=click.Path(path_type=Path))
@click.option("--key", "key_files", type=FILE, multiple=True, help=choose("已知公钥文件", "file of known public keys"))
@click.option(
    "--seen", "seen_files", type=FILE, multiple=True, help=choose("先前见过的检查点", "checkpoint seen earlier")
)
@json_option
def verify_command(package: Path, key_files: tuple[Path, ...], seen_files: tuple[Path, ...], as_json: bool) -> None:
    require_there(package, ".lianze")
    require_kind(package, "package")
    trust = Trust(load_key_files(key_files), tuple(load_seen(one) for one in seen_files))
    verdict = examine_package(package, datetime.now(UTC), trust)
    click.echo(_render_json(package, verdict) if as_json else _render_text(verdict, is_english()))
    raise SystemExit(verdict.exit_code)


def load_key_files(files: tuple[Path, ...]) -> tuple[PublicKey, ...]:
    """All keys of all files. A file that was given and holds none is a mistake, not the absence of trust."""
    keys: list[PublicKey] = []
    for file in files:
        try:
            found = load_keys(file.read_text(encoding="utf-8"))
        except (LogError, OSError, UnicodeDecodeError) as error:
            raise _usage(file, error) from error
        if not found:
            raise _usage(file, LogError("key.missing", file.name))
        keys += found
    return tuple(keys)


def load_seen(file: Path) -> Checkpoint:
    """The checkpoint in a file; its signatures are the verifier's business."""
    try:
        data = file.read_bytes()
        if kind_of(data) == "package":
            raise click.UsageError(_takes_no_package(file.name))
        return load_checkpoint(data)[0]
    except (LogError, OSError) as error:
        raise _usage(file, error) from error


def _takes_no_package(name: str) -> str:
    return choose(
        f"“{name}”是报送包，--seen 要的是检查点文件。报送包是 zip 文件：取出其中的 checkpoint.note，用 --seen checkpoint.note 提供",
        f"{name} is a report package; --seen takes a checkpoint. A package is a zip file: take checkpoint.note out of it, "
        "and give --seen checkpoint.note",
    )


def _usage(file: Path, error: Exception) -> click.UsageError:
    reason = render_reason(error.code, error.detail, is_english()) if isinstance(error, LogError) else str(error)
    return click.UsageError(f"{file}: {reason}")


def _render_text(verdict: Verdict, english: bool) -> str:
    heading = "Not checked by any step:" if english else "以上各步均不能说明："
    lines = [render_step(step, english) for step in verdict.steps]
    lines += ["", heading, *(f"  - {line}" for line in render_not_checked(NOT_CHECKED, english)), ""]
    return "\n".join([*lines, render_ending(verdict, english)])


def _render_json(package: Path, verdict: Verdict) -> str:
    steps = [
        {
            "number": step.number,
            "name": step.name,
            "outcome": step.outcome.value,
            "reason": step.reason,
            "detail": dict(step.detail),
        }
        for step in verdict.steps
    ]
    whole = {
        "package": package.name,
        "exit_code": verdict.exit_code,
        "steps": steps,
        "not_checked": list(NOT_CHECKED),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)
