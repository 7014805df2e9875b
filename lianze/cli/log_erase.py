"""`lianze log erase`."""

from uuid import UUID

import click

from lianze.cli.language import choose
from lianze.cli.office import open_desk, start
from lianze.cli.options import organisation_option

HELP = choose(
    "擦除一条记录中不应保存的内容及其全部历史内容，登记理由；日志仍可核验。已送出的报送包、工作簿和备份不在其内。",
    "Erase content that must not be kept, in an entry and all its history, with a recorded reason; the log goes on "
    "verifying. Packages, workbooks and backups that have left are not reached.",
)


@click.command("erase", help=HELP)
@click.argument("entry", type=click.UUID)
@click.option(
    "--field",
    "fields",
    multiple=True,
    required=True,
    help=choose(
        "title、number、其他字段名、@角色 或 attachments，可多次", "title, number, a field, @role or attachments"
    ),
)
@click.option("--why", required=True, help=choose("理由，记入日志", "the reason, kept in the log"))
@organisation_option
@click.confirmation_option(prompt=choose("擦除后不能恢复，继续？", "This cannot be undone. Go on?"))
def erase_command(entry: UUID, fields: tuple[str, ...], why: str, organisation: str | None) -> None:
    """Exit codes: 0 erased, 1 not confirmed, 2 refused or nothing of that name."""
    start()
    from lianze.cli.log_heads import reasons_told

    with reasons_told():
        from lianze.ledger.erase import erase

        count = erase(open_desk(organisation), entry, fields, why)
    click.echo(choose(f"已擦除，{count} 次修订不再有内容", f"erased: {count} revisions are without content"))
