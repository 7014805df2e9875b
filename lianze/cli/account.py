"""`lianze account`: for when nobody can log in any longer, at the machine itself."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from lianze.cli.asking import ask_password
from lianze.cli.failing import fail
from lianze.cli.language import choose
from lianze.cli.office import faults_told, operator, start

if TYPE_CHECKING:
    from lianze.ledger.upsert import Pen
    from lianze.org.models import Account


@click.group("account", help=choose("账号：无人能登录时在本机重新启用", "Accounts: let somebody in again"))
def account_group() -> None:
    """Commands about accounts."""


@account_group.command("list", help=choose("列出账号", "List them."))
def list_command() -> None:
    """Down the tree of organisations: user name, display name, organisation, and whether it is closed."""
    start()
    with faults_told():
        from lianze.org.models import Account, Organisation

        found = False
        for place in Organisation.objects.order_by("path"):
            for account in Account.objects.filter(organisation_id=place.id).order_by("username"):
                found = True
                closed = "" if account.is_active else choose("（已停用）", " (closed)")
                click.echo(f"{account.username}  {account.display_name}  {place.name}{closed}")
        if not found:
            click.echo(choose("还没有账号，先运行 lianze setup", "no account yet; run lianze setup first"))


@account_group.command(
    "open",
    help=choose("重新启用账号、解除锁定并设新密码", "Open an account again, locked or closed, with a new password."),
)
@click.argument("username")
@click.option(
    "--without-second-factor",
    is_flag=True,
    help=choose("手机、密钥和恢复码都丢失时：一并重置第二步验证", "phone, keys and codes are lost: take them away too"),
)
def open_command(username: str, without_second_factor: bool) -> None:
    """The account's roles stay what they are; that it was opened is part of the log and stands in the audit list."""
    start()
    with faults_told():
        from lianze.ledger.upsert import Pen
        from lianze.org.models import Account
        from lianze.org.passwords import password_faults

        account = Account.objects.filter(username=username).first()
        if account is None or account.organisation_id is None:
            fail(choose(f"没有账号“{username}”", f"there is no account {username}"), "no_account")
        password = ask_password(choose("新密码", "New password"), lambda typed: password_faults(typed, account))
        pen = Pen(account.organisation_id, operator(), "本机重新启用", datetime.now(UTC))
        still_asked = let_in(pen, account, password, without_second_factor)
        click.echo(choose(f"账号“{username}”可以登录了", f"{username} may log in"))
        if still_asked:
            click.echo(
                choose(
                    "登录时仍要第二步验证；手机、密钥和恢复码都丢失的，加 --without-second-factor 再运行一次",
                    "The second factor is still asked for; if phone, keys and codes are lost, run this again with --without-second-factor",
                )
            )


def let_in(pen: "Pen", account: "Account", password: str, without_second_factor: bool) -> bool:
    """Opens the account and ends its lock-out; whether a second factor is still asked for."""
    from axes.utils import reset
    from django.db import transaction

    from lianze.ledger.audit import append_audit
    from lianze.ledger.second_factors import has_second_factor, remove_second_factors
    from lianze.ledger.write_accounts import reset_password, set_active

    with transaction.atomic():
        set_active(pen, account, True)
        reset_password(pen, account, password)
        done = ["account", "unlocked"]
        if without_second_factor and remove_second_factors(account):
            done.append("second_reset")
        for action in done:
            append_audit(None, action, account.username, "", pen.now, pen.organisation_id, pen.author.name)
    reset(username=account.username)
    return has_second_factor(account)
