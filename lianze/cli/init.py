"""`lianze init`: the data folder, its keys, the tables, one organisation."""

import os
import re
import secrets
from datetime import UTC, datetime
from pathlib import Path

import click

from lianze.cli.failing import fail
from lianze.cli.language import choose
from lianze.cli.office import faults_told, start

CODE = re.compile(r"[\w-]{1,40}")
# Signs sessions; seals the secrets of second factors.
SECRETS = ("session-secret", "second-factor-key")


def make_data_folder(data: Path) -> None:
    """The folder with its key folder, both for their owner only, and the secrets of this instance, each made once."""
    data.mkdir(parents=True, exist_ok=True)
    keys = data / "keys"
    keys.mkdir(mode=0o700, exist_ok=True)
    for name in SECRETS:
        secret = keys / name
        if not secret.exists():
            handle = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(32))


def make_tables() -> None:
    """Applies the migrations; says nothing."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def initialise(
    code: str, name: str, short_name: str, superior_name: str, parent_path: str = "", hasher: str = "sha-256"
) -> bool:
    """Makes folder, tables, organisation and the keys of its log; False when the organisation was there already."""
    from django.conf import settings

    from lianze.domain.errors import Refused
    from lianze.ledger.log_keys import ensure_keys
    from lianze.ledger.states import Author
    from lianze.ledger.write_org import create_organisation
    from lianze.org.models import Organisation

    make_data_folder(settings.DATA)
    make_tables()
    author, now = Author("lianze init"), datetime.now(UTC)
    known = Organisation.objects.filter(code=code).first()
    if known is not None and known.closed_at is not None:
        raise Refused(f"单位“{code}”已停用，用 lianze organisation open {code} 启用 / closed; open it again")
    organisation = known or create_organisation(
        code=code,
        name=name,
        short_name=short_name or name,
        superior_name=superior_name,
        parent_path=parent_path,
        now=now,
        author=author,
        hasher=hasher,
    )
    ensure_keys(organisation, author, now)
    return known is None


@click.command(help=choose("建立数据文件夹、数据表和单位", "Make the data folder, the tables and an organisation."))
@click.option("--code", required=True, help=choose("单位编码，如 yunlan-ql", "the organisation's short code"))
@click.option("--name", required=True, help=choose("单位全称", "full name"))
@click.option("--short", "short_name", default="", help=choose("简称", "short name"))
@click.option("--superior", default="", help=choose("报告主送机关，如 市委、市纪委", "whom the report goes to"))
@click.option("--parent", default="", help=choose("上级单位编码（已在系统中）", "code of its superior in this system"))
@click.option(
    "--hash",
    "hasher",
    type=click.Choice(["sha-256", "sm3"]),
    default="sha-256",
    help=choose("日志的杂凑算法，建立后不可更改", "hash of the log, chosen for good"),
)
def init_command(code: str, name: str, short_name: str, superior: str, parent: str, hasher: str) -> None:
    """Makes what is missing; running it twice changes nothing."""
    if not CODE.fullmatch(code):
        fail(choose("--code 用字母、数字、- 和 _，不超过40个", "--code: letters, digits, - and _, at most 40"), "usage")
    start()
    from django.conf import settings

    from lianze.org.models import Organisation

    with faults_told():
        parent_path = ""
        if parent:
            make_data_folder(settings.DATA)
            make_tables()
            found = Organisation.objects.filter(code=parent).first()
            if found is None:
                fail(choose(f"没有编码为“{parent}”的单位", f"no organisation has the code {parent}"), "no_organisation")
            parent_path = found.path
        made = initialise(code, name, short_name, superior, parent_path, hasher)
        words = ("已建立", "made") if made else ("已存在，未改动", "was there already; nothing changed")
        click.echo(
            choose(f"单位“{name}”{words[0]}，数据在 {settings.DATA}", f"{name} {words[1]}; data in {settings.DATA}")
        )
        tell_next()


def tell_next() -> None:
    """What to do next: where nobody can log in yet, the first account is made on a page."""
    from lianze.ledger.first_run import has_account

    if has_account():
        click.echo(choose("下一步：lianze serve，打开网页登录", "Next: lianze serve, then log in"))
    else:
        click.echo(
            choose(
                "下一步：运行 lianze serve，在浏览器打开它给出的 /setup/ 地址，建立第一个账号",
                "Next: lianze serve, then open the /setup/ address that it prints and make the first account",
            )
        )
