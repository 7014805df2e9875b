"""The file that a command was given: whether it is there, what it is by its content, and which command takes it."""

from pathlib import Path
from typing import Literal

from lianze.cli.failing import fail
from lianze.cli.language import choose

Kind = Literal["workbook", "report", "package", "unknown"]

_TITLES = {
    "workbook": (" Excel 工作簿", "an Excel workbook"),
    "report": ("报告", "a report"),
    "package": ("报送包", "a report package"),
}
_COMMANDS = {
    "workbook": ("导入它用 lianze import", "lianze import takes it"),
    "report": ("核对其中的数字用 lianze check", "lianze check looks at its numbers"),
    "package": ("验证它用 lianze verify", "lianze verify looks into it"),
}
# How each kind is known: the name of its first member, or a name in the directory at its end. Nothing is unpacked.
_FIRST: dict[bytes, Kind] = {b"manifest.json": "package"}
_NAMED: dict[bytes, Kind] = {b"word/document.xml": "report", b"xl/workbook.xml": "workbook"}
_LOCAL_HEADER = 30  # bytes of a zip's first header, after which its first name stands
_END = 1 << 20  # bytes at the end of a zip in which its directory is looked for


def require_there(path: Path, suffix: str) -> None:
    """Fails for a path that is no file, saying what is there instead."""
    wanted = choose(f"需要一个 {suffix} 文件", f"a {suffix} file is wanted")
    if path.is_dir():
        inside = sorted(one.name for one in path.glob(f"*{suffix}") if not one.name.startswith(("~$", ".")))
        if inside:
            wanted = choose("请指明其中的文件，如 ", "name a file in it, for instance ") + str(path / inside[0])
        fail(choose(f"“{path}”是文件夹；{wanted}", f"{path} is a folder; {wanted}"), "folder")
    if not path.is_file():
        fail(
            choose(
                f"没有文件“{path}”，请核对文件名和所在文件夹；{wanted}",
                f"there is no file {path}: look at its name and folder; {wanted}",
            ),
            "no_file",
        )


def kind_of(data: bytes) -> Kind:
    """By content alone: `data` may be a whole file, or its first and last bytes."""
    if data.startswith(b"%PDF"):
        return "report"
    if not data.startswith(b"PK"):
        return "unknown"
    for name, kind in _FIRST.items():
        if data[_LOCAL_HEADER:].startswith(name):
            return kind
    return next((kind for name, kind in _NAMED.items() if name in data[-_END:]), "unknown")


def require_kind(path: Path, wanted: Kind) -> None:
    """Fails for a file that another command takes, and names that command."""
    with path.open("rb") as file:
        head = file.read(256)
        file.seek(max(0, path.stat().st_size - _END))
        end = file.read(_END)
    say_if_other(path.name, kind_of(head + end), wanted)


def say_if_other(name: str, found: Kind, wanted: Kind) -> None:
    """Fails where the file is known to be of another kind than wanted."""
    if found not in (wanted, "unknown"):
        told, command = _TITLES[found], choose(*_COMMANDS[found])
        fail(
            choose(
                f"“{name}”不是{_TITLES[wanted][0]}，是{told[0]}；{command}",
                f"{name} is {told[1]}, not {_TITLES[wanted][1]}; {command}",
            ),
            "other_kind",
        )
