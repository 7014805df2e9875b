"""An organisation made by mistake goes out of sight and comes back; one with entries stays where it is."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from lianze.cli.init import init_command
from lianze.cli.organisation import organisation_group
from lianze.domain.errors import NotFound, Refused
from lianze.ledger.close_org import close_organisation
from lianze.ledger.desks import find_organisation, read_reached
from lianze.ledger.models import Revision
from lianze.ledger.upsert import Pen
from lianze.ledger.verify import verify_log
from lianze.ledger.verify_heads import Outside
from lianze.ledger.write_accounts import AccountState, create_account, write_grant
from lianze.ledger.write_org import create_organisation
from lianze.org.models import Organisation
from lianze.pack.load import load_builtin
from tests.ledger.office import AUTHOR, START, Office

pytestmark = pytest.mark.django_db
NOW = datetime(2023, 6, 1, tzinfo=UTC)


def make(code: str, parent: str = "") -> Organisation:
    return create_organisation(code, f"某市{code}", code, "市委", parent, START, AUTHOR)


def run(*words: str) -> tuple[int, str]:
    said = CliRunner().invoke(organisation_group, list(words))
    return said.exit_code, said.output


def test_what_has_entries_is_not_closed(office: Office) -> None:
    with pytest.raises(Refused, match="已有记录"):
        close_organisation(office.organisation, AUTHOR, "误建", NOW)
    assert run("close", "office", "--why", "误建")[0] == 2
    assert Organisation.objects.get(id=office.id).closed_at is None


def test_a_mistake_goes_out_of_sight_and_its_log_stays_true() -> None:
    pack, top = load_builtin(), make("top")
    wrong, below = make("wrong", top.path), make("other", top.path)
    account = create_account(
        Pen(top.id, AUTHOR, "", START), AccountState("boss", "甲"), "a password of a test", is_own=True
    )
    write_grant(Pen(top.id, AUTHOR, "", START), account, "superior", NOW.date())
    assert find_organisation(account, "wrong", pack, NOW.date()) == wrong
    assert run("close", "wrong", "--why", " ")[0] == 2
    assert run("close", "wrong", "--why", "编码写错")[0] == 0
    with pytest.raises(NotFound):
        find_organisation(account, "wrong", pack, NOW.date())
    assert read_reached(account, top, pack, NOW.date()) == [top, below]
    assert "wrong" not in run("list")[1] and "wrong" in run("list", "--all")[1]
    assert verify_log(wrong.id, Outside()).misfit is None
    with pytest.raises(Refused, match="上级单位不存在"):
        make("child", wrong.path)
    with pytest.raises(Refused, match="已有编码"):
        make("wrong")


def test_it_is_opened_again_as_it_was() -> None:
    wrong = make("wrong")
    assert run("open", "wrong")[0] == 2 and run("close", "nothing", "--why", "误建")[0] == 2
    assert run("close", "wrong", "--why", "误建")[0] == 0 and run("close", "wrong", "--why", "误建")[0] == 2
    init = CliRunner().invoke(init_command, ["--code", "wrong", "--name", "某市"])
    assert init.exit_code == 2 and "organisation open" in init.output
    assert run("open", "wrong")[0] == 0
    rows = Revision.objects.filter(subject_id=wrong.id).order_by("number").values_list("action", "why")
    assert list(rows) == [("create", ""), ("close", "误建"), ("open", "")]
    assert verify_log(wrong.id, Outside()).misfit is None


def test_a_superior_is_closed_after_what_stands_below_it() -> None:
    top = make("top")
    make("below", top.path)
    with pytest.raises(Refused, match="先停用下级单位：below"):
        close_organisation(top, AUTHOR, "误建", NOW)
    assert run("close", "below", "--why", "误建")[0] == 0
    close_organisation(top, AUTHOR, "误建", NOW)
