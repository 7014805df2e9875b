"""What a guide names: links, headings, commands with their options, environment variables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from lianze.cli import lianze

ROOT = Path(__file__).parents[2]
CHINESE = ".zh-CN.md"
LINK = re.compile(r"\]\(([^()\s#]*)(?:#([^()\s]*))?\)")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
FENCED = re.compile(r"^```.*?\n(.*?)^```", re.MULTILINE | re.DOTALL)
# Lines set in, and continued where they end in a backslash: Markdown takes them for code.
INDENTED = re.compile(r"^ {4,}(\S.*)$", re.MULTILINE)
SPAN = re.compile(r"`([^`\n]+)`")
# Where one command of a line ends.
END = re.compile(r"\s#|[|;]|&&")
VARIABLE = re.compile(r"LIANZE_[A-Z]+(?:_[A-Z]+)*(?![A-Z_])")


@dataclass(frozen=True)
class Named:
    """A command as a page names it: `log verify`, and an option with it or ""."""

    command: str
    option: str = ""


def pages() -> list[Path]:
    """Those that a reader begins with, in both languages."""
    return sorted([*ROOT.glob("README*.md"), *ROOT.glob("docs/*.md")])


def text_of(page: Path) -> str:
    """The page's text."""
    return page.read_text(encoding="utf-8")


def anchors_of(page: Path) -> set[str]:
    """What a link into the page may say behind #, as GitHub spells headings."""
    titles = (re.sub(r"[^\w\- ]", "", title.strip().lower()) for title in HEADING.findall(text_of(page)))
    return {title.replace(" ", "-") for title in titles}


def code_of(text: str) -> Iterator[str]:
    """Every line of code, and every piece between backticks."""
    for block in FENCED.findall(text):
        yield from block.replace("\\\n", " ").splitlines()
    text = FENCED.sub("", text)
    yield from INDENTED.findall(text.replace("\\\n", " "))
    yield from SPAN.findall(text)


def variables_of(text: str) -> set[str]:
    """The environment variables that a text names whole."""
    return set(VARIABLE.findall(text))


def calls_of(text: str) -> set[Named]:
    """The commands that a text calls, each alone and with each of its options."""
    return {named for code in code_of(text) for part in END.split(code) for named in read(after_lianze(part.split()))}


def after_lianze(words: list[str]) -> list[str]:
    """What follows `lianze`, with or without its folder; folders of that name are none."""
    starts = [at for at, word in enumerate(words) if word == "lianze" or word.endswith("bin/lianze")]
    return words[starts[0] + 1 :] if starts else []


def read(words: list[str]) -> Iterator[Named]:
    """One call: its command as far as there are groups, then what begins with a dash."""
    at, path = command_of(()), list[str]()
    while isinstance(at, click.Group) and words and not words[0].startswith("-"):
        path.append(words.pop(0))
        at = command_of(tuple(path))
    command = " ".join(path)
    if command:
        yield Named(command)
    yield from (Named(command, word.partition("=")[0]) for word in words if re.match(r"--?[a-z]", word))


def lone_options_of(text: str) -> set[str]:
    """Options that stand between backticks without their command."""
    return {span.split()[0].partition("=")[0] for span in SPAN.findall(text) if span.startswith("--")}


def command_of(path: tuple[str, ...]) -> click.Command | None:
    """The command of that path; None where there is none."""
    at: click.Command | None = lianze
    for word in path:
        at = at.get_command(click.Context(at), word) if isinstance(at, click.Group) else None
    return at


def options_of(command: click.Command) -> set[str]:
    """Every spelling of its options."""
    spellings = {word for param in command.params for word in (*param.opts, *param.secondary_opts)}
    return {word for word in spellings if word.startswith("-")} | {"--help"}


def every_option(command: click.Command = lianze) -> set[str]:
    """The options of a command and of all below it."""
    found = options_of(command)
    if isinstance(command, click.Group):
        context = click.Context(command)
        below = (command.get_command(context, name) for name in command.list_commands(context))
        found = found.union(*(every_option(one) for one in below if one is not None))
    return found


def other_language(page: Path) -> Path:
    """The page in the other language, whether it is there or not."""
    if page.name.endswith(CHINESE):
        return page.with_name(page.name.removesuffix(CHINESE) + ".md")
    return page.with_name(page.stem + CHINESE)
