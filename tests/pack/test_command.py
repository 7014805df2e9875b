"""`lianze pack check` as a person and as a script meet it."""

import json

import pytest
from click.testing import CliRunner

from lianze.cli.pack import pack_group
from lianze.pack.load import BUILTIN
from tests.pack.conftest import Folder


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANZE_LANG", "zh_CN")


def check(*arguments: str) -> tuple[int, str]:
    """Exit code and output of `lianze pack check`."""
    result = CliRunner().invoke(pack_group, ["check", *arguments])
    return result.exit_code, result.output


def test_the_built_in_pack_is_sound() -> None:
    code, output = check(str(BUILTIN / "cn-integrity"))
    assert code == 0, output
    assert "sha256" in output


def test_faults_are_listed_one_a_line_with_exit_code_one(folder: Folder) -> None:
    folder.replace("figures/talk.toml", 'looked = "talk.count"', 'looked = "talk.looks"')
    code, output = check(str(folder.path))
    assert code == 1
    assert "small/figures/talk.toml:24 [figure.1.looked]: 没有数据项“talk.looks”\n" in output
    assert "共 1 处错误" in output


def test_a_folder_that_is_no_pack_has_exit_code_two(folder: Folder) -> None:
    assert check(str(folder.path / "figures"))[0] == 2
    assert check(str(folder.path / "nowhere"))[0] == 2
    (folder.path / "extra.toml").write_bytes(b"\xff")
    assert check(str(folder.path))[0] == 2


def test_english_speakers_are_answered_in_english(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANZE_LANG", "en_GB.UTF-8")
    folder.replace("rules.toml", 'who = "leaders"', 'who = "everybody"')
    _, output = check(str(folder.path))
    assert "nobody is called everybody" in output
    assert "没有" not in output


def test_json_names_file_key_line_rule_and_sentence(folder: Folder) -> None:
    folder.replace("rules.toml", 'who = "leaders"', 'who = "everybody"')
    code, output = check(str(folder.path), "--json")
    answer = json.loads(output)
    assert (code, answer["ok"]) == (1, False)
    (problem,) = answer["problems"]
    assert problem["file"] == "small/rules.toml"
    assert (problem["key"], problem["rule"]) == ("duty.0.who", "pack")
    assert problem["line"] > 0


def test_a_layer_is_checked_over_the_pack_it_extends(folder: Folder) -> None:
    for file in ("vocabularies.toml", "figures/talk.toml", "rules.toml", "outlines/annual.toml"):
        (folder.path / file).unlink()
    folder.replace("registers/talk.toml", 'filters = ["kind", "state"]', "")
    assert check(str(folder.path))[0] == 1
    assert check(str(folder.path), "--over", "cn-integrity")[0] == 0
    assert check(str(folder.path), "--over", "../x")[0] == 1
