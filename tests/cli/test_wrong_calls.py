"""What the command line says to a wrong call: in the user's language, what is wrong and what is expected."""

import ast
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lianze import cli
from lianze.cli import lianze
from lianze.exchange.template import write_template
from lianze.pack.load import load_builtin
from tests.tlog.sample import sample_package

CALLS = [
    (["figures"], "缺少选项“--year”"),
    (["import"], "缺少参数“文件”"),
    (["figures", "--year", "abc"], "选项“--year”的值“abc”不对，应为 1949 至 2200 的整数"),
    (["figures", "--year", "3000"], "选项“--year”的值“3000”不对，应为 1949 至 2200 的整数"),
    (["figures", "--yaer", "2023"], "没有选项 --yaer；是不是要用 --year？"),
    (["figures", "--year"], "选项 --year 后面要写它的值"),
    (["improt"], "没有命令“improt”；是不是要用 import？"),
    (["import", "2023年", "台账.xlsx"], "多写了“台账.xlsx”；文件名里有空格时，请给整个文件名加引号"),
    (["package", "--year", "2023", "-o", "x", "--content", "all"], "值“all”不对，应为 shown、none 之一"),
    (["report", "--year", "2023", "-o", "x", "--date", "年底"], "值“年底”不对，应为日期，如 2023-12-31"),
    (["log", "erase", "HD001"], "参数“记录”的值“HD001”不对，应为记录的标识（36 个字符）"),
    (["log", "witness", "没有的文件"], "没有文件“没有的文件”，请核对文件名和所在文件夹"),
]


def call(arguments: list[str], language: str = "zh_CN") -> Result:
    return CliRunner().invoke(lianze, arguments, env={"LIANZE_LANG": language}, prog_name="lianze")


@pytest.mark.parametrize(("arguments", "said"), CALLS)
def test_a_wrong_call_is_told_in_chinese(arguments: list[str], said: str) -> None:
    result = call(arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not {"Usage", "Error", "Missing", "Invalid", "such"} & set(result.stderr.replace(":", " ").split())


@pytest.mark.parametrize("arguments", [arguments for arguments, _ in CALLS])
def test_the_same_call_is_told_in_english(arguments: list[str]) -> None:
    result = call(arguments, "en")
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert result.stderr.isascii() or arguments[-1] in result.stderr


@pytest.mark.parametrize(("arguments", "said"), [call for call in CALLS if call[0][0] in ("figures", "import")])
def test_a_wrong_call_with_json_is_answered_by_json(arguments: list[str], said: str) -> None:
    result = call([arguments[0], "--json", *arguments[1:]])
    error = json.loads(result.stdout)["error"]
    assert (result.exit_code, error["code"]) == (2, "usage")
    assert said in error["message"]
    assert result.stderr == ""


def test_a_help_page_has_no_english_frame() -> None:
    said = call(["import", "--help"]).stdout
    assert "用法：lianze import [选项] 文件" in said
    assert not {"Usage:", "Options:", "TEXT", "PATH", "Show"} & set(said.split())
    assert "Usage: lianze import [OPTIONS] FILE" in call(["import", "--help"], "en").stdout


def test_the_first_page_lists_the_commands() -> None:
    said = call([])
    assert "用法：lianze [选项] 命令" in said.stderr
    assert "核数" in said.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one file of each kind."""
    write_template(load_builtin(), tmp_path / "台账.xlsx")
    (tmp_path / "报送.lianze").write_bytes(sample_package())
    (tmp_path / "报告.pdf").write_bytes(b"%PDF-1.7")
    return tmp_path


def test_a_folder_is_told_from_a_file_and_a_file_in_it_is_named(folder: Path) -> None:
    for command, inside in (("import", "台账.xlsx"), ("verify", "报送.lianze")):
        result = call([command, str(folder)])
        assert result.exit_code == 2
        assert "是文件夹；请指明其中的文件" in result.stderr
        assert inside in result.stderr
    assert "需要一个 .docx 文件" in call(["check", str(folder)]).stderr


@pytest.mark.parametrize("command", ["import", "verify", "check"])
def test_a_missing_file_is_named_with_its_whole_path(tmp_path: Path, command: str) -> None:
    result = call([command, str(tmp_path / "没有.xlsx")])
    assert result.exit_code == 2
    assert f"没有文件“{tmp_path / '没有.xlsx'}”" in result.stderr


@pytest.mark.parametrize(
    ("command", "file", "fits"),
    [
        ("verify", "台账.xlsx", "lianze import"),
        ("verify", "报告.pdf", "lianze check"),
        ("check", "台账.xlsx", "lianze import"),
        ("check", "报送.lianze", "lianze verify"),
        ("import", "报送.lianze", "lianze verify"),
    ],
)
def test_a_file_of_another_kind_names_the_command_that_takes_it(
    folder: Path, command: str, file: str, fits: str
) -> None:
    result = call([command, str(folder / file)])
    assert result.exit_code == 2
    assert "不是" in result.stderr
    assert fits in result.stderr
    assert "炸弹" not in result.stderr
    error = json.loads(call([command, "--json", str(folder / file)]).stdout)["error"]
    assert error["code"] == "other_kind"


def test_every_code_of_an_error_is_on_the_page() -> None:
    codes = {"usage", "invalid"}
    for path in Path(cli.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("fail", "Failure", "Faults")
            ):
                codes |= {str(one.value) for one in node.args[1:2] if isinstance(one, ast.Constant)}
    told = (Path(__file__).parents[2] / "docs" / "operation.md").read_text(encoding="utf-8")
    assert len(codes) > 10
    assert [code for code in codes if f"`{code}`" not in told] == []
