"""`lianze token`: access tokens of an account, made and revoked at the machine itself."""

import json
from typing import TYPE_CHECKING
from uuid import UUID

import click

from lianze.cli.failing import fail
from lianze.cli.language import choose
from lianze.cli.office import faults_told, start
from lianze.cli.options import json_option

if TYPE_CHECKING:
    from lianze.org.models import Account


@click.group("token", help=choose("程序访问令牌", "Access tokens for programs"))
def token_group() -> None:
    """Commands about tokens."""


def read_account(username: str) -> "Account":
    """The account of that name."""
    from lianze.org.models import Account

    account = Account.objects.filter(username=username).first()
    if account is None:
        fail(choose(f"没有账号“{username}”", f"there is no account {username}"), "no_account")
    return account


@token_group.command("make", help=choose("生成令牌；只显示这一次", "Make a token; it is shown this once."))
@click.argument("username")
@click.option("--name", required=True, help=choose("名称", "what it is for"))
@click.option(
    "--scope", "scopes", multiple=True, default=("read",), help="read record amend withdraw transition figures"
)
@click.option("--days", default=90, help=choose("有效天数", "days until it expires"))
def make_command(username: str, name: str, scopes: tuple[str, ...], days: int) -> None:
    """Prints the secret alone, so that it can be piped into a file."""
    start()
    with faults_told():
        from django.utils import timezone

        from lianze.ledger.tokens import SCOPES, issue_token

        if unknown := set(scopes) - set(SCOPES):
            fail(
                choose(f"没有用途 {'、'.join(sorted(unknown))}", f"no such scope: {', '.join(sorted(unknown))}"),
                "no_scope",
            )
        _, secret = issue_token(read_account(username), name, scopes, days, timezone.now())
        click.echo(secret)


@token_group.command("list", help=choose("列出账号的令牌", "List an account's tokens."))
@click.argument("username")
@json_option
def list_command(username: str, as_json: bool) -> None:
    """Never shows a secret: there is none to show."""
    start()
    with faults_told():
        from lianze.ledger.tokens import read_tokens

        tokens = read_tokens(read_account(username))
        if as_json:
            found = [
                {"id": str(t.id), "name": t.name, "scopes": t.scopes, "expires_at": t.expires_at.isoformat()}
                for t in tokens
            ]
            click.echo(json.dumps(found, ensure_ascii=False, indent=2))
            return
        for token in tokens:
            click.echo(f"{token.id}  {token.expires_at:%Y-%m-%d}  {token.name}  {' '.join(token.scopes)}")


@token_group.command("revoke", help=choose("吊销令牌", "Revoke a token."))
@click.argument("username")
@click.argument("token_id", type=click.UUID)
def revoke_command(username: str, token_id: UUID) -> None:
    """Ends it at once."""
    start()
    with faults_told():
        from django.utils import timezone

        from lianze.ledger.tokens import revoke_token

        revoke_token(read_account(username), token_id, timezone.now())
        click.echo(choose("已吊销", "revoked"))
