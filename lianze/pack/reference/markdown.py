"""Markdown tables and headings."""

from collections.abc import Iterable, Sequence

from lianze.pack.definitions import Condition, Pack


def render_page(pack: Pack, title: str, said: str, blocks: Iterable[str]) -> str:
    """A page with where it comes from, so that nobody edits it by hand."""
    head = f"# {title}\n\n{said}\n\n*Made by `make docs` from pack `{pack.id}` {pack.version}; not edited by hand.*\n"
    return "\n".join([head, *blocks])


def render_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; cells may hold anything but line ends."""
    lines = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    lines.extend(f"| {' | '.join(cell(text) for text in row)} |" for row in rows)
    return "\n".join(lines) + "\n"


def cell(text: str) -> str:
    """Text that does not end its cell."""
    return text.replace("|", "\\|").replace("\n", " ")


def coded(names: Iterable[str]) -> str:
    """Ids in code type, separated by blanks."""
    return " ".join(f"`{name}`" for name in names)


def yes(value: bool) -> str:
    """A mark, or nothing."""
    return "✓" if value else ""


def render_conditions(conditions: Iterable[Condition]) -> str:
    """Conditions in words; all of them must hold."""
    return "；".join(render_condition(condition) for condition in conditions)


def render_condition(condition: Condition) -> str:
    """One condition."""
    subject = condition.field or (f"@{condition.participant}" if condition.participant else f">{condition.link}")
    wanted = [*condition.values, *condition.capacity, *condition.kind, *condition.state]
    said = [f"= {'/'.join(wanted)}"] if wanted else []
    said += [f"≥ {condition.at_least}"] if condition.at_least is not None else []
    said += [f"≤ {condition.at_most}"] if condition.at_most is not None else []
    said += [] if condition.set is None else ["is set" if condition.set else "is empty"]
    return f"{'not ' if condition.negate else ''}`{' '.join([subject, *said])}`"
