"""`lianze account`: for when nobody can log in any longer, at the machine itself."""

from datetime import UTC, datetime

import click

from lianze.cli.asking import ask_password
from lianze.cli.failing import fail
from lianze.cli.language import choose
from lianze.cli.office import faults_told, operator, start


@click.group("account", help=choose("账号：无人能登录时在本机重新启用", "Accounts: let somebody in again"))
def account_group() -> None:
    """Commands about accounts."""


@account_group.command("open", help=choose("重新启用账号并设新密码", "Open an account again with a new password."))
@click.argument("username")
def open_command(username: str) -> None:
    """The account's roles stay what they are; that it was opened is part of the log."""
    start()
    with faults_told():
        from lianze.ledger.first_run import password_faults
        from lianze.ledger.upsert import Pen
        from lianze.ledger.write_accounts import reset_password, set_active
        from lianze.org.models import Account

        account = Account.objects.filter(username=username).first()
        if account is None or account.organisation_id is None:
            fail(choose(f"没有账号“{username}”", f"there is no account {username}"), "no_account")
        password = ask_password(choose("新密码", "New password"), lambda typed: password_faults(typed, account))
        pen = Pen(account.organisation_id, operator(), "本机重新启用", datetime.now(UTC))
        set_active(pen, account, True)
        reset_password(pen, account, password)
        click.echo(choose(f"账号“{username}”可以登录了", f"{username} may log in"))
