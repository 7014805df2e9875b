"""The layered pack under examination, and where in which file each of its parts stands."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from lianze.domain.errors import Problem
from lianze.pack import definitions as d
from lianze.pack.build import Path
from lianze.pack.layer import Piece, Places

ID = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9][a-z0-9_]*)*")
NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass
class Scene:
    """A pack, the places of its definitions, and the faults found so far."""

    pack: d.Pack
    places: Places
    problems: list[Problem] = field(default_factory=list)

    def say(self, shape: object, path: Path, sentence: str) -> None:
        """Notes a fault at `path` inside the definition `shape`."""
        pieces = self.places.get((type(shape), getattr(shape, "id", "")), [])
        if not pieces:
            self.problems.append(Problem(f"[{'.'.join(map(str, path))}]", "pack", sentence))
            return
        piece, inner = locate(shape, path, pieces)
        self.problems.append(piece.origin.problem((*piece.path, *inner), sentence))

    def choices_of(self, vocabulary: str) -> set[str]:
        """Ids of a vocabulary's choices; none when there is no such vocabulary."""
        known = self.pack.vocabularies.get(vocabulary)
        return {choice.id for choice in known.choice} if known else set()


def locate(shape: object, path: Path, pieces: list[Piece]) -> tuple[Piece, Path]:
    """The piece that `path` of a layered definition comes from, and the path inside that piece."""
    if len(pieces) == 1 or len(path) < 2 or not isinstance(path[1], int):
        return pieces[-1], path
    if path[0] == "section" and isinstance(shape, d.Outline):
        return locate_paragraph(shape, path, pieces)
    item = getattr(shape, str(path[0]))[path[1]]
    for piece in pieces:
        for i, known in enumerate(getattr(piece.shape, str(path[0]), ())):
            if known is item:
                return piece, (path[0], i, *path[2:])
    return pieces[-1], path


def locate_paragraph(outline: d.Outline, path: Path, pieces: list[Piece]) -> tuple[Piece, Path]:
    """The addition that a paragraph of an outline comes from; the outline itself when it comes from none."""
    section, base = outline.section[int(path[1])], pieces[0]
    if len(path) > 3 and path[2] == "paragraph":
        paragraph = section.paragraph[int(path[3])]
        for piece in pieces[1:]:
            added = piece.shape.paragraph if isinstance(piece.shape, d.Addition) else ()
            for i, known in enumerate(added):
                if known is paragraph:
                    return piece, ("paragraph", i, *path[4:])
    return base, path


def repeated(names: Iterable[str]) -> list[tuple[int, str]]:
    """Position and name of each one that stood before."""
    seen: set[str] = set()
    found: list[tuple[int, str]] = []
    for i, name in enumerate(names):
        if name in seen:
            found.append((i, name))
        seen.add(name)
    return found


def is_day(text: str) -> bool:
    """Whether `text` is a date as 2023-01-31."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def listed(names: Iterable[str]) -> str:
    """Some names to choose from, for a message."""
    known = sorted(names)
    return "、".join(known[:12]) + (" …" if len(known) > 12 else "")
