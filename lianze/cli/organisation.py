"""`lianze organisation`: those there are; one made by mistake is closed, never deleted, and can be opened again."""

from datetime import UTC, datetime

import click

from lianze.cli.failing import fail
from lianze.cli.language import choose
from lianze.cli.office import faults_told, operator, start


@click.group("organisation", help=choose("单位：列出、停用、重新启用", "Organisations: list, close, open again"))
def organisation_group() -> None:
    """Commands about organisations."""


@organisation_group.command("list", help=choose("列出单位", "List them."))
@click.option("--all", "with_closed", is_flag=True, help=choose("连同已停用的", "closed ones too"))
def list_command(with_closed: bool) -> None:
    """Down the tree, each indented under its superior."""
    start()
    with faults_told():
        from lianze.org.models import Organisation

        for one in Organisation.objects.order_by("path"):
            if one.closed_at is None or with_closed:
                closed = choose("（已停用）", " (closed)") if one.closed_at else ""
                click.echo(f"{'  ' * (len(one.path) // 4 - 1)}{one.code}  {one.name}{closed}")


@organisation_group.command(
    "close", help=choose("停用误建的单位（没有记录的）", "Close one made by mistake (no entries).")
)
@click.argument("code")
@click.option("--why", required=True, help=choose("理由", "the reason"))
def close_command(code: str, why: str) -> None:
    """Takes it out of every list; its log stays."""
    change(code, why, closing=True)


@organisation_group.command("open", help=choose("重新启用单位", "Open a closed one again."))
@click.argument("code")
@click.option("--why", default="", help=choose("理由", "the reason"))
def open_command(code: str, why: str) -> None:
    """As it was before it was closed."""
    change(code, why, closing=False)


def change(code: str, why: str, closing: bool) -> None:
    """Closes or opens the organisation of that very code."""
    start()
    with faults_told():
        from lianze.ledger.close_org import close_organisation, open_organisation
        from lianze.org.models import Organisation

        found = Organisation.objects.filter(code=code).first()
        if found is None:
            fail(choose(f"没有编码为“{code}”的单位", f"no organisation has the code {code}"), "no_organisation")
        (close_organisation if closing else open_organisation)(found, operator(), why, datetime.now(UTC))
        words = ("已停用", "closed") if closing else ("已重新启用", "open again")
        click.echo(choose(f"“{found.name}”{words[0]}", f"{found.name}: {words[1]}"))
