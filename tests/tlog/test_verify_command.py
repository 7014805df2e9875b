"""`lianze verify` as a person and a program see it."""

import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lianze.cli import verify as command
from lianze.tlog import checkpoint_of, render_keys, sign_checkpoint
from lianze.tlog.notes import render_note
from lianze.tlog.reasons import REASONS
from lianze.tlog.sentences import FINDINGS, NOT_CHECKED, TITLES
from lianze.tlog.verify import STEPS
from tests.tlog.sample import LOG, LOG_KEY, NOW, sample_contents, sample_package

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "F.lianze").write_bytes(sample_package())
    (tmp_path / "known.keys").write_text(render_keys([LOG_KEY]), encoding="utf-8")

    class Clock:
        """The command asks the clock; the sample lies in a year of its own."""

        now = staticmethod(lambda zone: NOW)

    monkeypatch.setattr(command, "datetime", Clock)
    return tmp_path


def run(folder: Path, *arguments: str, lang: str = "zh_CN.UTF-8") -> Result:
    whole = [str(folder / one) if (folder / one).exists() else one for one in arguments]
    return CliRunner().invoke(command.verify_command, whole, env={"LIANZE_LANG": lang})


def test_with_a_known_key_every_step_is_shown_in_chinese_and_the_exit_code_is_0(folder: Path) -> None:
    result = run(folder, "F.lianze", "--key", "known.keys")
    assert result.exit_code == 0, result.output
    assert result.output.startswith("1. 文件结构：已证明。")
    assert "11. 佐证材料：已证明" in result.output
    assert "记录所述是否属实" in result.output
    assert result.output.splitlines()[-1] == "第8步未核对，其余各步均已证明。"


def test_english_is_spoken_where_the_language_is_english(folder: Path) -> None:
    result = run(folder, "F.lianze", "--key", "known.keys", lang="en_GB.UTF-8")
    assert "1. File layout: proved." in result.output
    assert "Not checked by any step:" in result.output


def test_without_a_key_it_says_that_nothing_shows_who_signed(folder: Path) -> None:
    result = run(folder, "F.lianze")
    assert result.exit_code == 3
    assert "不能说明由谁签署" in result.output


def test_a_changed_package_is_refused_with_reason_and_code(folder: Path) -> None:
    package = folder / "F.lianze"
    package.write_bytes(package.read_bytes().replace(b"activity/1", b"activity/9"))
    result = run(folder, "F.lianze", "--key", "known.keys")
    assert result.exit_code == 1
    assert "[zip.crc" in result.output or "[members.digest" in result.output
    number = result.output[: result.output.index("：不予认可")].splitlines()[-1].split(".")[0]
    assert f"第{number}步之后的各步没有再核对" in result.output


def test_programs_read_json(folder: Path) -> None:
    result = run(folder, "F.lianze", "--key", "known.keys", "--json")
    said = json.loads(result.output)
    assert said["exit_code"] == result.exit_code == 0
    assert [step["outcome"] for step in said["steps"]].count("proved") == 10
    assert set(said["not_checked"]) == set(NOT_CHECKED)


@pytest.mark.parametrize("content", ["", "# nothing\n", "not a key\n"])
def test_a_key_file_without_a_key_is_a_mistake_not_less_trust(folder: Path, content: str) -> None:
    (folder / "known.keys").write_text(content, encoding="utf-8")
    assert run(folder, "F.lianze", "--key", "known.keys").exit_code == 2


def test_a_seen_checkpoint_that_is_none_is_a_mistake(folder: Path) -> None:
    assert run(folder, "F.lianze", "--seen", "known.keys").exit_code == 2
    assert run(folder, "missing").exit_code == 2


@pytest.mark.parametrize(("lang", "words"), [("zh_CN.UTF-8", "是报送包"), ("en_GB.UTF-8", "is a report package")])
def test_a_package_given_as_seen_is_told_from_a_checkpoint_and_holds_one(folder: Path, lang: str, words: str) -> None:
    result = run(folder, "F.lianze", "--seen", str(folder / "F.lianze"), lang=lang)
    assert result.exit_code == 2
    assert words in result.output and "checkpoint.note" in result.output
    with zipfile.ZipFile(folder / "F.lianze") as package:
        package.extract("checkpoint.note", folder)
    result = run(folder, "F.lianze", "--key", "known.keys", "--seen", "checkpoint.note", lang=lang)
    assert result.exit_code == 0, result.output
    ending = {"zh_CN.UTF-8": "各步均已证明。", "en_GB.UTF-8": "Every step is proved."}[lang]
    assert result.output.splitlines()[-1] == ending


def test_a_package_older_than_what_was_seen_says_so_and_what_to_ask_for(folder: Path) -> None:
    head = checkpoint_of(sample_contents().checkpoint)
    later = replace(head, size=head.size + 10, at=head.at + timedelta(days=1))
    (folder / "later.note").write_bytes(render_note(sign_checkpoint(later, [LOG])))
    result = run(folder, "F.lianze", "--key", "known.keys", "--seen", "later.note")
    assert result.exit_code == 3
    assert f"包内日志 {head.size} 条，先前已见到 {head.size + 10} 条" in result.output


def test_the_verifier_imports_neither_django_nor_the_ledger() -> None:
    code = (
        "import sys, lianze.cli.verify; print([m for m in sys.modules if m.split('.')[0] == 'django' or 'ledger' in m])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_every_code_raised_has_a_sentence() -> None:
    """Codes are found in the source: LogError("…"), NoteError("…") and the like."""
    import re

    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "lianze/tlog").glob("*.py"))
    raised = set(re.findall(r'Error\(\s*"([a-z-]+(?:\.[a-z-]+)?)"', source))
    assert len(raised) > 40
    assert raised - set(REASONS) == set()
    names = {"container", *(name for name, _ in STEPS)}
    assert names == set(TITLES)
    assert names <= set(FINDINGS)
