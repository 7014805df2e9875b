"""How a command ends when it cannot do what was asked: a sentence on standard error, or JSON on standard output with --json.

The JSON is `{"error": {"code", "message", "problems"}}`, `problems` being a list of `{"place", "line", "rule", "sentence"}`. Exit codes
are the same in both forms.
"""

import json
from collections.abc import Sequence
from typing import IO, Any, NoReturn

import click

from lianze.cli.language import choose, one_language
from lianze.domain.errors import Problem

MOST = 200  # faults told in text; the JSON holds all of them


class Failure(click.ClickException):
    """The input or the call cannot be used. `code` is stable, for programs."""

    exit_code = 2

    def __init__(self, message: str, code: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.problems = list(problems)

    def show(self, file: IO[Any] | None = None) -> None:
        """The message alone: it says itself that something is wrong."""
        click.echo(self.message, file=file, err=True)


class Faults(Failure):
    """What was given was read, and holds faults."""

    exit_code = 1


def fail(message: str, code: str = "unusable") -> NoReturn:
    """Ends the command with exit code 2."""
    raise Failure(message, code)


def fail_with(problems: Sequence[Problem]) -> NoReturn:
    """Ends the command with exit code 1: every fault on its line, and how many there are."""
    lines = [line_of(problem) for problem in problems[:MOST]]
    left = len(problems) - MOST
    if left > 0:
        lines.append(choose(f"……还有 {left} 处", f"… and {left} more"))
    lines.append(choose(f"共 {len(problems)} 处问题，未写入任何数据", f"{len(problems)} faults; nothing was written"))
    raise Faults("\n".join(lines), "invalid", problems)


def line_of(problem: Problem) -> str:
    """A fault on one line: where it is, and what is wrong."""
    where = f"{problem.place}:{problem.line}" if problem.line else problem.place
    return f"{where}  {one_language(problem.sentence)}"


def render_json(code: str, message: str, problems: Sequence[Problem] = ()) -> str:
    """The error as one JSON document."""
    told = [
        {"place": one.place, "line": one.line, "rule": one.rule, "sentence": one_language(one.sentence)}
        for one in problems
    ]
    return json.dumps({"error": {"code": code, "message": message, "problems": told}}, ensure_ascii=False, indent=2)
