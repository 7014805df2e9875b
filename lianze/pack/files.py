"""Reads the TOML files of a pack folder, which may come from anywhere: nothing outside it, nothing huge, UTF-8 only."""

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lianze.domain.errors import Problem

# Rule of every fault that keeps a file from being examined at all.
UNREADABLE = "unreadable"
LARGEST_BYTES = 1_000_000
MOST_FILES = 500


@dataclass(frozen=True)
class PackFile:
    """One file: `name` relative to the pack's folder, with forward slashes, and its bytes."""

    name: str
    content: bytes


def read_files(folder: Path, problems: list[Problem]) -> list[PackFile]:
    """Every TOML file of `folder` that can be read, by name; the others are added to `problems`."""
    if not (folder / "pack.toml").is_file():
        problems.append(Problem(folder.name or str(folder), UNREADABLE, "缺少 pack.toml / pack.toml is missing"))
        return []
    found = sorted(path for path in folder.rglob("*.toml") if not path.is_dir())
    if len(found) > MOST_FILES:
        problems.append(
            Problem(folder.name or str(folder), UNREADABLE, f"文件多于 {MOST_FILES} 个 / more than {MOST_FILES} files")
        )
        return []
    files: list[PackFile] = []
    for path in found:
        name = path.relative_to(folder).as_posix()
        reason = file_refusal(path, folder)
        if reason is None:
            files.append(PackFile(name, path.read_bytes()))
        else:
            problems.append(Problem(f"{folder.name}/{name}", UNREADABLE, reason))
    return files


def file_refusal(path: Path, folder: Path) -> str | None:
    """Why `path` is not read: leads out of the folder, no ordinary file, too large, not readable."""
    if not path.resolve().is_relative_to(folder.resolve()):
        return "符号链接指向制度包文件夹之外 / the link leads out of the pack's folder"
    if not path.is_file():
        return "不是普通文件 / not an ordinary file"
    if path.stat().st_size > LARGEST_BYTES:
        return f"文件大于 {LARGEST_BYTES:,} 字节 / larger than {LARGEST_BYTES:,} bytes"
    try:
        with path.open("rb"):
            return None
    except OSError:
        return "文件无法读取 / the file can't be read"


def parse_file(place: str, content: bytes, problems: list[Problem]) -> tuple[str, dict[str, object]] | None:
    """Text and tables of one file; None when it is no TOML, with the reason in `problems`."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        sentence = "不是 UTF-8 编码，请另存为 UTF-8 / not UTF-8: save it as UTF-8"
        problems.append(Problem(place, UNREADABLE, sentence, content[: error.start].count(b"\n") + 1))
        return None
    if not text.strip():
        problems.append(Problem(place, UNREADABLE, "文件是空的 / the file is empty"))
        return None
    try:
        return text, tomllib.loads(text)
    except RecursionError:
        problems.append(Problem(place, UNREADABLE, "嵌套过深 / nested too deeply"))
    except ValueError as error:
        problems.append(
            Problem(place, UNREADABLE, f"不是有效的 TOML：{error} / not valid TOML: {error}", line_of(error))
        )
    return None


def line_of(error: ValueError) -> int:
    """The 1-based line that the TOML parser names in its message; 0 when it names none."""
    _, _, tail = str(error).rpartition("(at line ")
    number = tail.partition(",")[0]
    return int(number) if number.isdecimal() else 0


def hash_of(layers: Sequence[Sequence[PackFile]]) -> str:
    """SHA-256 over names and bytes of every file of every layer, in hex: two offices see they use the same rules."""
    digest = hashlib.sha256()
    for files in layers:
        for file in files:
            digest.update(f"{file.name}\n{len(file.content)}\n".encode())
            digest.update(file.content)
    return digest.hexdigest()
