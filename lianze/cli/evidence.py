"""`lianze evidence check`."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from lianze.cli.language import choose, one_language
from lianze.cli.office import faults_told, open_desk, start
from lianze.cli.options import json_option

if TYPE_CHECKING:
    from lianze.ledger.store_check import Found

HELP = choose(
    "核对佐证库：缺失、内容不符、无主的文件；配置了 LIANZE_CLAMD_SOCKET 时逐个查毒。退出码：0 没有问题；1 有缺失、不符或"
    "恶意文件；2 无法运行。",
    "Check the evidence store: missing, changed and orphaned files; each is scanned for viruses where "
    "LIANZE_CLAMD_SOCKET is set. Exit codes: 0 nothing wrong; 1 missing, changed or malicious files; 2 cannot run.",
)


@click.group("evidence", help=choose("佐证文件", "Evidence files."))
def evidence_group() -> None:
    """Commands about the evidence store."""


@evidence_group.command("check", help=HELP)
@click.option("--organisation", default=None, help=choose("只查一个单位", "one organisation only"))
@click.option("--remove-orphans", is_flag=True, help=choose("删除没有任何单位登记的文件", "remove files nobody names"))
@json_option
def check_command(organisation: str | None, remove_orphans: bool, as_json: bool) -> None:
    """Without an organisation, those of all of them and the store as a whole."""
    start()
    with faults_told():
        found = find(organisation)
        removed = remove(found) if remove_orphans else []
    if as_json:
        click.echo(
            json.dumps({"found": [asdict(one) for one in found], "removed": removed}, ensure_ascii=False, indent=2)
        )
    else:
        tell(found, removed)
    raise SystemExit(1 if any(one.harm for one in found) else 0)


def find(code: str | None) -> "list[Found]":
    """Everything found, in the order of organisations, then of the store."""
    from lianze.ledger.store_check import check_organisation, check_store
    from lianze.org.models import Organisation
    from lianze.rules import Subject

    codes = [code] if code else list(Organisation.objects.order_by("path").values_list("code", flat=True))
    found: list[Found] = []
    for one in codes:
        desk = open_desk(one)
        desk.require("audit", Subject(desk.organisation.path))
        found += check_organisation(desk.organisation.id, lambda _: None)
    return found if code else [*found, *check_store()]


def remove(found: "list[Found]") -> list[str]:
    """Removes the orphans among what was found; returns their hashes."""
    from lianze.ledger.store_check import remove_orphan

    return [one.file for one in found if one.code == "evidence.orphan" and remove_orphan(one.file)]


def tell(found: "list[Found]", removed: list[str]) -> None:
    """One thing a line, then how many."""
    for one in found:
        click.echo(f"[{one.code}] {one_language(one.sentence)}")
    for sha256 in removed:
        click.echo(choose(f"已删除 {sha256}", f"removed {sha256}"))
    harm = sum(one.harm for one in found)
    click.echo(choose(f"问题 {harm} 处，其余 {len(found) - harm} 处", f"{harm} faults, {len(found) - harm} remarks"))
