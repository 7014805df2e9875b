"""The commands: exit codes, sentences and JSON, as scripts and people meet them; and their page, held against the code."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lianze.cli.log import log_group
from lianze.ledger import misfit
from lianze.ledger.field_titles import COLUMNS
from lianze.ledger.log_keys import key_folder
from lianze.ledger.models import Revision
from tests.ledger.office import Office, make_office, sign, sql

LEDGER = Path(misfit.__file__).parent
PAGE = Path(__file__).parents[2] / "docs" / "log.md"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(log_group, list(arguments))


def test_a_ledger_without_a_checkpoint_is_in_doubt(office: Office) -> None:
    result = run("verify")
    assert result.exit_code == 3
    assert "checkpoint" in result.stdout


def test_a_ledger_that_fits_its_checkpoint_ends_with_0(office: Office) -> None:
    assert run("checkpoint").exit_code == 0
    assert run("verify").exit_code == 0


def test_what_does_not_fit_is_told_in_words_and_as_json(office: Office) -> None:
    sign(office)
    sql(
        "UPDATE entry SET title = %s WHERE organisation_id = %s AND id = %s",
        "改",
        office.id,
        office.entries["三月学习"],
    )
    result = run("verify")
    assert result.exit_code == 1
    told = json.loads(run("verify", "--json").stdout)
    assert told["misfit"]["code"] == "row.changed"
    assert told["misfit"]["subject_id"] == str(office.entries["三月学习"])
    assert told["exit_code"] == 1
    assert [step["name"] for step in told["steps"]] == ["keys", "checkpoints", "leaves", "head", "succession"]


@pytest.mark.parametrize(("lang", "said"), [("zh", "被改动：具体表现：表中为"), ("en", "was changed: How it shows is")])
def test_a_changed_field_is_named_as_its_register_names_it(
    office: Office, lang: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANZE_LANG", lang)
    office.write("甲", register="finding", kind="main", data={"description": "原话"})
    sign(office)
    sql(
        "UPDATE entry SET data = %s WHERE organisation_id = %s AND id = %s",
        '{"description": "改"}',
        office.id,
        office.entries["甲"],
    )
    assert said in run("verify").stdout


@pytest.mark.parametrize(
    "subject", ["unit", "person", "post", "appointment", "portfolio", "grant", "organisation", "account"]
)
def test_every_column_that_the_log_keeps_has_a_title(office: Office, subject: str) -> None:
    kept = Revision.objects.filter(organisation_id=office.id, subject=subject).first()
    assert kept is not None
    assert set(json.loads(kept.canonical or "")["state"]) <= set(COLUMNS)


def test_heads_and_keys_kept_elsewhere_are_asked(office: Office, tmp_path: Path) -> None:
    head, keys = tmp_path / "head.note", tmp_path / "kept.keys"
    assert run("checkpoint", "-o", str(head)).exit_code == 0
    keys.write_bytes((key_folder(office.id) / "public.keys").read_bytes())
    assert run("verify", "--seen", str(head), "--key", str(keys)).exit_code == 0


def test_evidence_may_be_left_out(office: Office) -> None:
    told = json.loads(run("verify", "--json", "--no-evidence").stdout)
    assert "evidence" not in [step["name"] for step in told["steps"]]


def test_a_head_goes_up_and_comes_back_countersigned(office: Office, tmp_path: Path) -> None:
    superior = make_office("superior")
    head, signed = tmp_path / "head.note", tmp_path / "signed.note"
    ours, theirs = (str(key_folder(one.id) / "public.keys") for one in (office, superior))
    assert run("checkpoint", "--organisation", "office", "-o", str(head)).exit_code == 0
    up = ("countersign", str(head), "--organisation", "superior", "-o", str(signed))
    assert run(*up).exit_code == 2, "nobody has vouched for the key"
    assert run(*up, "--key", ours).exit_code == 0
    back = ("witness", str(signed), "--organisation", "office")
    assert run(*back).exit_code == 1, "the witness is not known"
    assert run(*back, "--key", theirs).exit_code == 0
    assert run("verify", "--organisation", "office").exit_code == 0


def test_keys_are_changed_with_a_reason(office: Office) -> None:
    assert run("rotate-keys").exit_code == 2
    result = run("rotate-keys", "--why", "例行轮换")
    assert result.exit_code == 0, result.output
    assert run("checkpoint").exit_code == 0
    assert run("verify").exit_code == 0


def test_erasing_asks_first(office: Office) -> None:
    entry = str(office.entries["三月学习"])
    words = ("erase", entry, "--field", "title", "--why", "本人申请")
    assert CliRunner().invoke(log_group, list(words), input="n\n").exit_code == 1
    assert run(*words, "--yes").exit_code == 0
    assert run("erase", entry, "--field", "nothing", "--why", "x", "--yes").exit_code == 2


@pytest.mark.parametrize("command", ["verify", "checkpoint", "rotate-keys", "witness", "countersign", "erase"])
def test_every_command_is_on_its_page(command: str) -> None:
    assert f"lianze log {command}" in PAGE.read_text(encoding="utf-8")
    assert command in log_group.commands


def test_every_code_is_on_its_page_and_no_other() -> None:
    code = re.compile(r"\b(?:key|checkpoint|log|leaf|head|row|revision|erasure|evidence)\.[a-z]+\b")
    quoted = re.compile(rf'"({code.pattern})"')
    known = {c for path in LEDGER.glob("*.py") for c in quoted.findall(path.read_text(encoding="utf-8"))}
    told = set(re.findall(rf"`({code.pattern})`", PAGE.read_text(encoding="utf-8")))
    assert known - {"log.py"} == told
