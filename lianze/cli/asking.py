"""Questions in a terminal, in the user's language: each answer is looked at as it is given, and asked for again."""

from collections.abc import Callable, Sequence

import click

from lianze.cli.language import choose, one_language

# Why an answer will not do, one sentence a fault; none: it will.
Check = Callable[[str], Sequence[str]]


def said(faults: Sequence[str]) -> bool:
    """Tells what is wrong; whether anything is."""
    for fault in faults:
        click.echo(one_language(fault), err=True)
    return bool(faults)


def ask(question: str, check: Check) -> str:
    """One line that passes the check; what may be left out is "" where it was."""
    while True:
        answer: str = click.prompt(question, default="", show_default=False).strip()
        if not said(check(answer)):
            return answer


def ask_lines(question: str, check: Check) -> list[str]:
    """Lines until an empty one; one that does not pass the check is not kept and may be typed again."""
    click.echo(question)
    lines: list[str] = []
    while line := click.prompt("", default="", show_default=False, prompt_suffix="  ").strip():
        if not said(check(line)):
            lines.append(line)
    return lines


def ask_password(question: str, check: Check) -> str:
    """A password, unseen and typed twice."""
    while True:
        password: str = click.prompt(question, hide_input=True)
        if said(check(password)):
            continue
        if click.prompt(choose("再输入一次", "Type it again"), hide_input=True) == password:
            return password
        said([choose("两次输入的密码不同，请重新输入", "The two are not the same: type it anew")])
