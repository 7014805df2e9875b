"""Names in a cell: several, with blanks inside short names, with remarks in brackets."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

SEPARATORS = re.compile(r"[、，,;；/\n|]+(?![^（(]*[)）])")
# Between numbers and file names, which may hold a slash or a blank themselves.
LISTED = re.compile(r"[、，,;；\n]+")
REMARK = re.compile(r"\s*[(（]([^()（）]*)[)）]\s*$")
# Names in Chinese characters: one that may be set with blanks, and any but those with a dot (艾克拜尔·米吉提).
LONGEST_SHORT, LONGEST = 3, 4
LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True)
class Named:
    """A name and what stood in brackets behind it."""

    name: str
    remark: str = ""


def split_names(text: str, is_known: Callable[[str], bool] = lambda _: False) -> list[Named]:
    """The names in one cell. `is_known` tells names of people, so that 张 明 may be one and 张明 李华 two."""
    return [
        Named(name, remark)
        for piece in SEPARATORS.split(text)
        for body, remark in (parts_of(piece),)
        for name in by_blanks(body, is_known)
        if name
    ]


def parts_of(piece: str) -> tuple[str, str]:
    """张三（主持） → 张三, 主持."""
    match = REMARK.search(piece)
    return (piece[: match.start()].strip(), match[1].strip()) if match else (piece.strip(), "")


def by_blanks(body: str, is_known: Callable[[str], bool]) -> list[str]:
    """A name with blanks in it is one where that makes a known or a short name, or it is Latin; else each piece is one.

    Offices set 单　慧 as wide as 李建国: single characters in a row are one name. A piece longer than a name says where
    somebody is from: 市纪委派驻组 何组长 is one guest, unless a piece is somebody known.
    """
    pieces = body.split()
    joined = "".join(pieces)
    if len(pieces) < 2:
        return pieces
    if is_known(joined) or (len(joined) <= LONGEST_SHORT and any(len(piece) == 1 for piece in pieces)):
        return [joined]
    if LATIN.search(body):
        return [" ".join(pieces)]
    if any(len(piece) > LONGEST and "·" not in piece for piece in pieces) and not any(map(is_known, pieces)):
        return [joined]
    runs = (list(run) for _, run in groupby(enumerate(pieces), lambda known: known[0] if len(known[1]) > 1 else -1))
    return ["".join(piece for _, piece in run) for run in runs]


def unpadded(name: str) -> str:
    """张　明 → 张明: the blanks with which offices set short names as wide as long ones; Latin names keep theirs."""
    return name if LATIN.search(name) else "".join(name.split())
