"""Evidence files named in the workbook, found in the folder beside it."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from lianze.domain.errors import Refused
from lianze.exchange.drafts import Draft, DraftSheet
from lianze.exchange.faults import CellProblem
from lianze.exchange.people import LISTED
from lianze.ledger.evidence import Staged, discard, stage

FOLDERS = ("佐证", "佐证材料", "evidence")
KEY = "evidence"
LONGEST_NAME = 255


class Attachments:
    """The files that rows name. `staged` holds each one's copy by path, once it is made."""

    def __init__(self, workbook: Path, folder: Path | None, problems: list[CellProblem]) -> None:
        self.folder = folder or folder_beside(workbook)
        self.problems = problems
        self.by_name = index(self.folder) if self.folder else {}
        self.wanted: dict[tuple[str, int], list[Path]] = {}
        self.staged: dict[Path, Staged] = {}

    def find(self, sheet: DraftSheet) -> None:
        """Notes what each row of a sheet names, and the names that are no file's."""
        for draft in sheet.drafts:
            text = draft.values.get(KEY)
            if isinstance(text, str):
                self.wanted[sheet.name, draft.row] = list(self.files_of(sheet, draft, text))

    def files_of(self, sheet: DraftSheet, draft: Draft, text: str) -> Iterator[Path]:
        """The files named in one cell; a name may hold a separator itself."""
        whole = self.by_name.get(normal(text))
        names = [text] if whole else [name for name in LISTED.split(text) if name.strip()]
        for name in names:
            path = self.by_name.get(normal(name))
            if path is not None:
                yield path
            elif self.folder is None:
                sentence = f"找不到“{name}”：工作簿旁没有“{FOLDERS[0]}”文件夹 / no evidence folder beside the workbook"
                self.problems.append(sheet.problem(draft, KEY, sentence))
            else:
                sentence = f"佐证文件夹“{self.folder.name}”中没有“{name.strip()}” / no such file in the evidence folder"
                self.problems.append(sheet.problem(draft, KEY, sentence))

    def stage(self, sheets: list[DraftSheet]) -> None:
        """Copies and hashes every file once; what can't be kept is noted at each row that names it."""
        for sheet in sheets:
            for draft in sheet.drafts:
                for path in self.wanted.get((sheet.name, draft.row), ()):
                    try:
                        if path not in self.staged:
                            self.staged[path] = stage(path)
                    except Refused as error:
                        self.problems.append(sheet.problem(draft, KEY, str(error)))

    def of(self, sheet: DraftSheet, draft: Draft) -> tuple[tuple[str, str], ...]:
        """(name, SHA-256) of the files of one row."""
        paths = self.wanted.get((sheet.name, draft.row), ())
        return tuple((path.name, self.staged[path].sha256) for path in paths if path in self.staged)

    def discard(self) -> None:
        """Removes copies that weren't put in place."""
        discard(self.staged.values())


def folder_beside(workbook: Path) -> Path | None:
    """The evidence folder beside the workbook: 佐证, evidence, or named like the workbook."""
    names = (*FOLDERS, workbook.stem, f"{workbook.stem}佐证")
    return next((folder for name in names if (folder := workbook.parent / name).is_dir()), None)


def index(folder: Path) -> dict[str, Path]:
    """Every regular file directly in the folder, by name and, where that is not ambiguous, by name without suffix."""
    files = [path for path in sorted(folder.iterdir()) if is_plain(path)]
    found: dict[str, Path] = {}
    doubtful: set[str] = set()
    for path in files:
        stem = normal(path.stem)
        doubtful |= {stem} & found.keys()
        found[stem] = path
    for stem in doubtful:
        del found[stem]
    return found | {normal(path.name): path for path in files}


def is_plain(path: Path) -> bool:
    """Whether it is a file itself, no link to one elsewhere, with a name that can be kept."""
    return path.is_file() and not path.is_symlink() and len(path.name) <= LONGEST_NAME


def normal(name: str) -> str:
    """The name as other systems may spell it: macOS takes accents apart, Windows ignores case."""
    return unicodedata.normalize("NFC", name).strip().casefold()
