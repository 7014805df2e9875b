"""What an import did, for the person who ran it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lianze.domain.errors import Invalid
from lianze.exchange.differences import RowChange
from lianze.exchange.faults import CellProblem
from lianze.tlog import JsonValue


@dataclass(frozen=True)
class SheetReport:
    """Rows of one sheet: added to the ledger, changed in it, found in it as they are, left withdrawn. `faults` counts
    what is wrong, not rows; rows with faults are in no other number. `changes` are the first of the changed rows."""

    title: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    faults: int = 0
    changes: tuple[RowChange, ...] = ()

    @property
    def untold(self) -> int:
        """Changed rows beyond those in `changes`."""
        return self.changed - len(self.changes)

    @property
    def is_empty(self) -> bool:
        """Whether the sheet has nothing to say."""
        return not (self.added or self.changed or self.unchanged or self.withdrawn or self.faults)


class FaultyWorkbook(Invalid):
    """A workbook with faults: all of them, what each sheet comes to beside them, and what may be so but is doubted."""

    def __init__(
        self,
        problems: Sequence[CellProblem],
        sheets: Sequence[SheetReport],
        notes: Sequence[str] = (),
        doubts: Sequence[str] = (),
    ) -> None:
        super().__init__([*problems])
        self.cells = tuple(problems)
        counts = Counter(problem.sheet for problem in problems)
        self.sheets = tuple(replace(sheet, faults=counts[sheet.title]) for sheet in sheets)
        self.notes = tuple(notes)
        self.doubts = tuple(doubts)


@dataclass(frozen=True)
class ImportReport:
    """The whole import. `files` counts evidence files; `notes` are sentences about what was left alone; `doubts` about
    what may be so, but wants to be looked at. `ledger` names the state of the ledger that it was held against."""

    sheets: tuple[SheetReport, ...]
    files: int = 0
    notes: tuple[str, ...] = field(default=())
    doubts: tuple[str, ...] = field(default=())
    dry_run: bool = False
    ledger: str = ""

    @property
    def added(self) -> int:
        return sum(sheet.added for sheet in self.sheets)

    @property
    def changed(self) -> int:
        return sum(sheet.changed for sheet in self.sheets)

    @property
    def unchanged(self) -> int:
        return sum(sheet.unchanged for sheet in self.sheets)

    def as_json(self) -> dict[str, JsonValue]:
        """The report as JSON, totals first."""
        return {
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "files": self.files,
            "dry_run": self.dry_run,
            "notes": list(self.notes),
            "doubts": list(self.doubts),
            "sheets": [
                {
                    "title": sheet.title,
                    "added": sheet.added,
                    "changed": sheet.changed,
                    "unchanged": sheet.unchanged,
                    "withdrawn": sheet.withdrawn,
                    "changes": [change.as_json() for change in sheet.changes],
                }
                for sheet in self.sheets
            ],
        }
