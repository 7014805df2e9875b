"""A folder may come from anywhere: what can't be read is refused with a reason, and nothing outside is touched."""

from pathlib import Path

import pytest

from lianze.pack.files import LARGEST_BYTES, UNREADABLE
from tests.pack.conftest import Folder

DEEP = "x = " + "[" * 5000 + "]" * 5000
BAD = {
    "GBK": ("量词 = 1".encode("gbk"), "不是 UTF-8"),
    "empty": (b"", "文件是空的"),
    "only blanks": (b" \n\n", "文件是空的"),
    "huge": (b"#" * (LARGEST_BYTES + 1), "文件大于"),
    "deep nesting": (DEEP.encode(), "嵌套过深"),
    "not TOML": (b'id = "x"\nid = \n', "不是有效的 TOML"),
    "a key twice": (b"a = 1\na = 2\n", "不是有效的 TOML"),
    "an endless number": (b"a = " + b"9" * 10_000, "不是有效的 TOML"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_is_refused(folder: Folder, name: str) -> None:
    content, sentence = BAD[name]
    (folder.path / "extra.toml").write_bytes(content)
    (problem,) = folder.problems()
    assert sentence in problem.sentence
    assert problem.rule == UNREADABLE
    assert problem.place == "small/extra.toml"


def test_a_syntax_error_names_its_line(folder: Folder) -> None:
    (folder.path / "extra.toml").write_bytes(b"# one\n# two\nid = \n")
    assert folder.problems()[0].line == 3


def test_a_byte_order_mark_is_no_fault(folder: Folder) -> None:
    file = folder.path / "rules.toml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert folder.problems() == []


def test_a_link_out_of_the_folder_is_refused_unread(folder: Folder, tmp_path: Path) -> None:
    secret = tmp_path / "secret.toml"
    secret.write_text('[[norm]]\npassword = "x"\n', encoding="utf-8")
    (folder.path / "extra.toml").symlink_to(secret)
    (problem,) = folder.problems()
    assert "符号链接" in problem.sentence
    assert "password" not in str(problem)


def test_a_linked_folder_outside_is_not_walked(folder: Folder, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "bad.toml").write_bytes(b"not toml")
    (folder.path / "more").symlink_to(outside, target_is_directory=True)
    assert folder.problems() == []


def test_a_link_that_leads_nowhere_is_refused(folder: Folder) -> None:
    (folder.path / "extra.toml").symlink_to(folder.path / "gone.toml")
    assert "不是普通文件" in folder.problems()[0].sentence


def test_a_folder_without_pack_toml_is_no_pack(tmp_path: Path) -> None:
    (problem,) = Folder(tmp_path / "nothing", {"x.toml": "a = 1"}).problems()
    assert "缺少 pack.toml" in problem.sentence


def test_the_head_must_say_who_it_is(folder: Folder) -> None:
    folder.write("pack.toml", 'id = "x"\nversion = 1\ncolour = "red"\n')
    told = "\n".join(str(problem) for problem in folder.problems())
    assert all(part in told for part in ("“version”类型不对", "未知的键“colour”", "缺少“title”"))


def test_the_hash_changes_with_every_byte_and_with_names(folder: Folder) -> None:
    before = folder.load().hash
    folder.replace("rules.toml", "有登记", "有记录")
    changed = folder.load().hash
    (folder.path / "rules.toml").rename(folder.path / "other.toml")
    assert len({before, changed, folder.load().hash}) == 3
